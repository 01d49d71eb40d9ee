"""Which reader and which format, without guessing; finished files; calibre where it is."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from bookforge.devices.recognise import Device, recognise, recognise_usb
from bookforge.diagnostics import BookError, Diagnostic
from bookforge.send import choose, make
from bookforge.send.choose import check_reach, choose_device, choose_format
from bookforge.send.convert import convert
from tests.devices.faked import faked

_KOBO = "Kobo Clara BW"
_KINDLE = "Kindle Paperwhite, disk"


def _plug(root: Path, *names: str) -> list[Device]:
    found = [recognise(faked(name).lay_out(root / name)) for name in names]
    return [one for one in found if one]


def _fault(error: pytest.ExceptionInfo[BookError]) -> Diagnostic:
    return error.value.diagnostics[0]


def test_the_only_reader_is_meant(tmp_path: Path) -> None:
    (kobo,) = _plug(tmp_path, _KOBO)
    assert choose_device([kobo], None) is kobo


def test_none_and_several_are_told(tmp_path: Path) -> None:
    with pytest.raises(BookError) as none:
        choose_device([], None)
    assert _fault(none).code == "D001"
    with pytest.raises(BookError) as several:
        choose_device(_plug(tmp_path, _KOBO, _KINDLE), None)
    assert _fault(several).code == "D002"
    assert "Kobo Clara BW" in _fault(several).message
    assert str(tmp_path / _KINDLE) in _fault(several).message


@pytest.mark.parametrize(
    "name", ["kobo", "KOBO", "clara bw", "N365410035566", "Kobo Clara BW", "kobo clara"]
)
def test_names_of_a_reader(tmp_path: Path, name: str) -> None:
    found = _plug(tmp_path, _KOBO, _KINDLE)
    assert choose_device(found, name) is found[0]


def test_the_place_tells_two_alike_apart(tmp_path: Path) -> None:
    found = _plug(tmp_path, _KOBO, "Kobo Clara BW of 2025")
    with pytest.raises(BookError) as several:
        choose_device(found, "kobo")
    assert _fault(several).code == "D002"
    # The one place is the beginning of the other.
    assert choose_device(found, str(tmp_path / _KOBO)) is found[0]


def test_a_name_that_nobody_has(tmp_path: Path) -> None:
    with pytest.raises(BookError) as nobody:
        choose_device(_plug(tmp_path, _KOBO), "nook")
    assert _fault(nobody).code == "D003"
    assert "Kobo Clara BW" in _fault(nobody).hints[0].message


def test_a_telephone_must_be_named(tmp_path: Path) -> None:
    found = _plug(tmp_path, "Android phone over MTP")
    with pytest.raises(BookError) as none:
        choose_device(found, None)
    assert "--device android" in _fault(none).hints[0].message
    assert choose_device(found, "android") is found[0]
    both = [*found, *_plug(tmp_path, _KOBO)]
    assert choose_device(both, None).id == "kobo"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        (_KOBO, "kepub"),
        ("tolino shine 5, by its serial", "epub"),
        ("tolino vision 2, Android", "epub"),
        ("PocketBook InkPad 4", "epub"),
        ("Kindle with KOReader", "epub"),
    ],
)
def test_what_each_likes_best(
    tmp_path: Path, name: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose_format(_plug(tmp_path, name)[0], None) == form


def test_a_kindle_wants_calibre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (kindle,) = _plug(tmp_path, _KINDLE)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BookError) as missing:
        choose_format(kindle, None)
    assert _fault(missing).code == "D005"
    assert "--mail" in _fault(missing).hints[0].message
    assert choose_format(kindle, "pdf") == "pdf"
    _install_calibre(tmp_path, 'cp "$1" "$2"')
    assert choose_format(kindle, None) == "azw3"


def test_a_format_that_it_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(BookError) as wrong:
        choose_format(_plug(tmp_path, _KINDLE)[0], "epub")
    assert _fault(wrong).code == "D004"
    assert "azw3" in _fault(wrong).hints[0].message


def test_a_finished_file_stays_as_it_is(tmp_path: Path) -> None:
    kobo, pocketbook = _plug(tmp_path, _KOBO, "PocketBook InkPad 4")
    assert choose_format(kobo, None, "epub") == "epub"
    assert choose_format(pocketbook, None, "kepub") == "epub"


def test_readers_out_of_reach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (locked,) = recognise_usb({"1949:9981"})
    with pytest.raises(BookError) as unreachable:
        check_reach(locked)
    assert _fault(unreachable).code == "D007"
    (tablet,) = recognise_usb({"04b3:4010"})
    monkeypatch.setattr(choose, "find_remarkable", lambda: None)
    with pytest.raises(BookError) as silent:
        check_reach(tablet)
    assert _fault(silent).code == "D007"
    assert "USB web interface" in _fault(silent).hints[0].message


def test_a_reader_that_is_read_only(tmp_path: Path) -> None:
    from msgspec.structs import replace

    (kobo,) = _plug(tmp_path, _KOBO)
    assert kobo.volume is not None
    check_reach(kobo)
    with pytest.raises(BookError) as locked:
        check_reach(replace(kobo, volume=replace(kobo.volume, writable=False)))
    assert _fault(locked).code == "D006"


def test_a_reader_with_two_faces_is_listed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk Kindle shows both a drive and a USB device."""
    (kindle,) = _plug(tmp_path, _KINDLE)
    monkeypatch.setattr(choose, "find_volumes", lambda: [kindle.volume])
    monkeypatch.setattr(choose, "find_usb", lambda: {"1949:0004"})
    monkeypatch.setattr(choose, "find_remarkable", lambda: None)
    assert [(one.id, one.family.reach) for one in choose.find_devices()] == [("kindle", "disk")]


