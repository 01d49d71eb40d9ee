"""The package document: what shops, libraries and readers are told."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import novella
import pytest
from lxml import etree
from msgspec.structs import replace
from PIL import Image as Picture

from bookforge.contracts import Metadata
from bookforge.diagnostics import Severity
from bookforge.model.document import Document
from bookforge.model.inlines import Image
from bookforge.render.epub.names import sort_name, sort_title

DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Package:
    """A package document to ask."""

    def __init__(self, source: str) -> None:
        self.root = etree.fromstring(source.encode())

    def terms(self, name: str) -> list[str]:
        return [element.text or "" for element in self.root.iter(f"{DC}{name}")]

    def properties(self, name: str, refines: str | None = None) -> list[str]:
        return [
            meta.text or ""
            for meta in self.root.iter(f"{OPF}meta")
            if meta.get("property") == name
            and (refines is None or meta.get("refines") == f"#{refines}")
        ]

    def named(self, name: str) -> list[str]:
        metas = self.root.iter(f"{OPF}meta")
        return [meta.get("content") or "" for meta in metas if meta.get("name") == name]


def package(
    folder: Path,
    settings: Mapping[str, Any] | None = None,
    metadata: Metadata = novella.METADATA,
    document: Document | None = None,
) -> Package:
    quick = {"output": {"epub": {"embed-fonts": False}}}
    document = document or novella.one_chapter(novella.paragraph("x"))
    return Package(
        novella.build(document, folder, settings or quick, metadata=metadata)["content.opf"]
    )


def test_titles_and_people(tmp_path: Path) -> None:
    people = [
        {"name": "Ann Editor", "role": "edt"},
        {"name": "Ada Winter", "role": "aut", "sort": "Winter, A."},
    ]
    found = package(tmp_path, {"book": {"contributor": people}})
    assert found.terms("title") == ["The Keeper of Small Lights", "A novella"]
    assert found.properties("file-as", "title") == ["Keeper of Small Lights, The"]
    assert found.properties("title-type", "subtitle") == ["subtitle"]
    assert found.terms("creator") == ["Ada Winter", "Jo Le Breton"]
    assert found.properties("file-as", "author-1") == ["Winter, A."]
    assert found.properties("file-as", "author-2") == ["Le Breton, Jo"]
    assert found.terms("contributor") == ["Ann Editor"]
    assert found.properties("role") == ["aut", "aut", "edt"]


def test_series_for_new_and_old_software(tmp_path: Path) -> None:
    found = package(tmp_path, {"book": {"series": {"name": "Lights", "number": 1.5}}})
    assert found.properties("belongs-to-collection") == ["Lights"]
    assert found.properties("group-position") == ["1.5"]
    assert found.named("calibre:series") == ["Lights"]
    assert found.named("calibre:series_index") == ["1.5"]


def test_the_rest_of_the_book(tmp_path: Path) -> None:
    facts = {"publisher": "Small Press", "description": "A & B", "rights": "Mine"}
    book = {"subjects": ["Fiction"], "keywords": ["sea", "Fiction"]}
    found = package(tmp_path, {"book": book}, replace(novella.METADATA, extra=facts))
    assert found.terms("publisher") == ["Small Press"]
    assert found.terms("description") == ["A & B"]
    assert found.terms("rights") == ["Mine"]
    assert found.terms("subject") == ["Fiction", "sea"]
    assert found.terms("date") == ["2025-01-15"]
    assert found.named("cover") == ["cover-image"]


def test_readers_and_what_archives_of_fan_fiction_say(tmp_path: Path) -> None:
    book = {
        "audience": "Young adults",
        "fandom": ["Emma"],
        "rating": "Teen",
        "warnings": ["Grief"],
        "tags": ["Slow burn"],
    }
    found = package(tmp_path, {"book": book})
    assert found.properties("dcterms:audience") == ["Young adults"]
    assert found.properties("schema:contentRating") == ["Teen"]
    assert found.terms("subject") == ["Emma", "Teen", "Grief", "Slow burn"]


def test_rights_from_year_and_licence(tmp_path: Path) -> None:
    facts = {"copyright-year": "2025", "license": "CC BY 4.0"}
    found = package(tmp_path, metadata=replace(novella.METADATA, extra=facts))
    assert found.terms("rights") == ["© 2025 Ada Winter, Jo Le Breton. CC BY 4.0"]


@pytest.mark.parametrize("date", ["", "spring 1821", "2025-13-01", "15.1.2025"])
def test_dates_that_are_none_are_left_out(date: str, tmp_path: Path) -> None:
    assert package(tmp_path, metadata=replace(novella.METADATA, date=date)).terms("date") == []


def test_time_is_utc_and_comes_from_the_context(tmp_path: Path) -> None:
    assert package(tmp_path).properties("dcterms:modified") == ["2023-11-14T22:13:20Z"]


def test_identifier_is_stable_when_none_is_given(tmp_path: Path) -> None:
    nameless = replace(novella.METADATA, identifier="")
    first = package(tmp_path, metadata=nameless).terms("identifier")
    assert first == package(tmp_path, metadata=nameless).terms("identifier")
    assert first[0].startswith("urn:uuid:")


def test_the_ebooks_isbn_is_an_identifier_too(tmp_path: Path) -> None:
    found = package(tmp_path, {"book": {"isbn": {"epub": "978-0-306-40615-7"}}})
    assert found.terms("identifier") == [novella.METADATA.identifier, "urn:isbn:9780306406157"]


def test_language_and_direction(tmp_path: Path) -> None:
    hebrew = package(tmp_path, metadata=replace(novella.METADATA, language="he"))
    assert hebrew.root.get(LANG) == "he"
    assert hebrew.terms("language") == ["he"]
    spine = hebrew.root.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == hebrew.root.get("dir") == "rtl"


def test_hostile_metadata_is_escaped(tmp_path: Path) -> None:
    evil = "</dc:title><script>alert('1')</script>]]>&amp;\"\x00\x0b" + "x" * 10_000
    bad = replace(
        novella.METADATA, title=evil, subtitle=evil, authors=(evil,), extra={"publisher": evil}
    )
    files = novella.build(novella.one_chapter(novella.paragraph("x")), tmp_path, metadata=bad)
    for name, content in files.items():
        if not name.endswith(".css"):
            etree.fromstring(content.encode())
            assert "<script" not in content
    assert Package(files["content.opf"]).terms("title")[0].startswith("</dc:title><script>alert")


class TestAccessibility:
    def test_what_is_there_is_said(self, tmp_path: Path, picture: Path) -> None:
        found = package(tmp_path, document=novella.everything(picture))
        assert found.properties("schema:accessMode") == ["textual", "visual"]
        assert "textual" in found.properties("schema:accessModeSufficient")
        features = found.properties("schema:accessibilityFeature")
        assert "alternativeText" in features
        assert "structuralNavigation" in features
        assert "pageNavigation" not in features
        assert found.properties("schema:accessibilityHazard") == ["none"]
        assert "Notes can be reached" in found.properties("schema:accessibilitySummary")[0]

    def test_missing_words_are_not_hidden(self, tmp_path: Path, picture: Path) -> None:
        image = Image("x.png", None, novella.HERE, path=str(picture))
        document = novella.one_chapter(novella.paragraph("x", image))
        found = package(tmp_path, document=document)
        assert "textual" not in found.properties("schema:accessModeSufficient")
        assert "alternativeText" not in found.properties("schema:accessibilityFeature")
        assert "Not all pictures" in found.properties("schema:accessibilitySummary")[0]

    def test_no_alternatives_where_there_is_nothing_to_see(self, tmp_path: Path) -> None:
        found = package(tmp_path, {"output": {"epub": {"profile": "kindle"}}})
        assert found.properties("schema:accessMode") == ["textual"]
        assert "alternativeText" not in found.properties("schema:accessibilityFeature")

    def test_nobody_knows_whether_a_film_flashes(self, tmp_path: Path) -> None:
        path = tmp_path / "a.gif"
        frames = [Picture.new("RGB", (8, 6), colour) for colour in ("red", "blue")]
        frames[0].save(path, save_all=True, append_images=frames[1:])
        image = Image("a.gif", "A light", novella.HERE, path=str(path))
        found = package(tmp_path, document=novella.one_chapter(novella.paragraph("x", image)))
        assert found.properties("schema:accessibilityHazard") == ["unknown"]

    def test_no_claim_that_nobody_made(self, tmp_path: Path) -> None:
        assert package(tmp_path).properties("dcterms:conformsTo") == []

    def test_a_claim_with_its_certifier(self, tmp_path: Path) -> None:
        claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
        settings = {"output": {"epub": {"conformance": claim, "certifier": "Small Press"}}}
        found = package(tmp_path, settings)
        assert found.properties("dcterms:conformsTo") == [claim]
        assert found.properties("a11y:certifiedBy", "conformance") == ["Small Press"]

    def test_a_claim_that_the_book_contradicts(self, tmp_path: Path, picture: Path) -> None:
        claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
        context, found = novella.make_context(
            tmp_path, {"output": {"epub": {"conformance": claim, "certifier": "Small Press"}}}
        )
        settings = context.sources.add(
            tmp_path / "book.toml", f'[output.epub]\nconformance = "{claim}"\n'
        )
        text = context.sources.add(tmp_path / "m.md", "x\n![](lamp.png)\n")
        image = Image("lamp.png", None, text.span(2, 14), path=str(picture))
        document = novella.one_chapter(novella.paragraph("x", image))
        files = novella.members(novella.make_book(document, novella.METADATA, context, None))
        assert b"conformsTo" not in files["EPUB/content.opf"]
        assert b"certifiedBy" not in files["EPUB/content.opf"]
        (fault,) = found
        assert (fault.code, fault.severity) == ("A036", Severity.WARNING)
        assert fault.span is not None
        assert settings.text[fault.span.start : fault.span.end] == f'"{claim}"'
        assert fault.hints[0].span == image.span


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane Austen", "Austen, Jane"),
        ("Ursula K. Le Guin", "Le Guin, Ursula K."),
        ("Vincent van Gogh", "Gogh, Vincent van"),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
        ("Homer", "Homer"),
        ("Austen, Jane", "Austen, Jane"),
        ("Le Corbusier", "Corbusier, Le"),
    ],
)
def test_names_are_sorted_by_surname(name: str, expected: str) -> None:
    assert sort_name(name, "en") == expected


def test_family_names_that_stand_first_stay() -> None:
    assert sort_name("Mao Dun", "zh-Hans") == "Mao Dun"


@pytest.mark.parametrize(
    ("title", "language", "expected"),
    [
        ("The Lamp", "en-GB", "Lamp, The"),
        ("Die Lampe", "de", "Lampe, Die"),
        ("Die Lampe", "en", "Die Lampe"),
        ("The", "en", "The"),
    ],
)
def test_articles_go_behind(title: str, language: str, expected: str) -> None:
    assert sort_title(title, language) == expected
