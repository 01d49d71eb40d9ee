"""OPDS 1.2: a catalogue as an Atom feed (https://specs.opds.io/opds-1.2, RFC 4287, RFC 5005)."""

from __future__ import annotations

from typing import Any

from lxml import etree

from bookforge.serve import address
from bookforge.serve.accept import Client
from bookforge.serve.shelf import Entry, Page

__all__ = ["ENTRY", "FEED", "OPENSEARCH", "write_entry", "write_feed", "write_opensearch"]

FEED = "application/atom+xml;profile=opds-catalog;kind=acquisition"
ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
OPENSEARCH = "application/opensearchdescription+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/terms/"
_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SPACES: Any = {None: _ATOM, "dc": _DC, "opds": "http://opds-spec.org/2010/catalog"}
_REL = "http://opds-spec.org"


def write_feed(page: Page, title: str, base: str, client: Client) -> bytes:
    """A page of the catalogue; `base` is the address it was asked at."""
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={**_SPACES, "opensearch": _SEARCH})
    _add(feed, "id", address.make_urn("catalogue", page.query))
    _add(feed, "title", f"{title}: {page.query}" if page.query else title)
    newest = max((entry.modified for entry in page.entries), default=0)
    _add(feed, "updated", address.show_date(newest))
    _add(etree.SubElement(feed, f"{{{_ATOM}}}author"), "name", "bookforge")
    _link(feed, "self", address.page_path(base, page, page.number), FEED)
    _link(feed, "start", address.OPDS, FEED)
    _link(feed, "search", address.OPENSEARCH, OPENSEARCH)
    for rel, number in (("first", 1), ("previous", page.number - 1), ("next", page.number + 1)):
        if page.pages > 1 and 1 <= number <= page.pages:
            _link(feed, rel, address.page_path(base, page, number), FEED)
    if page.pages > 1:
        _link(feed, "last", address.page_path(base, page, page.pages), FEED)
    _add(feed, "totalResults", str(page.total), _SEARCH)
    _add(feed, "itemsPerPage", str(page.size), _SEARCH)
    _add(feed, "startIndex", str((page.number - 1) * page.size + 1), _SEARCH)
    for entry in page.entries:
        _fill(etree.SubElement(feed, f"{{{_ATOM}}}entry"), entry, client)
    return _pack(feed)


def write_entry(entry: Entry, client: Client) -> bytes:
    """One book as a document of its own."""
    root = etree.Element(f"{{{_ATOM}}}entry", nsmap=_SPACES)
    _fill(root, entry, client)
    if not entry.about.authors:  # Atom asks for one where no feed around it names one.
        _add(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "unknown")
    return _pack(root)


def write_opensearch(root_url: str, title: str) -> bytes:
    """How to search (OpenSearch 1.1); `root_url` is the server's address without a last slash."""
    space: Any = {None: _SEARCH}
    described = etree.Element(f"{{{_SEARCH}}}OpenSearchDescription", nsmap=space)
    _add(described, "ShortName", title[:16], _SEARCH)
    _add(described, "Description", "Search by title, author, series and subject", _SEARCH)
    for kind in (FEED, "application/opds+json", "text/html"):
        template = f"{root_url}{address.SEARCH}?query={{searchTerms}}"
        etree.SubElement(described, f"{{{_SEARCH}}}Url", type=kind, template=template)
    _add(described, "InputEncoding", "UTF-8", _SEARCH)
    _add(described, "OutputEncoding", "UTF-8", _SEARCH)
    return _pack(described)


def _fill(element: etree._Element, entry: Entry, client: Client) -> None:
    about = entry.about
    _add(element, "id", address.make_urn("book", entry.id))
    _add(element, "title", about.title)
    _add(element, "updated", address.show_date(entry.modified))
    for author in about.authors:
        _add(etree.SubElement(element, f"{{{_ATOM}}}author"), "name", author)
    for name in ("identifier", "language", "publisher", "issued"):
        if value := getattr(about, name):
            _add(element, name, value, _DC)
    for subject in about.subjects:
        etree.SubElement(element, f"{{{_ATOM}}}category", term=subject, label=subject)
    if about.description:
        _add(element, "content", about.description).set("type", "text")
    _link(element, "alternate", address.book_path(entry), ENTRY)
    _link(element, f"{_REL}/image", address.cover_path(entry), "image/jpeg")
    _link(element, f"{_REL}/image/thumbnail", address.thumbnail_path(entry), "image/jpeg")
    for kind in address.offer(entry, client):
        where = address.file_path(entry, kind)
        _link(element, f"{_REL}/acquisition/open-access", where, kind.media_type)


def _add(parent: etree._Element, name: str, text: str, space: str = _ATOM) -> etree._Element:
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    element.text = text
    return element


def _link(parent: etree._Element, rel: str, href: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{_ATOM}}}link", rel=rel, href=href, type=kind)


def _pack(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
