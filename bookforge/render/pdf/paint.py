"""From a page of frames to the operators of a page stream.

The words of a line are joined from fragments: each shaped word is encoded once, kerning included,
and recurs as the same bytes. A page is one text object; a line is a move and one TJ. Between the
operators stands what they belong to, which a tagged PDF tells and others leave out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from operator import sub
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from bookforge.fonts.face import FaceKey
from bookforge.kernel import compiled
from bookforge.render.pdf.canvas import number
from bookforge.render.pdf.fonts import EmbeddedFont
from bookforge.typeset.frames import (
    Begin,
    End,
    Highlight,
    Page,
    Phrase,
    Picture,
    Rule,
    Shaped,
    Tag,
    TextLine,
)

_SOFT_HYPHEN = "\u00ad"
# Encoded words kept at once: all of a long novel's, without growing with a longer one.
_MEMORY = 24_000
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)


@compiled("paint")
class Fragments(dict[Shaped, bytes]):
    """Words of one face at one size, as they stand inside `[(` and `)]TJ`.

    A word of another face is refused with `KeyError`, which is how the painter learns that a
    line changes faces without looking at every word.
    """

    def __init__(self, font: EmbeddedFont, size: float) -> None:
        super().__init__()
        self.font = font
        self.size = size
        self.select = b"/%s %s Tf" % (font.name.encode(), number(size))
        self._codes = font.codes.__getitem__

    def __missing__(self, word: Shaped) -> bytes:
        key = self.font.key
        if word.face is not key and word.face != key:
            raise KeyError(word)
        pieces = list(map(self._codes, zip(word.glyphs, word.texts, strict=True)))
        if word.advances != word.naturals:
            _kern(pieces, word)
        if word.offsets:
            _lift(pieces, word, self.size)
        if len(self) >= _MEMORY:
            self.clear()
        fragment = self[word] = b"".join(pieces)
        return fragment


class Adjustments(dict[float, bytes]):
    """TJ numbers between two strings, by their value; few kerns recur in thousands of words."""

    def __missing__(self, value: float) -> bytes:
        text = self[value] = b")%s(" % number(round(value, 2))
        return text


class Moves(dict[tuple[int, int], bytes]):
    """Td operators by whole thousandths of a point to the right and up."""

    def __missing__(self, way: tuple[int, int]) -> bytes:
        right, up = way
        text = self[way] = b"%s %s Td[(" % (number(right / 1000), number(up / 1000))
        return text


class Scales(dict[float, bytes]):
    """Tz operators by the scale of the glyphs, 1.0 being as designed."""

    def __missing__(self, scale: float) -> bytes:
        text = self[scale] = b"%s Tz" % number(scale * 100)
        return text


_NOTHING: Mapping[Shaped, bytes] = {}
_ADJUSTMENTS, _MOVES, _SCALES = Adjustments(), Moves(), Scales()


class Inside(NamedTuple):
    """A stretch inside a paragraph."""

    phrase: Phrase
    begin: Begin


# Operators; what those that follow belong to; that they belong to nothing.
Part: TypeAlias = bytes | Begin | Inside | End
# Glyph, text, code.
Code: TypeAlias = tuple[int, str, bytes]
_END = End()
# What belongs to nothing.
_OUTSIDE = Begin(Tag.ARTIFACT)


class Painter:
    """Paints pages one after another; faces and words seen before are remembered.

    `pictures` are the names of image files in the page streams, in order of first use. `faces`
    are those that the book may use, by which they have their names; others are named as they come.
    """

    def __init__(self, height: float, faces: Sequence[FaceKey] = ()) -> None:
        self._height = height
        self.pictures: dict[str, str] = {}
        self._names = {face: f"F{number}" for number, face in enumerate(faces, 1)}
        self._fonts: dict[FaceKey, EmbeddedFont] = {}
        self._sizes: dict[tuple[FaceKey, float], Fragments] = {}
        self._hyphened: dict[Shaped, Shaped] = {}
        self._start_page()

    @property
    def fonts(self) -> Iterable[EmbeddedFont]:
        """The faces used so far, in the order of their names."""
        return sorted(self._fonts.values(), key=lambda font: int(font.name[1:]))

    @compiled("paint")
    def paint(self, page: Page) -> list[Part]:
        """The page's operators; the lower left corner of the trimmed page is the origin."""
        self._start_page()
        drawn: list[Part] = []
        lines: list[Part] = []
        around = [_OUTSIDE]
        for item in page.items:
            if isinstance(item, TextLine):
                self._set_line(item, around[-1], lines)
            elif isinstance(item, Begin):
                around.append(item)
            elif isinstance(item, End):
                around.pop()
            elif isinstance(item, (Rule, Picture, Highlight)):
                drawn += around[-1], self._draw(item)
        if drawn and lines:
            drawn.append(_END)
        if lines:
            drawn += [b"BT", b"0 g", *lines, _END, b"ET"]
        return drawn

    @compiled("paint")
    def list_codes(self, page: Page) -> list[tuple[EmbeddedFont, set[Code]]]:
        """The fonts of a page that was painted, and what it uses of each."""
        words: set[Shaped] = set()
        for item in page.items:
            if isinstance(item, TextLine):
                words.update(item.words)
                if item.tail == _SOFT_HYPHEN:
                    words.add(self._hyphen(item.words[-1]))
        pairs: dict[FaceKey, set[tuple[int, str]]] = {}
        for word in words:
            pairs.setdefault(word.face, set()).update(zip(word.glyphs, word.texts, strict=True))
        found = []
        for face, used in pairs.items():
            font = self._fonts[face]
            # A hyphen may be there as a soft one alone.
            codes = {(*pair, font.codes[pair]) for pair in used if pair in font.codes}
            found.append((font, codes))
        return found

    def accept(self, face: FaceKey, name: str, codes: Sequence[Code]) -> bool:
        """Whether this build hands out the same name and codes."""
        font = self._fonts.get(face) or EmbeddedFont(face, self._name(face))
        if font.name != name or not font.codes.agree(codes):
            return False
        self._fonts[face] = font
        self._names[face] = name
        return True

    def _name(self, face: FaceKey) -> str:
        return self._names.get(face, f"F{len(self._names) + 1}")

    def _start_page(self) -> None:
        """Back to the state that every page stream begins in."""
        self._x = self._y = 0
        self._scale = 1.0
        self._grey = 0.0
        self._face: FaceKey | None = None
        self._size = 0.0
        self._owner: Part = _END

    def _set_line(self, line: TextLine, owner: Begin, out: list[Part]) -> None:
        words = line.words
        if not words:
            return
        if words[0].face is not self._face or line.size != self._size:
            out.append(self._select(words[0].face, line.size))
        if line.scale != self._scale:
            self._scale = line.scale
            out.append(_SCALES[line.scale])
        if line.grey != self._grey:
            self._grey = line.grey
            out.append(b"%s g" % number(line.grey))
        if line.tail == _SOFT_HYPHEN:
            words = (*words[:-1], self._hyphen(words[-1]))
        # In thousandths of a point: whole numbers, so that moves never add up to a drift.
        x = round(line.x * 1000)
        y = round((self._height - line.y + line.rise) * 1000)
        move = _MOVES[x - self._x, y - self._y]
        self._x, self._y = x, y
        if line.marks:
            out.append(move.removesuffix(b"[("))
            out += self._set_phrases(words, line, owner)
        else:
            if owner is not self._owner:
                self._owner = owner
                out.append(owner)
            out.append(move + self._join(words, line))

    def _set_phrases(
        self, words: tuple[Shaped, ...], line: TextLine, owner: Begin
    ) -> Iterator[Part]:
        """The words of a line with a piece for each of its phrases, and for those between."""
        before: Phrase | None = None
        for first, stop, phrase in _cut(line):
            if phrase is not None:
                self._owner = Inside(phrase, owner)
                yield self._owner
            elif self._owner is not owner:
                self._owner = owner
                yield owner
            # The spaces around a phrase are no part of it.
            spaced = first > 0 and first not in line.joined and before is not None
            gap = self._gap(line) if spaced else b""
            spaced = stop < len(words) and stop not in line.joined and phrase is None
            joined = frozenset(place - first for place in line.joined if first < place < stop)
            tail = line.tail if stop == len(words) else ""
            piece = replace(line, words=words[first:stop], joined=joined, tail=tail)
            text = self._join(piece.words, piece)
            if spaced:
                text = text.removesuffix(b")]TJ") + self._gap(line) + b")]TJ"
            yield b"[(" + gap + text
            before = phrase

    def _join(self, words: tuple[Shaped, ...], line: TextLine) -> bytes:
        """The words with the line's spaces between them, and what ends the TJ."""
        try:
            # Words that touch are no matter for one gap throughout.
            known = _NOTHING if line.joined else self._fragments
            text = self._gap(line).join(map(known.__getitem__, words))
        except KeyError:
            text = self._join_faces(words, line)
        # Asked for last: the face may have changed on the way.
        return text + (self._font.space + b")]TJ" if line.tail == " " else b")]TJ")

    def _join_faces(self, words: tuple[Shaped, ...], line: TextLine) -> bytes:
        """The same for lines of several faces, or with words that touch."""
        pieces: list[bytes] = []
        for index, word in enumerate(words):
            if index and index not in line.joined:
                pieces.append(self._gap(line))
            if word.face != self._face:
                pieces.append(b")]TJ %s[(" % self._select(word.face, line.size))
            pieces.append(self._fragments[word])
        return b"".join(pieces)

    def _gap(self, line: TextLine) -> bytes:
        """A space glyph and what makes it as wide as the line's spaces, in 1/1000 of the size.

        TJ numbers are scaled by Tz as glyphs are, the line's space is not.
        """
        wanted = line.space * 1000 / (line.size * line.scale)
        return b"%s)%.1f(" % (self._font.space, self._font.space_width - wanted)

    def _select(self, face: FaceKey, size: float) -> bytes:
        """Make a face current; gives the operator."""
        known = self._sizes.get((face, size))
        if known is None:
            known = self._sizes[face, size] = Fragments(self._embed(face), size)
        self._fragments = known
        self._font = known.font
        self._face, self._size = face, size
        return known.select

    def _embed(self, face: FaceKey) -> EmbeddedFont:
        if face not in self._fonts:
            self._names[face] = self._name(face)
            self._fonts[face] = EmbeddedFont(face, self._names[face])
        return self._fonts[face]

    def _hyphen(self, word: Shaped) -> Shaped:
        """A word whose last glyph is a hyphen set by the program: it copies as a soft hyphen."""
        known = self._hyphened.get(word)
        if known is None:
            known = self._hyphened[word] = _soften(word)
        return known

    def _draw(self, item: Rule | Picture | Highlight) -> bytes:
        left = number(item.x)
        if isinstance(item, Highlight):
            colour = b" ".join(map(number, item.colour))
            bottom, width = number(self._height - item.y - item.height), number(item.width)
            return b"%s rg %s %s %s %s re f" % (
                colour, left, bottom, width, number(item.height)
            )  # fmt: skip
        if isinstance(item, Rule):
            bottom, width = number(self._height - item.y), number(item.width)
            grey, height = number(item.grey), number(item.thickness)
            return b"%s g %s %s %s %s re f" % (grey, left, bottom, width, height)
        bottom = number(self._height - item.y - item.height)
        width, height = number(item.width), number(item.height)
        known = self.pictures
        name = known.setdefault(item.path, f"Im{len(known) + 1}").encode()
        return b"q %s 0 0 %s %s %s cm /%s Do Q" % (width, height, left, bottom, name)


