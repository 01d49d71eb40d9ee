"""Lines of text taken many at a time leave what they leave when each is read by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from time import process_time

import pikepdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from pikepdf import Array, Dictionary, Name, Stream

from bookforge import pipeline
from bookforge.kernel import pure
from bookforge.locate import Request, find_book
from bookforge.preflight.pdf import text
from bookforge.preflight.pdf.facts import Facts, Mark, Sheet
from bookforge.preflight.pdf.file import read_facts
from bookforge.preflight.pdf.interpret import Interpreter
from bookforge.preflight.pdf.plane import Box

_SINGLY = pure(text.shows_line)
if _SINGLY is None:
    pytest.skip("the kernel was not built, or is off", allow_module_level=True)

MEDIA, SAFE = Box(0, 0, 400, 600), Box(40, 40, 360, 560)
CMAP = b"1 begincodespacerange <00> <7f> endcodespacerange 1 begincidrange <20> <7f> 3 endcidrange"


# --- a page looked at with and without the kernel


@lru_cache(maxsize=1)
def _resources() -> pikepdf.Object:
    pdf = pikepdf.new()
    simple = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name.Simple,
        FirstChar=32,
        Widths=[250 + 7.25 * code for code in range(60)],
    )
    pairs = _composite("Pairs", Name("/Identity-H"))
    own = _composite("Own", Stream(pdf, CMAP))
    core = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    fonts = Dictionary(F1=simple, F2=pairs, F3=own, F4=core)
    resources = pdf.make_indirect(Dictionary(Font=fonts))
    # The file lives as long as what is in it.
    _resources.pdf = pdf  # type: ignore[attr-defined]
    return resources


def _composite(name: str, encoding: pikepdf.Object) -> Dictionary:
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + name),
        DW=612.5,
        W=Array([0x2020, Array([300, 333.3, 410]), 0x6100, 0x617F, 505, 70_000, Array([1])]),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/" + name),
        Encoding=encoding,
        DescendantFonts=Array([inner]),
    )


def _look(content: bytes) -> object:
    """Everything that a look at a page of this content finds."""
    facts, sheet = Facts(0), Sheet(1, MEDIA)
    Interpreter(facts).run(sheet, content, _resources(), SAFE)
    noted = {mark: _named(facts, mark) for mark in Mark}
    return noted, _figures(sheet.text), [_figures(box) for box in sheet.art], sheet.blank


def _named(facts: Facts, mark: Mark) -> list[tuple[str, list[int]]]:
    """What was noted, as text, since what is no number equals nothing; fonts by name."""
    return [(str(getattr(detail, "name", detail)), pages) for detail, pages in facts.find(mark)]


def _figures(box: Box) -> str:
    return str([edge + 0.0 for edge in box])


def _look_singly(content: bytes) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "shows_line", _SINGLY)
        return _look(content)


# --- contents: ordinary lines for the most part, and between them all that is not

PIECES = some.lists(
    some.sampled_from(b"(aa) (!a  )-62.9 (  !a)15 ()+3\n-4. (a) (aaaa\0\n).5 (!a)\t0".split(b" "))
)
SMALL = some.integers(-30, 30)
ORDINARY = some.builds(
    lambda scale, right, up, pieces: b"%s%d %d Td[%s(aa)]TJ" % (scale, right, up, b"".join(pieces)),
    some.sampled_from([b"", b"98.5 Tz\n", b"102 Tz "]),
    SMALL,
    SMALL,
    PIECES,
)
NUMBERS = some.one_of(
    some.decimals(-99, 99, places=3).map(lambda value: str(value).encode()),
    some.sampled_from(
        b"0 400 -.5 +3 7. --5 1.2.3 - . 1e3 5-3 -0 123456789012345 0.1234567890123456 "
        b"99999999999999999999999999999999999999999999 00000000000000001".split()
    ),
)
SPACES = some.one_of(
    some.sampled_from([b" ", b"\n"]),
    some.sampled_from([b"", b"\n", b"\r\n", b"\t ", b"\0", b"\v", b" % x\n"]),
)
STRINGS = some.one_of(
    some.binary(max_size=6).map(lambda letters: b"(" + letters + b")"),
    some.sampled_from([rb"(\()", b"((a))", rb"(\051a)", b"()", b"(\\\n)", b"(aa)", b"(  )", b""]),
)
GAPS = some.one_of(some.sampled_from([b"", b"", b" ", b" 5 -3 ", b"1\n2"]), NUMBERS)
ENDS = some.sampled_from([b"TJ", b"TJ", b"TJ", b"T", b"TJx", b"Tj", b"TJ/A MP", b"TJ%\n"])
ODD_ARRAYS = some.tuples(
    some.just(b"["), GAPS, STRINGS, GAPS, STRINGS, GAPS, some.just(b"]"), SPACES, ENDS
).map(b"".join)
ODD_LINES = some.builds(
    lambda scale, spaces, right, up, move, array: b"".join(
        (scale, spaces, right, b" ", up, spaces, move, array)
    ),
    some.one_of(some.just(b""), NUMBERS.map(lambda number: number + b" Tz")),
    SPACES,
    NUMBERS,
    NUMBERS,
    some.sampled_from([b"Td", b"Td", b"Td ", b"TD", b"Td\n", b"Td%\n", b"Tdx"]),
    some.one_of(ODD_ARRAYS, some.just(b"[(aa)]TJ")),
)
FONTS = some.sampled_from(
    [b"/F%d %s Tf" % (name, size) for name in range(1, 6) for size in (b"9", b"11.5", b"-9", b"99")]
)
OTHERS = some.sampled_from(
    b"""BT|ET|q|Q|0 g|.5 0 0 rg|1 Tr|3 Tr|0 Tr|7 Tr|2 Tc|0 Tc|1 Tw|0 Tw|3 Ts|98 Tz|12 TL|T*|(a) Tj
    (a) '|5 5 Td|[<61> 5]TJ|[]TJ|EMC|/P<</MCID 3>>BDC|/P <</A/B/C 1 /D true>> BDC|/P BMC
    /P<</A(x)>>BDC|/P x <<>> BDC|EMCx|nonsense|10 10 50 50 re f|0 0 30 30 re W n|1 0 0 1 5 5 cm
    /P<<>>BDC\0EMC|]|<|5 5|1 0 0 1 100 %s Tm|%s 0 0 1 0 0 cm|1 0 0 1 99 300 Tm|0 1 -1 0 99 99 Tm
    2 0 0 -2 50 400 Tm|1.5 0 .3 1 60 90 Tm|1 0 1 0 Tm""".replace(b"%s", b"9" * 400)
    .replace(b"\n    ", b"|")
    .split(b"|")
)
USUAL = some.one_of(ORDINARY, ORDINARY, ORDINARY, FONTS)
OPERATIONS = some.one_of(USUAL, USUAL, USUAL, ODD_LINES, ODD_ARRAYS, OTHERS)
CONTENTS = some.lists(some.tuples(OPERATIONS, SPACES), min_size=2).map(
    lambda parts: b"BT /F2 10 Tf 1 0 0 1 150 300 Tm " + b"".join(map(b"".join, parts))
)


@given(CONTENTS)
@example(b"BT /F1 9 Tf 99 99 Td[(a)]TJ 0 1 -1 0 99 99 Tm 0 50 Td[(aa)]TJ")
@example(b"BT /F2 9 Tf 99 99 Td[(aa)-(aa)]TJ")
@example(b"BT /F2 9 Tf 99 99 Td[(aaa)]TJ 9 9 Td[(aa)")
@example(b"BT /F2 9 Tf /P")
@example(b"BT /F2 9 Tf 99 99 Td[(aa)]TJ 0 0 Td[(a")
def test_both_ways_find_the_same(content: bytes) -> None:
    assert _look(content) == _look_singly(content)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many operations were taken at a time."""
    counts: list[int] = []
    take = text.take_lines

    def count(*arguments: object) -> tuple[object, ...]:
        found = take(*arguments)  # type: ignore[arg-type]
        counts.append(found[1])
        return found

    monkeypatch.setattr(text, "take_lines", count)
    return counts


