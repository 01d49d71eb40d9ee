"""What nobody should ask: a plain 4xx, and nothing is touched; the server goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.serve.asking import Asked

_END = b"Host: localhost\r\nConnection: close\r\n\r\n"


def _status(answer: bytes) -> int:
    first, _, _ = answer.partition(b"\r\n")
    version, status, _ = first.split(b" ", 2)
    assert version == b"HTTP/1.1"
    return int(status)


@pytest.fixture(autouse=True)
def untouched(served: Asked, library: Path) -> object:
    """Every test leaves the folder as it was, and the server answering."""

    def state() -> list[tuple[str, int, int]]:
        found = (path.stat() for path in sorted(library.rglob("*")))
        return [(str(one.st_ino), one.st_size, one.st_mtime_ns) for one in found]

    before = state()
    yield
    assert state() == before
    assert served.ask("/opds").status == 200


@pytest.mark.parametrize(
    "target",
    [
        b"/../../../../etc/passwd",
        b"/books/../../../etc/passwd",
        b"/books/%2e%2e/%2e%2e/etc/passwd",
        b"/books/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        b"/books/..%5c..%5cnotes.txt",
        b"/books/%252e%252e/notes.txt",
        b"/books/{id}/..%2f..%2fnotes.txt",
        b"/books/{id}/../notes.txt",
        b"/books/{id}/%2e%2e%2fnotes.epub%00.txt",
        b"/books/{id}%00/cover.jpg",
        b"/books/%00",
        b"/%c0%ae%c0%ae/notes.txt",
        b"//etc/passwd",
        b"/./opds/./x",
        b"/opds/%0d%0aSet-Cookie:%20a=b",
        b"file:///etc/passwd",
        b"*",
    ],
)
def test_paths_lead_nowhere(served: Asked, target: bytes) -> None:
    place = target.replace(b"{id}", served.shelf.entries()[2].id.encode())
    answer = served.send(b"GET " + place + b" HTTP/1.1\r\n" + _END)
    assert _status(answer) == 404
    assert b"secret" not in answer
    assert b"set-cookie" not in answer.lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/books/x", "/nothing"])
def test_nothing_is_written(served: Asked, method: str, path: str) -> None:
    answer = served.send(f"{method} {path} HTTP/1.1\r\n".encode() + _END)
    assert _status(answer) == 405
    assert b"allow: GET, HEAD" in answer


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\r\n\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n" + _END,
        b"GET  /  HTTP/1.1\r\n" + _END,
        b"GET /\x00 HTTP/1.1\r\n" + _END,
        b"GET /\xff\xfe HTTP/1.1\r\n" + _END,
        b"GET / HTTP/1.1\r\nNo colon\r\n" + _END,
        b"GET / HTTP/1.1\r\nX: a\x00b\r\n" + _END,
        b"GET / HTTP/1.1\r\nHost: a\r\n" + _END,
        b"GET / HTTP/1.1\r\nHost: [::1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a b<>\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -5\r\n" + _END,
        b"GET / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n" + _END + b"hello",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 300,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\xff" * 5_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request(served: Asked, request_bytes: bytes) -> None:
    assert _status(served.send(request_bytes)) == 400


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"GET /" + b"a" * 2_000 + b" HTTP/1.1\r\n" + _END, 414),
        (b"GET /?query=" + b"a" * 8_000 + b" HTTP/1.1\r\n" + _END, 414),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n" + _END, 431),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 4_000 + _END, 431),
    ],
)
def test_too_much(served: Asked, request_bytes: bytes, status: int) -> None:
    assert _status(served.send(request_bytes)) in (status, 400)


def test_lines_without_end(served: Asked) -> None:
    for start in (b"GET /", b"GET / HTTP/1.1\r\nX: "):
        answer = served.send(start + b"a" * 5_000_000)
        # The server may hang up while we are still sending.
        assert answer == b"" or 400 <= _status(answer) < 500


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5",
        b"Content-Length: 100000000",
        b"Content-Length: 99999999999999999999",
        b"Transfer-Encoding: chunked",
        b"Expect: 100-continue\r\nContent-Length: 100",
    ],
)
@pytest.mark.parametrize(("method", "status"), [(b"GET", 413), (b"POST", 405)])
def test_no_body_is_taken(served: Asked, headers: bytes, method: bytes, status: int) -> None:
    start = method + b" / HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n\r\n"
    for body in (b"", b"x" * 3_000_000):
        answer = served.send(start + body)
        # A body that is none, or that comes while the server hangs up, may be all that is seen.
        assert _status(answer) == status if not body else answer == b"" or _status(answer) < 500


def test_many_ranges_cost_nothing(served: Asked) -> None:
    """As in CVE-2025-62727: the answer is the whole file, or parts no larger than it."""
    book = served.shelf.entries()[2]
    path = f"/books/{book.id}/{book.slug}.epub"
    whole = len(served.ask(path).body)
    ranges = ",".join(f"{first}-" for first in range(0, 3_000, 2))
    answer = served.ask(path, {"Range": f"bytes={ranges}"})
    assert answer.status in (200, 206)
    assert len(answer.body) <= whole + 500


def test_half_a_request_keeps_nobody_waiting(served: Asked) -> None:
    assert served.send(b"GET / HTTP/1.1\r\nHost: lo", patience=0.3) == b""


def test_a_websocket_is_answered_as_a_page(served: Asked) -> None:
    upgrade = b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    assert _status(served.send(b"GET / HTTP/1.1\r\n" + upgrade + _END)) == 200


@pytest.mark.parametrize("query", ["%00", "%ff%fe", "%01%1b[31m", "a" * 1_500, "<script>"])
@pytest.mark.parametrize("accept", ["text/html", "application/atom+xml", "application/opds+json"])
def test_any_search_is_answered(served: Asked, query: str, accept: str) -> None:
    answer = served.ask(f"/opds/search?query={query}", {"Accept": accept})
    assert answer.status == 200
    assert b"<script>" not in answer.body or b"json" in answer.headers["content-type"].encode()
