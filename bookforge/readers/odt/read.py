"""Opening an OpenDocument text: a package, or one flat XML file."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from bookforge.contracts import Context
from bookforge.model.document import Document, Found
from bookforge.readers.flow.archive import Archive, parse_xml, protected
from bookforge.readers.flow.assemble import Source, assemble
from bookforge.readers.flow.pieces import Flow
from bookforge.readers.flow.remarks import Remarks, fault
from bookforge.readers.odt.names import DC, HREF, MANIFEST, META, fo, office
from bookforge.readers.odt.styles import read_lists, read_styles
from bookforge.readers.odt.walk import Parts, Walker
from bookforge.source import SourceFile
from bookforge.store import keep_picture

__all__ = ["read_odt"]

_WHAT = "an OpenDocument text"


def read_odt(files: Sequence[SourceFile], context: Context) -> Document:
    """One document from the OpenDocument files of a book, in their order.

    Raises `BookError`: R050 no OpenDocument text, R051 damaged, R052 protected, R053 refused.
    """
    sources = [_read(file, f"{file.id}-") for file in files]
    return assemble(sources, context)


def _read(file: SourceFile, prefix: str) -> Source:
    remarks = Remarks()
    if file.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        archive, roots = None, [parse_xml(file.data, file)]
        meta = roots[0]
    else:
        archive = Archive(file, _WHAT)
        roots, meta = _open(archive)
    body = roots[-1].find(f"{office('body')}/{office('text')}")
    if body is None:
        raise fault("R050", file, f"is not {_WHAT}", "save it as .odt in the word processor")
    pictures = _Pictures(archive, remarks)
    parts = Parts(read_styles(roots), read_lists(roots), pictures.find)
    walker = Walker(parts, remarks, prefix)
    try:
        flow = Flow(walker.walk(body), walker.notes, _found(meta), _language(roots))
    except RecursionError:
        raise fault("R051", file, "is nested too deeply", "save it anew") from None
    return Source(file, [flow], remarks)


def _open(archive: Archive) -> tuple[list[Any], Any]:
    """Styles and content, and the metadata."""
    manifest = archive.parse("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in manifest.iter(f"{MANIFEST}encryption-data")):
        raise protected(archive.file)
    content = archive.parse("content.xml")
    if content is None:
        raise archive.mistaken()
    styles = archive.parse("styles.xml")
    return ([styles] if styles is not None else []) + [content], archive.parse("meta.xml")


class _Pictures:
    """Pictures of the package, or inside the flat file, put where renderers find them."""

    def __init__(self, archive: Archive | None, remarks: Remarks) -> None:
        self._archive, self._remarks = archive, remarks

    def find(self, image: Any) -> str:
        """The path of an image's file, "" when there is none."""
        href = image.get(HREF, "")
        inside = image.find(office("binary-data"))
        if inside is not None and inside.text:
            try:
                data = base64.b64decode(inside.text)
            except (binascii.Error, ValueError):
                return ""
            return str(keep_picture(data, _guess_ending(data)))
        if re.match(r"\w+:|//|\.\./|/", href):
            self._remarks.add("R057")
            return ""
        name = href.removeprefix("./")
        member = self._archive.read(name) if self._archive and name else None
        if member is None:
            self._remarks.add("R059")
            return ""
        return str(keep_picture(member, PurePosixPath(href).suffix))


def _guess_ending(data: bytes) -> str:
    for start, ending in ((b"\x89PNG", "png"), (b"\xff\xd8", "jpg"), (b"GIF8", "gif")):
        if data.startswith(start):
            return ending
    return "bin"


def _found(meta: Any) -> Found:
    """Title and author as the document's properties have them."""
    if meta is None:
        return Found()

    def value(name: str) -> str:
        return next(("".join(one.itertext()).strip() for one in meta.iter(name)), "")

    author = value(f"{META}initial-creator") or value(f"{DC}creator")
    return Found(value(f"{DC}title"), authors=(author,) if author else ())


def _language(roots: Sequence[Any]) -> str:
    """The language of the default style."""
    for root in roots:
        for properties in root.iter("{*}text-properties"):
            language, country = properties.get(fo("language")), properties.get(fo("country"))
            if language and language not in ("none", "zxx"):
                return f"{language}-{country}" if country and country != "none" else str(language)
    return ""
