"""The whole chapters corpus: no word lost, no false heading, the goals of the scorer held."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from tests.readers.plain.reading import read_file


class Looked(NamedTuple):
    """What the tests ask of a text of the corpus, each read once."""

    name: str
    outline: Mapping[str, Any]
    truth: Mapping[str, Any]
    whole: bool


@pytest.fixture(scope="module")
def texts(shared: Path) -> list[Looked]:
    folder = shared / "corpus/chapters"
    return [_look(path, folder / "truth") for path in sorted((folder / "texts").glob("*.txt"))]


def _look(path: Path, truths: Path) -> Looked:
    book = read_file(path)
    truth = json.loads((truths / f"{path.stem}.json").read_text(encoding="utf-8"))
    return Looked(path.name, book.outline, truth, book.letters() == book.source_letters())


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "bench/chapters/score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_word_stands_once_and_in_order(texts: list[Looked]) -> None:
    assert [text.name for text in texts if not text.whole] == []


def test_goals(texts: list[Looked], scorer: ModuleType) -> None:
    for text in texts:
        row = scorer.score_one(text.truth, text.outline)
        assert row["perfect"], text.name
        assert row["P"] == 1, text.name
        assert row["exact"] >= 0.96, text.name
        assert row["para_err"] <= 0.015, text.name


def test_what_is_called_sure_is_right(texts: list[Looked], scorer: ModuleType) -> None:
    sure = right = 0
    for text in texts:
        found = [one for one in text.outline["sections"] if one["confidence"] >= 0.9]
        found = [one for one in found if not scorer.ignorable(one, text.truth)]
        sure += len(found)
        right += len(scorer.match_lines(text.truth["sections"], found))
    assert right >= 0.99 * sure
    assert sure > 700


def test_a_short_story_is_one_section(shared: Path) -> None:
    book = read_file(shared / "manuscripts/seed.txt")
    (section,) = book.document.sections
    assert section.kind.value == "text"
    assert len(section.blocks) == 17
