"""Pages that are derived from the program are what the program gives; links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from bookforge.cli.app import COMMANDS
from bookforge.cli.main import main
from bookforge.codes import CODES
from bookforge.config import reference, schema
from bookforge.config.read import read_config
from bookforge.source import SourceMap

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/book-toml.md", reference.make_reference()),
        ("docs/codes.md", reference.make_code_list()),
        (f"bookforge/config/{schema.FILE}", schema.dump_schema()),
    ],
    ids=["book-toml.md", "codes.md", "schema"],
)
def test_derived_pages(path: str, text: str, request: pytest.FixtureRequest) -> None:
    """To write them anew: pytest tests/test_docs.py --update-golden."""
    if request.config.getoption("--update-golden"):
        (ROOT / path).write_text(text, encoding="utf-8")
    assert (ROOT / path).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    # What stands in blocks and in code is shown, not linked.
    prose = re.sub(r"^```.*?^```|`[^`\n]+`", "", page.read_text("utf-8"), flags=re.M | re.S)
    targets = re.findall(r"\]\(([^)#\s]+)", prose)
    local = [target for target in targets if not target.startswith("http")]
    assert [target for target in local if not (page.parent / target).exists()] == []


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_shown_are_right(page: Path, tmp_path: Path) -> None:
    for block in _blocks(page, "toml"):
        (tmp_path / "book.toml").write_text(block, encoding="utf-8")
        read_config(tmp_path / "book.toml", SourceMap())


def test_the_readme_opens_with_the_two_commands_and_five_lines() -> None:
    readme = ROOT / "README.md"
    assert _blocks(readme, "sh")[0] == (
        "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/bookforge build\n"
        "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest -n auto\n"
    )
    lines = [line for line in _blocks(readme, "toml")[0].splitlines() if line[0] != "#"]
    assert len(lines) == 5


def test_the_example_of_the_readme_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "book.toml").write_text(_blocks(ROOT / "README.md", "toml")[0], encoding="utf-8")
    (tmp_path / "kettle.txt").write_text("CHAPTER ONE\n\nIt boiled.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 0
    assert "The Red Kettle.epub" in capsys.readouterr().out


def test_the_steps_of_the_first_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every block from the top to the checked book: settings go to the end of book.toml."""
    page = (ROOT / "docs" / "first-book.md").read_text(encoding="utf-8")
    page = page.partition("\n## Word processors")[0]
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "book.toml"
    out = ""
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", page, re.M | re.S):
        if language == "text":
            (tmp_path / "kettle.txt").write_text(block, encoding="utf-8")
        elif language == "sh":
            out = _follow(block, tmp_path, capsys)
        elif language == "":
            assert out == block
        elif block.startswith("[book]"):  # What init is said to have written.
            assert set(block.splitlines()) <= {
                line.partition("  #")[0].rstrip() for line in config.read_text("utf-8").splitlines()
            }
        else:
            config.write_text(config.read_text("utf-8") + block, encoding="utf-8")
            assert main(["build"]) == 0
            assert not _warnings(capsys.readouterr().err)
    assert main(["outline", "--json"]) == 0
    titles = [one["title"] for one in json.loads(capsys.readouterr().out)["sections"]]
    assert titles == ["Steam", "Tea", "What the Cat Saw"]


def _follow(block: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Do what a block of commands says; gives what the last one printed."""
    out = ""
    for line in block.splitlines():
        words = shlex.split(line)
        if words[0] == "echo":
            (folder / words[3]).write_text(f"{words[1]}\n", encoding="utf-8")
        else:
            assert main(words[1:]) == 0, line
            streams = capsys.readouterr()
            out = streams.out
            assert not _warnings(streams.err), line
    return out


def _warnings(messages: str) -> list[str]:
    """What is said, but for the tale being too short for a printer, as the page tells."""
    said = re.findall(r"^(?:warning|error)\[(\w+)\]", messages, re.M)
    return [code for code in said if code != "P060"]


def test_commands_shown_exist() -> None:
    words = {
        match
        for page in PAGES
        for block in _blocks(page, "sh")
        for match in re.findall(r"(?:^|/)bookforge ([a-z]+)", block, re.M)
    }
    assert {"build", "outline", "init", "check"} <= words
    assert words <= set(COMMANDS)


def test_pictures_are_light() -> None:
    heavy = [path for path in (ROOT / "docs" / "images").glob("*") if path.stat().st_size > 150_000]
    assert heavy == []


def test_codes_named_in_the_docs_exist() -> None:
    for page in PAGES:
        named = set(re.findall(r"\b[CRSTAPEFIOD]\d{3}\b", page.read_text(encoding="utf-8")))
        assert named <= set(CODES), page.name
