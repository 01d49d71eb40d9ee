"""Lengths, sheets and what the pages look like as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bookforge.contracts import Metadata
from bookforge.diagnostics import ConfigError, Diagnostic
from bookforge.fonts.find import find_family
from bookforge.model.blocks import Block, Quote, QuoteRole, Verse, VerseLine
from bookforge.model.document import Matter, SectionKind
from bookforge.model.roman import to_roman
from bookforge.model.walk import plain
from bookforge.themes.load import load_theme
from bookforge.typeset import shape
from bookforge.typeset.dump import dump_page
from bookforge.typeset.faces import Face, open_face
from bookforge.typeset.frames import Destination, LinkArea, Page, TextLine
from bookforge.typeset.furniture import Furniture
from bookforge.typeset.layout import lay_out
from bookforge.typeset.opening import find_first
from bookforge.typeset.press import Press, Voice
from bookforge.typeset.style import Design, resolve
from bookforge.typeset.units import parse_length, parse_trim
from tests.settings import make_config
from tests.typeset.making import (
    HERE,
    METADATA,
    SENTENCE,
    book,
    chapter,
    context,
    front,
    lay,
    paragraph,
    printed,
    text,
)


def design(pages: int = 300, **keys: Any) -> Design:
    return resolve(make_config(printed(**keys)), load_theme("classic", Path()), pages)


@pytest.mark.parametrize(
    ("written", "points"), [("0.75in", 54.0), ("18mm", 51.024), ("54pt", 54.0), (12, 12.0)]
)
def test_lengths(written: str | float, points: float) -> None:
    assert parse_length(written) == pytest.approx(points, abs=0.001)


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ("5.5x8.5", (396.0, 612.0)),
        ("148x210mm", (419.528, 595.276)),
        ("A5", (419.528, 595.276)),
        ("digest", (396.0, 612.0)),
        ("US Trade", (432.0, 648.0)),
    ],
)
def test_trims(written: str, size: tuple[float, float]) -> None:
    assert parse_trim(written) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize("written", ["big", "5.5", "0x8", "5x8furlongs"])
def test_a_trim_that_is_none_is_c040(written: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_trim(written)
    assert caught.value.diagnostics[0].code == "C040"


def test_type_too_big_for_the_page_is_c041() -> None:
    with pytest.raises(ConfigError) as caught:
        design(font_size=36, leading=40)
    assert caught.value.diagnostics[0].code == "C041"


def test_the_inside_margin_grows_with_the_book() -> None:
    hung = 0.48 * 11
    found = [round(design(pages).sheet.inside - hung, 1) for pages in (200, 450, 900)]
    assert found == [72.0, 81.0, 90.0]  # 1, 1.125 and 1.25 inches


@pytest.mark.parametrize("trim", ["5x8", "5.5x8.5", "A5", "6x9"])
@pytest.mark.parametrize("pages", [40, 140, 380, 590])
def test_no_ink_is_nearer_to_the_edge_than_printers_allow(trim: str, pages: int) -> None:
    chosen = design(pages, trim=trim)
    sheet = chosen.sheet
    case = Furniture(chosen, _press(), "en-US")
    heads = [*case.running("The Carter", "8", False), *case.drop_folio("8", False)]
    lines = [item for item in heads if isinstance(item, TextLine)]
    assert all(line.y - 0.7 * line.size >= 36 for line in lines)
    assert all(line.y + 0.25 * line.size <= sheet.height - 36 for line in lines)
    assert sheet.outside >= 36 + 0.45 * chosen.size
    assert sheet.inside >= 72 * {40: 0.5, 140: 0.625, 380: 1, 590: 1.125}[pages]
    assert sheet.measure >= 0.64 * sheet.width


def test_heads_keep_off_the_edge_when_margins_are_narrow() -> None:
    margins = {"inside": "0.75in", "outside": "0.6in", "top": "0.75in", "bottom": "0.75in"}
    chosen = design(margins=margins)
    heads = Furniture(chosen, _press(), "en-US").running("The Carter", "8", False)
    assert all(item.y - 0.7 * item.size >= 36 for item in heads if isinstance(item, TextLine))


def _press() -> Press:
    return Press(find_family("EB Garamond", Path()), None, True)


def test_the_measure_of_the_usual_page() -> None:
    margins = {"inside": "0.75in", "outside": "0.625in", "top": "0.75in", "bottom": "0.75in"}
    sheet = design(margins=margins).sheet
    assert (sheet.measure, sheet.lines) == (297.0, 36)


@pytest.mark.parametrize(("number", "roman"), [(1, "i"), (4, "iv"), (19, "xix"), (1994, "mcmxciv")])
def test_roman_folios(number: int, roman: str) -> None:
    assert to_roman(number) == roman


def sample() -> list[Page]:
    document = book(
        front(SectionKind.HALF_TITLE),
        front(SectionKind.TITLE_PAGE),
        front(SectionKind.CONTENTS),
        chapter(*[SENTENCE * 4] * 30, label="Chapter 1", title="The First", id="one"),
        chapter(*[SENTENCE * 4] * 30, label="Chapter 2", title="The Second", id="two"),
    )
    return list(lay(document).layout.pages)


def shown(page: Page) -> str:
    return "\n".join(dump_page(page))


def test_front_matter_is_paged_in_roman_and_the_body_from_one() -> None:
    labels = [page.label for page in sample()]
    assert labels[:7] == ["i", "ii", "iii", "iv", "v", "vi", "1"]


def test_chapters_open_on_rectos_without_heads_and_blanks_bear_nothing() -> None:
    pages = sample()
    openers = [page for page in pages if any(_is_place(item) for item in page.items)]
    assert all(page.recto for page in openers)
    assert all(not page.items for page in pages if page.blank)
    assert "A. N. Author".upper() not in shown(openers[-1]).upper()


def _places(page: Page) -> set[str]:
    return {item.id for item in page.items if isinstance(item, Destination)}


def _is_place(item: object) -> bool:
    return isinstance(item, Destination) and item.id in ("one", "two")


def test_running_heads_name_author_and_chapter() -> None:
    pages = sample()
    assert "A. N. Author" in shown(pages[7])
    assert "The First" in shown(pages[8])


def test_the_contents_say_where_chapters_begin() -> None:
    pages = sample()
    contents = next(page for page in pages if "<Link>" in shown(page))
    opener = next(page for page in pages if Destination("two", 0.0).id in _places(page))
    number = opener.label
    assert any(isinstance(item, LinkArea) and item.target == "#two" for item in contents.items)
    assert number in shown(contents)


def test_every_line_of_text_is_on_the_grid() -> None:
    sheet = design(pages=20).sheet
    for page in sample()[6:]:
        for item in page.items:
            if isinstance(item, TextLine) and item.size == 11:
                steps = (item.y - sheet.baseline(0)) / sheet.leading
                assert steps == pytest.approx(round(steps), abs=0.001)


def test_facing_pages_are_equally_deep() -> None:
    lows: dict[int, float] = {}
    pages = sample()[7:]
    for page in pages:
        ys = [item.y for item in page.items if isinstance(item, TextLine) and item.size == 11]
        if ys:
            lows[page.number] = max(ys)
    assert lows[8] == lows[9]


def test_no_line_is_wider_than_the_measure() -> None:
    sheet = design(pages=20).sheet
    for page in sample()[6:]:
        for item in page.items:
            if isinstance(item, TextLine) and item.size == 11:
                width = sum(word.width for word in item.words) * item.size / 1000 * item.scale
                gaps = len(item.words) - 1 - len(item.joined)
                assert (
                    item.x + width + gaps * item.space <= sheet.left(page.recto) + sheet.measure + 8
                )


def test_a_chapter_opens_with_a_drop_cap_and_small_capitals() -> None:
    opener = sample()[6]
    sizes = [item.size for item in opener.items if isinstance(item, TextLine)]
    assert max(sizes) > 40
    plain = list(
        lay(book(chapter(SENTENCE * 4, label="1")), {"style": {"drop-cap": False}}).layout.pages
    )
    assert max(i.size for i in plain[0].items if isinstance(i, TextLine)) < 20


def test_matter_starts_where_it_should() -> None:
    back = chapter(
        "Thanks to all.",
        title="Acknowledgements",
        kind=SectionKind.ACKNOWLEDGEMENTS,
        matter=Matter.BACK,
    )
    labels = [page.label for page in lay(book(chapter(SENTENCE, label="1"), back)).layout.pages]
    assert labels == ["1", "2"]


def test_characters_of_no_font_are_f010_and_of_another_f011(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = book(chapter("A clef \U0001d11e here.", label="1"))
    for code, key in (("F010", None), ("F011", _regular())):
        found: list[Diagnostic] = []
        monkeypatch.setattr(shape, "find_fallback", lambda letter, key=key: key)
        lay_out(document, METADATA, context(found=found))
        assert [diagnostic.code for diagnostic in found] == [code]


def _regular() -> object:
    from bookforge.fonts.find import find_family

    return find_family("EB Garamond", Path()).italic


def test_an_epigraph_does_not_take_the_drop_cap() -> None:
    epigraph = Quote((paragraph("Some wise words."),), HERE, QuoteRole.EPIGRAPH)
    document = book(chapter(epigraph, SENTENCE * 4, label="1"))
    sizes = [
        i.size for i in next(iter(lay(document).layout.pages)).items if isinstance(i, TextLine)
    ]
    assert max(sizes) > 40
    assert max(sizes[:3]) < 20


def _first(*blocks: Block) -> str:
    found = find_first(blocks)
    return plain(found.children) if found else ""


def test_what_a_chapter_begins_with() -> None:
    """Behind verse and signed words the text begins; behind a letter it has begun."""
    line = VerseLine((text("O water, voice of my heart,"),), HERE)
    begin, song = paragraph("Between me"), Verse(((line,),), HERE)
    letter = Quote((*map(paragraph, ("14 March 1911", "Dear Tom,", SENTENCE, "Agnes")),), HERE)
    signed = Quote((paragraph(SENTENCE), paragraph("BYRON.")), HERE)
    assert _first(song, begin) == _first(song, paragraph("ARTHUR SYMONS."), begin) == "Between me"
    assert _first(signed, begin) == _first(Quote((song,), HERE), begin) == "Between me"
    assert _first(letter, begin) == _first(paragraph("Kendal, 3 May"), begin) == ""


def test_the_text_behind_verse_opens_like_any() -> None:
    song = Verse(((VerseLine((text("O water"),), HERE),),), HERE)
    page = next(iter(lay(book(chapter(song, SENTENCE * 4, label="1"))).layout.pages))
    assert max(item.size for item in page.items if isinstance(item, TextLine)) > 40


@pytest.mark.parametrize("theme", ["classic", "modern", "romance", "thriller"])
@pytest.mark.parametrize("words", [6, 14, 30])
def test_a_title_page_is_one_page(theme: str, words: int) -> None:
    long = Metadata(" ".join(["Title"] * words), ("Marguerite Featherstonehaugh",) * 2, "en", "id")
    long = replace(long, subtitle=" ".join(["Account"] * words))
    document = book(front(SectionKind.TITLE_PAGE), chapter(SENTENCE, label="1"))
    large = {"trim": "6x9", "font-size": 16, "leading": 20}
    settings = {"style": {"theme": theme}, **printed(**large)}
    settings["book"] = {"publisher": "The Example Press"}
    laid = lay_out(document, long, context(settings))
    kinds = [leaf.piece.kind for leaf in laid.leaves if leaf.piece is not None]
    assert kinds.count(SectionKind.TITLE_PAGE) == 1


def _contents_of(title: str, settings: dict[str, Any]) -> bool:
    chapters = [chapter(SENTENCE, label=str(n), title=title, id=f"c{n}") for n in (1, 2, 3)]
    pages = lay(book(front(SectionKind.CONTENTS), *chapters), settings).layout.pages
    return any("Contents" in line for page in pages for line in dump_page(page))


def test_a_list_of_bare_numbers_is_no_contents() -> None:
    assert _contents_of("The Carter", {})
    assert not _contents_of("", {})
    assert _contents_of("", {"matter": {"front": ["contents"]}})


def test_what_is_not_printed_is_not_listed() -> None:
    chapters = [chapter(SENTENCE, title=name, id=name) for name in ("Fells", "Wind", "Yard")]
    digital = chapter(SENTENCE, title="Links", id="links", editions=("epub",))
    pages = lay(book(front(SectionKind.CONTENTS), *chapters, digital)).layout.pages
    lines = "\n".join(line for page in pages for line in dump_page(page))
    assert "Fells" in lines
    assert "Links" not in lines


def test_narrow_spaces_of_french_are_fixed() -> None:
    found = _press().speak(Voice(10.0)).row("Quoi\u202f?")
    assert [box.text for _, box in found] == ["Quoi\u202f?"]
    assert found[0][1].shaped.advances[4] == 167


def test_a_space_goes_with_its_word_when_another_letter_is_missing() -> None:
    press = _press()
    press.speak(Voice(10.0)).row("山\u202f?")
    assert "\u202f" not in {*press.gaps.missing, *press.gaps.replaced}


@pytest.mark.parametrize("letter", ["J", "Q", "A", "É"])
def test_a_drop_cap_stands_on_its_line(letter: str) -> None:
    words = letter + "ohn " + SENTENCE * 4
    first = next(iter(lay(book(chapter(words, label="1"))).layout.pages))
    lines = [item for item in first.items if isinstance(item, TextLine)]
    cap = next(line for line in lines if line.size > 25)
    body = [line.y for line in lines if line.size == 11]
    foot = cap.y + _regular_face().depth(letter) * cap.size / 1000
    assert foot < body[2] + 0.06 * 11


def test_a_drop_cap_behind_two_marks() -> None:
    first = next(iter(lay(book(chapter("“\u200a‘You " + SENTENCE * 4, label="1"))).layout.pages))
    assert any(item.size > 25 for item in first.items if isinstance(item, TextLine))


def _regular_face() -> Face:
    return open_face(find_family("EB Garamond", Path()).regular)


def test_a_telegram_is_not_stretched() -> None:
    words = "MATTER REFERRED ATTORNEY GENERAL STOP BURROW TO ACT MEANTIME STOP MEANTIME NOT DEFINED"
    wire = Quote((paragraph(words),), HERE, QuoteRole.NOTE)
    pages = lay(book(chapter(SENTENCE, wire, SENTENCE, label="1"))).layout.pages
    lines = [item for item in next(iter(pages)).items if isinstance(item, TextLine)]
    wired = [line for line in lines if "STOP" in ["".join(word.texts) for word in line.words]]
    assert len({line.space for line in wired}) == 1
