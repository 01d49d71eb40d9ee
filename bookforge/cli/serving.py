"""What `serve` does: gather the books, build what is a manuscript, tell the address, serve."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.diagnostics import BookError, ConfigError, Diagnostic, Hint, Severity
from bookforge.source import SourceMap

if TYPE_CHECKING:
    from bookforge.serve.shelf import Shelf, Source
    from bookforge.serve.written import Made

_PACKAGES = ("starlette", "uvicorn", "zeroconf", "segno")
_FINISHED = (".epub", ".pdf", ".azw3")
_VARIABLE = "BOOKFORGE_PASSWORD"


class Wish(NamedTuple):
    """What the options of `serve` ask for."""

    lan: bool
    port: int | None
    password: bool


class Found(NamedTuple):
    """Where the server is found: addresses that end in a slash, the best first, and the one by
    name ("" when there is none)."""

    urls: tuple[str, ...]
    named: str


def serve(run: Run, places: Sequence[Path], wish: Wish) -> int:
    """Serve until Ctrl-C, which is raised as `KeyboardInterrupt`; raises `BookError`."""
    _require_packages()
    password = _ask_password() if wish.password else None
    from tempfile import TemporaryDirectory

    from bookforge.serve import network, server
    from bookforge.serve.app import make_app
    from bookforge.serve.guard import Rules
    from bookforge.serve.written import Written

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with (
        network.open_socket(wish.lan, wish.port) as listening,
        TemporaryDirectory(prefix="bookforge-serve-", ignore_cleanup_errors=True) as made,
    ):
        shelf = _gather(run, places, Path(made))
        rules = Rules(password, network.list_names())
        app = make_app(shelf, Path(made), rules, _teller(run), _find_converter())
        gc.enable()  # The command line expects one book and the end; a server goes on.
        with _be_found(run, wish, listening.getsockname()[1], shelf.title) as found:
            _show(run, wish, found, shelf)
            with server.watch([one for one in shelf.sources if isinstance(one, Written)]):
                server.run(app, listening)
    return 0


def _require_packages() -> None:
    from importlib.util import find_spec

    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        message = f"serving needs packages that are not installed: {', '.join(missing)}"
        raise BookError(_fault("D060", message, "pip install 'bookforge[serve]'"))


def _find_converter() -> Callable[[Path], Path] | None:
    """What makes a Kindle's file of an EPUB, where calibre is installed."""
    from shutil import which

    from bookforge.send.convert import CONVERTER, convert

    return convert if which(CONVERTER) else None


def _ask_password() -> str:
    """The password from the environment, else asked for: in the command it would be kept in the
    shell's history and shown in every list of processes.

    Raises `ConfigError` (D063) when there is nobody to ask.
    """
    password = os.environ.get(_VARIABLE, "")
    if not password and sys.stdin.isatty():
        from getpass import getpass

        password = getpass("password for the readers: ")
    if not password:
        hint = f"put it into the environment: {_VARIABLE}=… bookforge serve --password"
        raise ConfigError(_fault("D063", "there is no password for --password", hint))
    return password


def _gather(run: Run, places: Sequence[Path], scratch: Path) -> Shelf:
    """The shelf with the books of all these places (of the folder one stands in); messages about
    them are shown."""
    from bookforge.serve.shelf import Shelf

    with show.progress(run) as step:
        builders = [_Builder(run, place, step) for place in places or (Path(),)]
        sources = [_open(builder, scratch) for builder in builders]
    if not run.json:
        show.show_findings(run, sys.stderr)
    for builder in builders:
        builder.serving = True
    entries = [entry for source in sources for entry in source.entries]
    return Shelf(sources, entries[0].about.title if len(entries) == 1 else "Books")


def _open(builder: _Builder, scratch: Path) -> Source:
    from bookforge.serve.finished import Finished
    from bookforge.serve.written import Written

    run, place = builder.run, builder.place
    is_folder = place.is_dir() and run.config is None and not (place / "book.toml").is_file()
    if not is_folder and not (place.is_file() and place.suffix.lower() in _FINISHED):
        return Written(place, builder, scratch)

    def blame(path: Path, reason: str) -> None:
        message = f"{path.name} is not served: {reason}"
        if builder.serving:
            _say(run, message)
        hint = (Hint("bookforge check FILE.epub says more about it"),)
        run.report(Diagnostic("D065", Severity.WARNING, message, None, hint, str(path)))

    shelf = Finished(place, blame)
    if not shelf.entries:
        message = f"{show.show_path(place)} holds no finished book, and no book.toml"
        hint = "name a folder with .epub or .pdf files, or a manuscript"
        raise BookError(*run.found, _fault("D061", message, hint))
    return shelf


