"""The JSON feed keeps the rules of OPDS 2.0; a library's parser finds no fault in it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from bookforge.serve import opds2
from tests.serve.asking import KOREADER, Asked


@pytest.fixture
def feed(served: Asked) -> dict[str, Any]:
    answer = served.ask("/", KOREADER)
    assert answer.headers["content-type"] == opds2.FEED
    found = json.loads(answer.body)
    assert isinstance(found, dict)
    return found


def _rel(links: list[dict[str, Any]], rel: str) -> dict[str, Any]:
    (found,) = (link for link in links if link["rel"] == rel)
    return found


def test_the_palace_projects_parser_finds_no_fault(served: Asked) -> None:
    module = pytest.importorskip("webpub_manifest_parser.opds2")
    for path in ("/", "/opds/search?query=kettle"):
        body = served.ask(path, KOREADER).body
        read = module.OPDS2FeedParserFactory().create().parse_stream(io.BytesIO(body))
        assert read.errors == []
    titles = [book.metadata.title for book in read.root.publications]
    assert titles == ["Żółw & <Kettle>"]


def test_that_parser_finds_faults(served: Asked) -> None:
    module = pytest.importorskip("webpub_manifest_parser.opds2")
    body = served.ask("/", KOREADER).body.replace(b'"self"', b'"selfish"')
    read = module.OPDS2FeedParserFactory().create().parse_stream(io.BytesIO(body))
    assert read.errors


def test_a_feed_has_what_the_schema_asks_for(feed: dict[str, Any]) -> None:
    """drafts.opds.io/schema/feed: metadata with a title, links with `self`, one collection."""
    assert feed["metadata"]["title"] == "Books"
    assert feed["metadata"]["numberOfItems"] == len(feed["publications"]) == 3
    assert _rel(feed["links"], "self")["type"] == opds2.FEED


def test_publications_have_what_the_schema_asks_for(feed: dict[str, Any], served: Asked) -> None:
    """drafts.opds.io/schema/publication: metadata, links with `self` and a way to get the book,
    at least one image in JPEG, PNG or GIF."""
    server = f"http://127.0.0.1:{served.port}"
    for book in feed["publications"]:
        assert set(book) == {"metadata", "links", "images"}
        assert book["metadata"]["identifier"].startswith("urn:")
        own = _rel(book["links"], "self")["href"].removeprefix(server)
        alone = served.ask(own, {"Accept": opds2.PUBLICATION})
        assert alone.headers["content-type"] == opds2.PUBLICATION
        assert json.loads(alone.body) == book
        assert any(link["rel"].startswith("http://opds-spec.org/acq") for link in book["links"])
        assert {image["type"] for image in book["images"]} == {"image/jpeg"}


def test_everything_said_of_a_book(feed: dict[str, Any]) -> None:
    told = feed["publications"][2]["metadata"]
    assert told["author"] == [{"name": "A. Writer"}, {"name": "Élise Ünal"}]
    assert told["belongsTo"] == {"series": {"name": "The Kitchen", "position": 2.0}}
    assert (told["published"], told["language"]) == ("1917-05-02", "en")


def test_search_is_a_template(feed: dict[str, Any], served: Asked) -> None:
    """OPDS 2.0, 3: `{?query}`, expanded as RFC 6570 has it."""
    search = _rel(feed["links"], "search")
    assert search["templated"] is True
    path = search["href"].replace("{?query}", "?query=%C3%BCnal")
    found = json.loads(served.ask(path, KOREADER).body)
    assert [book["metadata"]["title"] for book in found["publications"]] == ["Żółw & <Kettle>"]


def test_both_versions_have_the_same_books(served: Asked, feed: dict[str, Any]) -> None:
    atom = served.ask("/opds", {"Accept": "application/atom+xml"}).text
    for book in feed["publications"]:
        for link in (*book["links"][1:], *book["images"]):
            assert f'href="{link["href"]}"' in atom
