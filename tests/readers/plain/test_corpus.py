"""The whole chapters corpus: no word lost, no false heading, the goals of the scorer held."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

from tests.readers.plain.reading import read_file


def _texts(shared: Path) -> list[Path]:
    return sorted((shared / "corpus/chapters/texts").glob("*.txt"))


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "bench/chapters/score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_word_stands_once_and_in_order(shared: Path) -> None:
    for path in _texts(shared):
        book = read_file(path)
        assert book.letters() == book.source_letters(), path.name


def test_goals(shared: Path) -> None:
    scorer = _scorer(shared)
    for path in _texts(shared):
        truth = json.loads((shared / f"corpus/chapters/truth/{path.stem}.json").read_text())
        row = scorer.score_one(truth, read_file(path).outline)
        assert row["perfect"], path.name
        assert row["P"] == 1, path.name
        assert row["exact"] >= 0.96, path.name
        assert row["para_err"] <= 0.015, path.name


def test_what_is_called_sure_is_right(shared: Path) -> None:
    scorer = _scorer(shared)
    sure = right = 0
    for path in _texts(shared):
        truth = json.loads((shared / f"corpus/chapters/truth/{path.stem}.json").read_text())
        found = [one for one in read_file(path).outline["sections"] if one["confidence"] >= 0.9]
        found = [one for one in found if not scorer.ignorable(one, truth)]
        sure += len(found)
        right += len(scorer.match_lines(truth["sections"], found))
    assert right >= 0.99 * sure
    assert sure > 700


def test_a_short_story_is_one_section(shared: Path) -> None:
    book = read_file(shared / "manuscripts/seed.txt")
    (section,) = book.document.sections
    assert section.kind.value == "text"
    assert len(section.blocks) == 17
