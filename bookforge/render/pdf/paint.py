"""From a page of frames to the operators of a page stream.

The words of a line are joined from fragments: each shaped word is encoded once, kerning included,
and recurs as the same bytes. A page is one text object; a line is a move and one TJ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import sub

from bookforge.fonts.face import FaceKey
from bookforge.render.pdf.canvas import number
from bookforge.render.pdf.fonts import EmbeddedFont
from bookforge.typeset.frames import Highlight, Page, Picture, Rule, Shaped, TextLine

_SOFT_HYPHEN = "\u00ad"
# Encoded words kept at once: all of a long novel's, without growing with a longer one.
_MEMORY = 20_000
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)


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


class Painter:
    """Paints pages one after another; faces and words seen before are remembered.

    `picture` gives the resource name of an image file, embedding it when it is new.
    """

    def __init__(self, height: float, picture: Callable[[str], str]) -> None:
        self._height = height
        self._picture = picture
        self._fonts: dict[FaceKey, EmbeddedFont] = {}
        self._sizes: dict[tuple[FaceKey, float], Fragments] = {}
        self._hyphened: dict[Shaped, Shaped] = {}
        self._start_page(0.0, 0.0)

    @property
    def fonts(self) -> Iterable[EmbeddedFont]:
        """The faces used so far, in order of first use."""
        return self._fonts.values()

    def paint(self, page: Page, origin: tuple[float, float]) -> bytes:
        """The page's operators; `origin` is the lower left corner of the trimmed page."""
        left, bottom = origin
        self._start_page(left, bottom)
        drawn: list[bytes] = []
        lines: list[bytes] = []
        for item in page.items:
            if isinstance(item, TextLine):
                self._set_line(item, lines)
            elif isinstance(item, (Rule, Picture, Highlight)):
                drawn.append(self._draw(item))
        if lines:
            drawn += [b"BT", b"0 g", *lines, b"ET"]
        return b"\n".join(drawn)

    def _start_page(self, left: float, bottom: float) -> None:
        """Back to the state that every page stream begins in."""
        self._left = left
        self._top = bottom + self._height
        self._x = self._y = 0
        self._scale = 1.0
        self._grey = 0.0
        self._face: FaceKey | None = None
        self._size = 0.0

    def _set_line(self, line: TextLine, out: list[bytes]) -> None:
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
        x = round((line.x + self._left) * 1000)
        y = round((self._top - line.y + line.rise) * 1000)
        out.append(_MOVES[x - self._x, y - self._y] + self._join(words, line))
        self._x, self._y = x, y

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
            self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
        return self._fonts[face]

    def _hyphen(self, word: Shaped) -> Shaped:
        """A word whose last glyph is a hyphen set by the program: it copies as a soft hyphen."""
        known = self._hyphened.get(word)
        if known is None:
            known = self._hyphened[word] = _soften(word)
        return known

    def _draw(self, item: Rule | Picture | Highlight) -> bytes:
        left = number(self._left + item.x)
        if isinstance(item, Highlight):
            colour = b" ".join(map(number, item.colour))
            bottom, width = number(self._top - item.y - item.height), number(item.width)
            return b"%s rg %s %s %s %s re f" % (
                colour, left, bottom, width, number(item.height)
            )  # fmt: skip
        if isinstance(item, Rule):
            bottom, width = number(self._top - item.y), number(item.width)
            grey, height = number(item.grey), number(item.thickness)
            return b"%s g %s %s %s %s re f" % (grey, left, bottom, width, height)
        bottom = number(self._top - item.y - item.height)
        width, height = number(item.width), number(item.height)
        name = self._picture(item.path).encode()
        return b"q %s 0 0 %s %s %s cm /%s Do Q" % (width, height, left, bottom, name)


def _kern(pieces: list[bytes], word: Shaped) -> None:
    """Put differences between advance and natural width after their glyphs, as TJ numbers."""
    for index, missing in enumerate(map(sub, word.naturals, word.advances)):
        if missing:
            pieces[index] += _ADJUSTMENTS[missing]


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
