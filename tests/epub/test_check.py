"""`bookforge check FILE.epub`: the real EPUBCheck, or a word why not."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from bookforge.diagnostics import Severity
from bookforge.preflight.epub import check_epub, validator
from bookforge.preflight.epub.meanings import explain
from bookforge.preflight.epub.places import Place, locate_nothing
from bookforge.preflight.epub.validator import Message, ToolError, is_installed


def test_a_text_file_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_text("not a zip")
    assert [found.code for found in check_epub(path).findings] == ["E001"]


def test_a_missing_file(tmp_path: Path) -> None:
    assert [found.code for found in check_epub(tmp_path / "gone.epub").findings] == ["E001"]


def test_a_zip_is_no_epub(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    (found,) = check_epub(path).findings
    assert found.code == "E001"
    assert "container.xml" in found.message


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.epub").touch()
    assert check_epub(tmp_path / "a.epub").findings[0].message.endswith(": it is empty")


CONTAINER = '<container><rootfiles><rootfile full-path="{}"/></rootfiles></container>'


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"META-INF/container.xml": "<a>"}, "META-INF/container.xml is no well-formed XML: "),
        ({"META-INF/container.xml": "<a/>"}, "META-INF/container.xml names no package document"),
        (
            {"META-INF/container.xml": CONTAINER.format("b.opf")},
            "META-INF/container.xml names b.opf as package document, which is missing",
        ),
        (
            {"META-INF/container.xml": CONTAINER.format("b.opf"), "b.opf": "<package>\n<a>"},
            "b.opf is no well-formed XML: ",
        ),
    ],
)
def test_why_a_package_cannot_be_read(
    files: dict[str, str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validator, "is_installed", lambda: False)
    path = pack(tmp_path, {name: text.encode() for name, text in files.items()})
    found = check_epub(path).findings[-1]
    assert found.code == "E001"
    assert reason in found.message


def pack(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


PACKAGE = """<package><manifest><item id="a" href="a.ttf" media-type="font/ttf"/>
<item id="b" href="b.otf" media-type="font/otf"/><item id="c" href="c.otf" media-type="font/otf"/>
</manifest></package>"""
ENCRYPTED = '<encryption><CipherReference URI="c.otf"/></encryption>'


def test_fonts_that_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Obfuscated ones are not judged."""
    monkeypatch.setattr(validator, "is_installed", lambda: False)
    files = {
        "META-INF/container.xml": CONTAINER.format("b.opf").encode(),
        "META-INF/encryption.xml": ENCRYPTED.encode(),
        "b.opf": PACKAGE.encode(),
        "a.ttf": b"<html>not found</html>",
        "b.otf": b"OTTO and more",
        "c.otf": b"scrambled",
    }
    found = [one for one in check_epub(pack(tmp_path, files)).findings if one.code == "E007"]
    assert [one.message for one in found] == [
        "a.ttf is no font, so readers show another in its place"
    ]


PAGES = """<package><manifest>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="c.css" media-type="text/css"/></manifest></package>"""


