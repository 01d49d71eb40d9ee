"""The workshop: founts by voice, runs from inlines, words learned together.

In: inlines and a `BlockStyle`. Out: `Run`s whose words have been shaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

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
from bookforge.typeset.items import Run
from bookforge.typeset.phrases import call_note
from bookforge.typeset.shape import Case, Gaps
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


# Superior figures for faces that have none: their size and rise as shares of the text's.
FEIGNED_SIZE, FEIGNED_RISE = 0.62, 0.36
# A break set by hand stands between runs as this run.
BREAK = "\n"


class Press:
    """All founts of a book and the words known in each."""

    def __init__(self, family: Family, mono: FaceKey | None, old_style: bool) -> None:
        self.family = family
        self.mono = mono
        self.old_style = old_style
        self.gaps = Gaps()
        self._cases: dict[Fount, Case] = {}
        self._voices: dict[Voice, Case] = {}

    def case(self, fount: Fount) -> Case:
        found = self._cases.get(fount)
        if found is None:
            found = self._cases[fount] = Case(fount, self.gaps)
        return found

    def cases(self) -> Iterable[Case]:
        return self._cases.values()

    def forget_points(self) -> None:
        """Free the hyphen points: all paragraphs are set."""
        for case in self._cases.values():
            for box in case.boxes.values():
                box.points = None

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
        return Fount(face, voice.size, self._features(voice), voice.language, voice.tracking)

    def _face(self, voice: Voice) -> FaceKey:
        if voice.mono and self.mono is not None:
            return self.mono
        if voice.bold:
            return self.family.bold_italic if voice.italic else self.family.bold
        return self.family.italic if voice.italic else self.family.regular

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
            return [Run(self.speak(voice), _even(inlines[0].text))]
        runs: list[Run] = []
        self._flatten(inlines, voice, None, runs)
        return runs

    def _flatten(
        self, inlines: Sequence[Inline], voice: Voice, phrase: Phrase | None, runs: list[Run]
    ) -> None:
        for node in inlines:
            match node:
                case Text():
                    runs.append(Run(self.speak(voice), _even(node.text), phrase=phrase))
                case Code():
                    code = replace(voice, mono=True)
                    runs.append(Run(self.speak(code), _even(node.text), phrase=phrase))
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

    @staticmethod
    def learn(groups: Iterable[Sequence[Run]]) -> None:
        """Shape every word of the runs that is not known yet, fount by fount."""
        words: dict[Case, set[str]] = {}
        for runs in groups:
            for run in runs:
                words.setdefault(run.case, set()).update(run.text.split(" "))
        for case, found in words.items():
            boxes, pieces = case.boxes, case.pieces
            case.learn(
                sorted(
                    [w for w in found if w and w not in boxes and w not in pieces and w != BREAK]
                )
            )


_UNEVEN = ("\n", "\t", "\r", "\u2028", "\u3000")


def _even(text: str) -> str:
    """Line feeds and tabs inside a paragraph are spaces."""
    if not text.isprintable():
        for space in _UNEVEN:
            text = text.replace(space, " ")
    return text
