"""The Atom feed keeps the rules of OPDS 1.2 and RFC 4287, and an Atom client reads it."""

from __future__ import annotations

import re

import feedparser
import pytest
from lxml import etree

from bookforge.serve import opds1
from tests.serve.asking import KOBO, Asked

_SPACES = {
    "a": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/terms/",
    "os": "http://a9.com/-/spec/opensearch/1.1/",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ATOM = {"Accept": "application/atom+xml;profile=opds-catalog"}


def _find(element: etree._Element, path: str) -> list[etree._Element]:
    found = element.xpath(path, namespaces=_SPACES)
    assert isinstance(found, list)
    return found


@pytest.fixture
def feed(served: Asked) -> etree._Element:
    answer = served.ask("/opds", _ATOM)
    assert answer.headers["content-type"] == opds1.FEED
    return etree.fromstring(answer.body)


def test_a_feed_has_what_atom_asks_for(feed: etree._Element) -> None:
    """RFC 4287, 4.1.1: one id, title and updated; an author; one link to itself."""
    for name in ("id", "title", "updated"):
        assert len(_find(feed, f"a:{name}")) == 1
    assert _find(feed, "a:author/a:name")[0].text
    assert len(_find(feed, "a:link[@rel='self']")) == 1


def test_entries_have_what_atom_asks_for(feed: etree._Element) -> None:
    """RFC 4287, 4.1.2: one id, title and updated each; ids are IRIs and differ."""
    entries = _find(feed, "a:entry")
    assert len(entries) == 3
    ids = [_find(entry, "a:id")[0].text or "" for entry in entries]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    for entry in entries:
        assert all(len(_find(entry, f"a:{name}")) == 1 for name in ("title", "updated"))
        assert len(_find(entry, "a:content | a:summary")) <= 1
        assert _DATE.fullmatch(_find(entry, "a:updated")[0].text or "")


def test_an_acquisition_feed_has_a_way_to_each_book(feed: etree._Element) -> None:
    """OPDS 1.2, 5.2: an acquisition link in each entry; images as links of their relations."""
    for entry in _find(feed, "a:entry"):
        assert _find(entry, "a:link[starts-with(@rel, 'http://opds-spec.org/acquisition')]")
        for rel in ("image", "image/thumbnail"):
            (link,) = _find(entry, f"a:link[@rel='http://opds-spec.org/{rel}']")
            assert link.get("type") in ("image/jpeg", "image/png", "image/gif")


def test_every_link_says_where_and_what(feed: etree._Element, served: Asked) -> None:
    for link in _find(feed, "//a:link"):
        assert link.get("href", "").startswith("/")
        answer = served.ask(link.get("href", ""), _ATOM)
        assert answer.status == 200
        assert answer.headers["content-type"] == link.get("type")


def test_everything_said_of_a_book(feed: etree._Element) -> None:
    entry = _find(feed, "a:entry")[2]
    assert [one.text for one in _find(entry, "a:author/a:name")] == ["A. Writer", "Élise Ünal"]
    said = {"language": "en", "publisher": "Kettle & Sons", "issued": "1917-05-02"}
    for name, value in said.items():
        assert _find(entry, f"dc:{name}")[0].text == value
    assert [one.get("term") for one in _find(entry, "a:category")] == ["Kitchens", "Steam"]
    content = _find(entry, "a:content")[0]
    assert (content.get("type"), content.text) == ("text", "Of water & steam.")


def test_an_entry_by_itself(served: Asked) -> None:
    """OPDS 1.2, 5.1: a complete entry, where `alternate` leads; Atom wants an author."""
    for entry in served.shelf.entries():
        answer = served.ask(f"/books/{entry.id}", _ATOM)
        assert answer.headers["content-type"] == opds1.ENTRY
        root = etree.fromstring(answer.body)
        assert root.tag == "{http://www.w3.org/2005/Atom}entry"
        assert _find(root, "a:author/a:name")


def test_the_search_is_described(served: Asked, feed: etree._Element) -> None:
    """OpenSearch 1.1: a short name of at most 16 letters, templates that are whole addresses."""
    (link,) = _find(feed, "a:link[@rel='search']")
    root = etree.fromstring(served.ask(link.get("href", "")).body)
    assert len(_find(root, "os:ShortName")[0].text or "") in range(1, 17)
    urls = {url.get("type"): url.get("template", "") for url in _find(root, "os:Url")}
    template = urls[opds1.FEED]
    server = f"http://127.0.0.1:{served.port}"
    assert template.startswith(f"{server}/")
    path = template.replace("{searchTerms}", "kettle%20writer").removeprefix(server)
    found = etree.fromstring(served.ask(path, _ATOM).body)
    assert [one.text for one in _find(found, "a:entry/a:title")] == ["Żółw & <Kettle>"]
    assert _find(found, "os:totalResults")[0].text == "1"


def test_an_atom_client_reads_it(served: Asked) -> None:
    read = feedparser.parse(served.ask("/opds", _ATOM).body)
    assert not read.bozo
    assert [entry.title for entry in read.entries] == ["A lone leaf", "Bare", "Żółw & <Kettle>"]
    kinds = {link.type for link in read.entries[2].links if "acquisition" in link.rel}
    assert kinds == {"application/epub+zip", "application/pdf"}


def test_kobo_gets_the_address_of_a_kepub(served: Asked) -> None:
    answer = served.ask("/opds", {**_ATOM, "User-Agent": KOBO["User-Agent"]})
    assert ".kepub.epub" in answer.text
    assert ".kepub.epub" not in served.ask("/opds", _ATOM).text
