"""Long lists come in pages, the same way in each form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from lxml import etree

from bookforge.serve.finished import Finished
from bookforge.serve.shelf import Shelf
from tests.serve.asking import BROWSER, KOREADER, Asked, running
from tests.serve.conftest import blame


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("many")
    for number in range(1, 121):
        (folder / f"Volume {number}.pdf").write_bytes(b"%PDF")
    with running(Shelf([Finished(folder, blame)]), tmp_path_factory.mktemp("made")) as asked:
        yield asked


def _walk_json(many: Asked) -> Iterator[list[str]]:
    path = "/opds"
    while path:
        feed = json.loads(many.ask(path, KOREADER).body)
        assert feed["metadata"]["numberOfItems"] == 120
        yield [book["metadata"]["title"] for book in feed["publications"]]
        path = next((link["href"] for link in feed["links"] if link["rel"] == "next"), "")


def _walk_atom(many: Asked) -> Iterator[list[str]]:
    path = "/opds"
    while path:
        feed = etree.fromstring(many.ask(path).body)
        yield [one.text or "" for one in feed.iterfind("{*}entry/{*}title")]
        links = (one for one in feed.iterfind("{*}link") if one.get("rel") == "next")
        path = next((str(link.get("href")) for link in links), "")


def _walk_pages(many: Asked) -> Iterator[list[str]]:
    path = "/"
    while path:
        page = many.ask(path, BROWSER).text
        yield re.findall(r"<h2[^>]*>(.*?)</h2>", page)
        found = re.search(r'href="([^"]+)">Next page', page)
        path = found[1] if found else ""


@pytest.mark.parametrize(("walk", "size"), [(_walk_json, 50), (_walk_atom, 50), (_walk_pages, 20)])
def test_following_next_gives_every_book_once(many: Asked, walk: object, size: int) -> None:
    assert callable(walk)
    pages = list(walk(many))
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert [one for page in pages for one in page] == [f"Volume {n}" for n in range(1, 121)]


def test_a_search_is_paged_with_its_words(many: Asked) -> None:
    feed = json.loads(many.ask("/opds/search?query=volume", KOREADER).body)
    links = {link["rel"]: link["href"] for link in feed["links"]}
    assert links["next"] == "/opds/search?query=volume&page=2"
    second = json.loads(many.ask(links["next"], KOREADER).body)
    rels = {link["rel"]: link["href"] for link in second["links"]}
    assert rels["previous"] == "/opds/search?query=volume"
    assert rels["last"] == "/opds/search?query=volume&page=3"


@pytest.mark.parametrize("page", ["0", "4", "-1", "x", "1e1", "", "9" * 50, "%D9%A1"])
def test_there_are_no_other_pages(many: Asked, page: str) -> None:
    assert many.ask(f"/opds?page={page}", KOREADER).status == 404


def test_pages_are_light(many: Asked) -> None:
    assert len(many.ask("/", BROWSER).body) < 10_000
