"""The application: which address gives what, in the form that the client likes best."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from os import stat_result
from pathlib import Path
from threading import Lock
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bookforge.about import tidy
from bookforge.diagnostics import BookError
from bookforge.serve import address, opds1, opds2
from bookforge.serve.accept import Client, Form, choose_form, name_client
from bookforge.serve.covers import Covers, Size
from bookforge.serve.guard import Guard, Rules
from bookforge.serve.page import write_page
from bookforge.serve.shelf import Entry, Kind, Page, Shelf
from bookforge.store import hash_file

__all__ = ["Convert", "Tell", "make_app"]

# Told in a line what a reader took.
Tell: TypeAlias = Callable[[str], None]
# Makes a Kindle's file of an EPUB; raises `BookError`.
Convert: TypeAlias = Callable[[Path], Path]
# Books on a page: feeds are turned by the program, pages by a finger on slow paper.
_PER_FEED, _PER_PAGE = 50, 20
_LONGEST_QUERY = 200
_MOST_DIGESTS = 10_000


def make_app(
    shelf: Shelf, scratch: Path, rules: Rules, tell: Tell, convert: Convert | None = None
) -> ASGIApp:
    """The whole application; covers are kept in the folder `scratch`."""
    desk = _Desk(shelf, Covers(scratch), tell, convert)
    routes = [
        Route("/", desk.list_books),
        Route("/opds", desk.list_books),
        Route("/opds/", desk.list_books),
        Route(address.SEARCH, desk.list_books),
        Route(address.OPENSEARCH, desk.describe_search),
        Route("/books/{id}", desk.show_book),
        Route("/books/{id}/cover.jpg", desk.show_cover),
        Route("/books/{id}/thumbnail.jpg", desk.show_thumbnail),
        Route("/books/{id}/{name}", desk.give_file),
    ]
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False
    return Guard(app, rules)


class _Desk:
    """What is done for each address. Every verb runs in a thread of its own."""

    def __init__(self, shelf: Shelf, covers: Covers, tell: Tell, convert: Convert | None) -> None:
        self._shelf, self._covers, self._tell, self._convert = shelf, covers, tell, convert
        self._digests = _Digests()

    def list_books(self, request: Request) -> Response:
        """The catalogue, or what a search finds in it."""
        self._shelf.refresh()
        form = choose_form(request.headers.get("accept", ""))
        query = tidy(request.query_params.get("query", ""))[:_LONGEST_QUERY]
        number = _number(request.query_params.get("page", "1"))
        size = _PER_PAGE if form is Form.HTML else _PER_FEED
        page = self._shelf.page(number, size, query)
        if page is None:
            return _missing()
        return self._show(request, page, form)

    def show_book(self, request: Request) -> Response:
        """One book in the forms of the catalogue."""
        entry = self._find(request)
        if entry is None:
            return _missing()
        form, client = choose_form(request.headers.get("accept", "")), self._client(request)
        if form is Form.HTML:
            return self._show(request, Page((entry,), 1, 1, 1, 1), form)
        if form is Form.OPDS2:
            written = opds2.write_publication(entry, _root(request), client)
            return _answer(request, written, opds2.PUBLICATION)
        return _answer(request, opds1.write_entry(entry, client), opds1.ENTRY)

    def describe_search(self, request: Request) -> Response:
        """How to search, for programs."""
        described = opds1.write_opensearch(_root(request), self._shelf.title)
        return _answer(request, described, opds1.OPENSEARCH)

    def show_cover(self, request: Request) -> Response:
        return self._picture(request, Size.COVER)

    def show_thumbnail(self, request: Request) -> Response:
        return self._picture(request, Size.THUMBNAIL)

    def give_file(self, request: Request) -> Response:
        """A book's file, whole or in part."""
        entry, kind = self._find(request), _kind(request.path_params["name"])
        client = self._client(request)
        if entry is None or kind is None:
            return _missing()
        if kind is Kind.EPUB and client.kepub and Kind.KEPUB in entry.files:
            kind = Kind.KEPUB
        path = self._locate(entry, kind)
        if path is None:
            return _missing()
        headers = {"content-disposition": address.disposition(entry.name, kind.ending)}
        answer = self._file(request, path, kind.media_type, headers)
        whole = request.method == "GET" and "range" not in request.headers
        if whole and answer.status_code == 200:
            told = f"{entry.name}{kind.ending} to {client.name}, {_caller(request)}"
            answer.background = BackgroundTask(self._tell, told)
        return answer

    def _client(self, request: Request) -> Client:
        named = name_client(request.headers.get("user-agent", ""))
        return named._replace(converts=named.kindle and self._convert is not None)

    def _locate(self, entry: Entry, kind: Kind) -> Path | None:
        """The file of a book in this form; a Kindle's is made when it is asked for."""
        made_of = entry.files.get(Kind.EPUB)
        if kind is not Kind.AZW3 or kind in entry.files or not (self._convert and made_of):
            return entry.files.get(kind)
        try:
            return self._convert(made_of)
        except BookError as fault:
            self._tell(f"no {entry.name}{kind.ending}: {fault}")
            return None

    def _find(self, request: Request) -> Entry | None:
        name = request.path_params["id"]
        self._shelf.refresh(name)
        return self._shelf.find(name)

    def _show(self, request: Request, page: Page, form: Form) -> Response:
        client, title = self._client(request), self._shelf.title
        base = request.url.path.rstrip("/") or "/"
        if form is Form.HTML:
            written = write_page(page, title, _root(request), client)
            return _answer(request, written, "text/html; charset=utf-8")
        base = address.OPDS if base == "/" else base
        if form is Form.OPDS2:
            written = opds2.write_feed(page, title, _root(request), base, client)
            return _answer(request, written, opds2.FEED)
        return _answer(request, opds1.write_feed(page, title, base, client), opds1.FEED)

    def _picture(self, request: Request, size: Size) -> Response:
        entry = self._shelf.find(request.path_params["id"])
        if entry is None:
            return _missing()
        try:
            return self._file(request, self._covers.find(entry, size), "image/jpeg", {})
        except OSError:
            return _missing()

    def _file(
        self, request: Request, path: Path, media_type: str, headers: dict[str, str]
    ) -> Response:
        try:
            status = path.stat()
            etag = f'"{self._digests.find(path, status)}"'
        except OSError:
            return _missing()
        headers = {**headers, "etag": etag, "vary": "User-Agent"}
        if _holds(request, etag):
            return Response(status_code=304, headers={"etag": etag, "vary": "User-Agent"})
        return FileResponse(path, headers=headers, media_type=media_type, stat_result=status)