def _install_calibre(folder: Path, script: str) -> None:
    program = folder / "ebook-convert"
    program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def _book(folder: Path) -> Path:
    book = folder / "Emma.epub"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/p.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "OEBPS/p.opf",
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Emma:\n a Novel'
            "</dc:title><dc:creator>Jane Austen</dc:creator></package>",
        )
    return book


def test_a_converted_book_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """calibre's bytes differ from run to run: converting again would never be up to date."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    _install_calibre(tmp_path, 'cat /proc/sys/kernel/random/uuid > "$2"')
    book = _book(tmp_path)
    first = convert(book)
    data = first.read_bytes()
    assert data
    assert convert(book).read_bytes() == data
    assert [path.name for path in first.parent.iterdir()] == [first.name]


@pytest.mark.parametrize("script", ["echo no such font >&2; exit 3", "exit 0"])
def test_calibre_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BookError) as missing:
        convert(_book(tmp_path))
    assert _fault(missing).code == "D005"
    _install_calibre(tmp_path, script)
    with pytest.raises(BookError) as failed:
        convert(_book(tmp_path))
    assert _fault(failed).code == "D014"
    assert list((tmp_path / "cache").rglob("*.azw3")) == []


@pytest.mark.parametrize(("name", "form"), [("Torn.kepub.epub", "kepub"), ("Torn.pdf", "pdf")])
def test_a_finished_file_that_says_nothing_of_itself(tmp_path: Path, name: str, form: str) -> None:
    (tmp_path / name).write_bytes(b"PK\3\4")
    parcel = make.take_finished(tmp_path / name, form, form)
    assert (parcel.title, parcel.authors) == ("Torn", ())


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.epub", "epub"),
        ("A.EPUB", "epub"),
        ("a.kepub.epub", "kepub"),
        ("a.pdf", "pdf"),
        ("a.azw3", "azw3"),
        ("a.txt", None),
        ("book.toml", None),
    ],
)
def test_finished_files_are_known_by_their_names(name: str, form: str | None) -> None:
    assert make.finished_format(Path(name)) == form


def test_a_finished_file_in_another_format(tmp_path: Path) -> None:
    with pytest.raises(BookError) as wrong:
        make.take_finished(_book(tmp_path), "epub", "pdf")
    assert _fault(wrong).code == "D015"
    parcel = make.take_finished(_book(tmp_path), "epub", "epub")
    assert (parcel.title, parcel.authors) == ("Emma: a Novel", ("Jane Austen",))
