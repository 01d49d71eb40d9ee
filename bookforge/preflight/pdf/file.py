"""A PDF opened and everything in it that rules ask for, as `Facts`.

pikepdf (qpdf) reads the container: broken tables are mended, encryption undone where no password
is needed, and limits set to what a stream may grow to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, PdfError, Stream

from bookforge.cache import Cache
from bookforge.preflight.pdf.facts import Facts, Intent, Keys, Mark, Sheet
from bookforge.preflight.pdf.interpret import Interpreter
from bookforge.preflight.pdf.memo import Memo
from bookforge.preflight.pdf.plane import Box
from bookforge.preflight.pdf.state import filters_of, known_font
from bookforge.preflight.pdf.values import (
    as_array,
    as_box,
    as_dict,
    as_name,
    as_number,
    as_text,
)

# No page's content or font grows larger when it is unpacked; a decompression bomb does.
_MOST_BYTES = 96 << 20
# US letter, which a page without a size has by custom.
_LETTER = Box(0, 0, 612, 792)
_MOST_PAGES = 20_000
# Words of files with objects or cross-references in streams; the filters that standards forbid.
_PACKED = (b"/ObjStm", b"/XRef")
_DATED = (b"LZWDecode", b"JPXDecode", b"JBIG2Decode")
_BLOCK = 1 << 18
_INFO = (
    "Title",
    "Author",
    "Subject",
    "Keywords",
    "CreationDate",
    "ModDate",
    "Trapped",
    "GTS_PDFXVersion",
    "GTS_PDFXConformance",
)
# What hostile or broken objects make of a look at them.
_UPSETS = (
    PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)


# The part of a page, of so many and read from the right or not, where ink is no matter.
Safe: TypeAlias = Callable[[Sheet, int, bool], Box]


class Unopened(Exception):
    """The file cannot be opened as a PDF; says why. `locked`: because of a password."""

    def __init__(self, reason: str, locked: bool = False) -> None:
        self.reason = reason
        self.locked = locked
        super().__init__(reason)


def read_facts(path: Path, safe: Safe, cache: Cache | None = None) -> Facts:
    """Look at a whole file; `cache` may know its pages. Raises `Unopened`."""
    # For the whole process: nobody else in it unpacks larger streams.
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MOST_BYTES,
        run_length_max_memory=_MOST_BYTES,
        png_max_memory=_MOST_BYTES,
        tiff_max_memory=_MOST_BYTES,
    )
    with _open(path) as pdf:
        return _look(pdf, path, safe, cache)


def _open(path: Path) -> pikepdf.Pdf:
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise Unopened("it is empty")
    if head[:4] == b"PK\3\4":
        raise Unopened("it is a zip archive (an EPUB or a word processor's file, perhaps)")
    if b"%PDF-" not in head:
        raise Unopened("it does not begin as a PDF does (%PDF-)")
    try:
        return pikepdf.open(path)
    except pikepdf.PasswordError:
        raise Unopened("it asks for a password", locked=True) from None
    except _UPSETS as error:
        raise Unopened(_words(error, path)) from None


def _words(said: object, path: Path) -> str:
    """What qpdf says, without the name of the file."""
    text = re.sub(rf"{re.escape(str(path))}(?: \([^)]*\))?:? ?", "", str(said))
    return re.sub(r"\s+", " ", text)[:200] or type(said).__name__


def _look(pdf: pikepdf.Pdf, path: Path, safe: Safe, cache: Cache | None) -> Facts:
    facts = Facts(path.stat().st_size)
    try:
        pages = [page.obj for page in pdf.pages]
    except _UPSETS as error:
        raise Unopened(_words(error, path)) from None
    if not pages:
        raise Unopened("it has no pages")
    if len(pages) > _MOST_PAGES:
        raise Unopened(f"it has {len(pages):,} pages, more than any book")
    _guard(facts, path, lambda: _read_keys(pdf, path, facts))
    interpreter = Interpreter(facts)
    memo = Memo(cache, interpreter.fonts) if cache is not None else None
    boxes: dict[bytes, Box | None] = {}
    for number, page in enumerate(pages, 1):
        sheet = Sheet(number, _LETTER)
        facts.sheets.append(sheet)
        try:
            # Asking a page for what it has not is slow; it says all it has at once.
            entries = dict(page.items())
            _read_page(entries, sheet, facts, boxes)
            free = safe(sheet, len(pages), facts.keys.right_to_left)
            if memo is None:
                _read_content(entries, interpreter, free, sheet)
            else:
                _remember(memo, entries, interpreter, free, facts)
        except _UPSETS as error:
            facts.note(Mark.FAULT, _words(error, path), number)
    _guard(facts, path, lambda: _list_fonts(pages, interpreter, facts))
    facts.damage += [_words(warning, path) for warning in pdf.get_warnings()]
    return facts


def _guard(facts: Facts, path: Path, look: Callable[[], None]) -> None:
    """A look that may find anything at all."""
    try:
        look()
    except _UPSETS as error:
        facts.damage.append(_words(error, path))


# --- pages


def _box(page: Mapping[str, Any], name: str, known: dict[bytes, Box | None]) -> Box | None:
    """A box of a page; nearly all pages have the same, so they are known by how they are
    written."""
    value = page.get(name)
    if not isinstance(value, Array):
        return None
    written = value.unparse()
    if written not in known:
        known[written] = as_box(value)
    return known[written]


def _read_page(
    page: Mapping[str, Any], sheet: Sheet, facts: Facts, boxes: dict[bytes, Box | None]
) -> None:
    sheet.media = _box(page, "/MediaBox", boxes) or _LETTER
    sheet.crop = _box(page, "/CropBox", boxes)
    sheet.bleed = _box(page, "/BleedBox", boxes)
    sheet.trim = _box(page, "/TrimBox", boxes)
    sheet.art_box = _box(page, "/ArtBox", boxes)
    sheet.turn = as_number(page.get("/Rotate"), 0) % 360
    sheet.unit = as_number(page.get("/UserUnit"), 1)
    if "/Annots" in page:
        annotations = as_array(page["/Annots"])
        sheet.annotations = tuple(as_name(as_dict(one).get("/Subtype")) for one in annotations)
    if "/Group" in page and as_name(as_dict(page["/Group"]).get("/S")) == "Transparency":
        facts.note(Mark.CLEAR, "a transparency group", sheet.number)


def _remember(
    memo: Memo, page: Mapping[str, Any], interpreter: Interpreter, safe: Box, facts: Facts
) -> None:
    """Read a page's content only if it was not seen before."""
    sheet = facts.sheets[-1]
    key = memo.name(page, safe, sheet)
    if key and memo.recall(key, page, sheet, facts):
        return
    facts.latest = {}
    _read_content(page, interpreter, safe, sheet)
    if key:
        memo.keep(key, sheet, facts.latest)


