"""Faults found while the book is made point at the setting that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.cli.main import main

_BOOK = '[book]\ntitle = "The Kettle"\n[manuscript]\nfiles = "kettle.md"\n'


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "kettle.md").write_text("# One\n\nThey drank.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("setting", "place", "code"),
    [
        ('[style]\nfont = "Nosuch"\n', "book.toml:6:8", "F001"),
        ('[output.print]\nfont = "Nosuch"\n[style]\nfont = "Other"\n', "book.toml:6:8", "F001"),
        ('[style]\ntheme = "nosuch"\n', "book.toml:6:9", "C010"),
        ('[output.print]\ntrim = "nosuch"\n', "book.toml:6:8", "C0"),
    ],
)
def test_in_book_toml(
    setting: str, place: str, code: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book.toml").write_text(_BOOK + setting, encoding="utf-8")
    assert main(["build", "--format", "short"]) == 2
    assert capsys.readouterr().err.startswith(f"{place}: error[{code}")


def test_in_an_edition(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f'{_BOOK}[style]\nfont = "Other"\n[edition.large.style]\nfont = "Nosuch"\n'
    (book / "book.toml").write_text(text, encoding="utf-8")
    assert main(["build", "-e", "large", "--format", "short"]) == 2
    assert capsys.readouterr().err.startswith("book.toml:8:8: error[F001]")


def test_on_the_command_line(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "book.toml").write_text(_BOOK, encoding="utf-8")
    for words in (["."], ["kettle.md"]):
        wrong = ["--set", "style.font=Nosuch", "--format", "short"]
        assert main(["build", *words, *wrong]) == 2
        assert capsys.readouterr().err.startswith("--set:1:12: error[F001]")


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ('[manuscript]\nfiles = "nove.md"\n', "book.toml:2:9", "C021"),
        ('[manuscript]\nfiles = ["kettle.md", "nove.md"]\n', "book.toml:2:23", "R001"),
        (
            '[manuscript]\nfiles = "kettle.md"\n[output.epub]\ncss = "no.css"\n',
            "book.toml:4:7",
            "E012",
        ),
    ],
)
def test_files_that_are_not_there(
    text: str, place: str, code: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book.toml").write_text(text, encoding="utf-8")
    assert main(["build", "epub", "--format", "short"]) == 1
    assert f"{place}: error[{code}]" in capsys.readouterr().err
