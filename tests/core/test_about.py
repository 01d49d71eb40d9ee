"""What an EPUB says of itself; what is no EPUB is refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.about import Unreadable, read_member, read_package
from tests.serve.books import FULL, UUID, metadata, picture, write_epub


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A book of which everything is said, with a member of 512,000 bytes."""
    (tmp_path / "full").mkdir()
    members = {"big.bin": bytes(range(256)) * 2_000}
    return write_epub(tmp_path / "full" / "Żółw.epub", FULL, picture(), members)


def test_everything_said(full: Path) -> None:
    about = read_package(full)
    assert about.title == "Żółw & <Kettle>"
    assert about.authors == ("A. Writer", "Élise Ünal")
    assert (about.language, about.identifier) == ("en", f"urn:uuid:{UUID}")
    assert (about.publisher, about.issued) == ("Kettle & Sons", "1917-05-02")
    assert about.description == "Of water & steam."
    assert about.subjects == ("Kitchens", "Steam")
    assert (about.series, about.number) == ("The Kitchen", "2")
    assert about.cover == "OEBPS/img/my cover.png"


def test_only_authors_are_authors(tmp_path: Path) -> None:
    others = (
        '<dc:creator id="t">T. Ranslator</dc:creator>'
        '<meta refines="#t" property="role">trl</meta>'
        '<dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="ill">I. Ll</dc:creator>'
    )
    path = write_epub(tmp_path / "a.epub", metadata("T", "A. Writer", more=others))
    assert read_package(path).authors == ("A. Writer",)


def test_calibres_series_and_cover_by_name(tmp_path: Path) -> None:
    more = (
        '<meta name="calibre:series" content="S"/><meta name="calibre:series_index" content="3"/>'
    )
    about = read_package(write_epub(tmp_path / "a.epub", metadata("T", more=more)))
    assert (about.series, about.number) == ("S", "3")


def test_a_book_without_a_title_has_its_files_name(tmp_path: Path) -> None:
    assert read_package(write_epub(tmp_path / "some.epub", "")).title == "some"


def test_long_texts_and_control_characters(tmp_path: Path) -> None:
    more = f"<dc:description>{'word ' * 50_000}</dc:description><dc:subject>a&#133;b</dc:subject>"
    about = read_package(write_epub(tmp_path / "a.epub", metadata("x" * 9_000, more=more)))
    assert len(about.title) == 500
    assert len(about.description) < 4_001
    assert about.subjects == ("a b",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged or not complete"),
        (b"%PDF-1.7", "damaged or not complete"),
        (b"PK\x05\x06" + b"\0" * 18, "it has no META-INF/container.xml"),
    ],
)
def test_what_is_no_epub(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.epub").write_bytes(data)
    with pytest.raises(Unreadable, match=reason):
        read_package(tmp_path / "a.epub")


@pytest.mark.parametrize(
    ("member", "data", "reason"),
    [
        ("META-INF/container.xml", b"<container/>", "it has no package document"),
        ("META-INF/container.xml", b"<container", "its package document is damaged"),
        ("OEBPS/book.opf", b" " * 10_000_001, "its OEBPS/book.opf is too large"),
    ],
)
def test_broken_packages(tmp_path: Path, member: str, data: bytes, reason: str) -> None:
    path = write_epub(tmp_path / "a.epub", metadata("T"), extra={member: data})
    with pytest.raises(Unreadable, match=reason):
        read_package(path)


def test_half_a_file(tmp_path: Path, full: Path) -> None:
    data = full.read_bytes()
    (tmp_path / "a.epub").write_bytes(data[: len(data) // 2])
    with pytest.raises(Unreadable, match="damaged or not complete"):
        read_package(tmp_path / "a.epub")


def test_xml_reads_nothing_from_outside(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    package = f"""<!DOCTYPE p [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>
    <package xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&s;</dc:title></package>"""
    members = {"OEBPS/book.opf": package.encode()}
    assert read_package(write_epub(tmp_path / "a.epub", "", extra=members)).title == "&s;"


def test_entities_do_not_multiply(tmp_path: Path) -> None:
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    package = f"""<!DOCTYPE p [<!ENTITY e0 "boom">{lines}]>
    <package xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>&e11;</dc:title></package>"""
    path = write_epub(tmp_path / "a.epub", "", extra={"OEBPS/book.opf": package.encode()})
    with pytest.raises(Unreadable, match="its package document is damaged"):
        read_package(path)


def test_a_member_is_read_up_to_its_limit(full: Path) -> None:
    assert len(read_member(full, "big.bin", 512_000)) == 512_000
    with pytest.raises(Unreadable, match="too large"):
        read_member(full, "big.bin", 511_999)


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2020", "2020"),
        ("2020-05", "2020-05"),
        ("2020-05-17T10:00:00+02:00", "2020-05-17"),
        ("2020-02-30", "2020"),
        ("2020-13", "2020"),
        # What calibre writes where nothing is known.
        ("0101-01-01T00:00:00+00:00", ""),
        ("May 2020", ""),
    ],
)
def test_dates(tmp_path: Path, said: str, date: str) -> None:
    told = metadata("T", more=f"<dc:date>{said}</dc:date>")
    assert read_package(write_epub(tmp_path / "a.epub", told)).issued == date


@pytest.mark.parametrize(
    ("said", "tag"),
    [("en_US", "en-US"), ("zh-Hant-TW", "zh-Hant-TW"), ("x", ""), ("in English", "")],
)
def test_languages(tmp_path: Path, said: str, tag: str) -> None:
    told = metadata("T").replace("<dc:language>en<", f"<dc:language>{said}<")
    assert read_package(write_epub(tmp_path / "a.epub", told)).language == tag


@pytest.mark.parametrize(
    ("said", "identifier"),
    [
        ("urn:isbn:9780306406157", "urn:isbn:9780306406157"),
        ("https://example.org/a%20b?c=d", "https://example.org/a%20b?c=d"),
        ("https://example.org/<b>", ""),
        ("http://example.org/50%", ""),
        ("9780306406157", ""),
        ("urn:uuid:é", ""),
    ],
)
def test_identifiers(tmp_path: Path, said: str, identifier: str) -> None:
    told = metadata("T").replace(UUID, said.replace("<", "&lt;"))
    assert read_package(write_epub(tmp_path / "a.epub", told)).identifier == identifier
