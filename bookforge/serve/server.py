"""The server that runs the application until Ctrl-C, and the watch on the manuscripts."""

from __future__ import annotations

import logging
import socket
from asyncio import CancelledError
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Thread

import uvicorn
from h11 import LocalProtocolError
from starlette.types import ASGIApp

from bookforge.serve.written import Written

__all__ = ["make_server", "run", "watch"]

# Seconds between two looks at the manuscripts.
_INTERVAL = 1.0
# Connections at once; each may need a file and a socket.
_MOST_CLIENTS = 600
_FILES = 4 * _MOST_CLIENTS


def run(app: ASGIApp, listening: socket.socket) -> None:
    """Answer until the process is told to stop; raises `KeyboardInterrupt` then."""
    _allow_files()
    make_server(app).run(sockets=[listening])


def make_server(app: ASGIApp) -> uvicorn.Server:
    """The server with its limits, not yet running."""
    config = uvicorn.Config(
        app,
        http="h11",  # The parser whose limits are known and tested here.
        h11_max_incomplete_event_size=16_384,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CLIENTS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_ours)
    return uvicorn.Server(config)


def _is_ours(record: logging.LogRecord) -> bool:
    """Whether a fault is the server's: not a client that broke the protocol amid the answer, nor
    one whose download was still going when the server was told to stop."""
    fault = record.exc_info[1] if record.exc_info else None
    stopped = str(record.msg).startswith("Cancel ")
    return not (stopped or isinstance(fault, LocalProtocolError | CancelledError))


@contextmanager
def watch(manuscripts: Sequence[Written]) -> Iterator[None]:
    """Look at the manuscripts every second, so that a book is built before it is asked for."""
    stop = Event()

    def look() -> None:
        while not stop.wait(_INTERVAL):
            for manuscript in manuscripts:
                manuscript.refresh()

    Thread(target=look, name="watch", daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def _allow_files() -> None:
    """Many readers need many files, and systems begin with as few as 256."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        enough = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < enough:
            resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))
