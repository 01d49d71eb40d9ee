"""What stands before the application: who may ask, for what, and how much.

Refuses with a plain 4xx, before anything is looked up: strangers from the internet, methods that
write, bodies, addresses too long, names that are not this machine's (a page in the writer's own
browser could otherwise read the book by DNS rebinding), wrong passwords.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hmac
import os
from collections.abc import MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bookforge.regex import regex

__all__ = ["Guard", "Rules"]

_LONGEST_TARGET = 2_000
_MOST_HEADERS = 16_384
_HOST = regex(r"[A-Za-z0-9._-]*(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_METHODS = "GET, HEAD"
# Nobody guesses a password at one try a second.
_PENALTY = 1.0
_SAFETY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": (
        "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}
# Names that a home network gives, and nobody can buy.
_HOME = (".local", ".lan", ".home", ".internal", ".home.arpa", ".fritz.box", ".localdomain")


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may read: with this password (None: anyone), by these names of the machine."""

    password: str | None = None
    names: frozenset[str] = frozenset()


class Guard:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refuse(scope)
        if refusal is None:
            await self._app(scope, receive, _safely(send))
            return
        if refusal.status_code == 401 and "authorization" in Headers(scope=scope):
            await asyncio.sleep(_PENALTY)
        refusal.headers["connection"] = "close"  # What else it sends is not listened to.
        await refusal(scope, receive, _safely(send))

    def _refuse(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        target = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if sum(len(name) + len(value) + 32 for name, value in scope["headers"]) > _MOST_HEADERS:
            return _refusal(431, "The request says too much.")
        host = headers.get("host", "")
        if scope["http_version"] not in ("1.0", "1.1") or not _HOST.fullmatch(host):
            return _refusal(400, "This is no request of HTTP/1.1.")
        if not _is_near(scope.get("client")):
            return _refusal(403, "This server answers readers on its own network only.")
        if not _is_ours(host, self._rules.names):
            return _refusal(421, "Use the address that bookforge shows.")
        if scope["method"] not in ("GET", "HEAD"):
            return _refusal(405, "Books are only read here.", {"allow": _METHODS})
        if target > _LONGEST_TARGET:
            return _refusal(414, "The address is too long.")
        if _has_body(headers):
            return _refusal(413, "Nothing is taken here.")
        if not self._knows(headers.get("authorization", "")):
            challenge = {"www-authenticate": 'Basic realm="bookforge", charset="UTF-8"'}
            return _refusal(401, "Name and password, please; any name will do.", challenge)
        return None

    def _knows(self, authorization: str) -> bool:
        """Whether the password is right (RFC 7617); any user name will do."""
        if self._rules.password is None:
            return True
        scheme, _, told = authorization.partition(" ")
        try:
            _, _, password = base64.b64decode(told.strip(), validate=True).partition(b":")
        except (binascii.Error, ValueError):
            return False
        right = hmac.compare_digest(password, os.fsencode(self._rules.password))
        return right and scheme.lower() == "basic"


def _refusal(status: int, text: str, headers: dict[str, str] | None = None) -> PlainTextResponse:
    return PlainTextResponse(f"{text}\n", status, headers)


def _has_body(headers: Headers) -> bool:
    length = headers.get("content-length", "0").strip()
    return "transfer-encoding" in headers or length != "0"


def _is_near(client: tuple[str, int] | None) -> bool:
    """Whether the client is on this machine or on a network that the internet does not reach."""
    if client is None:
        return True
    try:
        return not ip_address(client[0].partition("%")[0]).is_global
    except ValueError:
        return True  # A socket of this machine has no address.


def _is_ours(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header names this machine in a way that no stranger's web page can."""
    name = host.rpartition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
    name = name.lower().rstrip(".")
    if "." not in name or name in names or name.endswith(_HOME):
        return True
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _safely(send: Send) -> Send:
    """Add the headers that keep browsers from doing more than showing the page."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            _add_headers(message)
        await send(message)

    return sending


def _add_headers(message: MutableMapping[str, Any]) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in _SAFETY.items():
        headers.setdefault(name, value)
    headers.setdefault("cache-control", "private, no-cache")
