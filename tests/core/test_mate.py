"""A second process: what it tells, and that nobody depends on it."""

from __future__ import annotations

import gc
import os
import sys

import pytest

from bookforge import mate
from bookforge.mate import Line, hire

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mate, "may_hire", lambda: True)


def _echo(line: Line) -> None:
    while (message := line.ask()) is not None:
        line.tell(message.upper())


def test_messages_go_there_and_back() -> None:
    hired = hire(_echo)
    assert hired is not None
    for message in (b"one", b"two", b"long " * 100_000):
        hired.tell(message)
        assert hired.ask() == message.upper()
    hired.dismiss()


def test_a_mate_that_fails_says_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def fail(line: Line) -> None:
        line.tell(b"begun")
        raise RuntimeError

    hired = hire(fail)
    assert hired is not None
    assert hired.ask() == b"begun"
    assert hired.ask() is None
    hired.tell(b"still there?")
    hired.dismiss()
    assert capfd.readouterr().out == ""


def test_a_mate_that_is_forgotten_ends() -> None:
    hired = hire(lambda line: line.tell(str(os.getpid()).encode()) or line.ask())
    assert hired is not None
    pid = int(hired.ask() or b"0")
    del hired
    gc.collect()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_where_no_process_can_be_made_there_is_no_mate(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", full)
    assert hire(_echo) is None
    monkeypatch.undo()
    monkeypatch.setattr(mate, "may_hire", lambda: False)
    assert hire(_echo) is None
