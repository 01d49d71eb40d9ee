"""The package of an e-book: its metadata, the pages in reading order, the contents it declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from bookforge.diagnostics import BookError
from bookforge.model.document import Found
from bookforge.readers.flow.archive import Archive
from bookforge.readers.flow.remarks import Remarks, fault
from bookforge.readers.html.looks import tag_of
from bookforge.readers.html.notes import types_of

__all__ = ["Entry", "Package", "read_package"]

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
# Fonts made hard to copy; the text is free all the same (EPUB 3.3, 4.3).
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_REFINES, _ROLE = "refines", "{http://www.idpf.org/2007/opf}role"


class Entry(Struct, frozen=True):
    """One line of the declared contents: what it says, how deep it stands (from 1)."""

    label: str
    depth: int


@dataclass
class Package:
    """What the package document says; names are paths inside the archive."""

    found: Found
    pages: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    nav: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    cover: str = ""


def read_package(archive: Archive, remarks: Remarks) -> Package:
    """The package of an archive; raises `BookError` (R050, R051, R052) when there is none."""
    _refuse_protected(archive)
    container = archive.parse(_CONTAINER)
    if container is None:
        raise archive.mistaken()
    name = next((str(one.get("full-path", "")) for one in container.iter("{*}rootfile")), "")
    root = archive.parse(name)
    if root is None:
        raise archive.damaged("is damaged (its package document is missing)")
    package = Package(_read_metadata(root))
    _read_manifest(root, name, package, archive, remarks)
    return package


def _refuse_protected(archive: Archive) -> None:
    encryption = archive.parse(_ENCRYPTION)
    if encryption is None:
        return
    methods = [one.get("Algorithm", "") for one in encryption.iter("{*}EncryptionMethod")]
    if any(method not in _FONTS_ONLY for method in methods):
        hint = "only the book's own file without the shop's protection can be read"
        raise fault("R052", archive.file, "is protected by a shop (DRM)", hint)


def _read_metadata(root: Any) -> Found:
    roles = {
        one.get(_REFINES, "").lstrip("#"): (one.text or "").strip()
        for one in root.iter("{*}meta")
        if one.get("property") == "role"
    }
    authors = []
    for creator in root.iter("{http://purl.org/dc/elements/1.1/}creator"):
        role = creator.get(_ROLE) or roles.get(creator.get("id", ""), "aut")
        words = " ".join("".join(creator.itertext()).split())
        if role == "aut" and words:
            authors.append(words)

    def value(name: str) -> str:
        found = root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        return next((" ".join("".join(one.itertext()).split()) for one in found), "")

    return Found(value("title"), authors=tuple(authors), language=value("language"))


def _read_manifest(
    root: Any, name: str, package: Package, archive: Archive, remarks: Remarks
) -> None:
    """Pages in the order of the spine; one that is missing is remarked on."""
    items: dict[str, Any] = {one.get("id", ""): one for one in root.iter("{*}item")}
    paths = {key: _join(name, one.get("href", "")) for key, one in items.items()}
    ncx = ""
    for key, item in items.items():
        kind = item.get("media-type", "")
        if "nav" in item.get("properties", "").split():
            package.nav = paths[key]
        elif kind == "text/css":
            package.styles.append(paths[key])
        elif kind == "application/x-dtbncx+xml":
            ncx = paths[key]
    for reference in root.iter("{*}itemref"):
        key = reference.get("idref", "")
        if key not in items or paths[key] not in archive.names:
            remarks.add("R059")
        elif items[key].get("media-type", "") in _PAGES and paths[key] not in package.pages:
            package.pages.append(paths[key])
    for guide in root.iter("{*}reference"):
        if guide.get("type") == "cover":
            package.cover = _join(name, guide.get("href", "")).partition("#")[0]
    package.entries = _read_contents(package.nav, ncx, archive)


def _join(base: str, href: str) -> str:
    path = href.partition("#")[0]
    return normpath(f"{dirname(base)}/{unquote(path)}").lstrip("/")


def _read_contents(nav: str, ncx: str, archive: Archive) -> dict[str, Entry]:
    """The first entry that leads to each page."""
    try:
        if nav:
            root = archive.parse(nav)
            listed = list(_read_nav(root, nav)) if root is not None else []
        else:
            root = archive.parse(ncx)
            listed = list(_read_ncx(root, ncx, 1)) if root is not None else []
    except BookError:
        # Contents that cannot be read are no reason to refuse the book.
        return {}
    entries: dict[str, Entry] = {}
    for page, entry in listed:
        entries.setdefault(page, entry)
    return entries


def _read_nav(root: Any, name: str) -> Iterator[tuple[str, Entry]]:
    for nav in root.iter("{*}nav"):
        if "toc" not in types_of(nav):
            continue
        for link in nav.iter("{*}a"):
            depth = sum(tag_of(up) == "ol" for up in link.iterancestors())
            label = " ".join("".join(link.itertext()).split())
            yield _join(name, link.get("href", "")), Entry(label, depth)


def _read_ncx(root: Any, name: str, depth: int) -> Iterator[tuple[str, Entry]]:
    for point in root.iter("{*}navPoint"):
        content = point.find("{*}content")
        words = point.find("{*}navLabel")
        if content is None or words is None:
            continue
        depth = 1 + sum(tag_of(up) == "navpoint" for up in point.iterancestors())
        label = " ".join("".join(words.itertext()).split())
        yield _join(name, content.get("src", "")), Entry(label, depth)
