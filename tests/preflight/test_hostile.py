"""Broken and hostile PDFs give findings, quickly, and never an exception."""

from __future__ import annotations

import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream
from prints import Print, codes, inspect, terms

from bookforge.preflight.pdf.check import check_pdf
from bookforge.preflight.pdf.facts import Facts, Mark, Sheet
from bookforge.preflight.pdf.interpret import Interpreter
from bookforge.preflight.pdf.plane import Box
from bookforge.preflight.pdf.tokens import Unreadable, read_operation, scan

# Seconds of processor time that no file may cost; the slowest here takes a few.
_PATIENCE = 20.0


def look(path: Path) -> list[str]:
    """The codes of a check that must be over soon."""
    begun = process_time()
    found = codes(inspect(path))
    assert process_time() - begun < _PATIENCE
    return found


def _good(folder: Path) -> bytes:
    return Print(4).save(folder / "good.pdf").read_bytes()


def _raw(body: str, *objects: str) -> bytes:
    """A PDF written by hand, without a table of places: pikepdf finds the objects itself."""
    parts = ["%PDF-1.4", "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj", body, *objects]
    return "\n".join([*parts, "trailer <</Root 1 0 R>>", "%%EOF"]).encode("latin-1")


NOT_PDFS: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda good: b"",
    "text": lambda good: b"Call me Ishmael." * 99,
    "zeros": lambda good: bytes(5000),
    "header alone": lambda good: b"%PDF-1.7\n",
    "the first tenth": lambda good: good[: len(good) // 10],
    "no pages": lambda good: _raw("2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj"),
    "pages within each other": lambda good: _raw(
        "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
        "3 0 obj <</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>> endobj",
    ),
    "pages that are none": lambda good: _raw("2 0 obj <</Type/Pages/Kids 7/Count 3>> endobj"),
    "a tree that is a number": lambda good: _raw("2 0 obj 42 endobj"),
    "10,000 arrays": lambda good: _raw(
        "2 0 obj <</Type/Pages/Kids " + "[" * 10_000 + "]" * 10_000 + "/Count 1>> endobj"
    ),
    "a million pages": lambda good: _raw(
        "2 0 obj <</Type/Pages/Kids [" + "3 0 R " * 30_000 + "]/Count 1000000>> endobj",
        "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj",
    ),
}


@pytest.mark.parametrize("kind", NOT_PDFS)
def test_what_is_no_pdf_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(NOT_PDFS[kind](_good(tmp_path)))
    assert set(look(path)) <= {"P080", "P082", "P083", "P088", "P060", "P061", "P102", "P105"}
    assert "P080" in look(path) or "P083" in look(path) or "P088" in look(path)


