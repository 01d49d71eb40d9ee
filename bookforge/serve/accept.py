"""What a client would like to get, by its Accept and User-Agent headers."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

__all__ = ["Client", "Form", "choose_form", "name_client"]


class Form(StrEnum):
    """The forms of a catalogue."""

    OPDS2 = "opds2"
    ATOM = "atom"
    HTML = "html"


# Old WebKit, in the browsers of Kobo and Kindle, likes XML better than HTML and means XHTML by it:
# so plain XML is no word for a feed, and XHTML is one for a page.
_FORMS = {
    "application/opds+json": Form.OPDS2,
    "application/opds-publication+json": Form.OPDS2,
    "application/atom+xml": Form.ATOM,
    "text/html": Form.HTML,
    "application/xhtml+xml": Form.HTML,
}
_LONGEST = 2_000


class Client(NamedTuple):
    """What is known of a device from its name: which book it wants, and what to call it.

    `converts`: what it wants can be made of an EPUB when it is asked for.
    """

    name: str
    kepub: bool = False
    kindle: bool = False
    converts: bool = False


# Tolinos read no kepub, even those that Kobo builds; KOReader reads EPUB wherever it runs.
_CLIENTS = (
    ("koreader", Client("KOReader")),
    ("tolino", Client("tolino")),
    ("kobo", Client("Kobo", kepub=True)),
    ("kindle", Client("Kindle", kindle=True)),
    ("silk", Client("Kindle Fire")),
    ("pocketbook", Client("PocketBook")),
    ("moonreader", Client("Moon+ Reader")),
    ("moon+", Client("Moon+ Reader")),
    ("readest", Client("Readest")),
    ("thorium", Client("Thorium")),
    ("librera", Client("Librera")),
    ("iphone", Client("iPhone")),
    ("ipad", Client("iPad")),
    ("android", Client("Android")),
    ("mozilla", Client("browser")),
)


def choose_form(accept: str) -> Form:
    """The form to answer in (RFC 9110, 12.5.1); a named one goes before `*/*`, ties go by order.

    A client that names none of ours is a program that was told an address: OPDS 1.2, which all
    of them read. Kept to by `tests/serve/test_accept.py` for what real clients send.
    """
    best, form = 0.0, Form.ATOM
    for part in accept[:_LONGEST].split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        found = _FORMS.get(name)
        quality = _quality(parameters)
        if found and quality > best:
            best, form = quality, found
    return form


def _quality(parameters: list[str]) -> float:
    for one in parameters:
        if one.startswith("q="):
            try:
                return min(1.0, max(0.0, float(one[2:])))
            except ValueError:
                return 0.0
    return 1.0


def name_client(agent: str) -> Client:
    """The device behind a User-Agent header."""
    folded = agent[:_LONGEST].lower()
    return next((client for word, client in _CLIENTS if word in folded), Client("a reader"))
