"""A mate: a copy of this process that does part of the work on another core.

What it is asked for comes back as messages; whoever hires one must be able to do without, as it may
be missing, or be gone at any time. It writes no file and says nothing to the user.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO
from weakref import finalize

_LENGTH = 8


class Line:
    """Both ends of a talk between two processes: messages in order, each way."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming: BinaryIO = open(incoming, "rb")  # noqa: SIM115
        self._outgoing: BinaryIO = open(outgoing, "wb", buffering=0)  # noqa: SIM115

    def tell(self, message: bytes) -> None:
        """Send a message; nobody there to hear it is no fault."""
        data = memoryview(len(message).to_bytes(_LENGTH, "big") + message)
        with contextlib.suppress(OSError):
            while data:
                data = data[self._outgoing.write(data) :]

    def ask(self) -> bytes | None:
        """Wait for the next message; None when the other one is gone."""
        head = self._incoming.read(_LENGTH)
        size = int.from_bytes(head, "big")
        message = self._incoming.read(size) if len(head) == _LENGTH else b""
        return message if message and len(message) == size else None

    def close(self) -> None:
        self._incoming.close()
        self._outgoing.close()


class Mate(Line):
    """The other process, as seen by the one that hired it."""

    def __init__(self, pid: int, incoming: int, outgoing: int) -> None:
        super().__init__(incoming, outgoing)
        self.pid = pid
        # Also when whoever hired it forgets it, as after a fault.
        self._end = finalize(self, _end, pid)

    def dismiss(self) -> None:
        """Let it go, whether it is done or not."""
        self._end()
        self.close()


def _end(pid: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        os.waitpid(pid, 0)


def may_hire() -> bool:
    """Whether there is a core for a mate, and this process can be copied.

    A copy of a process with threads may wait for ever for a lock that one of them held; other
    systems than Linux have libraries that do not bear to be copied.
    """
    if sys.platform != "linux":
        return False
    return len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


def hire(work: Callable[[Line], None]) -> Mate | None:
    """Have work done by a mate, which ends when it returns; None where that cannot be."""
    if not may_hire():
        return None
    here, there = os.pipe(), os.pipe()
    try:
        pid = os.fork()
    except OSError:
        for end in (*here, *there):
            os.close(end)
        return None
    if pid:
        os.close(here[0])
        os.close(there[1])
        return Mate(pid, there[0], here[1])
    try:
        # Ctrl-C is for the one that hired: it dismisses its mate.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.close(here[1])
        os.close(there[0])
        work(Line(here[0], there[1]))
    finally:
        # Whatever went wrong, the other one does the work itself, and says what there is to say.
        os._exit(0)
