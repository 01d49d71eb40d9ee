"""Shops' rules on any EPUB: our own keep them all, and each breach is named."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import novella
import pytest
from msgspec.structs import replace as replace_values
from PIL import Image

from bookforge.diagnostics import Severity
from bookforge.model.blocks import Figure
from bookforge.model.inlines import Image as Pictured
from bookforge.preflight.epub import check_epub, shops, validator
from bookforge.preflight.epub.access import examine, find_barriers
from bookforge.preflight.epub.package import Package, PackageError
from bookforge.preflight.epub.places import locate_nothing

FULL = {"book": {"subjects": ["Fiction"], "series": {"name": "Lights", "number": 2}}}
DESCRIBED = replace_values(
    novella.METADATA, date="2024", extra={"publisher": "Press", "description": "A book."}
)
PAGES = novella.page_map(("1", 6, -1), ("2", 8, 9))
Change = Callable[[dict[str, bytes]], None]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("shops")
    picture = folder / "a.png"
    Image.new("RGB", (800, 1280)).save(picture)
    context, _ = novella.make_context(folder, FULL)
    document = novella.everything(picture)
    return novella.members(novella.make_book(document, DESCRIBED, context, PAGES))


def pack(folder: Path, members: dict[str, bytes]) -> Package:
    path = folder / "book.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return Package(path)


def findings(package: Package) -> set[tuple[str, Severity]]:
    found = [*shops.find_breaches(package)]
    found += find_barriers(examine(package), package, locate_nothing)
    return {(one.code, one.severity) for one in found}


def picture(kind: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind)
    return buffer.getvalue()


def test_our_own_books_keep_every_rule(ours: dict[str, bytes], tmp_path: Path) -> None:
    ours = {**ours, "EPUB/images/cover.jpg": picture("JPEG", (1000, 1600))}
    assert findings(pack(tmp_path, ours)) == set()


def replace(name: str, old: str, new: str) -> Change:
    def change(members: dict[str, bytes]) -> None:
        assert old.encode() in members[name], (name, old)
        members[name] = members[name].replace(old.encode(), new.encode())

    return change


def put(name: str, data: bytes) -> Change:
    return lambda members: members.update({name: data})


OPF, NAV = "EPUB/content.opf", "EPUB/nav.xhtml"
CSS, COVER = "EPUB/css/book.css", "EPUB/images/cover.jpg"
CHAPTER = "EPUB/text/chapter-1.xhtml"
WARNING, NOTE = Severity.WARNING, Severity.NOTE
NAV_OF_ONE = (
    b'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
    b'lang="en"><body><nav epub:type="toc"><ol><li><a>x</a></li></ol></nav></body></html>'
)
DEEP = "<ol><li><a>x</a>" * 4 + "</li></ol>" * 4


@pytest.mark.parametrize(
    ("code", "severity", "change"),
    [
        ("E051", WARNING, put(CHAPTER, b" " * 10_000_001)),
        ("E052", WARNING, replace(OPF, "cover", "jacket")),
        ("E052", WARNING, replace(OPF, 'media-type="image/jpeg"', 'media-type="image/gif"')),
        ("E052", NOTE, replace(OPF, 'name="cover"', 'name="jacket"')),
        ("E053", NOTE, put(COVER, picture("JPEG", (500, 800)))),
        ("E053", WARNING, put(COVER, picture("PNG", (12000, 700)))),
        ("E054", WARNING, put(COVER, picture("JPEG", (2100, 2100)))),
        ("E055", WARNING, put(COVER, picture("JPEG", (900, 1200), "CMYK"))),
        ("E056", NOTE, replace(OPF, "eb-garamond-regular.ttf", "eb.woff2")),
        ("E057", WARNING, replace(OPF, "text/chapter-2.xhtml", "text/chapter%202.xhtml")),
        ("E058", NOTE, replace(NAV, "</nav>", f"{DEEP}</nav>")),
        ("E059", NOTE, put(NAV, NAV_OF_ONE)),
        ("E060", WARNING, replace(OPF, "<dc:language>en-GB<", "<dc:language><")),
        ("E061", NOTE, put(CSS, b"body { color: black }")),
        ("E061", NOTE, put(CSS, b"p.x, p { font-size: 12px }")),
        ("E061", NOTE, put(CSS, b".x { background: #fff }")),
        ("E062", NOTE, replace(CHAPTER, "</head>", "<script>x()</script></head>")),
        ("E063", WARNING, replace(OPF, "schema:accessibilityHazard", "pageBreakSource")),
        ("E064", NOTE, replace(OPF, "dc:description", "dc:relation")),
        ("A030", WARNING, replace("EPUB/text/cover.xhtml", "alt=", "title=")),
        ("A031", WARNING, replace(OPF, '"schema:accessMode"', '"schema:x"')),
        ("A032", WARNING, replace(OPF, "source-of", "source-off")),
        ("A033", WARNING, replace(CHAPTER, ' lang="en-GB" xml:lang="en-GB"', "")),
        ("A035", WARNING, replace(NAV, "page-list", "loi")),
    ],
)  # fmt: skip
def test_each_breach_is_named(
    code: str, severity: Severity, change: Change, ours: dict[str, bytes], tmp_path: Path
) -> None:
    members = {**ours, COVER: picture("JPEG", (1000, 1600))}
    change(members)
    assert (code, severity) in findings(pack(tmp_path, members))


def test_a_volume_without_a_series(tmp_path: Path) -> None:
    context, _ = novella.make_context(tmp_path)
    metadata = replace_values(novella.METADATA, title="Lights: Book 2")
    data = novella.make_book(novella.everything(), metadata, context, None)
    assert ("E065", NOTE) in findings(pack(tmp_path, novella.members(data)))


def test_a_claim_that_nobody_vouches_for(tmp_path: Path) -> None:
    claim = {"output": {"epub": {"conformance": "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"}}}
    context, _ = novella.make_context(tmp_path, claim)
    data = novella.make_book(novella.everything(), novella.METADATA, context, None)
    assert ("A034", WARNING) in findings(pack(tmp_path, novella.members(data)))


def test_pictures_without_words(tmp_path: Path) -> None:
    """Of our own making, and with a claim that somebody put into the file."""
    path = tmp_path / "a.png"
    path.write_bytes(picture("PNG", (8, 6)))
    image = Pictured("a.png", None, novella.HERE, path=str(path))
    context, _ = novella.make_context(tmp_path)
    document = novella.one_chapter(Figure(image, novella.HERE))
    members = novella.members(novella.make_book(document, DESCRIBED, context, None))
    access = examine(package := pack(tmp_path, members))
    assert (access.described, access.decorative, len(access.wordless)) == (1, 0, 1)
    said = list(access.say())
    assert "pictures: 1 with words, 0 marked as ornament, 1 with neither" in said
    assert "conformance: not claimed (nor can it be while pictures have no words)" in said
    assert ("A030", WARNING) in findings(package)
    claim = '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1</meta></metadata>'
    replace(OPF, "</metadata>", claim)(members)
    assert ("A036", WARNING) in findings(pack(tmp_path, members))


def test_a_file_of_more_than_a_gigabyte(
    ours: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shops, "_MOST_BYTES", {"Kobo": 1000})
    assert ("E050", WARNING) in findings(pack(tmp_path, ours))


def test_the_report_counts(ours: dict[str, bytes], tmp_path: Path) -> None:
    access = examine(pack(tmp_path, ours))
    assert access.to_json()["pages"] == {"marks": 2, "listed": 2}
    assert access.described >= 1
    said = list(access.say())
    assert "conformance: not claimed (a person may, by [output.epub] conformance)" in said
    assert any(line.startswith("accessMode: textual, visual") for line in said)


@pytest.mark.parametrize("opf", [b"", b"<package", b"<!DOCTYPE a [<!ENTITY b 'c'>]><package>&b;"])
def test_a_broken_package_is_a_finding(
    opf: bytes, ours: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validator, "is_installed", lambda: False)
    with pytest.raises(PackageError):
        pack(tmp_path, {**ours, OPF: opf})
    codes = [found.code for found in check_epub(tmp_path / "book.epub").findings]
    assert codes == ["E005", "E001"]
