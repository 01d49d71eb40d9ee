"""Reading systems not written here show what is in the e-book, character by character.

To have them: npm install --ignore-scripts --prefix tests/epub/systems
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import corpus
import pytest

_SYSTEMS = Path(__file__).parent / "systems"
_BOOKS = corpus.list_books()
_SECONDS = 3600


@pytest.fixture(scope="module")
def command() -> list[str]:
    """What opens books; their paths are to follow."""
    node = which("node")
    packages = ("epubjs", "foliate-js", "puppeteer-core")
    if node is None or which("chromium") is None:
        pytest.skip("no node or no chromium")
    if not all((_SYSTEMS / "node_modules" / name).is_dir() for name in packages):
        pytest.skip(f"no reading systems in {_SYSTEMS}")
    return [node, str(_SYSTEMS / "open.mjs")]


def open_all(command: list[str], books: list[Path]) -> list[dict[str, Any]]:
    """What each system saw of each book."""
    own = os.environ | {"CHROMIUM": str(which("chromium"))}
    asked = [*command, *map(str, books)]
    done = subprocess.run(asked, env=own, capture_output=True, check=True, timeout=_SECONDS)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def check(command: list[str], paths: list[Path], out: Path) -> None:
    """Every section of these manuscripts' e-books is seen as it was written."""
    # Names may be the same in two folders of the corpus, those of two e-books are.
    made = [corpus.make(path, out / str(at)).epub for at, path in enumerate(paths)]
    results = open_all(command, made)
    assert len(results) == 2 * len(made)
    for result in results:
        book = Path(result["book"])
        seen = {one["name"]: corpus.bare(one["characters"]) for one in result["sections"]}
        wanted = {name: corpus.shown(body) for name, body in corpus.read_spine(book).items()}
        assert result["faults"] == [], book
        assert seen == wanted, book


@pytest.mark.slow
def test_short_books_and_the_sample(command: list[str], tmp_path: Path) -> None:
    check(command, [corpus.SAMPLE, *corpus.list_short_books()], tmp_path)


@pytest.mark.whole
@pytest.mark.parametrize("path", _BOOKS, ids=[path.stem for path in _BOOKS])
def test_every_book(path: Path, command: list[str], tmp_path: Path) -> None:
    check(command, [path], tmp_path)
