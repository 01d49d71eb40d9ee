"""The workshop: founts by voice, runs from inlines, words learned together.

In: inlines and a `BlockStyle`. Out: `Run`s whose words have been shaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeAlias, assert_never

from msgspec import Struct
from msgspec.structs import replace

from bookforge.diagnostics import Span
from bookforge.fonts.face import FaceKey, Family
from bookforge.model.inlines import (
    Code,
    Emphasis,
    Foreign,
    Image,
    Inline,
    LineBreak,
    Link,
    NoteRef,
    SmallCaps,
    Strong,
    Text,
)
from bookforge.typeset.faces import (
    ALL_SMALL_CAPS,
    OLD_STYLE,
    SMALL_CAPS,
    SUPERIOR,
    Fount,
    open_face,
)
from bookforge.typeset.frames import Phrase, Tag
from bookforge.typeset.hyphenate import forget_words
from bookforge.typeset.items import Run, loosen
from bookforge.typeset.phrases import call_note
from bookforge.typeset.shape import Box, Case, Gaps
from bookforge.typeset.style import BlockStyle, Caps


class Voice(Struct, frozen=True):
    """How a stretch of text sounds: what decides its fount."""

    size: float
    italic: bool = False
    bold: bool = False
    caps: Caps = Caps.NONE
    tracking: float = 0.0
    superior: bool = False
    mono: bool = False
    lining: bool = False
    language: str = "en"
    display: bool = False


# Superior figures for faces that have none: their size and rise as shares of the text's.
FEIGNED_SIZE, FEIGNED_RISE = 0.62, 0.36
# Small capitals for faces that have none: the size of capitals that stand for them.
FEIGNED_SMALL = 0.78
# A break set by hand stands between runs as this run.
BREAK = "\n"
_NO_WORDS = {"", BREAK}


# What shaped words depend on beside their fount, and the words that the latest build left.
Ground: TypeAlias = tuple[Family, Family, FaceKey | None]
_KEPT: list[tuple[Ground, dict[Fount, Case]]] = []
_MOST_KEPT = 30_000


class Press:
    """All founts of a book and the words known in each."""

    def __init__(
        self,
        family: Family,
        mono: FaceKey | None,
        old_style: bool,
        display: Family | None = None,
    ) -> None:
        self.family = family
        self.display = display or family
        self.mono = mono
        self.old_style = old_style
        self.gaps = Gaps()
        # Tables whose words are wider than the page.
        self.crowded: list[Span] = []
        self._cases = self._take()
        self._voices: dict[Voice, Case] = {}
        self._small: dict[FaceKey, bool] = {}

    @property
    def faces(self) -> tuple[FaceKey, ...]:
        """The faces of the book's own families."""
        found = [*self.family[1:], *self.display[1:], self.mono]
        return tuple(dict.fromkeys(face for face in found if isinstance(face, FaceKey)))

    def case(self, fount: Fount) -> Case:
        found = self._cases.get(fount)
        if found is None:
            found = self._cases[fount] = Case(fount, self.gaps)
        return found

    @property
    def widest(self) -> float:
        """The width of the widest word or piece known, in points."""
        return max([case.widest for case in self._cases.values()], default=0.0)

    def cases(self) -> Iterable[Case]:
        return self._cases.values()

    def forget_points(self) -> None:
        """Free the hyphen points: all paragraphs are set."""
        for case in self._cases.values():
            for box in case.boxes.values():
                box.points = box.points and None
        for language in {fount.language for fount in self._cases}:
            forget_words(language)

    def keep(self) -> None:
        """Leave the words for the next build in this process, which may set the same book again.

        Not those of a very long book, and none if some lacked characters: that is to be said anew.
        """
        words = sum(len(case.boxes) for case in self._cases.values())
        if words <= _MOST_KEPT and not self.gaps.missing and not self.gaps.replaced:
            _KEPT[:] = [(self._ground, self._cases)]

    def _take(self) -> dict[Fount, Case]:
        """The words that an earlier build left, if it had the same faces; each set once only."""
        ground, cases = _KEPT.pop() if _KEPT else (None, {})
        if ground != self._ground:
            return {}
        for case in cases.values():
            case.gaps = self.gaps
        return cases

    @property
    def _ground(self) -> Ground:
        return (self.family, self.display, self.mono)

    def voice(self, style: BlockStyle, language: str) -> Voice:
        """The voice that a block speaks in."""
        return Voice(
            style.size,
            style.italic,
            style.bold,
            style.caps,
            style.tracking,
            mono=style.mono,
            lining=style.lining,
            language=language,
            display=style.display,
        )

    def speak(self, voice: Voice) -> Case:
        """The case for a voice."""
        found = self._voices.get(voice)
        if found is None:
            found = self._voices[voice] = self.case(self._fount(voice))
        return found

    def _fount(self, voice: Voice) -> Fount:
        face = self._face(voice)
        if voice.superior and not open_face(face).has("sups", "1"):
            # No superior figures: small ordinary ones, lifted.
            lift = voice.size * FEIGNED_RISE
            return Fount(face, voice.size * FEIGNED_SIZE, (), voice.language, rise=lift)
        if voice.caps is Caps.CAPITALS:
            return Fount(face, voice.size, (), voice.language, voice.tracking, upper=True)
        if voice.caps is Caps.ALL_SMALL and not self._has_small(face):
            size = voice.size * FEIGNED_SMALL
            return Fount(face, size, (), voice.language, voice.tracking, upper=True)
        return Fount(face, voice.size, self._features(voice), voice.language, voice.tracking)

    def _has_small(self, face: FaceKey) -> bool:
        known = self._small.get(face)
        if known is None:
            known = self._small[face] = open_face(face).has(SMALL_CAPS[0], "a")
        return known

    def _face(self, voice: Voice) -> FaceKey:
        if voice.mono and self.mono is not None:
            return self.mono
        family = self.display if voice.display else self.family
        if voice.bold:
            return family.bold_italic if voice.italic else family.bold
        return family.italic if voice.italic else family.regular

    def _features(self, voice: Voice) -> tuple[str, ...]:
        if voice.superior:
            return SUPERIOR
        if voice.caps is Caps.SMALL:
            return SMALL_CAPS
        if voice.caps is Caps.ALL_SMALL:
            return ALL_SMALL_CAPS
        return OLD_STYLE if self.old_style and not voice.lining else ()

    def runs(self, inlines: Sequence[Inline], voice: Voice) -> list[Run]:
        """The inlines as runs of text, each with its case."""
        if len(inlines) == 1 and type(inlines[0]) is Text:
            return self.cast(even(inlines[0].text), voice)
        runs: list[Run] = []
        self._flatten(inlines, voice, None, runs)
        return [*loosen(runs)]

    def cast(self, text: str, voice: Voice, phrase: Phrase | None = None) -> list[Run]:
        """Text in its case; small capitals that a face lacks are made of smaller capitals."""
        if voice.caps is not Caps.SMALL or self._has_small(self._face(voice)):
            return [Run(self.speak(voice), text, phrase=phrase)]
        small = replace(voice, caps=Caps.ALL_SMALL)
        plain = replace(voice, caps=Caps.NONE)
        return [
            Run(self.speak(small if part[0].islower() else plain), part, phrase=phrase)
            for part in _by_case(text)
        ]

    def _flatten(
        self, inlines: Sequence[Inline], voice: Voice, phrase: Phrase | None, runs: list[Run]
    ) -> None:
        for node in inlines:
            match node:
                case Text():
                    runs += self.cast(even(node.text), voice, phrase)
                case Code():
                    code = replace(voice, mono=True)
                    runs.append(Run(self.speak(code), even(node.text), phrase=phrase))
                case Emphasis():
                    turned = replace(voice, italic=not voice.italic)
                    self._flatten(node.children, turned, phrase, runs)
                case Strong():
                    self._flatten(node.children, replace(voice, bold=True), phrase, runs)
                case SmallCaps():
                    small = (
                        voice
                        if voice.caps is not Caps.NONE
                        else replace(voice, caps=Caps.SMALL, tracking=30.0)
                    )
                    self._flatten(node.children, small, phrase, runs)
                case Foreign():
                    span = Phrase(Tag.SPAN, language=node.language, within=phrase)
                    foreign = replace(voice, language=node.language)
                    self._flatten(node.children, foreign, span, runs)
                case Link():
                    link = Phrase(Tag.LINK, target=node.target, within=phrase)
                    self._flatten(node.children, voice, link, runs)
                case NoteRef():
                    mark = replace(voice, superior=True, italic=False, tracking=0.0)
                    number = str(node.number or "*")
                    runs.append(Run(self.speak(mark), number, node.id, call_note(node.id)))
                case LineBreak():
                    runs.append(Run(self.speak(voice), BREAK))
                case Image():
                    pass  # pictures stand on their own: the galley places them
                case _:
                    assert_never(node)

    def break_words(self, places: Iterable[tuple[Box, int]]) -> None:
        """Shape the parts of words that lines end in, fount by fount."""
        words: dict[Fount, list[tuple[str, int]]] = {}
        for box, at in places:
            words.setdefault(box.fount, []).append((box.text, at))
        for fount, found in words.items():
            self.case(fount).break_words(found)

    @staticmethod
    def learn(groups: Iterable[Sequence[Run]]) -> None:
        """Shape every word of the runs that is not known yet, fount by fount."""
        words: dict[Case, set[str]] = {}
        for runs in groups:
            for run in runs:
                # Most are known from the chapters before.
                words.setdefault(run.case, set()).update(run.case.boxes.missing(run.text))
        for case, found in words.items():
            fresh = found.difference(case.pieces) - _NO_WORDS
            if fresh:
                case.learn(sorted(fresh))


def _by_case(text: str) -> list[str]:
    """Stretches of small letters, and of everything else."""
    return ["".join(group) for _, group in groupby(text, str.islower)]


_UNEVEN = ("\n", "\t", "\r", "\u2028", "\u3000")


def even(text: str) -> str:
    """Line feeds and tabs inside a paragraph are spaces."""
    if not text.isprintable():
        for space in _UNEVEN:
            text = text.replace(space, " ")
    return text
