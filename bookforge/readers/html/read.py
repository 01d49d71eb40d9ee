"""Opening a web page: decoding, parsing, what its head says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.entities import html5
from typing import Any

from lxml import etree

from bookforge.contracts import Context
from bookforge.diagnostics import BookError
from bookforge.model.document import Document, Found
from bookforge.readers.flow.archive import parse_xml
from bookforge.readers.flow.assemble import Source, assemble
from bookforge.readers.flow.pieces import Piece
from bookforge.readers.flow.remarks import Remarks, fault
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.html.looks import Sheet
from bookforge.readers.html.notes import Notes
from bookforge.readers.html.walk import Page, Walker
from bookforge.regex import regex
from bookforge.source import SourceFile, decode

__all__ = ["find_language", "parse_page", "read_html"]

_CHARSET = regex(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DECLARED = regex(rb"^\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w-]+)", re.I)
_DECLARATION = regex(r"^\ufeff?\s*<\?xml[^>]*\?>")
_ENTITY = regex(r"&([A-Za-z][A-Za-z0-9]*);")
_MARKUP = regex(rb"<\s*(?:!doctype|html|head|body|p|div|h[1-6]|title|meta|article|section)\b", re.I)
_KEPT = frozenset({"amp", "lt", "gt", "quot", "apos"})


def read_html(files: Sequence[SourceFile], context: Context) -> Document:
    """One document from the pages of a book, in their order.

    Raises `BookError`: R050 no page, R051 damaged, R053 refused.
    """
    return assemble([_read(file, context) for file in files], context)


def _read(file: SourceFile, context: Context) -> Source:
    _refuse_other(file)
    root = parse_page(file.data, file, context.config.manuscript.encoding)
    remarks = Remarks()
    page = Page(root, "", Sheet.of(root), lambda source: source)
    notes = Notes.find([page], f"{file.id}-")
    try:
        flow = Walker(page, notes, remarks).walk()
        for name, piece in notes.read(remarks):
            flow.notes[name] = piece
    except RecursionError:
        raise fault("R051", file, "is nested too deeply", "save it anew") from None
    flow.found = _found(root)
    flow.language = find_language(root)
    _mark_title(flow.pieces, root)
    return Source(file, [flow], remarks)


def _refuse_other(file: SourceFile) -> None:
    if not file.data.strip():
        raise fault("R051", file, "is empty", "copy it again, or save it again")
    sample = file.data[:200_000].replace(b"\x00", b"")
    if not _MARKUP.search(sample):
        raise fault("R050", file, "is not a web page", "plain text ends in .txt or .md")


def parse_page(data: bytes, file: SourceFile, encoding: str = "auto") -> Any:
    """The root of a page: as XML when it is well-formed, else as browsers read HTML.

    Raises `BookError` (R051, R053).
    """
    text = _decode(data, file, encoding)
    if "<!ENTITY" in text[:100_000]:
        raise fault("R053", file, "defines entities of its own", "save the page anew")
    bare = _DECLARATION.sub("", text, count=1)
    if "http://www.w3.org/1999/xhtml" in bare[:2000]:
        try:
            return parse_xml(_ENTITY.sub(_replace_entity, bare).encode(), file)
        except BookError:
            pass
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(bare.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise fault("R051", file, "is damaged (no markup in it)", "save it anew")
    return root


def _decode(data: bytes, file: SourceFile, encoding: str) -> str:
    """By the setting, else by what the page itself says, else as any text is judged."""
    if encoding == "auto" and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        said = _DECLARED.match(data) or _CHARSET.search(data[:4096])
        if said is not None:
            try:
                return data.decode(said.group(1).decode("ascii"))
            except (LookupError, UnicodeDecodeError):
                pass
    return decode(data, file.path, encoding, lambda found: None)[0]


def _replace_entity(match: re.Match[str]) -> str:
    """Names of HTML as characters; XML knows only five of them."""
    name = match.group(1)
    return match.group() if name in _KEPT else html5.get(f"{name};", match.group())


def find_language(root: Any) -> str:
    """What the page says it is written in."""
    for element in (root, *root.iter("{*}body")):
        for name in ("{http://www.w3.org/XML/1998/namespace}lang", "lang"):
            if value := element.get(name):
                return str(value)
    return ""


def _mark_title(pieces: Sequence[Piece], root: Any) -> None:
    """A first heading that is the page's own title stands above the others, whatever its level."""
    heads = [piece for piece in pieces if piece.level]
    title = next(("".join(one.itertext()) for one in root.iter("{*}title", "title")), "")
    if len(heads) < 3 or pieces[0] is not heads[0] or not fold_title(title):
        return
    words = "".join(run.text for run in heads[0].runs)
    if fold_title(words) == fold_title(title):
        heads[0].level, heads[0].role = 0, "title"


def _found(root: Any) -> Found:
    """Title and author as the head of the page names them."""
    author = next(
        (
            meta.get("content", "").strip()
            for meta in root.iter("{*}meta", "meta")
            if meta.get("name", "").casefold() in ("author", "dc.creator")
        ),
        "",
    )
    return Found(authors=(author,) if author else ())
