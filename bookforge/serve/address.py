"""Where things stand: the addresses of books, covers, files and pages, and dates as feeds have
them.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from urllib.parse import quote, urlencode
from uuid import NAMESPACE_URL, uuid5

from bookforge.serve.accept import Client
from bookforge.serve.shelf import Entry, Kind, Page

__all__ = [
    "OPDS",
    "OPENSEARCH",
    "SEARCH",
    "book_path",
    "cover_path",
    "disposition",
    "file_path",
    "make_urn",
    "offer",
    "page_path",
    "show_date",
    "thumbnail_path",
]

OPDS = "/opds"
SEARCH = "/opds/search"
OPENSEARCH = "/opensearch.xml"
# The end of the year 9999, the last that dates can name.
_LAST_SECOND = 253_402_300_799


def book_path(entry: Entry) -> str:
    return f"/books/{entry.id}"


def cover_path(entry: Entry) -> str:
    return f"/books/{entry.id}/cover.jpg"


def thumbnail_path(entry: Entry) -> str:
    return f"/books/{entry.id}/thumbnail.jpg"


def file_path(entry: Entry, kind: Kind) -> str:
    """Kobo takes a kepub only from an address that ends as its file does."""
    return f"/books/{entry.id}/{entry.slug}{kind.ending}"


def page_path(base: str, page: Page, number: int) -> str:
    """The address of another page of the same list."""
    asked = {"query": page.query} if page.query else {}
    if number > 1:
        asked["page"] = str(number)
    return f"{base}?{urlencode(asked)}" if asked else base


def offer(entry: Entry, client: Client) -> list[Kind]:
    """The files that a device is shown, the best for it first."""
    if client.kindle:  # Its browser refuses everything else.
        made = client.converts and Kind.EPUB in entry.files
        return [Kind.AZW3] if made or Kind.AZW3 in entry.files else []
    books = [Kind.EPUB, Kind.KEPUB, Kind.AZW3]
    if client.kepub:
        books.insert(0, Kind.KEPUB)
    best = next((kind for kind in books if kind in entry.files), None)
    return [kind for kind in (best, Kind.PDF) if kind is not None and kind in entry.files]


def disposition(name: str, ending: str) -> str:
    """Content-Disposition with the name as it is (RFC 6266, RFC 8187), and a plain one before it,
    which is all that Kindle and KOReader understand."""
    plain = "".join(_type(char) for char in name)
    exact = quote(name + ending, safe="")
    return f"attachment; filename=\"{plain}{ending}\"; filename*=UTF-8''{exact}"


def _type(char: str) -> str:
    """A character as every header takes it."""
    base = unicodedata.normalize("NFKD", char)[:1]
    return base if " " <= base <= "~" and base not in '"\\%' else "_"


def make_urn(*parts: str) -> str:
    """An identifier derived from what it names."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'bookforge:' + ':'.join(parts))}"


def show_date(seconds: int) -> str:
    """Seconds since 1970 as RFC 3339 has them."""
    moment = datetime.fromtimestamp(min(max(0, seconds), _LAST_SECOND), UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