def _read_content(
    page: Mapping[str, Any], interpreter: Interpreter, safe: Box, sheet: Sheet
) -> None:
    parts = page.get("/Contents")
    # Operations may run over the seams of the parts, words may not.
    content = b"\n".join(
        part.read_bytes() for part in (as_array(parts) or [parts]) if isinstance(part, Stream)
    )
    if content:
        interpreter.run(sheet, content, page.get("/Resources"), safe)


def _list_fonts(pages: list[Any], interpreter: Interpreter, facts: Facts) -> None:
    """The fonts in the pages' resources, used or not: intake programs list them all."""
    looked: set[object] = set()
    for number, page in enumerate(pages, 1):
        resources = page.get("/Resources")
        if getattr(resources, "objgen", (0, 0)) in looked:
            continue
        table = as_dict(as_dict(resources).get("/Font"))
        if getattr(table, "objgen", (0, 0)) not in looked:
            for entry in table.values():
                facts.listed.setdefault(known_font(entry, interpreter.fonts), []).append(number)
        looked |= {getattr(one, "objgen", (0, 0)) for one in (resources, table)} - {(0, 0)}


# --- the document


def _read_keys(pdf: pikepdf.Pdf, path: Path, facts: Facts) -> None:
    root, trailer = as_dict(pdf.Root), as_dict(pdf.trailer)
    keys = facts.keys = Keys(version=pdf.pdf_version, encrypted=pdf.is_encrypted)
    info = as_dict(trailer.get("/Info"))
    keys.info = {name: as_text(info.get("/" + name)) for name in _INFO if "/" + name in info}
    keys.has_id = len(as_array(trailer.get("/ID"))) == 2
    keys.outline = "/First" in as_dict(root.get("/Outlines"))
    keys.tagged = "/StructTreeRoot" in root
    keys.layers = "/OCProperties" in root
    keys.right_to_left = as_name(as_dict(root.get("/ViewerPreferences")).get("/Direction")) == "R2L"
    keys.active = tuple(_active(root))
    found = _find_words(path, (*_PACKED, *_DATED))
    keys.packed = not found.isdisjoint(_PACKED)
    metadata = root.get("/Metadata")
    if isinstance(metadata, Stream):
        keys.xmp = metadata.read_bytes()[:1_000_000].decode("utf-8", "replace")
    intents = [as_dict(one) for one in as_array(root.get("/OutputIntents"))]
    keys.intents = tuple(
        _read_intent(one) for one in intents if as_name(one.get("/S")) == "GTS_PDFX"
    )
    # Objects in streams of objects cannot be seen from outside; else nobody need look at them all.
    if keys.packed or keys.encrypted or not found.isdisjoint(_DATED):
        keys.filters = frozenset(_filters(pdf))


def _find_words(path: Path, words: Sequence[bytes]) -> set[bytes]:
    """Which of the words are in a file, which is never in memory as a whole."""
    found: set[bytes] = set()
    rest = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            block = rest + block
            found.update(word for word in words if word in block)
            rest = block[-max(map(len, words)) :]
    return found


def _active(root: Any) -> Iterator[str]:
    """What a press can do nothing with."""
    names = as_dict(root.get("/Names"))
    if "/JavaScript" in names:
        yield "JavaScript"
    if "/EmbeddedFiles" in names or "/AF" in root:
        yield "attached files"
    if "/AcroForm" in root:
        yield "a form to fill in"
    if "/AA" in root or isinstance(root.get("/OpenAction"), Dictionary):
        yield "actions"
    if "/Collection" in root:
        yield "a portfolio of files"


def _read_intent(intent: Any) -> Intent:
    profile = intent.get("/DestOutputProfile")
    kind = profile.read_bytes()[12:16] if isinstance(profile, Stream) else None
    condition = as_text(intent.get("/OutputConditionIdentifier"))
    return Intent(
        condition, as_text(intent.get("/RegistryName")), as_text(intent.get("/Info")), kind
    )


def _filters(pdf: pikepdf.Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            yield from filters_of(as_dict(thing))
