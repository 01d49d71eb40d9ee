"""What the clean-up reaches on real books (the corpus lies outside the project)."""

from __future__ import annotations

import collections
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from bookforge.passes.typography.filter import typogrify_text
from bookforge.passes.typography.straighten import straighten


def test_the_seed_to_the_mark(shared: Path) -> None:
    text = (shared / "manuscripts" / "seed.txt").read_text(encoding="utf-8")
    done = typogrify_text(text).text
    found = collections.Counter(done)
    assert [found[mark] for mark in "“”’‘…–\"'"] == [17, 17, 13, 0, 4, 3, 0, 0]
    assert done.count("\u00a0– ") == 3
    assert "James’, “don’t" in done
    assert straighten(done) == straighten(text)


def _load(folder: Path, name: str) -> ModuleType:
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
@pytest.mark.parametrize("style", ["us", "uk", "wrap"])
def test_errors_on_the_development_books(shared: Path, style: str) -> None:
    kit = _load(shared / "bench" / "typography", "score")
    wrong: collections.Counter[str] = collections.Counter()
    marks = 0
    for path in sorted((shared / "corpus" / "typography").glob("*.truth.txt")):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line]
        truth, flat = kit.prepare(lines, style)
        done = typogrify_text(flat).text.rstrip("\n").split("\n\n")
        assert len(done) == len(truth)
        for (text, kinds), got in zip(truth, done, strict=True):
            marks += len(kinds)
            wrong.update(fault[0] for fault in kit.judge(text, kinds, kit.tidy(got)))
    assert not {"ellipsis", "dash", "range", "prime", "other", "apos-mid"} & wrong.keys()
    assert 10_000 * wrong.total() / marks < 2