class _Builder:
    """Builds a manuscript for the server: the first time as any command does, whose messages are
    shown together; later, while it serves, with a line for each build."""

    def __init__(self, run: Run, place: Path, step: Callable[[str], None]) -> None:
        self.run, self.place, self._step, self.serving = run, place, step, False

    def __call__(self, folder: Path) -> Made:
        if not self.serving:
            self.run.output = folder
            return _build(self.run, self.place, self._step)
        run = replace(self.run, sources=SourceMap(), found=[], fatal=[], book=None, output=folder)
        try:
            made = _build(run, self.place, lambda step: None)
        except BookError as error:
            run.fatal += error.diagnostics
            show.show_findings(run, sys.stderr)
            _say(run, "the last good build is still served")
            raise
        _say(run, f"built again: {show.show_path(self.place)}")
        return made


def _build(run: Run, place: Path, step: Callable[[str], None]) -> Made:
    """Make every file that a reader may want, into the folder of the run."""
    from bookforge import pipeline
    from bookforge.serve.shelf import Kind
    from bookforge.serve.written import Made

    kinds = {"epub": Kind.EPUB, "kepub": Kind.KEPUB, "screen": Kind.PDF}
    book = run.open_book(place)
    done = pipeline.build(book, list(kinds), run.report, progress=step, use_cache=run.use_cache)
    files = {kinds[file.kind]: file.path for file in done.files}
    watched = (book.folder, *book.files) if book.settings else book.files
    return Made(files, watched, (book.folder / book.config.build.dir,))


@contextmanager
def _be_found(run: Run, wish: Wish, port: int, title: str) -> Iterator[Found]:
    from bookforge.serve import network

    def tell(found: Diagnostic) -> None:
        run.report(found)
        if not (run.json or run.quiet):
            print(show.human(found, run.sources), file=sys.stderr)

    addresses = network.list_addresses() if wish.lan else []
    if wish.lan and not addresses:
        message = "this computer is on no network, so nobody else can read"
        hint = (Hint("switch on its Wi-Fi and begin again"),)
        tell(Diagnostic("D066", Severity.WARNING, message, hints=hint))
    if not addresses:
        yield Found((f"http://127.0.0.1:{port}/",), "")
        return
    urls = tuple(f"http://{address}:{port}/" for address in addresses)
    with network.announce(addresses, port, title, tell) as name:
        yield Found(urls, f"http://{name}:{port}/" if name else "")


def _show(run: Run, wish: Wish, found: Found, shelf: Shelf) -> None:
    """Where the books are to be had, on standard output, before the first reader comes."""
    if run.quiet and not run.json:
        print(found.urls[0])
    elif run.json:
        show.write_json(_as_json(run, wish, found, shelf))
    else:
        print("\n".join(_describe(found, wish, shelf, sys.stdout.isatty())))
    sys.stdout.flush()


def _as_json(run: Run, wish: Wish, found: Found, shelf: Shelf) -> dict[str, object]:
    books = [
        {
            "id": entry.id,
            "title": entry.about.title,
            "authors": list(entry.about.authors),
            "formats": [kind.value for kind in entry.files],
        }
        for entry in shelf.entries()
    ]
    return {
        "urls": [*found.urls, *([found.named] if found.named else [])],
        "opds": f"{found.urls[0]}opds",
        "lan": wish.lan,
        "password": wish.password,
        "books": books,
        "diagnostics": show.as_json(run.findings(), run.sources),
    }


def _describe(found: Found, wish: Wish, shelf: Shelf, terminal: bool) -> Iterator[str]:
    books = shelf.entries()
    many = len(books) > 1
    yield f"{len(books)} books on the shelf" if many else f"serving {shelf.title}"
    for url in found.urls:
        yield f"  {url:32} in any browser"
    if found.named:
        yield f"  {found.named:32} the same, by name"
    yield f"  {found.urls[0] + 'opds':32} in reading apps (OPDS)"
    if wish.lan and terminal:
        from bookforge.serve.network import draw_code

        yield ""
        # White on black, whatever the terminal's own colours are.
        yield from (f"\x1b[97;40m{line}\x1b[0m" for line in draw_code(found.urls[0]).splitlines())
        yield ""
    if not wish.lan:
        yield "only this computer can read it; --lan lets the readers of your network in"
    yield "Ctrl-C ends it"


def _teller(run: Run) -> Callable[[str], None]:
    return lambda what: _say(run, f"gave {what}")


def _say(run: Run, text: str) -> None:
    if not (run.quiet or run.json):
        print(text, file=sys.stderr, flush=True)


def _fault(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),))
