"""Words of a manuscript, of an EPUB and of a PDF's pages, made comparable."""

from __future__ import annotations

import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

# A word is a run of letters and digits: marks, spaces and markup are not compared.
_WORD = re.compile(r"[^\W_]+")
# Files of the EPUB that hold only what bookforge writes itself.
_GENERATED = re.compile(r"(^|/)(nav|cover|title-?page|copyright|also-by|half-title)[^/]*\.xhtml$")


def words(text: str) -> list[str]:
    """The words of a text, without case, soft hyphens and apostrophes."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad\n", "").replace("\u00ad", "")
    text = re.sub(r"(?<=\w)[_*]*['’][_*]*(?=\w)", "", text)
    return _WORD.findall(text.casefold())


class _Text(HTMLParser):
    """Text of an XHTML document; blocks part words, page breaks and links back are left out."""

    _INLINE = frozenset({"em", "i", "b", "strong", "span", "a", "cite", "code", "small", "sup"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skip: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        role = dict(attrs).get("role") or ""
        generated = tag in ("head", "title") or role in ("doc-backlink", "doc-noteref")
        if self._skip or generated:
            if tag not in ("meta", "link", "br", "img", "hr"):
                self._skip.append(tag)
        elif tag not in self._INLINE:
            self.parts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._skip and tag not in self._INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            if tag == self._skip[-1]:
                self._skip.pop()
        elif tag not in self._INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.parts.append(data)


def spine_documents(path: Path) -> Iterator[tuple[str, str]]:
    """Name and source of each XHTML document in reading order."""
    with zipfile.ZipFile(path) as book:
        container = book.read("META-INF/container.xml").decode()
        package = re.search(r'full-path="([^"]+)"', container)
        assert package is not None
        opf = book.read(package[1]).decode()
        folder = package[1].rpartition("/")[0]
        hrefs = {}
        for item in re.findall(r"<item\b[^>]*>", opf):
            facts = dict(re.findall(r'([\w:-]+)="([^"]*)"', item))
            hrefs[facts["id"]] = facts["href"]
        for reference in re.findall(r'<itemref\b[^>]*idref="([^"]+)"', opf):
            name = f"{folder}/{hrefs[reference]}" if folder else hrefs[reference]
            yield name, book.read(name).decode()


def epub_words(path: Path) -> list[str]:
    """The words of a book's own documents in reading order."""
    found: list[str] = []
    for name, source in spine_documents(path):
        if not _GENERATED.search(name):
            parser = _Text()
            parser.feed(source)
            found += words("".join(parser.parts))
    return found


def pdf_words(path: Path, box: tuple[float, float, float, float], first: int) -> list[str]:
    """The words inside `box` (x, y, width, height; points from the top left), from page `first`."""
    x, y, width, height = (str(round(value)) for value in box)
    done = subprocess.run(
        [
            "pdftotext",
            "-raw",
            "-f",
            str(first),
            "-x",
            x,
            "-y",
            y,
            "-W",
            width,
            "-H",
            height,
            "-nopgbrk",
            str(path),
            "-",
        ],
        capture_output=True,
        check=True,
    )
    return words(done.stdout.decode())


def first_difference(wanted: Sequence[str], got: Sequence[str]) -> str:
    """Where two lists of words part, in words; "" when they do not."""
    for index, (one, other) in enumerate(zip(wanted, got, strict=False)):
        if one != other:
            before = " ".join(wanted[max(0, index - 6) : index])
            return (
                f"word {index} after «{before}»: wanted «{' '.join(wanted[index : index + 6])}», "
                f"got «{' '.join(got[index : index + 6])}»"
            )
    if len(wanted) != len(got):
        shorter = min(len(wanted), len(got))
        rest = " ".join((wanted[shorter:] or got[shorter:])[:8])
        return f"lengths {len(wanted)} and {len(got)}; rest «{rest}»"
    return ""
