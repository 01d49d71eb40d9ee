"""A rebuild after an edit gives the very bytes of a build from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookforge import pipeline
from bookforge.locate import Request, find_book

_PROSE = (
    '"You are late," said Ann; and she had the lamp lit before he could answer. ' * 3,
    "The road ran on between the hedges, white with dust, as far as the mill and the ford. " * 4,
    "*Never* again, he thought -- not for all the tea in China, nor for the 'best' of reasons.",
)
BOOK = tuple(
    part for number in range(1, 6) for part in (f"# Chapter {number}", *(_PROSE * 4)[number - 1 :])
)
# A place in the book and what is done there.
_EDITS = st.lists(
    st.tuples(
        st.integers(0, len(BOOK) - 1),
        st.sampled_from(
            [
                "word",
                "letters",
                "cut",
                "page",
                "heading",
                "quotes",
                "open",
                "elision",
                "dashes",
                "tick",
                "address",
                "note",
                "blank",
                "picture",
                "table",
            ]
        ),
    ),
    max_size=3,
)


def edit(parts: Sequence[str], edits: Sequence[tuple[int, str]]) -> str:
    """The book with some things changed."""
    text = list(parts)
    notes = []
    for at, kind in edits:
        part = text[at]
        text[at] = {
            "word": f"{part} Ann said so.",
            "letters": f"{part} Æthelred ǅ ñß",
            "cut": "",
            "page": f"{part}\n\n" + "A new page of plain words stands here. " * 80,
            "heading": f"{part}\n\n# A new heading\n\nText.",
            "quotes": part.replace('"', "'"),
            "open": f"{part} \"And what, he said.\n\n'Then this.",
            "elision": f"{part} Put 'em 'pon it, said Ann's 'usband; and 'pon my word.",
            "dashes": f"{part} One---two---three--four.",
            "tick": f"{part} She said `so' and ``this''.",
            "address": f"{part} See <b title=\"a 'word'\"> www.ann.org/'s or a@ann.org.",
            "note": f"{part}[^n{at}]",
            "blank": f"{part}\n\n\n",
            "picture": f"{part}\n\n![Alt](missing.png)",
            "table": f"{part}\n\n|Who|What|\n|--|-:|\n" + f"|Ann|{'said so ' * 9}|\n" * 30,
        }[kind]
        if kind == "note":
            notes.append(f"[^n{at}]: A note.")
    return "\n\n".join([*text, *dict.fromkeys(notes)])


class Desk:
    """A manuscript that is built again and again, with what the builds before left and without."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "book.md"
        self._numbers = count()

    def build(self, text: str, targets: Sequence[str], *, use_cache: bool) -> dict[str, object]:
        """The bytes of each file; what was said on the way, and which edits were made."""
        self.file.write_text(text, encoding="utf-8")
        # The same folder each time with the cache, which is kept by folder; a fresh one without.
        out = self.folder / ("out" if use_cache else f"out{next(self._numbers)}")
        book = find_book(Request(self.file, out=out), lambda _: None)
        made = pipeline.build(book, targets, lambda _: None, use_cache=use_cache)
        files = {file.path.name: file.path.read_bytes() for file in made.files}
        return {**files, "said": made.diagnostics, "edits": made.edits}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"))


@given(st.lists(_EDITS, min_size=1, max_size=3))
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_rebuild_is_a_build(desk: Desk, rounds: list[list[tuple[int, str]]]) -> None:
    for edits in rounds:
        text = edit(BOOK, edits)
        warm = desk.build(text, ["print", "epub"], use_cache=True)
        assert warm == desk.build(text, ["print", "epub"], use_cache=False)


def test_only_what_changed_is_set_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from bookforge.typeset.pieces import Maker

    desk.build("\n\n".join(BOOK), ["print"], use_cache=True)
    laid: list[list[int]] = []
    usual = Maker._set
    monkeypatch.setattr(Maker, "_set", lambda self, group: laid.append(group) or usual(self, group))
    text = edit(BOOK, [(len(BOOK) // 2, "word")])
    desk.file.write_text(text, encoding="utf-8")
    book = find_book(Request(desk.file, out=desk.folder / "out"), lambda _: None)
    pipeline.build(book, ["print"], lambda _: None, inspect=False)
    chapters = [group for group in laid if len(group) == 1]
    # Title page and the like are always made anew.
    assert len(chapters) <= 4


def test_only_what_changed_is_cleaned_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from bookforge.passes.typography.stretch import Copy

    text = "\n\n".join(BOOK)
    desk.build(text, ["print"], use_cache=True)
    found: list[str] = []
    usual = Copy.find
    monkeypatch.setattr(
        Copy, "find", lambda self, rules: found.append(self.typed) or usual(self, rules)
    )
    desk.build(text, ["print"], use_cache=True)
    assert not found
    desk.build(edit(BOOK, [(len(BOOK) // 2, "word")]), ["print"], use_cache=True)
    assert [typed.count("Ann said so.") for typed in found] == [1]
