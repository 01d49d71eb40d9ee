"""From the name of a family to its four faces.

In: what book.toml says (a family's name, a font file, a folder). Out: a `Family`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.fonts.face import FaceKey, Family
from bookforge.fonts.files import BOLD, REGULAR, SUFFIXES, TEXT_SIZE, FontFile, read_file
from bookforge.fonts.system import (
    all_package_files,
    folder_files,
    package_files,
    system_files,
)

# A face this much lighter than bold does not pass for bold.
_LIGHTEST_BOLD = 600.0
_NORMAL_WIDTH = 5


class Listing(NamedTuple):
    """A family that book.toml may name, and where it comes from ("package" or "system")."""

    family: Family
    origin: str


def find_family(name: str, folder: Path) -> Family:
    """The family that book.toml calls `name`; paths are relative to `folder`.

    Looks for a file or folder of that name, then among the installed packages, then among the
    system's fonts. Raises `BookError`: F001 not found, F002 not usable, F003 not embeddable.
    """
    faces = _find_faces(name, folder)
    family = _choose(faces)
    _check_permission(family, faces)
    return family


def families() -> tuple[Listing, ...]:
    """Every family found on this machine, packages first, each in alphabetical order."""
    packages = _group(all_package_files(), "package")
    known = {listing.family.name for listing in packages}
    system = _group(system_files(), "system")
    return packages + tuple(found for found in system if found.family.name not in known)


def _find_faces(name: str, folder: Path) -> Sequence[FontFile]:
    if not name.strip():
        raise BookError(_missing('""'))
    path = folder / _expand(name)
    if path.suffix.lower() in SUFFIXES or _lies(path.is_file):
        return _read_siblings(name, path)
    if _lies(path.is_dir) and (faces := folder_files(path)):
        return _largest_family(faces)
    found = package_files(name) or _named(name, system_files())
    if not found:
        raise BookError(_missing(name))
    return found


def _expand(name: str) -> Path:
    """The name as a path, ~ for the user's folder; ~somebody may be nobody."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def _lies(ask: Callable[[], bool]) -> bool:
    """Whether something is there; a name that the system refuses as a path is none."""
    try:
        return ask()
    except OSError:
        return False


def _read_siblings(name: str, path: Path) -> Sequence[FontFile]:
    """The face in a file, and the other faces of its family that lie beside it."""
    try:
        own = read_file(path)
    except FileNotFoundError as error:
        raise BookError(_missing(name)) from error
    except OSError as error:
        raise BookError(_unusable(name, error.strerror or str(error))) from error
    if not own:
        raise BookError(_unusable(name, "not a TrueType or OpenType font"))
    beside = (face for face in folder_files(path.parent) if face.family == own[0].family)
    return (*own, *(face for face in beside if face not in own))


def _largest_family(faces: Sequence[FontFile]) -> Sequence[FontFile]:
    names = sorted({face.family for face in faces})
    groups = ([face for face in faces if face.family == name] for name in names)
    return max(groups, key=len)


def _named(name: str, faces: Iterable[FontFile]) -> tuple[FontFile, ...]:
    wanted = _fold(name)
    return tuple(face for face in faces if wanted in map(_fold, face.names))


def _fold(name: str) -> str:
    """ "EB Garamond", "EBGaramond" and "eb-garamond" are one name."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _group(faces: Sequence[FontFile], origin: str) -> tuple[Listing, ...]:
    groups: dict[str, list[FontFile]] = {}
    for face in faces:
        groups.setdefault(face.family, []).append(face)
    return tuple(Listing(_choose(groups[name]), origin) for name in sorted(groups))


def _choose(faces: Sequence[FontFile]) -> Family:
    """The nearest face for each of the four; a missing one is stood in for by its neighbour."""
    upright = [face for face in faces if not face.italic] or faces
    italic = [face for face in faces if face.italic] or upright
    return Family(
        name=faces[0].family,
        regular=_nearest(upright, REGULAR),
        italic=_nearest(italic, REGULAR),
        bold=_nearest(upright, BOLD),
        bold_italic=_nearest(italic, BOLD),
    )


def _nearest(faces: Sequence[FontFile], weight: float) -> FaceKey:
    """The face nearest to a weight, of normal width, TrueType before CFF."""

    def distance(face: FontFile) -> tuple[float, float, bool]:
        return abs(face.width - _NORMAL_WIDTH), abs(_reach(face, weight) - weight), _dear(face)

    best = min(faces, key=distance)
    if weight >= BOLD and _reach(best, weight) < _LIGHTEST_BOLD:
        return _nearest(faces, REGULAR)
    return _key(best, weight)


def _dear(face: FontFile) -> bool:
    """CFF outlines are converted for the PDF, so TrueType is taken where there are both."""
    return not face.quadratic


def _reach(face: FontFile, weight: float) -> float:
    """The weight nearest to the wanted one that a face has."""
    for axis in face.axes:
        if axis.tag == "wght":
            return axis.nearest(weight)
    return face.weight


def _key(face: FontFile, weight: float) -> FaceKey:
    """Pins every axis: weight as wanted, optical size for text, the others as designed."""
    wanted = {"wght": weight, "opsz": TEXT_SIZE}
    axes = {axis.tag: axis.nearest(wanted.get(axis.tag, axis.default)) for axis in face.axes}
    return FaceKey(face.path, face.index, tuple(sorted(axes.items())))


def _check_permission(family: Family, faces: Sequence[FontFile]) -> None:
    chosen = {family.regular, family.italic, family.bold, family.bold_italic}
    places = {(key.path, key.index) for key in chosen}
    for face in faces:
        if (face.path, face.index) in places and not face.embeddable:
            raise BookError(_forbidden(face))


def _missing(name: str) -> Diagnostic:
    known = sorted({face.family for face in (*all_package_files(), *system_files())})
    folded = {_fold(family): family for family in known}
    near = [folded[key] for key in difflib.get_close_matches(_fold(name), sorted(folded), n=3)]
    message = f"there is no font {name} on this machine"
    return Diagnostic("F001", Severity.ERROR, message, hints=(Hint(_advise(near)),))


def _advise(near: Sequence[str]) -> str:
    if near:
        return f"names like it: {', '.join(near)}; `bookforge fonts` lists all"
    return "`bookforge fonts` lists what there is; a path to a .ttf or .otf file will do too"


def _unusable(name: str, reason: str) -> Diagnostic:
    message = f"the font {name} cannot be used: {reason}"
    hint = Hint("use a .ttf or .otf file; web fonts (.woff2) must be converted first")
    return Diagnostic("F002", Severity.ERROR, message, hints=(hint,), file=name)


def _forbidden(face: FontFile) -> Diagnostic:
    message = f"the maker of {face.family} does not allow it to be embedded in books"
    hint = Hint("choose another family, or ask the foundry for a licence that allows embedding")
    return Diagnostic("F003", Severity.ERROR, message, hints=(hint,), file=face.path)
