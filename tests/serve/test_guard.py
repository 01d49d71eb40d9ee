"""Who may ask: near clients, by names of this machine, with the password where there is one."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from bookforge.serve import guard
from bookforge.serve.finished import Finished
from bookforge.serve.guard import Guard, Rules
from bookforge.serve.shelf import Shelf
from tests.serve.asking import BROWSER, Asked, running
from tests.serve.conftest import blame


def _status(client: str, host: str, rules: Rules | None = None) -> int:
    """What the guard says to a request from this address, for this host."""
    sent: list[dict[str, object]] = []

    async def send(message: object) -> None:
        assert isinstance(message, dict)
        sent.append(message)

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": "GET",
        "http_version": "1.1",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "client": (client, 5),
        "headers": [(b"host", host.encode())],
    }
    asyncio.run(Guard(PlainTextResponse("in"), rules or Rules())(scope, receive, send))
    status = sent[0]["status"]
    assert isinstance(status, int)
    return status


@pytest.mark.parametrize(
    "client",
    ["127.0.0.1", "192.168.1.20", "10.0.0.3", "172.20.1.1", "169.254.9.9", "100.64.0.7", "::1"],
)
def test_near_clients(client: str) -> None:
    assert _status(client, "localhost") == 200


@pytest.mark.parametrize("client", ["8.8.8.8", "2a00:1450:4001::1", "203.0.114.9"])
def test_the_internet_is_not_near(client: str) -> None:
    assert _status(client, "192.168.1.2:8080") == 403


@pytest.mark.parametrize(
    "host",
    [
        "192.168.1.2:8080",
        "localhost:8080",
        "[fe80::1]:8080",
        "desk",
        "bookforge.local",
        "desk.fritz.box:8080",
        "desk.home.arpa.",
        "Desk.Example.org",
        "",
    ],
)
def test_names_of_this_machine(host: str) -> None:
    assert _status("127.0.0.1", host, Rules(names=frozenset({"desk.example.org"}))) == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "bookforge.local.evil.io"]
)
def test_a_web_page_cannot_come_in_by_a_name_of_its_own(host: str) -> None:
    assert _status("127.0.0.1", host) == 421


@pytest.fixture
def locked(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(guard, "_PENALTY", 0.0)
    with running(Shelf([Finished(library, blame)]), tmp_path, Rules("pässword: x")) as asked:
        yield asked


def _basic(text: str, scheme: str = "Basic") -> dict[str, str]:
    return {"Authorization": f"{scheme} {base64.b64encode(text.encode()).decode()}"}


def test_with_the_password(locked: Asked) -> None:
    for user in ("", "bookforge", "anyone"):
        assert locked.ask("/", {**BROWSER, **_basic(f"{user}:pässword: x")}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        _basic(":"),
        _basic("pässword: x"),
        _basic("a:pässword: "),
        _basic("a:pässword: xx"),
        _basic("a:pässword: x", "Bearer"),
        {"Authorization": "Basic"},
        {"Authorization": "Basic ***"},
        {"Authorization": ""},
    ],
)
def test_without_it(locked: Asked, headers: dict[str, str]) -> None:
    entry = locked.shelf.entries()[0]
    for path in ("/", "/opds", f"/books/{entry.id}/a.pdf", f"/books/{entry.id}/cover.jpg", "/none"):
        answer = locked.ask(path, headers)
        assert answer.status == 401
        assert answer.headers["www-authenticate"].startswith("Basic realm=")


def test_pages_may_do_nothing_but_show(served: Asked) -> None:
    headers = served.ask("/", BROWSER).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-cache"
    assert "server" not in headers
