"""Whatever goes wrong while a book is sent: the old one or the new one stands there whole, nothing
else has changed, and the next send succeeds."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bookforge.diagnostics import BookError, ignore
from bookforge.send import disk as disk_module
from bookforge.send.deliver import Parcel, Shelf, deliver
from bookforge.send.disk import PREFIX, Disk
from bookforge.send.sent import Sent
from tests.send.failing import OF_WRITING, Failing, Fault, Killed

_TITLE, _AUTHOR = "Low Water: A Novel", "Ann Author"
_TARGET = "Ann Author/Low Water - A Novel.kepub.epub"
_KINDS = (
    "error",
    "full",
    "short",
    "nothing",
    "rot",
    "read-only",
    "unplug",
    "kill",
    "interrupt",
)
# Faults after which the program lives and the drive answers: it must have cleaned up.
_TIDY = ("error", "full", "short", "nothing", "rot", "interrupt")
_BLOCK = 4096


class Scene(NamedTuple):
    """A reader with books of its owner's, editions of a book, and the list of what was sent."""

    root: Path
    shelf: Path
    old: Path
    new: Path
    third: Path
    list: Path


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """In memory where the system has such a place: thousands of flushes are slow elsewhere."""
    monkeypatch.setattr(disk_module, "_BLOCK", _BLOCK)
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="bookforge-test-", dir=place) as name:
        yield Path(name)


def _set_up(root: Path, dice: random.Random) -> Scene:
    editions = (root / name for name in ("old", "new", "third"))
    scene = Scene(root, root / "reader", *editions, root / "list" / "sent.json")
    (scene.shelf / ".kobo").mkdir(parents=True)
    (scene.shelf / ".kobo" / "KoboReader.sqlite").write_bytes(b"SQLite format 3\0")
    (scene.shelf / "Mine.epub").write_bytes(b"mine")
    scene.old.write_bytes(dice.randbytes(dice.choice((0, 1, 5000, 20_000))))
    scene.new.write_bytes(dice.randbytes(dice.choice((1, _BLOCK, 9000, 30_000))))
    scene.third.write_bytes(b"third")
    if dice.random() < 0.8:
        _send(scene, scene.old, Disk())
        (scene.shelf / _AUTHOR / "Another by hand.epub").write_bytes(b"by hand")
    return scene


def _send(scene: Scene, edition: Path, disk: Disk) -> bool:
    parcel = Parcel(edition, "kepub", _TITLE, (_AUTHOR,), "/books/low-water")
    shelf = Shelf(scene.shelf, "kobo:N365", disk, authors=True)
    target, copied = deliver(parcel, shelf, Sent(scene.list), ignore)
    assert target == scene.shelf / _TARGET
    return copied.written


def _others(scene: Scene) -> dict[str, tuple[bytes, int]]:
    """Everything on the reader but the book and leftovers of ours, with contents and times."""
    return {
        str(path.relative_to(scene.shelf)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(scene.shelf.rglob("*"))
        if path.is_file() and path != scene.shelf / _TARGET and not path.name.startswith(PREFIX)
    }


def _leftovers(scene: Scene) -> list[Path]:
    return [path for path in scene.shelf.rglob("*") if path.name.startswith(PREFIX)]


def _assert_whole(scene: Scene, had_old: bool) -> None:
    """The book as it may be found after a fault."""
    target = scene.shelf / _TARGET
    if target.exists():
        whole = [scene.new.read_bytes(), *([scene.old.read_bytes()] if had_old else [])]
        assert target.read_bytes() in whole
    else:
        assert not had_old


def _assert_next_send_works(scene: Scene, others: dict[str, tuple[bytes, int]]) -> None:
    """A third edition takes the place of whichever stands there: it is known as ours."""
    for edition in (scene.third, scene.new):
        _send(scene, edition, Disk())
        assert (scene.shelf / _TARGET).read_bytes() == edition.read_bytes()
        assert _others(scene) == others
    assert _send(scene, scene.new, Disk()) is False


def _run(folder: Path, dice: random.Random, kind: str) -> bool:
    """One run with one fault; gives whether it struck."""
    scene = _set_up(folder / "scene", dice)
    had_old = (scene.shelf / _TARGET).exists()
    others = _others(scene)
    drive = Failing(Fault(kind, dice.randrange(3 if kind in OF_WRITING else 30)))
    struck = True
    try:
        _send(scene, scene.new, drive)
        struck = kind == "short" and drive.writes > drive.fault.at
    except (BookError, Killed, KeyboardInterrupt):
        assert kind != "short"  # A drive may take less than it is given.
    assert _others(scene) == others, (kind, drive.fault)
    _assert_whole(scene, had_old)
    if kind in _TIDY:
        assert _leftovers(scene) == [], (kind, drive.fault)
    _assert_next_send_works(scene, others)
    shutil.rmtree(scene.root)
    return struck


def _run_many(folder: Path, runs: int) -> dict[str, int]:
    dice = random.Random(1)
    struck = dict.fromkeys(_KINDS, 0)
    for number in range(runs):
        kind = _KINDS[number % len(_KINDS)]
        struck[kind] += _run(folder, dice, kind)
    return struck


def test_hundreds_of_faults(folder: Path) -> None:
    struck = _run_many(folder, 450)
    assert all(struck.values()), struck


@pytest.mark.slow
def test_ten_thousand_faults(folder: Path) -> None:
    """So many that strike; a fault may also lie behind the last step."""
    struck = _run_many(folder, 14_000)
    assert sum(struck.values()) >= 10_000, struck


def test_every_step_of_a_send_may_be_the_last(folder: Path) -> None:
    """Not by chance: each step in turn, for each fault."""
    for kind in _KINDS:
        at = 0
        while True:
            scene = _set_up(folder / "scene", random.Random(3))
            others = _others(scene)
            drive = Failing(Fault(kind, at))
            with contextlib.suppress(BookError, Killed, KeyboardInterrupt):
                _send(scene, scene.new, drive)
            assert _others(scene) == others
            _assert_whole(scene, had_old=True)
            _assert_next_send_works(scene, others)
            shutil.rmtree(scene.root)
            at += 1
            if kind == "read-only" or at > (drive.writes if kind in OF_WRITING else drive.steps):
                break
        assert kind in ("read-only", *OF_WRITING) or at > 15


posix = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def _die_in_child(scene: Scene, fault: Fault, wait: float | None = None) -> bool:
    """Send in a process that is killed: by itself at a step, or from here after a while."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            _send(scene, scene.new, Failing(fault))
        os._exit(0)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _kill_many(folder: Path, runs: int) -> int:
    dice = random.Random(2)
    killed = 0
    for number in range(runs):
        scene = _set_up(folder / "scene", dice)
        had_old = (scene.shelf / _TARGET).exists()
        others = _others(scene)
        if number % 2:
            killed += _die_in_child(scene, Fault("real kill", dice.randrange(30)))
        else:
            killed += _die_in_child(scene, Fault("none", 0), dice.uniform(0, 0.006))
        assert _others(scene) == others
        _assert_whole(scene, had_old)
        _assert_next_send_works(scene, others)
        shutil.rmtree(scene.root)
    return killed


@posix
def test_real_kills(folder: Path) -> None:
    assert _kill_many(folder, 30) >= 10


@posix
@pytest.mark.slow
def test_hundreds_of_real_kills(folder: Path) -> None:
    assert _kill_many(folder, 600) >= 200
