"""Books built by two processes are, to the byte, those built by one."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bookforge import mate, pipeline
from bookforge.locate import Request, find_book
from bookforge.mate import Mate
from bookforge.typeset import halves, layout
from bookforge.typeset.halves import Half

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")

_PROSE = (
    '"You are late," said Ann; and *she* had the lamp lit before he could answer. ' * 4,
    "The road ran on between the hedges, white with dust, as far as the efficient mill. " * 5,
    "**Never** again, he thought -- not for all the tea in China, nor for 'the best'. " * 3,
)
_TEXT = "\n\n".join(
    "\n\n".join([f"# Chapter {number}", *(_PROSE * number)[number % 2 :]]) for number in range(1, 9)
)


class Bench:
    """A book in a folder, built with two processes or one."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch = folder, patch
        self.hired: list[Mate] = []
        (folder / "book.md").write_text(_TEXT, encoding="utf-8")
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setattr(halves, "LEAST", 1_000)
        usual = halves.hire

        def hire(work: object) -> Mate | None:
            found = usual(work)  # type: ignore[arg-type]
            if found is not None:
                self.hired.append(found)
            return found

        patch.setattr(halves, "hire", hire)

    def build(
        self, targets: Sequence[str], *, two: bool, use_cache: bool = False, out: str = "out"
    ) -> dict[str, bytes]:
        for room in (mate, layout):
            self._patch.setattr(room, "may_hire", lambda: two)
        self.hired.clear()
        book = find_book(Request(self.folder / "book.md", out=self.folder / out), lambda _: None)
        made = pipeline.build(book, targets, lambda _: None, use_cache=use_cache)
        assert bool(self.hired) == two
        return {file.path.name: file.path.read_bytes() for file in made.files}


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(tmp_path, monkeypatch)


@pytest.mark.parametrize("targets", [["print"], ["epub"], ["print", "epub"]])
def test_two_make_the_book_that_one_makes(bench: Bench, targets: list[str]) -> None:
    assert bench.build(targets, two=True) == bench.build(targets, two=False)


def test_what_two_made_is_kept_for_the_next_build(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bookforge.typeset.pieces import Maker

    first = bench.build(["print"], two=True, use_cache=True)
    chapters: list[list[int]] = []
    usual = Maker._set
    monkeypatch.setattr(
        Maker, "_set", lambda self, group: chapters.append(group) or usual(self, group)
    )
    book = find_book(Request(bench.folder / "book.md", out=bench.folder / "out"), lambda _: None)
    made = pipeline.build(book, ["print"], lambda _: None)
    assert {file.path.name: file.path.read_bytes() for file in made.files} == first
    # Title page, copyright page and contents are made from more than their own words.
    assert len(chapters) <= 4


@pytest.mark.parametrize("asked", ["forme", "pages"])
def test_a_mate_that_is_killed_is_not_missed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    whole = bench.build(["print"], two=False)
    usual = getattr(Half, asked)

    def kill(half: Half, *rest: object) -> object:
        os.kill(bench.hired[0].pid, signal.SIGKILL)
        return usual(half, *rest)

    monkeypatch.setattr(Half, asked, kill)
    assert bench.build(["print"], two=True, out="other") == whole
