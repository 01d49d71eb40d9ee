"""The official validator has nothing to say: neither error nor warning nor remark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import novella
import pytest
from msgspec.structs import replace

from bookforge.contracts import Metadata, PageMap
from bookforge.model.document import Document, Matter, SectionKind
from bookforge.preflight.epub.validator import Message
from bookforge.render.epub.book import render

Check = Callable[[Path], list[Message]]

PAGES = novella.page_map(
    *(("i", 0, 0), ("iii", 1, 0), ("iv", 2, 0), ("v", 3, 0), ("vii", 4, 0), ("ix", 5, 0)),
    *(("1", 6, 0), ("3", 7, 0), ("5", 8, 0), ("6", 8, 30), ("7", 8, 200), ("9", 9, 0)),
)
FULL = {
    "book": {
        "series": {"name": "Lights", "number": 2},
        "contributor": [{"name": "Ann Editor", "role": "edt"}],
        "subjects": ["Fiction"],
        "audience": "Young adults",
        "rating": "Teen",
        "warnings": ["Grief & loss"],
        "isbn": {"print": "978-0-306-40615-7"},
    },
    "output": {
        "epub": {
            "conformance": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
            "certifier": "Small Press",
        }
    },
}
# Characters that validators, parsers and fonts stumble over.
HARD = (
    "]]> <b>&nbsp;&amp; C1 \x80\x85\x9f DEL \x7f no character \ufdd0\U0001fffe private \ue000 "
    "turned \u202e\u2066x\u2069 unseen \u200b\u200d\ufeff\u00ad\u2028 control \x00\x08\x0c "
    "joined e\u0301👩‍🚀 ﷽ " + "long" * 500
)
EVIL = "</dc:title><script>alert('1')</script>]]>&amp;\"\x00'"


def check(
    folder: Path,
    epubcheck: Check,
    document: Document,
    metadata: Metadata = novella.METADATA,
    settings: Mapping[str, Any] | None = None,
    pages: PageMap | None = None,
) -> None:
    context, _ = novella.make_context(folder, settings, metadata.language)
    target = folder / "book.epub"
    render(document, metadata, {"epub": target}, context, pages)
    assert epubcheck(target) == []


def test_everything(tmp_path: Path, picture: Path, epubcheck: Check) -> None:
    document = novella.everything(picture)
    check(tmp_path, epubcheck, document, settings=FULL, pages=PAGES)


def test_hostile_text_and_metadata(tmp_path: Path, epubcheck: Check) -> None:
    text = novella.paragraph(
        HARD, novella.Code(HARD, novella.HERE), novella.link("https://e.org/" + HARD, HARD)
    )
    document = Document(
        (
            novella.section(SectionKind.CHAPTER, text, title=HARD, label=EVIL),
            novella.section(SectionKind.CHAPTER),
            novella.section(SectionKind.PART),
        ),
        "en-GB",
    )
    metadata = replace(
        novella.METADATA,
        title=EVIL + "long" * 2500,
        authors=(EVIL, HARD),
        identifier="",
        date=EVIL,
        extra={"publisher": EVIL, "description": HARD, "rights": EVIL},
    )
    pages = novella.page_map((EVIL, 0, 0), ("2", 0, 5), ("3", 0, 50))
    check(tmp_path, epubcheck, document, metadata, pages=pages)


def test_a_text_without_anything(tmp_path: Path, epubcheck: Check) -> None:
    nameless = Metadata(title="", authors=(), language="en", identifier="")
    check(tmp_path, epubcheck, novella.one_chapter(), nameless)


# A few words in each of the languages.
WORDS = {
    "ar": "كان المصباح مضاءً",
    "bg": "Лампата гореше",
    "cs": "Lampa svítila příliš žlutě",
    "de": "Die Lampe brannte",
    "el": "Η λάμπα έκαιγε",
    "es": "La lámpara ardía",
    "fa": "چراغ می‌سوخت",
    "fr": "La lampe brûlait",
    "he": "המנורה דלקה",
    "hi": "दीपक जल रहा था",
    "is": "Lampinn logaði þótt",
    "ja": "ランプは燃えていた",
    "ko": "등불이 타고 있었다",
    "pl": "Lampa świeciła żółto",
    "ru": "Лампа горела",
    "th": "ตะเกียงลุกไหม้",
    "tr": "Lamba yanıyordu",
    "vi": "Ngọn đèn cháy",
    "zh-Hant": "燈亮著",
}


@pytest.mark.slow
@pytest.mark.parametrize("tag", sorted(WORDS))
def test_languages(tag: str, tmp_path: Path, epubcheck: Check) -> None:
    words = WORDS[tag]
    chapters = (
        novella.section(
            SectionKind.CHAPTER, novella.paragraph(words, novella.emphasis(words)), title=words
        )
        for _ in range(3)
    )
    contents = novella.section(SectionKind.CONTENTS, matter=Matter.FRONT)
    document = Document((contents, *chapters), tag)
    metadata = replace(novella.METADATA, title=words, authors=(words,), language=tag)
    pages = novella.page_map(("1", 1, 0), ("2", 2, 3))
    check(tmp_path, epubcheck, document, metadata, pages=pages)


@pytest.mark.slow
@pytest.mark.parametrize("kind", list(SectionKind), ids=lambda kind: str(kind.value))
def test_every_kind_of_section(kind: SectionKind, tmp_path: Path, epubcheck: Check) -> None:
    document = Document(
        (
            novella.section(kind, novella.paragraph("x"), title="A title"),
            novella.section(kind),
            novella.section(kind, novella.verse(), label="2", level=2),
        ),
        "en-GB",
    )
    check(tmp_path, epubcheck, document)
