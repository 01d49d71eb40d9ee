"""Ejecting, with the system's programs replaced by ones that write down what they were told."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from bookforge.devices.volumes import Volume
from bookforge.send.eject import eject

_STICK = Volume(Path("/media/ann/KOBOeReader"), "KOBOeReader", "/dev/sdz1")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faked programs are scripts")


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    return tmp_path


def _install(folder: Path, name: str, script: str = "") -> None:
    program = folder / name
    program.write_text(f'#!/bin/sh\necho "{name} $*" >> {folder}/log\n{script}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def _log(folder: Path) -> list[str]:
    return (folder / "log").read_text().splitlines()


def test_udisks_unmounts_and_switches_off(programs: Path) -> None:
    _install(programs, "udisksctl")
    assert eject(_STICK) is None
    assert _log(programs) == [
        "udisksctl unmount --no-user-interaction -b /dev/sdz1",
        "udisksctl power-off --no-user-interaction -b /dev/sdz1",
    ]


def test_a_port_that_stays_on_is_no_failure(programs: Path) -> None:
    _install(programs, "udisksctl", 'test "$1" = unmount')
    assert eject(_STICK) is None


def test_gio_is_asked_when_udisks_is_not_there_or_fails(programs: Path) -> None:
    _install(programs, "gio")
    assert eject(_STICK) is None
    _install(programs, "udisksctl", "exit 1")
    assert eject(_STICK) is None
    assert _log(programs)[-1] == "gio mount -e /media/ann/KOBOeReader"


def test_why_it_was_not_ejected(programs: Path) -> None:
    assert eject(_STICK) == "this system has no program for it"
    _install(programs, "udisksctl", "echo target is busy >&2; exit 1")
    assert eject(_STICK) == "target is busy"


def test_windows(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    # It would look for endings that programs have on Windows alone.
    monkeypatch.setattr("bookforge.send.eject.which", lambda name: name)
    _install(programs, "powershell")
    assert eject(Volume(Path("E:\\"), "KOBOeReader", "E:\\")) is None
    (said,) = _log(programs)
    assert "ParseName('E:')" in said and "InvokeVerb('Eject')" in said


def test_macos(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    _install(programs, "diskutil")
    assert eject(_STICK) is None
    assert _log(programs) == ["diskutil eject /media/ann/KOBOeReader"]
