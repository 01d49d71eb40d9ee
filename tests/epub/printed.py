"""Printed pages against their marks: what each page of a PDF begins with, read by poppler, and
what follows each mark in the EPUB."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
# Letters that must agree: enough to tell words apart, and no more than “Contents” has.
_LETTERS = 8


class MarkedText(NamedTuple):
    """Letters and digits of a book in reading order, and where its page marks stand in them."""

    letters: str
    marks: list[tuple[str, int]]
    listed: list[str]


def can_read() -> bool:
    return shutil.which("pdftotext") is not None


def read_pdf(path: Path) -> list[str]:
    """The letters of each page."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return [_letters(page) for page in done.stdout.decode().split("\f")[:-1]]


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text)).casefold()


def read_epub(path: Path) -> MarkedText:
    """Text and marks of the spine's files, notes left out as they stand elsewhere in print."""
    with zipfile.ZipFile(path) as archive:
        package = ElementTree.fromstring(archive.read("EPUB/content.opf"))
        files = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
        spine = [files[item.get("idref")] for item in package.iter(f"{OPF}itemref")]
        pages = [ElementTree.fromstring(archive.read(f"EPUB/{name}")) for name in spine]
        nav = ElementTree.fromstring(archive.read("EPUB/nav.xhtml"))
    parts: list[str] = []
    marks: list[tuple[str, int]] = []
    count = 0
    for page in pages:
        for what, words in _walk(page.find(f"{XHTML}body")):
            if what == "mark":
                marks.append((words, count))
            else:
                parts.append(_letters(words))
                count += len(parts[-1])
    lists = [one for one in nav.iter(f"{XHTML}nav") if one.get(f"{EPUB}type") == "page-list"]
    listed = [link.text or "" for one in lists for link in one.iter(f"{XHTML}a")]
    return MarkedText("".join(parts), marks, listed)


def _walk(element: ElementTree.Element | None) -> Iterator[tuple[str, str]]:
    if element is None or element.get("class") in ("unseen", "ornament"):
        return
    if element.tag == f"{XHTML}div" and element.get("class") == "notes":
        return
    if element.get(f"{EPUB}type") == "pagebreak":
        yield "mark", element.get("aria-label") or ""
    yield "text", element.text or ""
    for child in element:
        yield from _walk(child)
        yield "text", child.tail or ""


def misplaced(pages: list[str], book: MarkedText, heads: set[str]) -> list[str]:
    """Pages whose first words do not follow their mark; `heads` are what may stand above them.

    Marks that stand together are of pages without words before the last of them, or of contents
    of several pages: `nav` takes no marks inside its list.
    """
    wrong = []
    places = [at for _, at in book.marks]
    for number, (page, (label, at)) in enumerate(zip(pages, book.marks, strict=True)):
        if at in places[:number] and book.letters.startswith("contents", at):
            continue
        wanted = book.letters[at : at + _LETTERS]
        above = page.partition(wanted)[0] if wanted and wanted in page else page
        above = above.removeprefix(label).removesuffix(label)
        if page and not any(head.startswith(above) for head in heads):
            wrong.append(f"{label}: {page[:60]} / {wanted}")
    return wrong


def heads_of(*words: str) -> set[str]:
    return {_letters(word) for word in words}
