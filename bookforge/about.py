"""What an EPUB says of itself, read from its package document without unpacking the rest.

The archive is a stranger's: sizes are limited, XML may define nothing and fetch nothing
(CWE-409, CWE-611, CWE-776).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import date
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from bookforge.regex import regex

__all__ = ["About", "Unreadable", "name_title", "read_member", "read_package", "tidy"]

_CONTAINER = "META-INF/container.xml"
_MOST_XML = 10_000_000
_LONGEST = {"title": 500, "description": 4_000}
# RFC 3986, 2: what an address is made of.
_URI = regex(r"(?i)(urn:[a-z0-9]+:|https?://)([\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9a-f]{2})+", re.A)
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")


class About(NamedTuple):
    """What a book says of itself; `cover` is the member of its archive that holds the picture."""

    title: str
    authors: tuple[str, ...] = ()
    language: str = ""
    identifier: str = ""
    publisher: str = ""
    issued: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    series: str = ""
    number: str = ""
    cover: str = ""


def name_title(path: Path) -> str:
    """A title from the name of a finished book's file."""
    stem = re.sub(r"(?i)(\.kepub)?\.epub$|\.[a-z0-9]+$", "", path.name)
    return tidy(stem.replace("_", " ")) or "Untitled"


class Unreadable(Exception):
    """The file is no EPUB that can be read; the message says why."""


def read_package(path: Path) -> About:
    """The metadata of an EPUB; raises `Unreadable`."""
    container = _parse(read_member(path, _CONTAINER, _MOST_XML))
    root = next(container.iter("{*}rootfile"), None)
    name = "" if root is None else tidy(root.get("full-path"))
    package = _parse(read_member(path, name, _MOST_XML))
    series, number = _series(package)
    return About(
        title=_first(package, "title") or name_title(path),
        authors=_authors(package),
        language=_language(_first(package, "language")),
        identifier=_identifier(package),
        publisher=_first(package, "publisher"),
        issued=_date(_first(package, "date")),
        description=_plain(_first(package, "description")),
        subjects=tuple(dict.fromkeys(_all(package, "subject"))),
        series=series,
        number=number,
        cover=_cover(package, name),
    )


def read_member(path: Path, name: str, most: int) -> bytes:
    """A member of an archive, at most `most` bytes of it; raises `Unreadable`."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as member:
            data = member.read(most + 1)
    except KeyError:
        raise Unreadable(f"it has no {name or 'package document'}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        raise Unreadable("it is damaged or not complete") from None
    except RuntimeError:
        raise Unreadable("it is protected by a password") from None
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from None
    if len(data) > most:
        raise Unreadable(f"its {name} is too large")
    return data


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Unreadable("its package document is damaged") from None


def _all(package: etree._Element, name: str) -> list[str]:
    found = package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
    texts = ("".join(map(str, one.itertext()))[: _LONGEST.get(name, 200)] for one in found)
    return [text for text in map(tidy, texts) if text]


def _first(package: etree._Element, name: str) -> str:
    return next(iter(_all(package, name)), "")


def tidy(value: object) -> str:
    """One line of letters that XML and headers take."""
    kept = "".join(char if char.isprintable() else " " for char in str(value or ""))
    return " ".join(kept.split())


def _plain(text: str) -> str:
    """A description without the HTML that shops put into it."""
    return tidy(unescape(re.sub(r"<[^<>]*>", " ", text)))


def _date(text: str) -> str:
    """The part of a date that every reader understands: year, month or day, as far as it is one."""
    found = re.match(r"([1-9]\d{3})(-\d\d)?(-\d\d)?", text)
    if found is None:
        return ""
    year, month, day = found.groups()
    try:
        date(int(year), int((month or "-1")[1:]), int((day or "-1")[1:]))
    except ValueError:
        return str(year)
    return found[0] if month else str(year)


def _language(text: str) -> str:
    """A language tag as BCP 47 has it, "" for what is none."""
    tag = text.replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag) else ""


def _authors(package: etree._Element) -> tuple[str, ...]:
    """Creators whose part is that of the author, or not said."""
    roles = {
        str(meta.get("refines", "")).lstrip("#"): tidy(meta.text)
        for meta in package.iter("{*}meta")
        if meta.get("property") == "role"
    }
    names = []
    for creator in package.iter("{http://purl.org/dc/elements/1.1/}creator"):
        role = creator.get("{http://www.idpf.org/2007/opf}role")
        name = tidy("".join(map(str, creator.itertext()))[:200])
        if name and (role or roles.get(str(creator.get("id", "")), "aut")) == "aut":
            names.append(name)
    return tuple(dict.fromkeys(names))


def _identifier(package: etree._Element) -> str:
    """The package's own identifier, as a URI where it is one."""
    key = package.get("unique-identifier")
    found = list(package.iter("{http://purl.org/dc/elements/1.1/}identifier"))
    chosen = next((one for one in found if one.get("id") == key), found[0] if found else None)
    text = "" if chosen is None else tidy(chosen.text)
    if re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        return f"urn:uuid:{text.lower()}"
    return text if _URI.fullmatch(text) else ""


def _series(package: etree._Element) -> tuple[str, str]:
    """The series and the number in it: EPUB 3's collection, or what calibre writes."""
    metas = list(package.iter("{*}meta"))
    for meta in metas:
        if meta.get("property") == "belongs-to-collection":
            mine = f"#{meta.get('id', '')}"
            about = (one for one in metas if one.get("refines") == mine)
            places = (one.text for one in about if one.get("property") == "group-position")
            return tidy(meta.text), tidy(next(places, ""))
    named = {str(meta.get("name")): tidy(meta.get("content")) for meta in metas}
    return named.get("calibre:series", ""), named.get("calibre:series_index", "")


def _cover(package: etree._Element, name: str) -> str:
    """The member that holds the cover's picture, "" when there is none."""
    items = [one for one in package.iter("{*}item") if one.get("media-type") in _PICTURES]
    named = {meta.get("content") for meta in package.iter("{*}meta") if meta.get("name") == "cover"}
    for item in items:
        if "cover-image" in str(item.get("properties", "")).split() or item.get("id") in named:
            href = unquote(str(item.get("href", ""))).partition("#")[0]
            return normpath(f"{dirname(name)}/{href}").lstrip("/")
    return ""
