"""What is there twice in a book.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.config.read import read_config
from bookforge.diagnostics import ConfigError
from bookforge.source import SourceMap


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        (
            "[manuscript]\nfiles = 'a.txt'\n[book]\ntitle = 'x'\n\n[manuscript]\nexpect = 3\n",
            "6:1",
            "[manuscript] is there twice",
            "[manuscript] stands in line 1 already; put the keys there",
        ),
        (
            "[output.print]\nfont-size = 11\n[build]\n  [output.print]\ntrim = 'A5'\n",
            "4:3",
            "[output.print] is there twice",
            "[output.print] stands in line 1 already; put the keys there",
        ),
        (
            "[book]\ntitle = 'x'\nauthor = 'y'\ntitle = 'z'\n",
            "4:1",
            "title is there twice",
            "title stands in line 2 already; keep one of them",
        ),
        (
            "[matter]\nback = []\nfront = []\nfront = [\n  { kind = 'epigraph' },\n]\n",
            "4:1",
            "front is there twice",
            "front stands in line 3 already; keep one of them",
        ),
        (
            "[book]\nseries = { name = 'x' }\n[book.series]\nnumber = 2\n",
            "3:1",
            "[book.series] is there twice",
            "series stands in line 2 already; put the keys there",
        ),
        (
            "[manuscript]\nfix = []\n[[manuscript.fix]]\nat = 'x'\n",
            "3:1",
            "[[manuscript.fix]] is there twice",
            "fix stands in line 2 already; put the keys there",
        ),
        (
            "[[manuscript.fix]]\nat = 'x'\nat = 'y'\n",
            "3:1",
            "at is there twice",
            "at stands in line 2 already; keep one of them",
        ),
    ],
)
def test_twice(tmp_path: Path, text: str, place: str, message: str, hint: str) -> None:
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    sources = SourceMap()
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "book.toml", sources)
    (found,) = caught.value.diagnostics
    where = sources.locate(found.span)
    assert where is not None
    assert (found.code, f"{where.line}:{where.column}") == ("C001", place)
    assert found.message == f"broken TOML: {message}"
    assert [one.message for one in found.hints] == [hint]
