"""The safe copy, step by step, and under which name a book lies on a reader."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from bookforge.diagnostics import BookError, Diagnostic, ignore
from bookforge.send import disk as disk_module
from bookforge.send.copy import put
from bookforge.send.deliver import Parcel, Shelf, deliver, look_ahead, shelf_at
from bookforge.send.disk import PREFIX, SUFFIX, Disk
from bookforge.send.sent import Sent
from tests.send.failing import Failing, Fault

_DAY = 86_400


class _Watched(Disk):
    """A drive that writes down its steps."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def flush(self, handle: int) -> None:
        self.done.append("flush")
        super().flush(handle)

    def replace(self, part: Path, target: Path) -> None:
        self.done.append("replace")
        super().replace(part, target)

    def flush_folder(self, folder: Path) -> None:
        self.done.append("flush folder")
        super().flush_folder(folder)

    def blocks(self, path: Path):  # type: ignore[no-untyped-def]
        self.done.append(f"read {path.suffix}")
        return super().blocks(path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "made" / "book.epub"
    path.parent.mkdir()
    path.write_bytes(b"a book" * 1000)
    return path


@pytest.fixture
def reader(tmp_path: Path) -> Path:
    folder = tmp_path / "reader"
    folder.mkdir()
    return folder


def _failure(book: Path, target: Path, disk: Disk) -> Diagnostic:
    with pytest.raises(BookError) as caught:
        put(book, target, disk)
    return caught.value.diagnostics[0]


def test_the_order_of_the_steps(book: Path, reader: Path) -> None:
    drive = _Watched()
    noted: list[str] = []
    copied = put(book, reader / "A" / "b.epub", drive, lambda digest: noted.append(digest))
    assert drive.done == ["flush", "read .part", "replace", "flush folder"]
    assert noted == [copied.sha256]
    assert (reader / "A" / "b.epub").read_bytes() == book.read_bytes()
    assert [path.name for path in reader.rglob("*")] == ["A", "b.epub"]


def test_the_second_time_nothing_is_written(book: Path, reader: Path) -> None:
    put(book, reader / "b.epub", Disk())
    os.utime(reader / "b.epub", (1, 1))
    drive = _Watched()
    assert put(book, reader / "b.epub", drive).written is False
    assert drive.done == ["read .epub"]
    assert (reader / "b.epub").stat().st_mtime == 1


def test_the_former_edition_is_never_removed_only_replaced(
    book: Path, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no moment without a book under its name."""
    (reader / "b.epub").write_bytes(b"the former edition")
    monkeypatch.setattr(Path, "unlink", lambda path: pytest.fail(f"{path} removed"))
    monkeypatch.setattr(os, "unlink", lambda path: pytest.fail(f"{path} removed"))
    assert put(book, reader / "b.epub", Disk()).written


def test_progress_is_told_in_bytes(
    book: Path, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_module, "_BLOCK", 4000)
    told: list[int] = []
    put(book, reader / "b.epub", Disk(), progress=told.append)
    assert told == [4000, 6000]


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_the_copy_has_the_mode_of_any_new_file(book: Path, reader: Path) -> None:
    (reader / "plain").write_bytes(b"")
    put(book, reader / "b.epub", Disk())
    assert (reader / "b.epub").stat().st_mode == (reader / "plain").stat().st_mode


def test_no_room(book: Path, reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Disk, "free", lambda *_: 2_000_000)
    found = _failure(book, reader / "A" / "b.epub", Disk())
    assert found.code == "D008"
    assert "2.1 MB needed, 2.0 MB free" in found.message
    assert list(reader.iterdir()) == []


def test_a_drive_that_refuses(book: Path, reader: Path) -> None:
    found = _failure(book, reader / "b.epub", Failing(Fault("unplug", 4)))
    assert (found.code, "unplugged" in found.message) == ("D009", True)


def test_a_drive_that_forgets(book: Path, reader: Path) -> None:
    (reader / "b.epub").write_bytes(b"the former edition")
    assert _failure(book, reader / "b.epub", Failing(Fault("rot", 0))).code == "D010"
    assert (reader / "b.epub").read_bytes() == b"the former edition"
    assert [path.name for path in reader.iterdir()] == ["b.epub"]


def test_own_leftovers_go_after_a_day_and_nothing_else(book: Path, reader: Path) -> None:
    now = book.stat().st_mtime
    ages = {
        f"{PREFIX}old{SUFFIX}": 2 * _DAY,
        f"{PREFIX}new{SUFFIX}": _DAY // 2,
        f"{PREFIX}notes.txt": 9 * _DAY,
        "other.part": 9 * _DAY,
        "Old.epub": 900 * _DAY,
    }
    for name, age in ages.items():
        (reader / name).write_bytes(b"x")
        os.utime(reader / name, (now - age, now - age))
    put(book, reader / "b.epub", Disk())
    assert {path.name for path in reader.iterdir()} == {*ages, "b.epub"} - {f"{PREFIX}old{SUFFIX}"}


def test_a_megabyte_costs_little_beyond_its_copy(book: Path, reader: Path) -> None:
    """At most half a second; it is hundredths, in processor time that a busy machine lengthens."""
    book.write_bytes(os.urandom(1_000_000))
    begun = time.process_time()
    shutil.copyfile(book, reader / "plain.epub")
    plain = time.process_time() - begun
    begun = time.process_time()
    _deliver(book, reader)
    assert time.process_time() - begun - plain <= 0.5


def test_a_book_is_written_once_and_read_back_once(book: Path, reader: Path) -> None:
    drive = Failing(Fault("none", 0))
    put(book, reader / "b.epub", drive)
    assert drive.writes == 1
    first_send = drive.steps
    put(book, reader / "b.epub", drive)
    assert (drive.writes, drive.steps - first_send < first_send / 2) == (1, True)


def _deliver(book: Path, reader: Path, title: str = "Emma", key: str = "/books/emma") -> str:
    notes: list[Diagnostic] = []
    parcel = Parcel(book, "epub", title, ("Jane Austen",), key)
    shelf = Shelf(reader, "kobo:1", Disk(), authors=True)
    target, _ = deliver(parcel, shelf, Sent(reader.parent / "sent.json"), notes.append)
    codes = " ".join(note.code for note in notes)
    return f"{target.relative_to(reader).as_posix()} {codes}".strip()


def test_a_new_edition_takes_the_place_of_the_former(book: Path, reader: Path) -> None:
    assert _deliver(book, reader) == "Jane Austen/Emma.epub"
    book.write_bytes(b"second edition")
    assert _deliver(book, reader) == "Jane Austen/Emma.epub"
    assert (reader / "Jane Austen" / "Emma.epub").read_bytes() == b"second edition"


def test_the_place_stays_when_the_title_changes(book: Path, reader: Path) -> None:
    _deliver(book, reader, "Working Title")
    book.write_bytes(b"second edition")
    assert _deliver(book, reader, "Emma") == "Jane Austen/Working Title.epub"


def test_a_book_that_was_removed_on_the_reader_comes_under_its_new_title(
    book: Path, reader: Path
) -> None:
    _deliver(book, reader, "Working Title")
    (reader / "Jane Austen" / "Working Title.epub").unlink()
    assert _deliver(book, reader, "Emma") == "Jane Austen/Emma.epub"


@pytest.mark.parametrize("name", ["Emma.epub", "EMMA.epub"])
def test_what_others_put_there_stays(book: Path, reader: Path, name: str) -> None:
    (reader / "Jane Austen").mkdir()
    (reader / "Jane Austen" / name).write_bytes(b"by hand")
    told = _deliver(book, reader)
    assert told.startswith("Jane Austen/Emma [") and told.endswith("].epub D012")
    assert (reader / "Jane Austen" / name).read_bytes() == b"by hand"
    assert _deliver(book, reader) == told.removesuffix(" D012")


def test_what_somebody_changed_stays(book: Path, reader: Path) -> None:
    _deliver(book, reader)
    (reader / "Jane Austen" / "Emma.epub").write_bytes(b"edited on the reader")
    book.write_bytes(b"second edition")
    assert _deliver(book, reader).endswith("].epub D012")
    assert (reader / "Jane Austen" / "Emma.epub").read_bytes() == b"edited on the reader"


def test_two_books_of_one_title_keep_apart(book: Path, reader: Path) -> None:
    first = _deliver(book, reader, key="/one")
    book.write_bytes(b"another book")
    second = _deliver(book, reader, key="/two")
    assert (first, second.endswith("].epub D012")) == ("Jane Austen/Emma.epub", True)
    book.write_bytes(b"another book, revised")
    assert _deliver(book, reader, key="/two") == second.removesuffix(" D012")


def test_the_same_file_by_hand_is_up_to_date(book: Path, reader: Path) -> None:
    (reader / "Jane Austen").mkdir()
    (reader / "Jane Austen" / "Emma.epub").write_bytes(book.read_bytes())
    assert _deliver(book, reader) == "Jane Austen/Emma.epub"


def test_both_names_taken(book: Path, reader: Path) -> None:
    tagged = _tagged_name(book, reader)
    (reader / "Jane Austen" / "Emma.epub").write_bytes(b"by hand")
    (reader / tagged).write_bytes(b"by hand, too")
    book.write_bytes(b"second edition")
    with pytest.raises(BookError) as caught:
        _deliver(book, reader)
    assert caught.value.diagnostics[0].code == "D011"


def _tagged_name(book: Path, reader: Path) -> str:
    (reader / "Jane Austen").mkdir()
    (reader / "Jane Austen" / "Emma.epub").write_bytes(b"by hand")
    return _deliver(book, reader).removesuffix(" D012")


def test_links_are_not_followed_and_not_replaced(book: Path, reader: Path) -> None:
    mine = reader.parent / "mine.epub"
    mine.write_bytes(b"mine")
    (reader / "Emma.epub").symlink_to(mine)
    parcel = Parcel(book, "epub", "Emma", (), "/emma")
    target, _ = deliver(parcel, shelf_at(reader), Sent(reader.parent / "sent.json"), ignore)
    assert target.name.startswith("Emma [")
    assert mine.read_bytes() == b"mine"


def test_looking_ahead_writes_nothing(book: Path, reader: Path) -> None:
    parcel = Parcel(book, "epub", "Emma", (), "/emma")
    list_of_sent = reader.parent / "sent.json"
    target, same = look_ahead(parcel, shelf_at(reader), Sent(list_of_sent), ignore)
    assert (target, same) == (reader / "Emma.epub", False)
    assert list(reader.iterdir()) == []
    assert not list_of_sent.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"devices": 3}',
        '{"devices": {"kobo:1": {"../../x": {"book": "b", "sha256": []}}}}',
        '{"devices": {"kobo:1": {"/etc/x": {"book": "b", "sha256": []}}}}',
        "\udcff",
    ],
)
def test_a_broken_list_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "sent.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert Sent(tmp_path / "sent.json").places_of("kobo:1", "b") == []


def test_the_list_remembers_a_few_editions(tmp_path: Path) -> None:
    sent = Sent(tmp_path / "new" / "sent.json")
    for number in range(20):
        sent.note("kobo:1", "Emma.epub", "/emma", f"{number:064}")
    read = Sent(tmp_path / "new" / "sent.json")
    assert read.is_ours("kobo:1", "Emma.epub", f"{19:064}")
    assert not read.is_ours("kobo:1", "Emma.epub", f"{1:064}")
    assert not read.is_ours("kobo:2", "Emma.epub", f"{19:064}")
