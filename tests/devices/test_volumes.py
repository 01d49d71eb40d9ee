"""What the system says of mounts, on faked systems."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from bookforge.devices import volumes
from bookforge.devices.recognise import recognise
from bookforge.devices.volumes import find_drives, find_mtp, find_usb, look_at, usb_of
from tests.devices.faked import faked


def _mounts(monkeypatch: pytest.MonkeyPatch, *mounts: tuple[str, Path, str]) -> None:
    listed = [SimpleNamespace(device=d, mountpoint=str(p), opts=o) for d, p, o in mounts]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all: listed)


def test_drives_but_not_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stick = tmp_path / "KOBOeReader"
    _mounts(monkeypatch, ("/dev/sda1", Path("/"), "rw"), ("/dev/sdz9", stick, "ro,nosuid"))
    (found,) = find_drives()
    assert (found.path, found.label, found.device) == (stick, "KOBOeReader", "/dev/sdz9")
    assert not found.writable


def test_rw_options_that_contain_ro_are_not_read_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _mounts(monkeypatch, ("/dev/sdz9", tmp_path, "rw,errors=remount-ro"))
    assert next(find_drives()).writable


def test_mtp_devices_have_a_volume_for_each_storage(tmp_path: Path) -> None:
    gvfs = tmp_path / "gvfs"
    mount = gvfs / "mtp:host=ONYX_BOOX%5BNoteAir%5D_1"
    (mount / "Internal shared storage").mkdir(parents=True)
    (mount / "SD card").mkdir()
    (gvfs / "gphoto2:host=Canon" / "DCIM").mkdir(parents=True)
    found = list(find_mtp(gvfs))
    assert [one.label for one in found] == ["Internal shared storage", "SD card"]
    assert {one.host for one in found} == {"ONYX_BOOX[NoteAir]_1"}
    assert all(one.reach == "mtp" for one in found)


def test_no_gvfs_is_no_fault(tmp_path: Path) -> None:
    assert list(find_mtp(tmp_path / "nowhere")) == []


def test_the_usb_bus(tmp_path: Path) -> None:
    for name, vendor, product in (("1-1", "1949", "9981"), ("usb1", "1d6b", "0002")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "idVendor").write_text(f"{vendor}\n")
        (tmp_path / name / "idProduct").write_text(f"{product}\n")
    (tmp_path / "1-1:1.0").mkdir()
    assert find_usb(tmp_path) == {"1949:9981", "1d6b:0002"}


def test_the_usb_device_of_a_partition(tmp_path: Path) -> None:
    device = tmp_path / "devices" / "usb1" / "1-1"
    block = device / "1-1:1.0" / "host6" / "block" / "sdz" / "sdz1"
    block.mkdir(parents=True)
    (device / "idVendor").write_text("2237\n")
    (device / "idProduct").write_text("5238\n")
    blocks = tmp_path / "class"
    blocks.mkdir()
    (blocks / "sdz1").symlink_to(block)
    assert usb_of("/dev/sdz1", blocks) == "2237:5238"
    assert usb_of("/dev/sdy1", blocks) == ""


def test_the_label_of_a_drive_on_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def tell(path: str, name: Any, length: int, *rest: object) -> int:
        assert (path, length) == (str(tmp_path), 261)
        name.value = "KOBOeReader"
        return 1

    kernel = SimpleNamespace(GetVolumeInformationW=tell)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    _mounts(monkeypatch, ("E:\\", tmp_path, "rw,removable"))
    assert [(one.label, one.usb) for one in find_drives()] == [("KOBOeReader", "")]


def test_a_folder_that_is_no_mount_is_looked_at_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _mounts(monkeypatch)
    monkeypatch.setattr(volumes, "_gvfs_folder", lambda: tmp_path / "nowhere")
    faked("Kobo Clara BW").lay_out(tmp_path / "KOBO")
    volume = look_at(tmp_path / "KOBO")
    assert (volume.label, volume.device) == ("KOBO", "")
    device = recognise(volume)
    assert device is not None
    assert device.name == "Kobo Clara BW"