def test_texts_that_are_not_utf8(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those that say so EPUBCheck complains."""
    monkeypatch.setattr(validator, "is_installed", lambda: False)
    files = {
        "META-INF/container.xml": CONTAINER.format("b.opf").encode(),
        "b.opf": PAGES.encode(),
        "a.xhtml": "<html>\n<p>caf\u00e9</p></html>".encode("latin-1"),
        "b.xhtml": "<?xml version='1.0' encoding='latin1'?><p>\u00e9</p>".encode("latin-1"),
        "c.css": "/* caf\u00e9 */".encode(),
    }
    found = [one for one in check_epub(pack(tmp_path, files)).findings if one.code == "E008"]
    assert [one.hints[0].message for one in found] == ["at a.xhtml:2"]


@pytest.fixture
def shell(tmp_path: Path) -> Path:
    """A file that looks like an EPUB from outside."""
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
    return path


def test_without_the_extra_that_is_said(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validator, "is_installed", lambda: False)
    found, _ = check_epub(shell).findings
    assert (found.code, found.severity) == ("E005", Severity.NOTE)


def test_severities(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    messages = [
        Message("RSC-012", "ERROR", "Wrong.", Place("a.xhtml", 3), 4),
        Message("PKG-010", "WARNING", "Odd.", None, 1),
        Message("OPF-090", "USAGE", "Unusual.", None, 1),
        Message("CSS-028", "USAGE", "A font.", None, 9),
    ]
    monkeypatch.setattr(validator, "run_epubcheck", lambda path: messages)
    monkeypatch.setattr(validator, "is_installed", lambda: True)
    found = check_epub(shell).findings
    assert [diagnostic.code for diagnostic in found] == ["E002", "E003", "E004", "E001"]
    assert found[0].message == "EPUBCheck RSC-012: Wrong (4 times)"
    assert [hint.message for hint in found[0].hints] == ["first at a.xhtml:3", explain("RSC-012")]


def test_what_follows_from_a_broken_file_is_left_out(
    shell: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = Place("a.xhtml", 3)
    messages = [
        Message("RSC-005", "ERROR", "Not here.", page, 20),
        Message("RSC-016", "FATAL", "No end tag.", page, 1),
        Message("RSC-007", "ERROR", "Gone.", Place("b.xhtml", 1), 1),
        Message("OPF-003", "USAGE", "Not listed.", None, 1),
    ]
    assert told(messages, shell, monkeypatch) == ["RSC-016", "RSC-007", "OPF-003"]
    messages[1] = Message("RSC-016", "FATAL", "No end tag.", Place("b.opf", 3), 1)
    assert told(messages, shell, monkeypatch) == ["RSC-005", "RSC-016", "RSC-007"]


def told(messages: list[Message], path: Path, patch: pytest.MonkeyPatch) -> list[str]:
    patch.setattr(validator, "run_epubcheck", lambda _: messages)
    patch.setattr(validator, "is_installed", lambda: True)
    found = [one.message.split() for one in validator.validate(path, locate_nothing)]
    return [words[1].rstrip(":") for words in found]


def test_a_cover_without_a_page_is_known(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = 'Resource "{}" is listed in the manifest, but no reference to it was found.'
    messages = [
        Message("OPF-097", "USAGE", said.format(f"EPUB/images/{name}.jpg"), None, 1)
        for name in ("cover", "stray")
    ]
    monkeypatch.setattr(validator, "run_epubcheck", lambda path: messages)
    monkeypatch.setattr(validator, "is_installed", lambda: True)
    (found,) = validator.validate(shell, locate_nothing, "EPUB/images/cover.jpg")
    assert "stray.jpg" in found.message


def test_long_lists_of_elements_are_left_out(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ", ".join(f'"{name}"' for name in "abcdefghijklmnopqrstuvwxyz" * 2)
    short = 'element "b" not allowed here; expected the element "a"'
    messages = [
        Message("RSC-005", "ERROR", f'element "p" not allowed here; expected {names}', None, 1),
        Message("RSC-005", "ERROR", short, None, 1),
    ]
    monkeypatch.setattr(validator, "run_epubcheck", lambda path: messages)
    monkeypatch.setattr(validator, "is_installed", lambda: True)
    assert [one.message for one in validator.validate(shell, locate_nothing)] == [
        'EPUBCheck RSC-005: element "p" not allowed here',
        f"EPUBCheck RSC-005: {short}",
    ]


def test_a_tool_that_breaks(shell: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 1, b"", b"no memory")

    monkeypatch.setattr(validator, "is_installed", lambda: True)
    monkeypatch.setattr(validator, "_command", lambda: ["java"])
    monkeypatch.setattr("subprocess.run", fail)
    with pytest.raises(ToolError):
        validator.run_epubcheck(shell)
    found, _ = check_epub(shell).findings
    assert found.code == "E006"
    assert found.hints[0].message == "no memory"


@pytest.mark.skipif(not is_installed(), reason="EPUBCheck is not installed")
def test_a_faulty_book_is_found_faulty(shell: Path) -> None:
    assert "E002" in {found.code for found in check_epub(shell).findings}
