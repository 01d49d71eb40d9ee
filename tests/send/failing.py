"""A drive that fails, fills up, goes away, or takes the program with it, at a step of choice."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bookforge.send.disk import Disk

# Steps that change something on the drive.
_CHANGING = ("make_folder", "create", "write", "flush", "replace", "remove", "remove_folder")
STEPS = (*_CHANGING, "list", "stands", "age", "free", "close", "flush_folder")


class Killed(BaseException):
    """The program is dead: nothing catches this, and nothing works after it."""


# Faults of writing alone: their `at` counts writes, not steps.
OF_WRITING = ("full", "short", "nothing", "rot")


class Fault(NamedTuple):
    """What goes wrong, and at which step (counted from 0)."""

    kind: str
    at: int


class Failing(Disk):
    """A drive with one fault; `steps` tells afterwards how many steps there were."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.steps = 0
        self.writes = 0
        self.dead = False
        self._unflushed: dict[int, Path] = {}

    def step(self, name: str) -> None:
        """Called before each step: fails here if it is the one."""
        at, self.steps = self.steps, self.steps + 1
        kind = self.fault.kind
        if self.dead or (kind == "unplug" and at >= self.fault.at):
            raise Killed if self.dead else OSError(errno.EIO, "unplugged")
        if kind == "read-only" and name in _CHANGING:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if at != self.fault.at or kind in OF_WRITING:
            return
        if kind == "error":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        if kind == "interrupt":
            raise KeyboardInterrupt
        if kind == "kill":
            self._lose_power()
            raise Killed
        if kind == "real kill":
            os.kill(os.getpid(), signal.SIGKILL)

    def _lose_power(self) -> None:
        """What was written and not flushed is lost with the program."""
        self.dead = True
        for path in self._unflushed.values():
            with contextlib.suppress(OSError):
                os.truncate(path, path.stat().st_size // 2)

    def create(self, folder: Path) -> tuple[int, Path]:
        self.step("create")
        handle, path = super().create(folder)
        self._unflushed[handle] = path
        return handle, path

    def write(self, handle: int, data: bytes) -> int:
        self.step("write")
        at, self.writes = self.writes, self.writes + 1
        kind = self.fault.kind if at == self.fault.at else ""
        if kind == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if kind == "nothing":
            return 0
        if kind == "short":
            data = data[: max(1, len(data) // 3)]
        if kind == "rot":
            data = data[:-1] + bytes([data[-1] ^ 1])
        return super().write(handle, data)

    def flush(self, handle: int) -> None:
        self.step("flush")
        super().flush(handle)
        self._unflushed.pop(handle, None)

    def blocks(self, path: Path) -> Iterator[bytes]:
        self.step("blocks")
        for block in super().blocks(path):
            self.step("blocks")
            yield block

    def replace(self, part: Path, target: Path) -> None:
        self.step("replace")
        super().replace(part, target)
        moved = {handle: target for handle, path in self._unflushed.items() if path == part}
        self._unflushed.update(moved)


def _stepping(name: str) -> Any:
    def method(self: Failing, *values: Any) -> Any:
        # A dead program closes nothing, but the test must not run out of descriptors.
        if name == "close":
            with contextlib.suppress(OSError):
                Disk.close(self, *values)
            return self.step(name)
        self.step(name)
        return getattr(Disk, name)(self, *values)

    return method


for _name in STEPS:
    if _name not in vars(Failing):
        setattr(Failing, _name, _stepping(_name))
