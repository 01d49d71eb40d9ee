"""Manuscripts that are missing, empty, no text, or half broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.conftest import Build


def test_the_good_book_builds(build: Build) -> None:
    outcome = build()
    assert outcome.code == 0
    names = ("build/.bookforge.json", "build/Plain-print.pdf", "build/Plain.epub")
    assert outcome.files == names


def test_missing(folder: Path, build: Build) -> None:
    (folder / "plain.md").unlink()
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[C021]: the manuscript plain.md does not exist")
    assert build("nowhere.txt").err.startswith("error[R001]: nowhere.txt does not exist")


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty(folder: Path, build: Build, data: bytes) -> None:
    (folder / "plain.md").write_bytes(data)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[R004]: plain.md holds no text")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
        b"PK\x03\x04" + bytes(range(256)) * 9,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x7fELF" + b"\x00" * 99,
        bytes(range(256)) * 20,
    ],
)
def test_binary(folder: Path, build: Build, data: bytes) -> None:
    (folder / "plain.md").write_bytes(data)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[R005]: plain.md is ")


def test_a_folder_in_its_place(folder: Path, build: Build) -> None:
    (folder / "plain.md").unlink()
    (folder / "plain.md").mkdir()
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[C021]: plain.md holds no file that bookforge reads")


def test_a_folder_in_a_list(folder: Path, build: Build) -> None:
    (folder / "more.md").mkdir()
    outcome = build("--set", "manuscript.files=['plain.md', 'more.md']")
    assert outcome.code == 1
    assert outcome.err.startswith("error[R002]: more.md is a folder")


def test_unreadable(folder: Path, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no permission stops: the refusal is played."""
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "plain.md":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    outcome = build()
    assert outcome.code == 1
    assert outcome.err.startswith("error[R003]: plain.md cannot be read: Permission denied")


def test_other_endings_are_named(folder: Path, build: Build) -> None:
    (folder / "texts").mkdir()
    (folder / "texts" / "1.md").write_text("# One\n\nText.\n", encoding="utf-8")
    (folder / "texts" / "cover.jpg").write_bytes(b"\xff\xd8\xff")
    outcome = build("epub", "--set", "manuscript.files=texts")
    assert outcome.code == 0
    assert "note[R010]: texts: not read as manuscript: cover.jpg" in outcome.err
    outcome = build("--set", "manuscript.files=['texts/cover.jpg']")
    assert outcome.code == 1
    assert outcome.err.startswith("error[C022]: cover.jpg is in no known format")


def test_mixed_encodings(folder: Path, build: Build) -> None:
    good = "# Café\n\n“Très bien,” said Zoë. “À bientôt, chérie.”\n\n".encode()
    (folder / "plain.md").write_bytes(good * 3 + b"\x93Stray,\x94 he said.\n")
    outcome = build("epub")
    assert outcome.code == 0
    assert outcome.err.startswith("warning[R006]: plain.md mixes UTF-8 with Windows-1252")


def test_guessed_encoding(folder: Path, build: Build) -> None:
    text = "# One\n\nThe café was “closed”, and all the chairs stood on the tables.\n"
    (folder / "plain.md").write_bytes(text.encode("cp1252"))
    outcome = build("epub")
    assert outcome.code == 0
    assert outcome.err.startswith("note[R008]: plain.md is not UTF-8; read as cp1252")


def test_nul_and_control_characters(folder: Path, build: Build) -> None:
    (folder / "plain.md").write_bytes(b"# One\n\nA \x00 word\x1b[0m and\x08 more.\n\x0b\x0c")
    outcome = build("epub")
    assert outcome.code == 0
    assert outcome.err.startswith("warning[R007]: 4 control characters left out")


def test_lone_surrogates_and_non_characters(folder: Path, build: Build) -> None:
    data = b"# One\n\nBad: " + b"\xef\xbf\xbf \xef\xb7\x90" + " end \U0010ffff.\n".encode()
    (folder / "plain.md").write_bytes(data)
    assert build().code == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-32"])
def test_unicode_in_other_forms(folder: Path, build: Build, encoding: str) -> None:
    (folder / "plain.md").write_bytes("# One\n\nPlain words, and more of them.\n".encode(encoding))
    assert build("epub").code == 0
