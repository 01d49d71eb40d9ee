"""Faked readers are recognised, all of them; other volumes are not, none of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bookforge.devices.recognise import Device, recognise, recognise_usb
from bookforge.devices.table import families
from tests.devices.faked import Faked, faked, read_cases

READERS = list(read_cases("readers.txt"))
OTHERS = list(read_cases("others.txt"))


@pytest.mark.parametrize("case", READERS, ids=lambda case: case.name)
def test_readers(case: Faked, tmp_path: Path) -> None:
    device = recognise(case.lay_out(tmp_path / "volume"))
    assert device is not None
    firmware = device.facts.firmware or "-"
    books = device.books.relative_to(tmp_path / "volume").as_posix()
    found = [device.id, device.name, firmware, books, device.formats[0]]
    assert (*found, *(["koreader"] if device.koreader else [])) == case.found


@pytest.mark.parametrize("case", OTHERS, ids=lambda case: case.name)
def test_other_volumes(case: Faked, tmp_path: Path) -> None:
    assert recognise(case.lay_out(tmp_path / "volume")) is None


def test_the_corpus_is_large_and_has_every_family() -> None:
    assert len(READERS) >= 30
    assert len(OTHERS) >= 20
    with_drive = {family.id for family in families() if family.reach in ("disk", "mtp")}
    assert {case.found[0] for case in READERS} == with_drive


@pytest.mark.parametrize("case", READERS, ids=lambda case: case.name)
def test_looking_opens_no_database_and_writes_nothing(
    case: Faked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = case.lay_out(tmp_path / "volume")
    before = _stamps(tmp_path)
    opened: list[str] = []
    plain = Path.open

    def watch(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        opened.append(f"{mode} {path.name}")
        return plain(path, mode, *rest, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watch)
    recognise(volume)
    assert set(opened) <= {"rb version", "rb version.txt"}
    assert _stamps(tmp_path) == before


def _stamps(root: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted(root.rglob("*"))
    }


def test_each_folder_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    volume = faked("Supernote under its chip's name").lay_out(tmp_path / "volume")
    listed: list[Path] = []
    plain = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: (listed.append(path), plain(path))[1])
    assert recognise(volume) is not None
    assert len(listed) == len(set(listed))


def test_a_volume_that_goes_away_is_no_reader(tmp_path: Path) -> None:
    volume = faked("Kobo Clara BW").lay_out(tmp_path / "volume")
    shutil.rmtree(volume.path)
    assert recognise(volume) is None


def test_readers_without_a_drive_are_known_by_the_bus() -> None:
    found = recognise_usb({"1949:9981", "04b3:4010", "046d:c52b"})
    assert [(one.id, one.family.reach) for one in found] == [
        ("kindle", "none"),
        ("remarkable", "web"),
    ]
    assert "mail" in found[0].family.note
    assert recognise_usb({"046d:c52b", "2237:4239"}) == []


def test_koreader_opens_epub_where_the_reader_does_not(tmp_path: Path) -> None:
    plain = recognise(faked("Kindle Paperwhite, disk").lay_out(tmp_path / "a"))
    with_koreader = recognise(faked("Kindle with KOReader").lay_out(tmp_path / "b"))
    assert isinstance(plain, Device) and isinstance(with_koreader, Device)
    assert "epub" not in plain.formats
    assert "epub" in with_koreader.formats


def test_two_readers_of_one_model_are_told_apart(tmp_path: Path) -> None:
    first = recognise(faked("Kobo Clara BW").lay_out(tmp_path / "a"))
    second = recognise(faked("Kobo Clara BW of 2025").lay_out(tmp_path / "b"))
    assert isinstance(first, Device) and isinstance(second, Device)
    assert first.name == second.name
    assert first.key != second.key
