"""Opening a Word document and bringing its parts together."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from bookforge.contracts import Context
from bookforge.model.document import Document, Found
from bookforge.readers.docx.names import ID, TYPE, VALUE, w
from bookforge.readers.docx.numbers import Numbers
from bookforge.readers.docx.styles import read_styles
from bookforge.readers.docx.walk import Parts, Walker
from bookforge.readers.flow.archive import Archive, parse_xml, refuse_entities
from bookforge.readers.flow.assemble import Source, assemble
from bookforge.readers.flow.pieces import Flow
from bookforge.readers.flow.remarks import Remarks
from bookforge.regex import regex
from bookforge.source import SourceFile

__all__ = ["read_docx"]

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
# Templates and documents with macros hold the same text; their macros are never looked at.
_ALIKE = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
# ISO 29500 Strict has other names for the same elements (part 1, annex A; part 4).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/",
     b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/",
     b"http://schemas.openxmlformats.org/drawingml/2006/"),
)  # fmt: skip
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
# What python-docx and what it stands on raise for parts that are missing or broken.
_FAULTS = (
    LookupError, ValueError, AttributeError, TypeError, OSError, EOFError, RuntimeError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
# Names that programs put where an author's name should be.
_NOBODY = frozenset({"", "python-docx", "un-named", "microsoft office user", "user", "unknown"})
_NO_TITLE = regex(r"(?:microsoft word - .*|untitled.*|document\d*|word document)?", re.I)


def read_docx(files: Sequence[SourceFile], context: Context) -> Document:
    """One document from the Word files of a book, in their order.

    Raises `BookError`: R050 no Word document, R051 damaged, R052 protected, R053 refused.
    """
    sources = [_read(file, f"{file.id}-") for file in files]
    return assemble(sources, context)


def _read(file: SourceFile, prefix: str) -> Source:
    archive = Archive(file, "a Word document")
    _check_parts(archive)
    remarks = Remarks()
    main = _open(archive)
    parts = _find_parts(main, archive, remarks)
    if any("vbaProject" in name for name in archive.names):
        remarks.add("R057")
    try:
        walker = Walker(parts, remarks, prefix)
        flow = Flow(walker.walk(main.element.body), language=_language(parts.root))
        for name in walker.noted:
            if pieces := walker.walk_note(name):
                flow.notes[name] = pieces
    except RecursionError:
        raise archive.damaged("is nested too deeply") from None
    flow.found = _found(main)
    return Source(file, [flow], remarks)


def _check_parts(archive: Archive) -> None:
    """No part of a Word document has a document type of its own."""
    if "[Content_Types].xml" not in archive.names:
        raise archive.mistaken()
    for name in sorted(archive.names):
        if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in (archive.read(name) or b"")[:4096]:
            parse_xml(archive.read(name) or b"", archive.file)


def _loosen(archive: Archive) -> bytes:
    """The file as it is; saved as "Strict Open XML", with the names that python-docx knows."""
    if b"purl.oclc.org/ooxml" not in (archive.read("_rels/.rels") or b""):
        return archive.file.data
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as loose:
        for name in sorted(archive.names):
            data = archive.read(name) or b""
            if name.endswith((".xml", ".rels")):
                for strict, usual in _STRICT:
                    data = data.replace(strict, usual)
            loose.writestr(name, data)
    return buffer.getvalue()


def _open(archive: Archive) -> Any:
    """The main part; what python-docx cannot open is damaged."""
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.opc.part import PartFactory
    from docx.package import Package
    from docx.parts.document import DocumentPart
    from lxml.etree import XMLSyntaxError

    PartFactory.part_type_for.update(dict.fromkeys((_MAIN, *_ALIKE), DocumentPart))
    try:
        main = Package.open(BytesIO(_loosen(archive))).main_document_part
        body = main.element.body if isinstance(main, DocumentPart) else None
    except XMLSyntaxError:
        raise archive.damaged("is damaged (a part of it is no XML)") from None
    except (*_FAULTS, PythonDocxError, OpcError):
        if any(name.startswith("word/") for name in archive.names):
            raise archive.damaged("is damaged (a part of it is missing)") from None
        raise archive.mistaken() from None
    if body is None:
        raise archive.mistaken()
    refuse_entities(main.element, archive.file)
    return main


def _find_parts(main: Any, archive: Archive, remarks: Remarks) -> Parts:
    related: dict[str, Any] = {}
    pictures: dict[str, Any] = {}
    outside: dict[str, str] = {}
    for name, relation in main.rels.items():
        if relation.is_external:
            outside[name] = relation.target_ref
            if not relation.reltype.endswith("/hyperlink"):
                remarks.add("R057")
        elif relation.reltype.endswith("/image"):
            pictures[name] = relation.target_part
        else:
            related.setdefault(relation.reltype.removeprefix(_RELATION), relation.target_part)

    def parse(kind: str) -> Any:
        return parse_xml(related[kind].blob, archive.file) if kind in related else None

    styles, numbering = parse("styles"), parse("numbering")
    notes: dict[str, Any] = {}
    for kind, letter in (("footnotes", "f"), ("endnotes", "e")):
        root = parse(kind)
        for note in root if root is not None else ():
            if note.get(TYPE, "normal") == "normal":
                notes[letter + note.get(ID, "")] = note
    return Parts(
        read_styles(styles) if styles is not None else {},
        Numbers.read(numbering) if numbering is not None else Numbers(),
        notes,
        pictures,
        outside,
        styles,
    )


def _language(styles: Any) -> str:
    """The language that the defaults of the document are in."""
    defaults = styles.find(f"{w('docDefaults')}//{w('lang')}") if styles is not None else None
    return str(defaults.get(VALUE, "")) if defaults is not None else ""


def _found(main: Any) -> Found:
    """Title and author as the file's properties have them."""
    try:
        properties = main.package.core_properties
        title, author = properties.title.strip(), properties.author.strip()
    except _FAULTS:
        return Found()
    # The language of the properties is never set by Word; it is judged elsewhere.
    authors = tuple(one.strip() for one in author.split(";") if one.strip())
    return Found(
        "" if _NO_TITLE.fullmatch(title) else title,
        authors=() if author.casefold() in _NOBODY else authors,
    )
