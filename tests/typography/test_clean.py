"""The pass over a document: marks across markup, spans, counts, diagnostics."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from bookforge.config.model import Config, Typography
from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Span
from bookforge.languages.base import load_language
from bookforge.model.blocks import Block, Paragraph, Quote, SceneBreak, Verse, VerseLine
from bookforge.model.document import Document, Note, Section, SectionKind
from bookforge.model.inlines import Code, Emphasis, Inline, NoteRef, Text
from bookforge.model.walk import inline_runs, plain
from bookforge.passes.typography.clean import clean
from bookforge.source import SourceFile, SourceMap


class Desk:
    """A manuscript of one file, its document and what is said about it."""

    def __init__(self, **typography: object) -> None:
        self.said: list[Diagnostic] = []
        self.text = ""
        self.config = Config(typography=Typography(**typography))

    def write(self, text: str) -> Text:
        start = len(self.text)
        self.text += text
        return Text(text, Span(0, start, len(self.text)))

    def paragraph(self, *parts: str | Inline) -> Paragraph:
        children = tuple(self.write(part) if isinstance(part, str) else part for part in parts)
        self.text += "\n\n"
        return Paragraph(children, Span(0, 0, len(self.text)))

    def clean(self, *blocks: Block, notes: tuple[Note, ...] = ()) -> Document:
        sources = SourceMap()
        self.file: SourceFile = sources.add(Path("book.txt"), self.text)
        self.context = Context(
            self.config, load_language("en-US"), self.said.append, sources, Path()
        )
        section = Section(SectionKind.CHAPTER, (), blocks, Span(0, 0, 0))
        return clean(Document((section,), "en-US", notes), self.context)

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.said]


def lines_of(document: Document) -> list[str]:
    return [plain(run) for run in inline_runs(document.sections[0].blocks)]


def test_marks_see_through_markup() -> None:
    desk = Desk()
    stressed = Emphasis((desk.write('"Never'),), Span(0, 0, 6))
    done = desk.clean(desk.paragraph(stressed, '," she said, "it\'s ', desk.write("you"), '."'))
    assert lines_of(done) == ["“Never,” she said, “it’s you.”"]


def test_code_is_never_touched() -> None:
    desk = Desk()
    code = Code('print("it\'s") -- ...', Span(0, 0, 1))
    done = desk.clean(desk.paragraph('"Run ', code, '," he said.'))
    assert lines_of(done) == ['“Run print("it\'s") -- ...,” he said.']


def test_edits_keep_places() -> None:
    desk = Desk()
    paragraph = desk.paragraph('He ... she -- and "they" went -- in 1914-18.')
    done = desk.clean(paragraph)
    text = next(inline_runs(done.sections[0].blocks))[0]
    assert isinstance(text, Text)
    assert text.text == "He\u00a0… she—and “they” went—in 1914–18."
    for word in ("she", "and", "they", "went", "in", "18"):
        assert text.source_offset(text.text.index(word)) == desk.text.index(word)


def test_a_dash_may_reach_over_markup() -> None:
    desk = Desk()
    stressed = Emphasis((desk.write("late "),), Span(0, 0, 5))
    done = desk.clean(desk.paragraph("so ", stressed, "-- he left"))
    assert lines_of(done) == ["so late—he left"]


def test_counts_by_rule() -> None:
    desk = Desk()
    desk.clean(desk.paragraph('"It\'s," he said -- "..."'))
    assert desk.context.counts == {"quote": 4, "apostrophe": 1, "dash": 1, "ellipsis": 1}


def test_notes_and_titles_are_cleaned() -> None:
    desk = Desk()
    note = Note("n", (desk.paragraph("It isn't."),), Span(0, 0, 1))
    done = desk.clean(desk.paragraph("Yes", NoteRef("n", Span(0, 0, 1))), notes=(note,))
    assert plain(next(inline_runs(done.notes[0].blocks))) == "It isn’t."


def test_verse_in_a_speech_is_no_fault() -> None:
    desk = Desk()
    first = desk.paragraph('"It goes like this:')
    rows = tuple(
        VerseLine((desk.write(line),), Span(0, 0, 1))
        for line in ("Row, row, row your boat", 'gently down the stream."')
    )
    done = desk.clean(first, Verse((rows,), Span(0, 0, 1)))
    assert lines_of(done)[2] == "gently down the stream.”"
    assert desk.codes == []


def test_a_continued_speech_is_no_fault() -> None:
    desk = Desk()
    desk.clean(desk.paragraph('"First part.'), desk.paragraph('"Second part."'))
    assert desk.codes == []


def test_a_quotation_never_closed() -> None:
    desk = Desk()
    desk.clean(desk.paragraph('"I will, he said.'), desk.paragraph("She left."))
    assert desk.codes == ["T002"]
    assert desk.file.locate(desk.said[0].span or Span(0, 9, 9)).column == 1


def test_no_quotation_runs_over_a_scene_break() -> None:
    desk = Desk()
    first, second = desk.paragraph('"I will,'), desk.paragraph('"Yes," she said.')
    desk.clean(first, SceneBreak(Span(0, 0, 0)), second)
    assert desk.codes == ["T002"]


def test_a_closing_mark_without_an_opening_one() -> None:
    desk = Desk()
    desk.clean(desk.paragraph('"Yes."'), desk.paragraph('I will," he said.'))
    assert desk.codes == ["T003"]


def test_a_doubtful_mark_is_shown() -> None:
    desk = Desk()
    text = "\"I met 'Arry at the 'old place by 'is house' and 'ome,' he said."
    desk.clean(desk.paragraph(text))
    assert "T001" in desk.codes


def test_a_section_in_another_language() -> None:
    desk = Desk()
    done = desk.clean(desk.paragraph('"Gut," he said.'), desk.paragraph('"Nein."'))
    german = replace(done.sections[0], blocks=(desk.paragraph('"Nein."'),), language="de")
    english = replace(german, blocks=(desk.paragraph('"No."'),), language="")
    done = clean(Document((english, german), "en-US"), desk.context)
    assert [plain(run) for part in done.sections for run in inline_runs(part.blocks)] == [
        "“No.”",
        "„Nein.“",
    ]


def test_switched_off() -> None:
    desk = Desk(enabled=False)
    assert lines_of(desk.clean(desk.paragraph('"It\'s"'))) == ['"It\'s"']


@pytest.mark.parametrize(
    ("settings", "typed", "printed"),
    [
        ({"quotes": "single"}, "\"I said 'no',\" he said.", "‘I said “no”,’ he said."),
        ({"quotes": "double"}, "'I said \"no\",' he said.", "“I said ‘no’,” he said."),
        ({"quotes": "single"}, "“It’s ‘so’,” he said.", "‘It’s “so”,’ he said."),
        ({"quotes": "double"}, "‘Tell ‘em ‘tis so’, he said.", "“Tell ’em ’tis so”, he said."),
        ({"quotes": "double"}, "”Oh,“ he said. “Go!“", "“Oh,” he said. “Go!”"),
        ({"quotes": "single"}, "“Tell ‘em it’s ‘so’,” he said.", "‘Tell ’em it’s “so”,’ he said."),
        ({"quotes": "auto"}, "“Tell ‘em,” he said.", "“Tell ‘em,” he said."),
        ({"quotes": "de"}, "\"It's 'so',\" he said.", "„It’s ‚so‘,“ he said."),
        ({"dashes": "em"}, "one – two - three -- four", "one—two—three—four"),
        ({"dashes": "spaced-en"}, "one--two—three", "one\u00a0– two\u00a0– three"),
        ({"ellipsis": "spaced"}, "Well... yes", "Well\u00a0.\u00a0.\u00a0. yes"),
        ({"keep": ["rock 'n' roll"]}, "It's rock 'n' roll.", "It’s rock 'n' roll."),
    ],
)
def test_settings(settings: dict[str, object], typed: str, printed: str) -> None:
    desk = Desk(**settings)
    assert lines_of(desk.clean(Quote((desk.paragraph(typed),), Span(0, 0, 1)))) == [printed]
