"""Passages in another language follow that language, inside a paragraph and as a section."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.model.inlines import Emphasis, Foreign, Inline
from bookforge.passes.typography.clean import clean
from bookforge.passes.typography.straighten import straighten
from tests.typography.test_clean import Desk, lines_of


def set_line(*parts: str | tuple[str, str]) -> tuple[str, list[str]]:
    """A paragraph of plain parts and (language, words), cleaned; no-break spaces shown."""
    desk = Desk()
    inlines: list[Inline] = []
    for part in parts:
        if isinstance(part, tuple):
            words = desk.write(part[1])
            inlines.append(Foreign(part[0], (words,), words.span))
        else:
            inlines.append(desk.write(part))
    line = lines_of(desk.clean(desk.paragraph(*inlines)))[0]
    return line.replace("\u00a0", "⍽").replace("\u202f", "␣"), desk.codes


@pytest.mark.parametrize(
    ("parts", "printed"),
    [
        (('"Oh ', ("fr", '"Non !"'), ' twice," she wrote.'), "“Oh «␣Non␣!␣» twice,” she wrote."),
        (("A ", ("fr", "cri: qui vive?"), ' -- "yes?"'), "A cri⍽: qui vive␣?—“yes?”"),
        (("He said ", ("de", '"Gut, \'sehr\' gut"'), "."), "He said „Gut, ‚sehr‘ gut“."),
        (("The ", ("fr", "l'eau d'or"), " isn't"), "The l’eau d’or isn’t"),
        # Unknown languages follow the text around them.
        (("He said ", ("la", '"Ave"'), "."), "He said “Ave”."),
        (("He said ", ("en-GB", '"Oh"'), "."), "He said “Oh”."),
        # Half a quotation makes sense only with the other half.
        (('He said "', ("fr", 'bonjour"'), " twice."), "He said “bonjour” twice."),
    ],
)  # fmt: skip
def test_passages(parts: tuple[str | tuple[str, str], ...], printed: str) -> None:
    assert set_line(*parts) == (printed, [])


def test_a_passage_inside_emphasis() -> None:
    desk = Desk()
    words = desk.write('"Oui ?"')
    stressed = Emphasis((Foreign("fr", (words,), words.span),), words.span)
    line = lines_of(desk.clean(desk.paragraph("She cried ", stressed, ".")))[0]
    assert line == "She cried «\u202fOui\u202f?\u202f»."
    assert straighten(line) == 'She cried "Oui?".'


def test_a_section_keeps_its_language_whatever_the_book_asks() -> None:
    desk = Desk(quotes="single")
    done = desk.clean(desk.paragraph('"Nein."'))
    desk.paragraph('"Nein."')
    section = replace(done.sections[0], blocks=(desk.paragraph('"Nein."'),), language="de")
    text = lines_of(clean(replace(done, sections=(section,)), desk.context))
    assert text == ["„Nein.“"]


def test_places_in_passages_stay_true() -> None:
    desk = Desk()
    words = desk.write('"Oui ?" dit-il')
    passage = Foreign("fr", (words,), words.span)
    desk.clean(desk.paragraph(passage, ' and "left.'))
    assert [desk.text[one.span.start] for one in desk.said if one.span] == ['"']
    assert desk.said[0].span == Span(0, 19, 20)