def test_ordinary_lines_are_taken_together(taken: list[int]) -> None:
    _look(
        b"BT\n/F2 11 Tf\n98.5 Tz\n100 500 Td[(!a)-30.5(aa)]TJ\n0 -14 Td[(aa)]TJ\n[(!!)5 (  )]TJ\n"
        b"/P<</MCID 1>>BDC\n102 Tz\n-1.5 -14 Td[(aaa!)]TJ\nEMC\n/F1 9 Tf\n0 -14 Td[(a)]TJ\nET"
    )
    assert taken == [6, 1]


@pytest.mark.parametrize(
    "line",
    [
        rb"0 9 Td[(\051)]TJ",
        b"0 9 Td[((a))]TJ",
        b"0 9 Td[]TJ",
        b"0 9 Td[5(aa)]TJ",
        b"0 9 Td[(aa)5]TJ",
        b"0 9 Td[(aaa)]TJ",
        b"0 9 Td[(aa)]TJx",
        b"0 9 Td[(aa)-(aa)]TJ",
        b"0 9 Td[(aa)1.2.3(aa)]TJ",
        b"0 1234567890123456 Td[(aa)]TJ",
        b"0 900 Td[(aa)]TJ",
        b"0 9 TD[(aa)]TJ",
        b"/P<</A(x)>>BDC",
    ],
)
def test_a_run_ends_before_anything_unusual(line: bytes, taken: list[int]) -> None:
    _look(b"BT /F2 9 Tf 90 90 Td[(aa)]TJ 0 9 Td[(aa)]TJ " + line + b" 0 9 Td[(aa)]TJ")
    assert taken[0] == 2


