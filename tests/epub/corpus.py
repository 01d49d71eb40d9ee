"""The books that whole-corpus suites try, and what a finished e-book shows of its text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from bookforge import pipeline
from bookforge.model.document import Document, Section, SectionKind
from bookforge.model.walk import plain, stream
from bookforge.render.epub.kinds import LEFT_OUT
from tests.conftest import shared_folder

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "manuscripts/the-laurel-road.md"
XHTML = "{http://www.w3.org/1999/xhtml}"
_SHORT = 4_000  # bytes
_OPF = "{http://www.idpf.org/2007/opf}"


class Made(NamedTuple):
    """A book that was built: its name, its document, and the e-book in both forms."""

    name: str
    document: Document
    epub: Path
    kepub: Path


def list_books() -> list[Path]:
    """The sample, every language, and of the corpus: the seed, the books of three sizes, the texts.

    The shortest come first.
    """
    shared = shared_folder()
    found = [
        SAMPLE,
        *(ROOT / "tests/cases/tongues").iterdir(),
        *(shared / "manuscripts").glob("seed.txt"),
        *(shared / "corpus/perf").glob("?.md"),
        *(shared / "corpus/chapters/texts").glob("*.*"),
    ]
    return sorted(found, key=lambda path: (path.stat().st_size, path.name))


def list_short_books() -> list[Path]:
    """Those that even a browser opens within seconds."""
    return [path for path in list_books() if path.stat().st_size < _SHORT]


def make(path: Path, out: Path, *settings: str) -> Made:
    """Build a book's e-book in both forms; the sample with all that its book.toml says."""
    wishes = (*settings, "output.epub.kepub=true")
    source = ROOT if path == SAMPLE else path
    request = pipeline.Request(source, overrides=wishes, out=out / path.stem)
    book = pipeline.find_book(request, lambda found: None)
    made = pipeline.build(book, ("epub",), lambda found: None, use_cache=False)
    files = {file.kind: file.path for file in made.files}
    document = pipeline.prepare(book, lambda found: None).document
    return Made(path.stem, document, files["epub"], files["kepub"])


def read_spine(path: Path) -> dict[str, ElementTree.Element]:
    """The bodies of an e-book in reading order, by the names of their files."""
    with zipfile.ZipFile(path) as archive:
        package = ElementTree.fromstring(archive.read("EPUB/content.opf"))
        names = {item.get("id"): item.get("href") for item in package.iter(f"{_OPF}item")}
        spine = [f"EPUB/{names[ref.get('idref')]}" for ref in package.iter(f"{_OPF}itemref")]
        pages = {name: ElementTree.fromstring(archive.read(name)) for name in spine}
    return {name: _body(page) for name, page in pages.items()}


def _body(page: ElementTree.Element) -> ElementTree.Element:
    body = page.find(f"{XHTML}body")
    assert body is not None
    return body


def bare(text: str) -> str:
    """The characters without white space; browsers count U+FEFF to that."""
    return "".join(text.replace("\ufeff", "").split())


def shown(body: ElementTree.Element) -> str:
    """The characters that a reading system shows."""
    return bare("".join(_texts(body, _is_hidden)))


def _is_hidden(element: ElementTree.Element) -> bool:
    return element.get("hidden") is not None or element.get("class") == "unseen"


def told(made: Made) -> tuple[str, dict[str, str]]:
    """The characters of the document, without pages made from metadata, and of each note."""
    sections = [section for section in made.document.sections if _is_text(section)]
    text = "".join(
        section.label + plain(section.title) + "".join(node.text for node in stream(section.blocks))
        for section in sections
    )
    notes = {
        str(note.number or place): bare("".join(node.text for node in stream(note.blocks)))
        for place, note in enumerate(made.document.notes, 1)
    }
    return bare(text), notes


def _is_text(section: Section) -> bool:
    if section.kind in LEFT_OUT or section.kind is SectionKind.TITLE_PAGE:
        return False
    return not section.editions or "epub" in section.editions


def written(path: Path) -> tuple[str, dict[str, str]]:
    """The same of a finished e-book."""
    parts: list[str] = []
    notes: dict[str, str] = {}
    for name, body in read_spine(path).items():
        if name.endswith(("nav.xhtml", "text/cover.xhtml", "text/title-page.xhtml")):
            continue
        parts += _texts(body, _is_note)
        for aside in body.iter(f"{XHTML}aside"):
            number = str(aside.get("id")).removeprefix("note-")
            notes[number] = bare("".join(_texts(aside, _is_number)))
    return bare("".join(parts)), notes


def _is_note(element: ElementTree.Element) -> bool:
    return element.get("class") == "call" or (element.tag == f"{XHTML}div" and _is_notes(element))


def _is_notes(element: ElementTree.Element) -> bool:
    """A section may be called so too: the writer's own notes."""
    return element.get("class") == "notes"


def _is_number(element: ElementTree.Element) -> bool:
    return element.get("class") in ("number", "call")


def _texts(element: ElementTree.Element, leave_out: object) -> Iterator[str]:
    """All text in an element but for that of some elements in it."""
    assert callable(leave_out)
    yield element.text or ""
    for child in element:
        if not leave_out(child):
            yield from _texts(child, leave_out)
        yield child.tail or ""
