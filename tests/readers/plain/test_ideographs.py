"""Lines and paragraphs of Japanese and Chinese: no space at a line's end, an indent of one cell."""

from __future__ import annotations

from bookforge.model.blocks import Block, Paragraph
from bookforge.model.inlines import Text
from bookforge.model.walk import inline_runs, leaves, plain
from tests.readers.plain.reading import Read, read

_INDENTED = (
    "　今は昔、竹取の翁といふものありけり。野山にまじりて\n竹を取りつつ、使ひけり。\n"
    "　名をば、さぬきの造となむいひける。\n「誰だ」\n　翁は笑った。\n\n***\n\n　朝になった。\n"
)


def _blocks(book: Read) -> list[Block]:
    return [block for section in book.document.sections for block in section.blocks]


def _check_places(book: Read) -> None:
    for run in inline_runs(_blocks(book)):
        for node in leaves(run):
            if isinstance(node, Text):
                source = book.sources[node.span.source].text
                places = [node.source_offset(offset) for offset in range(len(node.text))]
                assert "".join(source[at] for at in places).replace("\n", " ") == node.text


def test_an_indent_of_one_cell_begins_a_paragraph() -> None:
    book = read(_INDENTED, book={"language": "ja"})
    paragraphs = [plain(one.children) for one in _blocks(book) if isinstance(one, Paragraph)]
    assert paragraphs == [
        "今は昔、竹取の翁といふものありけり。野山にまじりて竹を取りつつ、使ひけり。",
        "名をば、さぬきの造となむいひける。",
        "「誰だ」",
        "翁は笑った。",
        "朝になった。",
    ]
    assert len(_blocks(book)) == 6
    _check_places(book)


def test_lines_are_joined_as_their_script_wants() -> None:
    wide = "山道を登りながら、こう考えた。智に働けば角が立つ。\n" * 3
    korean = "비가 내렸다 그리고 아무도 말하지 않았다 오늘도\n" * 3
    book = read(f"{wide}\n{korean}\n", book={"language": "ja"})
    first, second = (plain(run) for run in inline_runs(_blocks(book)))
    assert first == wide.replace("\n", "")
    assert second == korean.replace("\n", " ").strip()
    _check_places(book)


def test_verse_deeper_than_one_cell_stays_together() -> None:
    book = read(
        "朝、\n\n　　山路来て\n　　何やらゆかし\n　　すみれ草\n\n夜。\n", book={"language": "ja"}
    )
    assert len(_blocks(book)) == 3
