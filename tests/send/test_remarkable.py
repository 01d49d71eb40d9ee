"""Uploads to a faked reMarkable: a web page with the tablet's own manners."""

from __future__ import annotations

import email
import email.policy
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest

from bookforge.diagnostics import BookError, Diagnostic
from bookforge.send.deliver import Parcel
from bookforge.send.remarkable import bring, find_remarkable
from bookforge.send.sent import Sent


class _Tablet(ThreadingHTTPServer):
    """Documents by folder; `listed` is the folder that was listed last: uploads go there."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)
        self.documents: dict[str, dict[str, bytes]] = {"": {}, "guid-1": {}}
        self.listed = "guid-1"
        self.lists_with = "POST"
        self.answer = 201


class _Page(BaseHTTPRequestHandler):
    server: _Tablet

    def do_GET(self) -> None:
        if self.path == "/":
            self._say(200, b"<html>")
        elif self.server.lists_with == "GET":
            self._list()
        else:
            self._say(404, b"")

    def do_POST(self) -> None:
        if self.path == "/upload":
            self._take()
        elif self.server.lists_with == "POST":
            self._list()
        else:
            self._say(405, b"")

    def _list(self) -> None:
        self.server.listed = self.path.removeprefix("/documents/")
        names = self.server.documents[self.server.listed]
        entries = [{"VissibleName": Path(name).stem, "Type": "DocumentType"} for name in names]
        self._say(200, json.dumps(entries).encode())

    def _take(self) -> None:
        if not (self.headers["Origin"] and self.headers["Referer"]):
            self._say(403, b"")
            return
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        (part,) = email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts()
        assert part.get_param("name", header="content-disposition") == "file"
        if self.server.answer == 201:
            name = part.get_filename() or ""
            self.server.documents[self.server.listed][name] = part.get_payload(decode=True)
        self._say(self.server.answer, b'{"status":"Upload successful"}')

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def tablet(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Tablet]:
    server = _Tablet()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("BOOKFORGE_REMARKABLE", f"127.0.0.1:{server.server_port}")
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    book = tmp_path / "book.epub"
    book.write_bytes(b"PK\r\n" + bytes(range(256)) * 500)
    return Parcel(book, "epub", "Low Wäter", (), "/books/low-water")


def _bring(parcel: Parcel, tmp_path: Path) -> tuple[bool, list[str]]:
    found: list[Diagnostic] = []
    told: list[int] = []
    sent = Sent(tmp_path / "sent.json")
    written = bring(parcel, "Low Wäter.epub", sent, found.append, told.append)
    assert told[-1:] == ([parcel.file.stat().st_size] if written else [])
    return written, [one.code for one in found]


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_book_goes_to_the_top_folder(
    tablet: _Tablet, parcel: Parcel, tmp_path: Path, method: str
) -> None:
    tablet.lists_with = method
    assert _bring(parcel, tmp_path) == (True, [])
    assert tablet.documents == {"": {"Low Wäter.epub": parcel.file.read_bytes()}, "guid-1": {}}


def test_the_same_edition_is_not_uploaded_again(
    tablet: _Tablet, parcel: Parcel, tmp_path: Path
) -> None:
    _bring(parcel, tmp_path)
    assert _bring(parcel, tmp_path) == (False, [])
    tablet.documents[""].clear()  # Removed on the tablet.
    assert _bring(parcel, tmp_path) == (True, [])


def test_a_new_edition_is_added_and_that_is_told(
    tablet: _Tablet, parcel: Parcel, tmp_path: Path
) -> None:
    _bring(parcel, tmp_path)
    parcel.file.write_bytes(b"PK second")
    assert _bring(parcel, tmp_path) == (True, ["D031"])


def test_a_tablet_that_refuses(tablet: _Tablet, parcel: Parcel, tmp_path: Path) -> None:
    tablet.answer = 400
    with pytest.raises(BookError) as refused:
        _bring(parcel, tmp_path)
    assert refused.value.diagnostics[0].code == "D030"
    assert "400" in refused.value.diagnostics[0].message
    assert not (tmp_path / "sent.json").exists()


def test_a_tablet_that_went_to_sleep(
    parcel: Parcel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOKFORGE_REMARKABLE", "127.0.0.1:9")
    assert find_remarkable() is None
    with pytest.raises(BookError) as refused:
        _bring(parcel, tmp_path)
    assert refused.value.diagnostics[0].code == "D030"


def test_it_is_found_by_its_page(tablet: _Tablet) -> None:
    device = find_remarkable()
    assert device is not None
    assert (device.name, device.formats) == ("reMarkable", ("epub", "pdf"))


def test_nobody_is_knocked_at_without_its_cable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOOKFORGE_REMARKABLE", raising=False)
    monkeypatch.setattr(psutil, "net_if_addrs", dict)
    monkeypatch.setattr("bookforge.send.remarkable._ask", lambda *_: pytest.fail("knocked"))
    assert find_remarkable() is None