@pytest.mark.parametrize("state", [b"1 Tr", b"1 Tc", b"1 Tw", b"0 0 99 99 re W n", b"/F3 9 Tf"])
def test_text_that_is_not_plain_is_left(state: bytes, taken: list[int]) -> None:
    _look(b"BT /F2 9 Tf " + state + b" 90 90 Td[(aa)]TJ 0 9 Td[(aa)]TJ")
    assert not taken


def test_a_font_that_shows_nothing_is_not_noted() -> None:
    noted, *_ = _look(b"BT /F2 9 Tf /F1 9 Tf 90 90 Td[(aa)]TJ /F4 9 Tf ET")  # type: ignore[misc]
    assert noted[Mark.FONT] == [("Simple", [1])]


def test_a_book_says_the_same_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "book.md"
    words = "Some *words* to be set, “quoted” and (in brackets), 1\u00a0to 20 \\\\ more.\n\n"
    source.write_text("# One\n\n" + words * 200 + "# Two\n\n" + words * 50, encoding="utf-8")
    book = find_book(Request(source, out=tmp_path), lambda _: None)
    made = pipeline.build(book, ["print", "screen"], lambda _: None, inspect=False)
    looks = [partial(_read, file.path) for file in made.files]
    assert looks
    found = [look() for look in looks]
    monkeypatch.setattr(text, "shows_line", _SINGLY)
    assert [look() for look in looks] == found


def _read(path: Path) -> object:
    facts = read_facts(path, lambda *_: Box(50, 50, 350, 550))
    sheets = [(sheet.text, sheet.art, sheet.blank) for sheet in facts.sheets]
    return [_named(facts, mark) for mark in Mark], sheets, facts.damage


def test_heaps_of_marks_are_looked_at_once() -> None:
    content = b"BT /F2 9 Tf 1 0 0 1 90 90 Tm " + b"EMC " * 200_000
    begun = process_time()
    _look(content + b"0 0 Td[(aa)]TJ")
    assert process_time() - begun < 30