def _cut(line: TextLine) -> Iterator[tuple[int, int, Phrase | None]]:
    """The stretches of a line's words: first, one past the last, which phrase."""
    done = 0
    for first, stop, phrase in line.marks:
        if first > done:
            yield done, first, None
        yield first, stop, phrase
        done = stop
    if done < len(line.words):
        yield done, len(line.words), None


def _kern(pieces: list[bytes], word: Shaped) -> None:
    """Put differences between advance and natural width after their glyphs, as TJ numbers."""
    missing = list(map(sub, word.naturals, word.advances))
    for index in compress(range(len(missing)), missing):
        pieces[index] += _ADJUSTMENTS[missing[index]]


def _lift(pieces: list[bytes], word: Shaped, size: float) -> None:
    """Move marks to their places: sideways by TJ numbers there and back, upwards by Ts."""
    for index, (right, up) in enumerate(word.offsets):
        if up:
            rise = number(up * size / 1000)
            pieces[index] = b")]TJ %s Ts[(%s)]TJ 0 Ts[(" % (rise, pieces[index])
        if right:
            there, back = number(-right), number(right)
            pieces[index] = b")%s(%s)%s(" % (there, pieces[index], back)


def _soften(word: Shaped) -> Shaped:
    if not word.texts or word.texts[-1] not in _HYPHENS:
        return word
    return Shaped(
        word.face,
        word.glyphs,
        word.advances,
        word.naturals,
        (*word.texts[:-1], _SOFT_HYPHEN),
        word.width,
        word.offsets,
    )
