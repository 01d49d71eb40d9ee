"""The commented book.toml that `init` writes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bookforge.cli.main import main
from bookforge.config.read import read_config
from bookforge.source import SourceMap


def test_beside_a_manuscript(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "the-red-kettle.txt"
    text.write_text("CHAPTER ONE\n\nIt was the kettle that did it.\n", encoding="utf-8")
    assert main(["init", str(text)]) == 0
    book = tomllib.loads((tmp_path / "book.toml").read_text(encoding="utf-8"))
    assert book["book"]["title"] == "The Red Kettle"
    assert book["manuscript"]["files"] == "the-red-kettle.txt"
    out = capsys.readouterr().out
    assert "The Red Kettle  (from the name of the file)" in out
    assert out.splitlines()[-1] == f"next: bookforge build {tmp_path}"


def test_title_and_author_from_front_matter(tmp_path: Path) -> None:
    text = '---\ntitle: "Say \\"Tea\\""\nauthor: A. Writer\nlanguage: en-GB\n---\n\n# One\n\nTea.\n'
    (tmp_path / "tea.md").write_text(text, encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 0
    config = read_config(tmp_path / "book.toml", SourceMap())
    assert (config.book.title, config.book.author) == ('Say "Tea"', "A. Writer")
    assert config.book.language == "en-GB"


def test_a_new_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "new" / "book")]) == 0
    config = read_config(tmp_path / "new" / "book" / "book.toml", SourceMap())
    assert config.manuscript.files == "manuscripts"
    assert config.book.title is None
    assert "put your text into" in capsys.readouterr().out


def test_several_texts_in_natural_order(tmp_path: Path) -> None:
    for name in ("10.md", "2.md", "README.md"):
        (tmp_path / name).write_text("# A\n\nText.\n", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 0
    assert read_config(tmp_path / "book.toml", SourceMap()).manuscript.files == ("2.md", "10.md")


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "book.toml").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("error[O002]: ")
    assert (tmp_path / "book.toml").read_text(encoding="utf-8") == "mine"


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--schema"]) == 0
    assert '"title": "book.toml of bookforge"' in capsys.readouterr().out
