"""`outline --write-config`: what is printed, put into book.toml, finds the same again."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bookforge.cli.main import main
from tests.readers.golden import Case, read_cases

_CASES = read_cases("structure")
_PROSE = "It boiled, and she said so to everybody who would listen to her.\n\n" * 12
TWO_BLOCKS = "".join(
    f"\n\nCHAPTER {number}\n\n{title}\n\n{_PROSE}"
    for number, title in (("ONE", "Steam"), ("TWO", "Tea"), ("THREE", "Toast"))
).lstrip()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _shape(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["outline", "--json", *arguments]) == 0
    data = json.loads(capsys.readouterr().out)
    sections = [
        [one[key] for key in ("level", "kind", "label", "title", "line")]
        for one in data["sections"]
    ]
    return {"sections": sections, "breaks": data["scene_breaks"], "paragraphs": data["paragraphs"]}


def _settings(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["outline", "--write-config", *arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("case", _CASES, ids=str)
def test_the_same_sections_again(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "novel.txt").write_text(case.text, encoding="utf-8")
    before = _shape(capsys, "novel.txt")
    (folder / "book.toml").write_text(_settings(capsys, "novel.txt"), encoding="utf-8")
    assert _shape(capsys) == before


@pytest.mark.parametrize("case", _CASES[::5], ids=str)
def test_the_same_behind_what_init_wrote(
    case: Case, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "novel.txt").write_text(case.text, encoding="utf-8")
    assert main(["init", "novel.txt"]) == 0
    capsys.readouterr()
    before = _shape(capsys)
    added = _settings(capsys)
    with (folder / "book.toml").open("a", encoding="utf-8") as file:
        file.write(added)
    assert _shape(capsys) == before


def test_a_title_on_the_next_block(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "novel.txt").write_text(TWO_BLOCKS, encoding="utf-8")
    printed = _settings(capsys, "novel.txt")
    assert printed.startswith("# No pattern finds these headings again")
    fixes = tomllib.loads(printed)["manuscript"]["fix"]
    assert [fix["at"] for fix in fixes] == ["CHAPTER ONE", "CHAPTER TWO", "CHAPTER THREE"]
    (folder / "book.toml").write_text(printed, encoding="utf-8")
    titles = [section[3] for section in _shape(capsys)["sections"]]
    assert titles == ["Steam", "Tea", "Toast"]


def test_a_form_is_one_pattern(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "".join(f"\n\nChapter {n}: The Kettle\n\n{_PROSE}" for n in ("One", "Two")).lstrip()
    (folder / "novel.txt").write_text(text, encoding="utf-8")
    table = tomllib.loads(_settings(capsys, "novel.txt"))["manuscript"]
    assert (table["files"], table["headings"]) == ("novel.txt", "patterns")
    assert [one["kind"] for one in table["heading"]] == ["chapter"]


def test_the_shell_appends_it_to_book_toml(folder: Path) -> None:
    """As the help has it: the shell opens book.toml before bookforge reads it."""
    (folder / "novel.txt").write_text(TWO_BLOCKS, encoding="utf-8")
    (folder / "book.toml").write_text('[manuscript]\nfiles = "novel.txt"\n[build]\n')
    command = f"{sys.executable} -m bookforge outline --write-config >> book.toml"
    subprocess.run(command, shell=True, check=True)
    config = tomllib.loads((folder / "book.toml").read_text(encoding="utf-8"))
    assert len(config["manuscript"]["fix"]) == 3


def test_other_headings_are_said_where_the_table_stands(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "book.toml").write_text('[book]\n[manuscript]\nfiles = "novel.txt"\n')
    text = "".join(f"\n\nChapter {n}: The Kettle\n\n{_PROSE}" for n in ("One", "Two")).lstrip()
    (folder / "novel.txt").write_text(text, encoding="utf-8")
    first = _settings(capsys).splitlines()[0]
    said = '# [manuscript] stands in line 2 of book.toml; put there: headings = "patterns"'
    assert first == said


def test_an_array_in_one_line_takes_no_more_tables(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "novel.txt").write_text(TWO_BLOCKS, encoding="utf-8")
    (folder / "book.toml").write_text('[manuscript]\nfiles = "novel.txt"\nfix = []\n')
    assert all(line.startswith("#") for line in _settings(capsys).splitlines())


def test_what_the_writer_put_right_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "novel.txt").write_text(TWO_BLOCKS, encoding="utf-8")
    book = folder / "book.toml"
    fix = '[[manuscript.fix]]\nat = "CHAPTER TWO"\nkind = "text"\n'
    book.write_text(f'[manuscript]\nfiles = "novel.txt"\n{fix}', encoding="utf-8")
    before = _shape(capsys)
    assert [section[3] for section in before["sections"]] == ["Steam", "Toast"]
    added = _settings(capsys)
    assert "CHAPTER TWO" not in added
    book.write_text(book.read_text(encoding="utf-8") + added, encoding="utf-8")
    assert _shape(capsys) == before