class _Digests:
    """SHA-256 of files, worked out once for each state of a file."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, int, int], str] = {}
        self._lock = Lock()

    def find(self, path: Path, status: stat_result) -> str:
        key = (str(path), status.st_ino, status.st_size, status.st_mtime_ns)
        with self._lock:
            if key not in self._known:
                if len(self._known) >= _MOST_DIGESTS:
                    self._known.clear()
                self._known[key] = hash_file(path)
            return self._known[key]


def _answer(request: Request, body: bytes, media_type: str) -> Response:
    """A document with its hash, or 304 when the client has it."""
    etag = f'"{sha256(body).hexdigest()}"'
    headers = {"etag": etag, "vary": "Accept, User-Agent"}
    if _holds(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers={**headers, "content-type": media_type})


def _holds(request: Request, etag: str) -> bool:
    """Whether the client has this very state (If-None-Match, RFC 9110, 13.1.2)."""
    told = request.headers.get("if-none-match", "").split(",")
    known = [one.strip().removeprefix("W/") for one in told]
    return etag in known or known == ["*"]


def _missing() -> Response:
    return PlainTextResponse("There is nothing here.\n", 404)


def _number(text: str) -> int:
    """The number of a page, 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


def _kind(name: str) -> Kind | None:
    """What an address asks for, by its end; the rest of the name is there for people."""
    kinds = (Kind.KEPUB, Kind.EPUB, Kind.AZW3, Kind.PDF)  # The longest ending first.
    return next((kind for kind in kinds if name.endswith(kind.ending)), None)


def _caller(request: Request) -> str:
    return request.client.host if request.client else "this computer"


def _root(request: Request) -> str:
    """The server's address as the client knows it, without a last slash."""
    return str(request.base_url).rstrip("/")
