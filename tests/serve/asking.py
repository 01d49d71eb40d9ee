"""Asking a running server as readers do, and as nobody should."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

from bookforge.serve.app import Convert, make_app
from bookforge.serve.guard import Rules
from bookforge.serve.server import make_server
from bookforge.serve.shelf import Shelf

KOREADER = {
    "Accept": "application/opds+json, application/atom+xml;profile=opds-catalog, */*",
    "Accept-Encoding": "identity",
    "User-Agent": "KOReader/2026.03 (https://koreader.rocks/) LuaSocket/3.1.0",
}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
KOBO = {
    "Accept": "application/xml,application/xhtml+xml,text/html;q=0.9,text/plain;q=0.8,*/*;q=0.5",
    "User-Agent": "Mozilla/5.0 (Linux; U; Android 2.0; en-us;) AppleWebKit/538.1 (KHTML, like "
    "Gecko) Version/4.0 Mobile Safari/538.1 (Kobo Touch 0377/4.20.14622)",
}
KINDLE = {
    "Accept": KOBO["Accept"],
    "User-Agent": "Mozilla/5.0 (Linux; U; en-US) AppleWebKit/528.5+ (KHTML, like Gecko, Safari/"
    "528.5+) Version/4.0 Kindle/3.0 (screen 600x800; rotate)",
}


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Asked(NamedTuple):
    """A running server: its port, the shelf behind it, what it told of."""

    port: int
    shelf: Shelf
    told: list[str]

    def ask(self, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers=headers or {})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def send(self, data: bytes, patience: float = 5) -> bytes:
        """Bytes as they are; gives what comes back until the server closes or falls silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as line:
            back = b""
            try:
                line.sendall(data)
                while part := line.recv(65_536):
                    back += part
            except (TimeoutError, ConnectionError):
                pass
            return back


@contextmanager
def running(
    shelf: Shelf, scratch: Path, rules: Rules | None = None, convert: Convert | None = None
) -> Iterator[Asked]:
    """A server in a thread, on a free port of this machine."""
    told: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))
    server = make_server(make_app(shelf, scratch, rules or Rules(), told.append, convert))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Asked(listening.getsockname()[1], shelf, told)
    finally:
        server.should_exit = True
        thread.join()
        listening.close()
