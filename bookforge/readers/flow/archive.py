"""Zip archives and XML from strangers: opened with limits, never followed outside.

Sizes are those that the archive declares: `zipfile` reads no byte more. XML may define no entities
of its own (CWE-776, CWE-611) and nothing outside the file is ever fetched.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from lxml import etree

from bookforge.readers.flow.remarks import fault
from bookforge.source import SourceFile

__all__ = ["Archive", "parse_xml"]

# A picture book has some hundred MB of pictures; a million words are 30 MB of XML.
_MOST_BYTES = 1_000_000_000
_MOST_XML = 200_000_000
_MOST_MEMBERS = 20_000
# Text packs ten to one, word processors' markup thirty to one; bombs a thousand to one.
_MOST_RATIO = 300
_LEAST_SUSPECT = 20_000_000
_OLE = b"\xd0\xcf\x11\xe0"
_SAVE = "open it in the program that wrote it and save it again"


class Archive:
    """The members of a zip archive by name."""

    def __init__(self, file: SourceFile, what: str) -> None:
        """Open it; `what` is what it should be ("a Word document").

        Raises `BookError`: R050 something else, R051 damaged, R052 protected, R053 refused.
        """
        self.file, self._what = file, what
        _refuse_other(file, what)
        try:
            self._zip = zipfile.ZipFile(BytesIO(file.data))
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
            raise self.damaged("is damaged or not complete") from None
        self._check_sizes()
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes | None:
        """A member's bytes, None when there is none; raises `BookError` when it is damaged."""
        if name not in self.names:
            return None
        try:
            return self._zip.read(name)
        except RuntimeError:
            raise protected(self.file) from None
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
            raise self.damaged(f"is damaged ({name})") from None

    def parse(self, name: str) -> etree._Element | None:
        """A member as XML, None when there is none."""
        data = self.read(name)
        return None if data is None else parse_xml(data, self.file)

    def damaged(self, how: str) -> Exception:
        return fault("R051", self.file, how, _SAVE)

    def mistaken(self) -> Exception:
        """The archive holds something else than it should."""
        return fault("R050", self.file, f"is an archive, but not {self._what}", _SAVE)

    def _check_sizes(self) -> None:
        members = self._zip.infolist()
        total = sum(member.file_size for member in members)
        if any(member.flag_bits & 1 for member in members):
            raise protected(self.file)
        packed = max(1, len(self.file.data))
        xml = (".xml", ".rels", ".xhtml", ".html", ".opf", ".ncx")
        if (
            len(members) > _MOST_MEMBERS
            or total > _MOST_BYTES
            or (total > _LEAST_SUSPECT and total > _MOST_RATIO * packed)
            or any(m.file_size > _MOST_XML and m.filename.endswith(xml) for m in members)
        ):
            raise refused(self.file, "unpacks to more than any book holds")


def protected(file: SourceFile) -> Exception:
    return fault(
        "R052", file, "is protected with a password", "save a copy without one, and give that"
    )


def refused(file: SourceFile, why: str) -> Exception:
    hint = "such a file is made to break programs; save the text anew in your own program"
    return fault("R053", file, why, hint)


def _refuse_other(file: SourceFile, what: str) -> None:
    data = file.data
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise protected(file)
        hint = "save it as .docx in the program that wrote it"
        raise fault("R050", file, f"is an old Word file, not {what}", hint)
    if not data.strip():
        raise fault("R051", file, "is empty", "copy it again, or save it again")
    if not data.startswith(b"PK"):
        hint = "its ending must fit what it is; plain text ends in .txt or .md"
        raise fault("R050", file, f"is not {what}", hint)


def parse_xml(data: bytes, file: SourceFile) -> etree._Element:
    """XML parsed without entities, network or unlimited depth; raises `BookError` (R051, R053)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!ENTITY" in data:
            raise refused(file, "defines entities of its own") from None
        raise fault("R051", file, f"is damaged ({_reason(error)})", _SAVE) from None
    except ValueError:
        raise fault("R051", file, "is damaged (no XML)", _SAVE) from None
    refuse_entities(root, file)
    return root


def refuse_entities(root: etree._Element, file: SourceFile) -> None:
    """Raise `BookError` (R053) when a document defines entities of its own."""
    own = root.getroottree().docinfo.internalDTD
    # lxml's stubs do not know the method.
    if own is not None and list(own.iterentities()):  # type: ignore[attr-defined]
        raise refused(file, "defines entities of its own")


def _reason(error: etree.XMLSyntaxError) -> str:
    return str(error.msg or "faulty XML").split("\n")[0][:100]
