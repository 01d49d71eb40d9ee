"""OPDS 2.0: a catalogue as JSON on the Readium Web Publication Manifest
(https://drafts.opds.io/opds-2.0)."""

from __future__ import annotations

import json
import re
from typing import Any

from bookforge.about import About
from bookforge.serve import address
from bookforge.serve.accept import Client
from bookforge.serve.shelf import Entry, Page

__all__ = ["FEED", "PUBLICATION", "write_feed", "write_publication"]

FEED = "application/opds+json"
PUBLICATION = "application/opds-publication+json"
_REL = "http://opds-spec.org"


def write_feed(page: Page, title: str, root: str, base: str, client: Client) -> bytes:
    """A page of the catalogue; `root` is the server's address, `base` the path asked for."""
    feed: dict[str, Any] = {
        "metadata": {
            "title": f"{title}: {page.query}" if page.query else title,
            "numberOfItems": page.total,
            "itemsPerPage": page.size,
            "currentPage": page.number,
        },
        "links": _links(page, root, base),
    }
    feed["publications"] = [_publication(entry, root, client) for entry in page.entries]
    return _pack(feed)


def write_publication(entry: Entry, root: str, client: Client) -> bytes:
    """One book as a document of its own."""
    return _pack(_publication(entry, root, client))


def _links(page: Page, root: str, base: str) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = [
        # The manifest's own address is a whole one (Readium, links).
        _link("self", root + address.page_path(base, page, page.number), FEED),
        _link("start", address.OPDS, FEED),
        _link("search", f"{address.SEARCH}{{?query}}", FEED) | {"templated": True},
    ]
    if page.pages > 1:
        numbers = {
            "first": 1,
            "previous": page.number - 1,
            "next": page.number + 1,
            "last": page.pages,
        }
        links += [
            _link(rel, address.page_path(base, page, number), FEED)
            for rel, number in numbers.items()
            if 1 <= number <= page.pages
        ]
    return links


def _publication(entry: Entry, root: str, client: Client) -> dict[str, Any]:
    return {
        "metadata": _metadata(entry),
        "links": [
            _link("self", root + address.book_path(entry), PUBLICATION),
            *(
                _link(
                    f"{_REL}/acquisition/open-access",
                    address.file_path(entry, kind),
                    kind.media_type,
                )
                for kind in address.offer(entry, client)
            ),
        ],
        # KOReader tells cover and thumbnail by their relations, others by their order.
        "images": [
            _link(f"{_REL}/image", address.cover_path(entry), "image/jpeg"),
            _link(f"{_REL}/image/thumbnail", address.thumbnail_path(entry), "image/jpeg"),
        ],
    }


def _metadata(entry: Entry) -> dict[str, Any]:
    about = entry.about
    told: dict[str, Any] = {
        "@type": "http://schema.org/Book",
        "title": about.title,
        "identifier": about.identifier or address.make_urn("book", entry.id),
        "modified": address.show_date(entry.modified),
        "author": [{"name": name} for name in about.authors],
        "language": about.language,
        "publisher": about.publisher,
        # The schema knows whole dates only.
        "published": about.issued if len(about.issued) == len("2000-01-01") else "",
        "description": about.description,
        "subject": list(about.subjects),
        "belongsTo": _series(about),
    }
    return {key: value for key, value in told.items() if value}


def _series(about: About) -> dict[str, Any]:
    if not about.series:
        return {}
    place = re.fullmatch(r"\d{1,6}(\.\d{1,3})?", about.number)
    position = {"position": float(about.number)} if place else {}
    return {"series": {"name": about.series, **position}}


def _link(rel: str, href: str, kind: str) -> dict[str, Any]:
    return {"rel": rel, "href": href, "type": kind}


def _pack(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
