"""`bookforge devices` and `bookforge send`, from the words typed to the file on a faked reader."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from msgspec.structs import replace

from bookforge.cli import sending
from bookforge.cli.main import main
from bookforge.devices.volumes import Volume
from bookforge.send import choose
from tests.devices.faked import faked

_TEXT = "# One\n\nIt was low water.\n\n# Two\n\nIt rose.\n"
_KOBO = "Kobo Clara BW"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user of our own, with a book, and nothing plugged in."""
    for name in ("DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    for name in [name for name in os.environ if name.startswith("BOOKFORGE_")]:
        monkeypatch.delenv(name)
    _plug(monkeypatch)
    book = tmp_path / "book"
    book.mkdir()
    (book / "low.md").write_text(_TEXT, encoding="utf-8")
    (book / "book.toml").write_text(
        '[book]\ntitle = "Low Water: A Novel"\nauthor = "Ann Author"\n'
        '[manuscript]\nfiles = "low.md"\n[output.epub]\npage-list = false\n',
        encoding="utf-8",
    )
    monkeypatch.chdir(book)
    return tmp_path


def _plug(monkeypatch: pytest.MonkeyPatch, *volumes: Volume) -> None:
    monkeypatch.setattr(choose, "find_volumes", lambda: list(volumes))
    monkeypatch.setattr(choose, "find_usb", lambda: {one.usb for one in volumes if one.usb})
    monkeypatch.setattr(choose, "find_remarkable", lambda: None)
    monkeypatch.setattr(
        sending,
        "look_at",
        lambda folder: next(
            (one for one in volumes if one.path == folder), Volume(folder, folder.name)
        ),
    )


def _mounted(home: Path, name: str) -> Volume:
    """A faked reader that the system calls a partition, so that it can be ejected."""
    return replace(faked(name).lay_out(home / "media" / name), device="/dev/sdz1")


def _eject(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> list[Volume]:
    asked: list[Volume] = []

    def eject(volume: Volume) -> str | None:
        asked.append(volume)
        return answer

    monkeypatch.setattr(sending, "eject", eject)
    return asked


def _json(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(capsys.readouterr().out)
    return read


def test_nothing_is_plugged_in(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["devices"]) == 0
    assert "no e-reader" in capsys.readouterr().out
    assert main(["devices", "--json"]) == 0
    assert _json(capsys) == {"devices": []}
    assert main(["send"]) == 1
    assert "error[D001]" in capsys.readouterr().err


def test_devices_are_listed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kobo, kindle = _mounted(home, _KOBO), _mounted(home, "Kindle Colorsoft over MTP")
    _plug(monkeypatch, kindle, kobo)
    assert main(["devices"]) == 0
    shown = capsys.readouterr().out
    assert "Kobo Clara BW (--device kobo)" in shown
    assert "firmware  4.45.23646" in shown
    assert "opens     kepub, epub, pdf" in shown
    assert main(["devices", "--json"]) == 0
    listed = _json(capsys)["devices"]
    assert [(one["id"], one["reach"]) for one in listed] == [("kindle", "mtp"), ("kobo", "disk")]
    assert listed[1]["path"] == str(kobo.path)
    assert (listed[1]["model"], listed[1]["serial"]) == ("Clara BW", "N365410035566")
    assert listed[1]["free"] > 0


def test_a_book_goes_to_a_kobo_and_the_second_time_nothing_does(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kobo = _mounted(home, _KOBO)
    _plug(monkeypatch, kobo)
    ejected = _eject(monkeypatch, None)
    assert main(["send"]) == 0
    target = kobo.path / "Ann Author" / "Low Water - A Novel.kepub.epub"
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"sent to Kobo Clara BW: {target}")
    assert lines[-1] == "You can unplug it."
    assert ejected == [kobo]
    assert zipfile.is_zipfile(target)
    assert target.read_bytes() == (home / "book/build/Low Water - A Novel.kepub.epub").read_bytes()
    os.utime(target, (1, 1))
    assert main(["send", "--json"]) == 0
    told = _json(capsys)
    assert (told["status"], told["format"], told["unplug"]) == ("up-to-date", "kepub", True)
    assert target.stat().st_mtime == 1


def test_a_changed_book_takes_its_place(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kobo = _mounted(home, _KOBO)
    _plug(monkeypatch, kobo)
    _eject(monkeypatch, None)
    assert main(["send"]) == 0
    (home / "book" / "low.md").write_text(_TEXT.replace("rose", "fell"), encoding="utf-8")
    settings = (home / "book" / "book.toml").read_text(encoding="utf-8")
    (home / "book" / "book.toml").write_text(settings.replace("Low", "High"), encoding="utf-8")
    capsys.readouterr()
    assert main(["send", "--json"]) == 0
    assert _json(capsys)["status"] == "sent"
    # The title has changed; the place, and with it the reader's position, has not.
    assert [path.name for path in (kobo.path / "Ann Author").iterdir()] == [
        "Low Water - A Novel.kepub.epub"
    ]


def test_no_eject_and_not_ejected(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _plug(monkeypatch, _mounted(home, _KOBO))
    ejected = _eject(monkeypatch, "target is busy")
    assert main(["send", "--no-eject"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Eject it before you unplug it."
    assert ejected == []
    assert main(["send"]) == 0
    shown = capsys.readouterr()
    assert "note[D013]" in shown.err and "target is busy" in shown.err
    assert "You can unplug it." not in shown.out


def test_two_readers_are_never_guessed_between(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kobo, pocketbook = _mounted(home, _KOBO), _mounted(home, "PocketBook InkPad 4")
    _plug(monkeypatch, kobo, pocketbook)
    _eject(monkeypatch, None)
    assert main(["send"]) == 1
    error = capsys.readouterr().err
    assert "error[D002]" in error and "--device" in error
    assert list(kobo.path.rglob("*.epub")) == list(pocketbook.path.rglob("*.epub")) == []
    assert main(["send", "--device", "nook"]) == 1
    assert "error[D003]" in capsys.readouterr().err
    assert main(["send", "--device", "pocketbook"]) == 0
    assert [
        path.relative_to(pocketbook.path).as_posix() for path in pocketbook.path.rglob("*.epub")
    ] == ["Books/Ann Author/Low Water - A Novel.epub"]


def test_the_reader_named_in_book_toml(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kobo, pocketbook = _mounted(home, _KOBO), _mounted(home, "PocketBook InkPad 4")
    _plug(monkeypatch, kobo, pocketbook)
    _eject(monkeypatch, None)
    assert main(["send", "--set", "send.device=kobo"]) == 0
    assert list(kobo.path.rglob("*.kepub.epub"))


def test_a_plain_folder(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "shelf").mkdir()
    assert main(["send", "--folder", str(home / "shelf")]) == 0
    assert [path.name for path in (home / "shelf").iterdir()] == ["Low Water - A Novel.epub"]
    assert "nplug" not in capsys.readouterr().out
    assert main(["send", "--set", f"send.folder={home / 'shelf'}", "--json"]) == 0
    assert _json(capsys)["status"] == "up-to-date"


def test_a_folder_that_looks_like_a_reader_is_treated_as_one(home: Path) -> None:
    kobo = faked(_KOBO).lay_out(home / "KOBOeReader")
    assert main(["send", "--folder", str(kobo.path)]) == 0
    assert [path.name for path in kobo.path.rglob("*.epub")] == ["Low Water - A Novel.kepub.epub"]


def test_a_folder_that_is_not_there(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", "--folder", str(home / "nowhere")]) == 2
    assert "error[D018]" in capsys.readouterr().err
    assert not (home / "nowhere").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--device", "kobo", "--folder", "."],
        ["--mail", "--device", "kobo"],
        ["--set", "send.device=kobo", "--set", "send.folder=x"],
    ],
)
def test_one_place_at_a_time(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["send", *words]) == 2
    assert "error[D016]" in capsys.readouterr().err


def test_a_dry_run_leaves_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kobo = _mounted(home, _KOBO)
    _plug(monkeypatch, kobo)
    ejected = _eject(monkeypatch, None)
    before = sorted(home.rglob("*"))
    assert main(["send", "--dry-run", "--json"]) == 0
    told = _json(capsys)
    assert told["status"] == "would-send"
    assert told["path"] == str(kobo.path / "Ann Author" / "Low Water - A Novel.kepub.epub")
    assert sorted(home.rglob("*")) == before
    assert ejected == []
    assert main(["send"]) == 0
    capsys.readouterr()
    assert main(["send", "--dry-run", "--json"]) == 0
    assert _json(capsys)["status"] == "up-to-date"


def test_a_bare_manuscript_is_built_in_the_cache(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kobo = _mounted(home, _KOBO)
    _plug(monkeypatch, kobo)
    _eject(monkeypatch, None)
    (home / "text").mkdir()
    (home / "text" / "high_tide.md").write_text(_TEXT, encoding="utf-8")
    monkeypatch.chdir(home / "text")
    assert main(["send", "high_tide.md"]) == 0
    assert [path.name for path in (home / "text").iterdir()] == ["high_tide.md"]
    assert [path.name for path in kobo.path.glob("*.epub")] == ["High Tide.kepub.epub"]
    assert list((home / "home" / "cache").rglob("High Tide.kepub.epub"))


def test_a_finished_file_goes_as_it_is(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kobo = _mounted(home, _KOBO)
    _plug(monkeypatch, kobo)
    _eject(monkeypatch, None)
    assert main(["build", "epub", "--quiet"]) == 0
    made = home / "book" / "build" / "Low Water - A Novel.epub"
    assert main(["send", str(made)]) == 0
    (sent,) = kobo.path.rglob("*.epub")
    assert sent.name == "Low Water - A Novel.epub"
    assert sent.read_bytes() == made.read_bytes()
    capsys.readouterr()
    assert main(["send", str(made), "--as", "pdf"]) == 1
    assert "error[D015]" in capsys.readouterr().err


def test_a_kindle_without_calibre(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _plug(monkeypatch, _mounted(home, "Kindle Paperwhite, disk"))
    _eject(monkeypatch, None)
    monkeypatch.setenv("PATH", str(home))
    assert main(["send"]) == 1
    assert "error[D005]" in capsys.readouterr().err
    assert main(["send", "--as", "epub"]) == 1
    assert "error[D004]" in capsys.readouterr().err
    assert not (home / "book" / "build").exists()


def test_a_book_that_cannot_be_built_is_not_sent(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _plug(monkeypatch, _mounted(home, _KOBO))
    ejected = _eject(monkeypatch, None)
    (home / "book" / "low.md").unlink()
    assert main(["send"]) == 1
    assert "error[" in capsys.readouterr().err
    assert ejected == []


def test_mail_shows_its_message(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = ["send.mail=ann@kindle.com", "send.smtp-host=h", "send.smtp-user=ann@example.org"]
    words = [word for one in settings for word in ("--set", one)]
    assert main(["send", "--mail", "--dry-run", *words]) == 0
    shown = capsys.readouterr().out
    assert "To: ann@kindle.com" in shown
    assert "[Low Water - A Novel.epub, application/epub+zip" in shown
    assert "would be sent to ann@kindle.com" in shown
    assert "senders on your list" in shown
    assert not (home / "book" / "build").exists()
    assert main(["send", "--mail"]) == 2
    assert "error[D020]" in capsys.readouterr().err


def test_a_kindle_gets_an_edition_of_its_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made with the Kindle profile, in the cache: the book's own EPUB stays as it is."""
    kindle = _mounted(home, "Kindle Paperwhite, disk")
    _plug(monkeypatch, kindle)
    _eject(monkeypatch, None)
    calibre = home / "bin" / "ebook-convert"
    calibre.parent.mkdir()
    calibre.write_text('#!/bin/sh\nPATH=/usr/bin:/bin\ncp "$1" "$2"\n', encoding="utf-8")
    calibre.chmod(0o755)
    monkeypatch.setenv("PATH", str(calibre.parent))
    assert main(["build", "epub", "--quiet"]) == 0
    made = home / "book" / "build" / "Low Water - A Novel.epub"
    before = made.read_bytes()
    assert main(["send"]) == 0
    sent = kindle.path / "documents" / "Ann Author" / "Low Water - A Novel.azw3"
    assert "fonts" in " ".join(zipfile.ZipFile(made).namelist())
    assert "fonts" not in " ".join(zipfile.ZipFile(sent).namelist())
    assert made.read_bytes() == before
    assert main(["send", "--json", "--set", "output.epub.profile=universal"]) == 0
    assert "fonts" in " ".join(zipfile.ZipFile(sent).namelist())


@pytest.mark.slow
def test_calibre_itself(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if which("ebook-convert") is None:
        pytest.skip("calibre is not installed")
    kindle = _mounted(home, "Kindle Paperwhite, disk")
    _plug(monkeypatch, kindle)
    _eject(monkeypatch, None)
    assert main(["send"]) == 0
    sent = kindle.path / "documents" / "Ann Author" / "Low Water - A Novel.azw3"
    assert sent.read_bytes()[60:68] == b"BOOKMOBI"
    os.utime(sent, (1, 1))
    assert main(["send"]) == 0
    assert sent.stat().st_mtime == 1


def test_a_finished_file_goes_by_the_settings_of_the_book_one_stands_in(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "shelf").mkdir()
    settings = home / "book" / "book.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + '[send]\nfolder = "../shelf"\n', encoding="utf-8")
    (home / "Other.pdf").write_bytes(b"%PDF-1.7")
    assert main(["send", str(home / "Other.pdf")]) == 0
    assert [path.name for path in (home / "shelf").iterdir()] == ["Other.pdf"]
    settings.unlink()
    assert main(["send", str(home / "Other.pdf")]) == 1
    assert "error[D001]" in capsys.readouterr().err


def test_mtp_that_fails_leaves_the_former_edition(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tablet = faked("Supernote A5 X over MTP").lay_out(home / "gvfs")
    _plug(monkeypatch, tablet)
    gio = home / "bin" / "gio"
    gio.parent.mkdir()
    gio.write_text("#!/bin/sh\necho device is busy >&2; exit 2\n", encoding="utf-8")
    gio.chmod(0o755)
    monkeypatch.setenv("PATH", str(gio.parent))
    assert main(["send"]) == 1
    error = capsys.readouterr().err
    assert "error[D009]" in error and "device is busy" in error
    assert list((tablet.path / "Document").iterdir()) == []
    gio.unlink()
    assert main(["send"]) == 1
    assert "gio copy" in capsys.readouterr().err


def test_mtp_goes_through_gio_and_says_what_that_means(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if which("gio") is None:
        pytest.skip("gio is not installed (libglib2.0-bin)")
    tablet = faked("Supernote A5 X over MTP").lay_out(home / "gvfs")
    _plug(monkeypatch, tablet)
    assert main(["send"]) == 0
    shown = capsys.readouterr()
    assert "note[D017]" in shown.err
    assert "You can unplug it." in shown.out
    target = tablet.path / "Document" / "Low Water - A Novel.epub"
    first = target.read_bytes()
    (home / "book" / "low.md").write_text(_TEXT.replace("rose", "fell"), encoding="utf-8")
    assert main(["send"]) == 0
    assert target.read_bytes() != first
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_the_pdf_sent_is_the_one_for_screens(home: Path) -> None:
    (home / "shelf").mkdir()
    assert main(["send", "--folder", str(home / "shelf"), "--as", "pdf"]) == 0
    (sent,) = (home / "shelf").iterdir()
    assert sent.name == "Low Water - A Novel.pdf"
    made = home / "book" / "build" / "Low Water - A Novel-screen.pdf"
    assert sent.read_bytes() == made.read_bytes()
