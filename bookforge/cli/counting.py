"""How long a book is: words, characters, reading time by section."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bookforge.model.blocks import Block
from bookforge.model.document import Document
from bookforge.model.walk import inline_runs, plain
from bookforge.regex import regex

# Silent reading of English fiction: 260 words a minute (Brysbaert, How many words do we read per
# minute?, Journal of Memory and Language 109, 2019).
_WORDS_A_MINUTE = 260
# Scripts without spaces between words are counted by letter, two to a word.
_UNSPACED = regex("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_WORD = regex(r"\w[\w'’·-]*")


@dataclass(frozen=True, slots=True)
class Count:
    """The length of one section."""

    title: str
    level: int
    words: int
    characters: int

    @property
    def minutes(self) -> float:
        return self.words / _WORDS_A_MINUTE


def count(document: Document) -> list[Count]:
    """The length of each section, in reading order; notes count as one more."""
    counts = []
    for section in document.sections:
        title = " ".join(part for part in (section.label, plain(section.title)) if part)
        text = _text(section.blocks)
        counts.append(Count(title or section.kind.value, section.level, _words(text), len(text)))
    if notes := _text(block for note in document.notes for block in note.blocks):
        counts.append(Count("notes", 1, _words(notes), len(notes)))
    return counts


def as_json(counts: Sequence[Count]) -> dict[str, Any]:
    """The object of `stats --json`."""
    return {
        "words": sum(one.words for one in counts),
        "characters": sum(one.characters for one in counts),
        "minutes": round(sum(one.minutes for one in counts), 1),
        "sections": [
            {
                "title": one.title,
                "level": one.level,
                "words": one.words,
                "characters": one.characters,
                "minutes": round(one.minutes, 1),
            }
            for one in counts
        ],
    }


def as_text(counts: Sequence[Count]) -> str:
    """A table for people."""
    whole = Count("all", 1, sum(c.words for c in counts), sum(c.characters for c in counts))
    return "\n".join(
        [f"{'words':>9} {'characters':>11} {'time':>7}", *(_row(one) for one in (*counts, whole))]
    )


def _row(one: Count) -> str:
    minutes = round(one.minutes)
    time = f"{minutes // 60} h {minutes % 60:02}" if minutes >= 60 else f"{minutes} min"
    return f"{one.words:9,} {one.characters:11,} {time:>7}  {'  ' * (one.level - 1)}{one.title}"


def _text(blocks: Iterable[Block]) -> str:
    return "\n".join(plain(run) for run in inline_runs(blocks))


def _words(text: str) -> int:
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + (unspaced + 1) // 2
