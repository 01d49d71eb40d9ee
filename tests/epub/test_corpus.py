"""Every book of the corpus, with its page list: the validators have nothing to say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bookforge import pipeline
from bookforge.preflight.epub import ace, check_epub
from bookforge.preflight.epub.validator import is_installed

# What a text without a word about itself lacks is no fault of the EPUB.
_LACKS = frozenset({"E059", "E064", "E065"})
_SHORT = 4_000  # bytes


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="EPUBCheck is not installed")
def test_every_text_of_the_corpus(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Ace opens every chapter in a browser: a minute for a novel, so it sees the short texts alone.
    monkeypatch.setattr(ace, "find_program", lambda: None)
    texts = sorted((shared / "corpus/chapters/texts").iterdir())
    texts += [*sorted((shared / "corpus/perf").glob("?.md")), shared / "manuscripts/seed.txt"]
    assert _find_faults(texts, tmp_path) == {}


@pytest.mark.slow
@pytest.mark.skipif(ace.find_program() is None, reason="Ace is not installed (npm, @daisy/ace)")
def test_ace_finds_nothing_in_short_texts(shared: Path, tmp_path: Path) -> None:
    texts = (shared / "corpus/chapters/texts").iterdir()
    short = sorted(path for path in texts if path.stat().st_size < _SHORT)
    assert _find_faults([*short, shared / "manuscripts/seed.txt"], tmp_path) == {}


def _find_faults(texts: Sequence[Path], tmp_path: Path) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for path in texts:
        request = pipeline.Request(path, out=tmp_path / path.stem)
        book = pipeline.find_book(request, lambda found: None)
        made = pipeline.build(book, ("epub",), lambda found: None, use_cache=False)
        found = [one for one in check_epub(made.files[0].path).findings if one.code not in _LACKS]
        if found:
            faults[path.name] = [one.message for one in found]
    return faults
