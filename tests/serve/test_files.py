"""Books' files over HTTP: whole, in part, asked about, already there."""

from __future__ import annotations

import hashlib
import io
import time
from pathlib import Path

import pytest
from PIL import Image

from bookforge.serve.shelf import Entry, Kind
from tests.serve.asking import KOBO, KOREADER, Asked


@pytest.fixture
def book(served: Asked) -> Entry:
    return served.shelf.entries()[2]


@pytest.fixture
def path(book: Entry) -> str:
    return f"/books/{book.id}/{book.slug}.epub"


@pytest.fixture
def data(library: Path) -> bytes:
    return (library / "Żółw.epub").read_bytes()


def test_a_book_comes_whole(served: Asked, path: str, data: bytes) -> None:
    answer = served.ask(path)
    assert answer.status == 200
    assert answer.body == data
    assert answer.headers["content-length"] == str(len(data))
    assert answer.headers["content-type"] == "application/epub+zip"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"Zo_w.epub\"; filename*=UTF-8''%C5%BB%C3%B3%C5%82w.epub"
    )


def test_the_etag_is_the_hash_of_the_file(served: Asked, path: str, data: bytes) -> None:
    etag = served.ask(path).headers["etag"]
    assert etag == f'"{hashlib.sha256(data).hexdigest()}"'
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = served.ask(path, {"If-None-Match": known})
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)
    assert served.ask(path, {"If-None-Match": '"x"'}).status == 200


def test_head_says_what_get_would(served: Asked, path: str, data: bytes) -> None:
    got, head = served.ask(path), served.ask(path, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}
    for other in ("/", "/opds", "/opensearch.xml", f"{path.rpartition('/')[0]}/cover.jpg"):
        for headers in ({}, KOREADER):
            got, head = served.ask(other, headers), served.ask(other, headers, "HEAD")
            assert head.body == b""
            assert head.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("0-99", 0, 100), ("100-", 100, None), ("-7", -7, None), ("5-999999999", 5, None)],
)
def test_a_part(
    served: Asked, path: str, data: bytes, wanted: str, first: int, last: int | None
) -> None:
    answer = served.ask(path, {"Range": f"bytes={wanted}"})
    part = data[first:last]
    assert (answer.status, answer.body) == (206, part)
    start = first % len(data)
    span = f"bytes {start}-{start + len(part) - 1}/{len(data)}"
    assert answer.headers["content-range"] == span


def test_several_parts(served: Asked, path: str, data: bytes) -> None:
    answer = served.ask(path, {"Range": "bytes=0-9,100-109"})
    assert answer.status == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges")
    assert data[:10] in answer.body
    assert data[100:110] in answer.body
    assert int(answer.headers["content-length"]) == len(answer.body) < 1_000


def test_a_part_that_is_not_there(served: Asked, path: str, data: bytes) -> None:
    answer = served.ask(path, {"Range": f"bytes={len(data)}-"})
    assert answer.status == 416
    assert answer.headers["content-range"] == f"bytes */{len(data)}"


@pytest.mark.parametrize("wanted", ["lines=1-2", "bytes", "bytes=9-1", "bytes=x-y"])
def test_parts_that_mean_nothing(served: Asked, path: str, wanted: str) -> None:
    assert served.ask(path, {"Range": wanted}).status in (200, 400, 416)


def test_a_part_only_of_the_state_that_is_known(served: Asked, path: str, data: bytes) -> None:
    etag = served.ask(path).headers["etag"]
    assert served.ask(path, {"Range": "bytes=0-9", "If-Range": etag}).status == 206
    other = served.ask(path, {"Range": "bytes=0-9", "If-Range": '"older"'})
    assert (other.status, other.body) == (200, data)


def test_kobo_gets_the_kepub(served: Asked, path: str, library: Path) -> None:
    kepub = (library / "Żółw.kepub.epub").read_bytes()
    for asked in (path, path.replace(".epub", ".kepub.epub")):
        answer = served.ask(asked, KOBO)
        assert answer.body == kepub
        assert '.kepub.epub"' in answer.headers["content-disposition"]
        assert answer.headers["content-type"] == "application/epub+zip"
        assert answer.headers["vary"] == "User-Agent"
    # KOReader on a Kobo says that it is KOReader.
    assert served.ask(path, KOREADER).body != kepub


def test_kobo_gets_the_epub_of_a_book_without_kepub(served: Asked) -> None:
    bare = served.shelf.entries()[1]
    answer = served.ask(f"/books/{bare.id}/{bare.slug}.epub", KOBO)
    assert answer.body == bare.files[Kind.EPUB].read_bytes()


def test_the_screens_pdf(served: Asked, book: Entry) -> None:
    answer = served.ask(f"/books/{book.id}/{book.slug}.pdf")
    assert (answer.body, answer.headers["content-type"]) == (b"%PDF-1.7 screen", "application/pdf")


def test_what_was_taken_is_told(served: Asked, path: str) -> None:
    thorium = {"User-Agent": "Thorium/3.0"}
    served.ask(path, thorium, "HEAD")
    served.ask(path, {**thorium, "Range": "bytes=0-9"})
    served.ask(path, thorium)
    for _ in range(200):  # It is told when the last byte has gone.
        told = [line for line in served.told if "Thorium" in line]
        if told:
            break
        time.sleep(0.02)
    assert told == ["Żółw.epub to Thorium, 127.0.0.1"]


def test_covers(served: Asked, book: Entry) -> None:
    for name, size in (("cover", (600, 900)), ("thumbnail", (160, 240))):
        answer = served.ask(f"/books/{book.id}/{name}.jpg")
        assert answer.headers["content-type"] == "image/jpeg"
        assert Image.open(io.BytesIO(answer.body)).size == size
        assert served.ask(f"/books/{book.id}/{name}.jpg", {"If-None-Match": answer.headers["etag"]})


def test_a_book_without_a_cover_has_an_empty_sheet(served: Asked) -> None:
    for entry in served.shelf.entries()[:2]:
        answer = served.ask(f"/books/{entry.id}/thumbnail.jpg")
        assert Image.open(io.BytesIO(answer.body)).size == (160, 240)


@pytest.mark.parametrize(
    "path",
    [
        "/books",
        "/books/",
        "/books/0000000000000000",
        "/books/0000000000000000/a.epub",
        "/books/0000000000000000/cover.jpg",
        "/books/{id}/",
        "/books/{id}/a.txt",
        "/books/{id}/epub",
        "/books/{id}/a/b.epub",
        "/opds/nothing",
        "/favicon.ico",
        "/notes.txt",
    ],
)
def test_nothing_else_is_there(served: Asked, book: Entry, path: str) -> None:
    assert served.ask(path.format(id=book.id)).status == 404


def test_a_form_that_a_book_does_not_have(served: Asked) -> None:
    leaf = served.shelf.entries()[0]
    assert served.ask(f"/books/{leaf.id}/{leaf.slug}.epub").status == 404
