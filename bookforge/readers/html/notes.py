"""Footnotes of pages: marks that lead to a note, and the elements that hold the notes.

EPUB says it by `epub:type` or `role`; Word, LibreOffice and pandoc by names of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bookforge.readers.flow.pieces import Piece
from bookforge.readers.flow.remarks import Remarks
from bookforge.readers.html.looks import tag_of
from bookforge.regex import regex

if TYPE_CHECKING:
    from bookforge.readers.html.walk import Page

__all__ = ["Notes", "types_of"]

_TYPE = "{http://www.idpf.org/2007/ops}type"
_CLASSES = frozenset(
    {"footnote-ref", "noteref", "sdfootnoteanc", "sdendnoteanc", "footnote-anchor"}
)
_TARGET = regex(r"_?(?:ftn|edn|sdfootnote|sdendnote)\d+(?:sym)?", re.I)
_HOLDERS = ("aside", "li", "div", "dd", "section", "p", "td")
# Elements with more words than this are no note but the page around it.
_MOST = 20_000


def types_of(element: Any) -> frozenset[str]:
    """What an element is said to be: `epub:type`, and `role` without its prefix."""
    said = element.get(_TYPE) or element.get("epub:type") or ""
    roles = [one.removeprefix("doc-") for one in element.get("role", "").split()]
    return frozenset((*said.split(), *roles))


@dataclass
class Notes:
    """The notes of a book: id by mark, element by id, and every element that is taken up."""

    marks: dict[Any, str] = field(default_factory=dict)
    holders: dict[Any, str] = field(default_factory=dict)
    places: list[tuple[str, Any, Page]] = field(default_factory=list)
    # Whether an element is small enough to be a note: asked once, however many marks lead there.
    _small: dict[Any, bool] = field(default_factory=dict)

    @classmethod
    def find(cls, pages: Sequence[Page], prefix: str) -> Notes:
        """Pair every mark with the element that it leads to, in any page of the book."""
        anchors: dict[str, tuple[Any, Page]] = {}
        for page in pages:
            for element in page.root.iter():
                if not isinstance(element.tag, str):
                    continue
                name = element.get("id") or (tag_of(element) == "a" and element.get("name"))
                if name:
                    anchors.setdefault(f"{page.name}#{name}", (element, page))
        notes = cls()
        for page in pages:
            for link in page.root.iter("{*}a", "a"):
                target = page.resolve_link(link.get("href", ""))
                if _is_mark(link) and target in anchors:
                    notes._add(link, *anchors[target], prefix)
        return notes

    def _add(self, link: Any, element: Any, page: Page, prefix: str) -> None:
        holder = self._find_holder(element)
        if holder is None or any(up is holder for up in link.iterancestors()):
            return
        if holder not in self.holders:
            name = f"{prefix}n{len(self.holders) + 1}"
            self.holders[holder] = name
            self.places.append((name, holder, page))
        self.marks[link] = self.holders[holder]

    def _find_holder(self, element: Any) -> Any:
        """The element of the whole note: an aside, an item, a division, else a paragraph."""
        for one in (element, *element.iterancestors()):
            tag = tag_of(one)
            if tag == "body":
                return None
            if tag in _HOLDERS and not (tag == "p" and _is_alone_in_division(one)):
                if one not in self._small:
                    self._small[one] = sum(map(len, one.itertext())) < _MOST
                return one if self._small[one] else None
        return None

    def read(self, remarks: Remarks) -> Iterator[tuple[str, list[Piece]]]:
        """The notes' texts by their ids."""
        from bookforge.readers.html.walk import Walker

        for name, holder, page in self.places:
            pieces = Walker(page, self, remarks).walk_note(holder)
            if any(run.text.strip() for piece in pieces for run in piece.runs):
                yield name, pieces

    def is_back_link(self, link: Any) -> bool:
        """The number or arrow in a note that leads back to its mark."""
        types = types_of(link)
        if "backlink" in types or "footnote-back" in link.get("class", "").split():
            return True
        names = link.get("class", "").split()
        back = re.search(
            r"#_?(?:ftnref|ednref|sdfootnote\d+anc|sdendnote\d+anc)", link.get("href", "")
        )
        return bool(back) or "sdfootnotesym" in names or "sdendnotesym" in names


def _is_mark(link: Any) -> bool:
    href = link.get("href", "")
    if "#" not in href:
        return False
    if "noteref" in types_of(link) or _CLASSES & set(link.get("class", "").split()):
        return True
    return _TARGET.fullmatch(href.rpartition("#")[2]) is not None


def _is_alone_in_division(paragraph: Any) -> bool:
    """Word and LibreOffice put each note into a division with an id of its own."""
    parent = paragraph.getparent()
    if parent is None or tag_of(parent) not in ("div", "aside", "li"):
        return False
    return bool(re.match(r"(?:ftn|edn|sdfootnote|sdendnote)\d+", parent.get("id", "")))
