"""The ways back from a note: one to each of its marks (DPUB-ARIA, doc-backlink).

In: marks and notes in the order in which they are written. Out: links. A mark in a later file than
its note's is known too late; the note's links are then written anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from bookforge.render.epub.markup import attribute


class Late(NamedTuple):
    """What replaces the links of a note that was marked again after it was written."""

    note: str
    old: str
    new: str


class Backlinks:
    """Gathers the marks of all notes of a book."""

    def __init__(self) -> None:
        self._marks: dict[str, list[str]] = {}
        self._written: dict[str, tuple[int, str, str]] = {}

    def add(self, note: str, address: str) -> None:
        """A mark of a note stands at an address, as seen from the note."""
        self._marks.setdefault(note, []).append(address)

    def write(self, note: str, number: int, words: str) -> str:
        """The links of a note to its marks so far, with a space behind; `words` name them."""
        links = _write_links(self._marks.get(note, ()), number, words)
        self._written[note] = (number, words, links)
        return links

    def find_late(self) -> Iterator[Late]:
        """The notes that were marked again since they were written."""
        for note, (number, words, old) in self._written.items():
            new = _write_links(self._marks.get(note, ()), number, words)
            if new != old:
                yield Late(note, old, new)


def _write_links(addresses: Sequence[str], number: int, words: str) -> str:
    """A note with several marks has its number once and a letter for each: 3a b."""
    if len(addresses) < 2:
        address = addresses[0] if addresses else f"#call-{number}"
        return _write_link(address, str(number), f"{number}: {words}")
    links = []
    for place, address in enumerate(addresses):
        letter = _letter(place)
        shown = f"<sup>{letter}</sup>"
        label = f"{number}{letter}: {words}"
        links.append(_write_link(address, shown if place else f"{number}{shown}", label))
    return "".join(links)


def _write_link(address: str, shown: str, label: str) -> str:
    return (
        f'<a class="number" role="doc-backlink" href="{address}" '
        f'aria-label="{attribute(label)}">{shown}</a> '
    )


def _letter(place: int) -> str:
    """a to z, then a2 to z2."""
    turn, rest = divmod(place, len(ascii_lowercase))
    return ascii_lowercase[rest] + (str(turn + 1) if turn else "")