def test_a_zip_by_another_name(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("%PDF-1.7", "a")
    (found,) = inspect(path)
    assert found.code == "P080" and "zip" in found.message


def test_a_file_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    good = _good(tmp_path)
    path.write_bytes(good[: len(good) * 2 // 3])
    assert set(look(path)) & {"P080", "P082"}


def test_what_is_said_of_damage_names_no_file(tmp_path: Path) -> None:
    path = tmp_path / "a (b) book.pdf"
    good = _good(tmp_path)
    path.write_bytes(good[: good.rindex(b"startxref")])
    damage = [one.message for one in inspect(path) if one.code in ("P080", "P082")]
    assert damage
    assert not [one for one in damage if str(tmp_path) in one or "stream" in one]


def test_a_locked_file(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="a", user="b")
    (found,) = inspect(Print(4).save(tmp_path / "book.pdf", encryption=lock))
    assert found.code == "P081" and "password" in found.message


def test_a_file_with_restrictions(tmp_path: Path) -> None:
    lock = pikepdf.Encryption(owner="a", user="")
    found = inspect(Print(32).save(tmp_path / "book.pdf", encryption=lock))
    assert "the file is encrypted" in [one.message for one in found]


def _faults(book: Print, tmp_path: Path) -> str:
    path = book.save(tmp_path / "book.pdf")
    begun = process_time()
    found = inspect(path)
    assert process_time() - begun < _PATIENCE
    return "\n".join(one.message for one in found if one.code == "P083")


def test_forms_within_each_other(tmp_path: Path) -> None:
    book = Print(4)
    form = book.form("/Fm Do")
    form.Resources = Dictionary(XObject=Dictionary(Fm=form))
    book.put(2, "/XObject", "/Fm", form)
    book.draw(2, "/Fm Do")
    assert "forms that hold each other: page 2" in _faults(book, tmp_path)


def test_forms_that_double_and_double(tmp_path: Path) -> None:
    book = Print(4)
    form = book.form("0 0 1 1 re f")
    for _ in range(11):
        form = book.form(
            "/A Do /A Do /A Do /A Do", Resources=Dictionary(XObject=Dictionary(A=form))
        )
    book.put(2, "/XObject", "/A", form)
    book.draw(2, "/A Do")
    assert "more forms than could be looked at" in _faults(book, tmp_path)


@pytest.mark.parametrize("filters", [1, 2])
def test_decompression_bombs(filters: int, tmp_path: Path) -> None:
    book = Print(4)
    data = bytes(160 << 20)
    for _ in range(filters):
        data = zlib.compress(data, 9)
    stream = Stream(book.pdf, b"")
    stream.write(data, filter=[Name.FlateDecode] * filters)
    book.page(3).Contents = stream
    assert "page 3" in _faults(book, tmp_path)


def test_brackets_without_end(tmp_path: Path) -> None:
    book = Print(4)
    book.draw(1, "[" * 10_000)
    book.draw(2, "[" * 10_000 + "]" * 10_000 + " TJ")
    book.draw(3, "(" * 10_000)
    book.draw(4, "<<" * 400 + ">>" * 400 + " 1 1 frob")
    assert "brackets nested too deep: pages 1-2" in _faults(book, tmp_path)
    assert "a string that is never closed: page 3" in _faults(book, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        "q " * 100_000,
        "1 " * 1_000_000,
        "[(a" * 100_000,
        "[(a)1 " * 100_000,
        "/" * 500_000,
        "BI /W 1 ID " + "x" * 500_000,
        "%" + "x" * 500_000,
        "1 0 0 1 0 0 cm " * 100_000,
        "1e999 0 Td 9" + "9" * 400 + " 0 Td /F1 nan Tf",
        "BT /F1 1e300 Tf 1e300 0 0 1e300 0 0 Tm (aaaa) Tj ET",
    ],
    ids=range(10),
)
def test_content_without_end_or_sense(content: str, tmp_path: Path) -> None:
    book = Print(32)
    book.draw(2, content)
    look(book.save(tmp_path / "book.pdf"))


@pytest.mark.parametrize(
    "box",
    [
        [0, 0, 1e30, 1e30],
        [0, 0, 0, 0],
        [5, 5, 5, 5],
        [-1e8, -1e8, 1e8, 1e8],
        [0, 0, 612],
        ["a", "b", "c", "d"],
        [612, 792, 0, 0],
    ],
    ids=str,
)
def test_page_boxes_of_all_kinds(box: list[object], tmp_path: Path) -> None:
    book = Print(32)
    for key in ("/MediaBox", "/TrimBox"):
        book.page(5)[key] = Array([str(edge) if isinstance(edge, str) else edge for edge in box])
    assert set(look(book.save(tmp_path / "book.pdf"))) & {"P086", "P088", "P082"}


WRONG = [7, "text", Name.Odd, Array([]), Array([Array([Name.A, 3])]), Dictionary(A=1)]


@pytest.mark.parametrize(
    "thing", WRONG, ids=[type(one).__name__ + str(i) for i, one in enumerate(WRONG)]
)
def test_things_of_the_wrong_kind(thing: object, tmp_path: Path) -> None:
    """Whatever stands where something else is meant to."""
    book = Print(24)
    keys = ("/Resources", "/Contents", "/MediaBox", "/Annots", "/Group", "/Rotate", "/UserUnit")
    for number, key in enumerate(keys, 1):
        book.page(number)[key] = thing
    descriptor = book.font.FontDescriptor
    inner = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Shading")
    for number, kind in enumerate(inner, 10):
        book.page(number).Resources[kind] = Dictionary(F1=thing)
        book.draw(number, "/F1 11 Tf (a) Tj /F1 Do /F1 gs /F1 cs /F1 sh")
    for key in ("/Widths", "/FirstChar", "/Encoding", "/BaseFont", "/ToUnicode"):
        book.font[key] = thing
    for key in ("/Ascent", "/Descent", "/FontFile2"):
        descriptor[key] = thing
    for key in ("/Names", "/Outlines", "/Metadata", "/OutputIntents", "/ViewerPreferences"):
        book.pdf.Root[key] = thing
    look(book.save(tmp_path / "book.pdf"))


def test_a_broken_font_program(tmp_path: Path) -> None:
    book = Print(32)
    for program in (
        b"",
        b"\0\1\0\0" + bytes(50),
        b"OTTO" + bytes(40),
        random.Random(1).randbytes(999),
    ):
        book.font.FontDescriptor.FontFile2 = Stream(book.pdf, program)
        look(book.save(tmp_path / "book.pdf"))
    del book.font.FontDescriptor["/FontFile2"]
    compact = Stream(book.pdf, random.Random(2).randbytes(999))
    compact.Subtype = Name.Type1C
    book.font.FontDescriptor.FontFile3 = compact
    look(book.save(tmp_path / "book.pdf"))


def _interpret(content: bytes) -> Facts:
    facts = Facts(0)
    sheet = Sheet(1, Box(0, 0, 396, 612))
    facts.sheets.append(sheet)
    Interpreter(facts).run(sheet, content, None, sheet.media)
    return facts


@given(st.binary(max_size=300))
def test_any_bytes_as_content(content: bytes) -> None:
    _interpret(content)


_WORDS = st.sampled_from(
    [b"q", b"Q", b"cm", b"BT", b"ET", b"Td", b"Tm", b"TJ", b"Tj", b"[", b"]", b"<<", b">>", b"(a)",
     b"(", b")", b"<41>", b"1", b"-2.5", b"/F1", b"Tf", b"re", b"f", b"S", b"W", b"n", b"BI", b"ID",
     b"EI", b"Do", b"gs", b"scn", b"g", b"k", b"%", b"\n", b"'", b'"', b"T*", b"Tz", b"null"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=80))
def test_any_words_as_content(words: list[bytes]) -> None:
    _interpret(b" ".join(words))


@given(st.lists(_WORDS, max_size=40))
def test_both_ways_of_reading_agree(words: list[bytes]) -> None:
    """What one match takes at once is what is read token by token."""
    content = b" ".join(words)
    for found in scan(content):
        if found.lastindex == 8 or found.group(7) == b"BI":
            break
        try:
            operation = read_operation(content, found.start())
        except Unreadable:
            # A stray word of the syntax is found out one token later.
            break
        assert operation is not None and operation.end == found.end()


def _mutate(good: bytes, seed: int) -> bytes:
    """A few bytes of a file changed, cut out or doubled."""
    chance = random.Random(seed)
    data = bytearray(good)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind < 2:
            data[place] = chance.randrange(256)
        elif kind == 2:
            del data[place : place + chance.randint(1, 40)]
        else:
            data[place:place] = data[place : place + chance.randint(1, 40)]
    return bytes(data)


def _survive(good: bytes, seeds: range, path: Path) -> None:
    for seed in seeds:
        path.write_bytes(_mutate(good, seed))
        begun = process_time()
        check_pdf(path, terms(), printing=True)
        assert process_time() - begun < _PATIENCE, seed


def _plain(folder: Path) -> bytes:
    """A book whose every word lies open, so that changed bytes change what is said."""
    book = Print(6)
    book.image(2, "72 0 0 48 100 100")
    book.put(3, "/XObject", "/Fm", book.form("BT /F1 11 Tf 20 20 Td (aap) Tj ET"))
    book.draw(3, "/Fm Do")
    options = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable}
    return book.save(folder / "plain.pdf", **options).read_bytes()


def test_changed_bytes(tmp_path: Path) -> None:
    _survive(_plain(tmp_path), range(150), tmp_path / "book.pdf")


@pytest.mark.slow
def test_thousands_of_changed_files(tmp_path: Path) -> None:
    _survive(_plain(tmp_path), range(1000, 6000), tmp_path / "book.pdf")


@pytest.mark.slow
def test_thousands_of_changed_packed_files(tmp_path: Path) -> None:
    _survive(_good(tmp_path), range(6000, 8000), tmp_path / "book.pdf")


def test_a_budget_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookforge.preflight.pdf.interpret._OPERATIONS", 10)
    facts = _interpret(b"1 w " * 50)
    assert [fault for fault, _ in facts.find(Mark.FAULT)] == [
        "more drawing than could be looked at"
    ]
