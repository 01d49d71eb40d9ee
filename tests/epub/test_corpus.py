"""Every book of the corpus, with its page list: the validators have nothing to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge import pipeline
from bookforge.preflight.epub import check_epub
from bookforge.preflight.epub.validator import is_installed

# What a text without a word about itself lacks is no fault of the EPUB.
_LACKS = frozenset({"E059", "E064", "E065"})


@pytest.mark.slow
@pytest.mark.skipif(not is_installed(), reason="EPUBCheck is not installed")
def test_every_text_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    texts = sorted((shared / "corpus/chapters/texts").iterdir())
    texts += [*sorted((shared / "corpus/perf").glob("?.md")), shared / "manuscripts/seed.txt"]
    faults = {}
    for path in texts:
        request = pipeline.Request(path, out=tmp_path / path.stem)
        book = pipeline.find_book(request, lambda found: None)
        made = pipeline.build(book, ("epub",), lambda found: None, use_cache=False)
        found = [one for one in check_epub(made.files[0].path).findings if one.code not in _LACKS]
        if found:
            faults[path.name] = [one.message for one in found]
    assert faults == {}
