"""One finished file onto one reader with a drive: under which name, and how it went."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from bookforge.devices.names import Name, fold, name_book
from bookforge.devices.recognise import Device
from bookforge.diagnostics import BookError, Diagnostic, Hint, Report, Severity
from bookforge.send.copy import Copied, digest_of, put, refused
from bookforge.send.disk import Disk, Mtp, Progress
from bookforge.send.sent import Sent

ENDINGS = {"epub": ".epub", "kepub": ".kepub.epub", "azw3": ".azw3", "pdf": ".pdf"}


class Parcel(NamedTuple):
    """A finished file to send; `book` says which book it is, whatever its title becomes."""

    file: Path
    format: str
    title: str
    authors: tuple[str, ...]
    book: str


class Shelf(NamedTuple):
    """Where files go: a folder, whose it is, and how names are made there."""

    root: Path
    key: str
    disk: Disk
    avoid: str = ""
    authors: bool = False


def shelf_of(device: Device) -> Shelf:
    """The shelf of a reader with a drive."""
    assert device.volume is not None
    disk = Mtp() if device.volume.reach == "mtp" else Disk()
    family = device.family
    return Shelf(device.books, device.key, disk, family.avoid, family.authors)


def shelf_at(folder: Path) -> Shelf:
    """A folder of the user's own: books lie straight in it."""
    return Shelf(folder, f"folder:{folder.resolve()}", Disk())


def deliver(
    parcel: Parcel,
    shelf: Shelf,
    sent: Sent,
    report: Report,
    progress: Progress = lambda done: None,
) -> tuple[Path, Copied]:
    """Put the file on the shelf; gives its path and what became of it.

    The same book goes to the same path again. A file that is not ours is never replaced: the book
    gets a name beside it (D012). Raises `BookError` (D008 to D010).
    """
    try:
        path = find_place(parcel, shelf, sent, report)
    except OSError as error:
        raise BookError(refused(shelf.root, error)) from error

    def note(digest: str) -> None:
        sent.note(shelf.key, path, parcel.book, digest)

    target = shelf.root / path
    copied = put(parcel.file, target, shelf.disk, note, progress)
    if not copied.written:
        note(copied.sha256)
    return target, copied


def look_ahead(parcel: Parcel, shelf: Shelf, sent: Sent, report: Report) -> tuple[Path, bool]:
    """Where the file would go, and whether it is there already; nothing is written."""
    try:
        target = shelf.root / find_place(parcel, shelf, sent, report)
        return target, digest_of(target, shelf.disk) == digest_of(parcel.file, Disk())
    except OSError as error:
        raise BookError(refused(shelf.root, error)) from error


def find_place(parcel: Parcel, shelf: Shelf, sent: Sent, report: Report) -> str:
    """The path below the shelf's folder that a book has, or will have, with "/"."""
    ending = ENDINGS[parcel.format]
    for known in sent.places_of(shelf.key, parcel.book):
        is_same = known.endswith(ending)
        if is_same and sent.is_ours(shelf.key, known, _digest(shelf, known)):
            return known
    authors = parcel.authors if shelf.authors else ()
    name = name_book(parcel.title, authors, ending, shelf.avoid)
    if _is_free(name, parcel, shelf, sent):
        return name.path
    beside = name.tagged(parcel.book)
    message = f"{name.path} is there already and is not this book, so this one goes beside it"
    hint = f"it is sent as {beside.file}; bookforge replaces only what it sent itself"
    report(Diagnostic("D012", Severity.NOTE, message, hints=(Hint(hint),)))
    if not _is_free(beside, parcel, shelf, sent):
        taken = f"{beside.path} is there already and is not what bookforge sent"
        hint = "rename or remove that file, and send again"
        raise BookError(Diagnostic("D011", Severity.ERROR, taken, hints=(Hint(hint),)))
    return beside.path


def _is_free(name: Name, parcel: Parcel, shelf: Shelf, sent: Sent) -> bool:
    """Whether a name is nobody's, or holds this book already."""
    folder = shelf.root / name.folder if name.folder else shelf.root
    same = [one.name for one in shelf.disk.list(folder) if fold(one.name) == fold(name.file)]
    if not same:
        # The drive may see one name in two that we tell apart.
        return not shelf.disk.stands(folder / name.file)
    if same != [name.file]:
        return False  # Differs in case alone, which FAT does not see.
    digest = _digest(shelf, name.path)
    if digest is not None and digest == digest_of(parcel.file, Disk()):
        return True
    holder = sent.book_at(shelf.key, name.path)
    return holder == parcel.book and sent.is_ours(shelf.key, name.path, digest)


def _digest(shelf: Shelf, path: str) -> str | None:
    return digest_of(shelf.root / path, shelf.disk)
