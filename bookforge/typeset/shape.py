"""Words into glyphs: each distinct word of a fount is shaped once, all new ones in one call.

In: words as strings. Out: `Box`es (measured in points) around `Shaped` words that are shared
wherever the word recurs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeAlias

import uharfbuzz as hb
from msgspec.structs import replace

from bookforge.fonts.coverage import characters
from bookforge.fonts.face import FaceKey
from bookforge.kernel import compiled
from bookforge.typeset.cut import Join, cut_letters, cut_word, find_compound
from bookforge.typeset.faces import Face, Fount, find_fallback, open_face
from bookforge.typeset.frames import Shaped
from bookforge.typeset.hyphenate import SHORTEST

# Hanging punctuation: the share of a mark's own width that stands in the margin (after the
# tables of microtype and of Hàn Thế Thành's thesis, for old-style romans).
HANG_RIGHT = {
    ".": 0.7, ",": 0.7, "-": 0.6, "\u2010": 0.6, "\u00ad": 0.6, "’": 0.6, "”": 0.5, "'": 0.6,
    '"': 0.5, ";": 0.4, ":": 0.4, "!": 0.2, "?": 0.2, "–": 0.3, "—": 0.2, "…": 0.2, "»": 0.4,
    "›": 0.4, ")": 0.15, "*": 0.3, "r": 0.05, "y": 0.05, "v": 0.05, "w": 0.04, "k": 0.04,
    "A": 0.05, "V": 0.05, "W": 0.05, "Y": 0.06, "T": 0.05,
}  # fmt: skip
HANG_LEFT = {
    "“": 0.5, "‘": 0.6, "„": 0.4, "‚": 0.5, "«": 0.4, "‹": 0.4, '"': 0.5, "'": 0.6, "’": 0.6,
    "(": 0.15, "—": 0.1, "–": 0.2, "A": 0.05, "V": 0.05, "W": 0.05, "Y": 0.06, "T": 0.05,
    "J": 0.05, "v": 0.05, "w": 0.04, "y": 0.05,
}  # fmt: skip
SOFT_HYPHEN = "\u00ad"
_CLUSTER = attrgetter("cluster")
# The narrow no-break space of French is a sixth of an em, whatever a face makes of it (Lacroux,
# "Orthotypographie", fine); HarfBuzz draws the spaces that a face lacks as its word space.
NARROW, NARROW_WIDTH = "\u202f", 167.0
_SPACES = frozenset(
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
)


# What stands for a character that no face has: a white square, as long as the face has one.
_SQUARES = (0x25A1, 0xFFFD, 0x3F)


class Box:
    """A word or piece of one as the line breaker sees it: `left` and `right` hang out."""

    __slots__ = ("fount", "hyphen", "left", "points", "right", "shaped", "text", "width")

    def __init__(self, shaped: Shaped, text: str, fount: Fount, hyphen: float = 0.0) -> None:
        size = fount.size / 1000.0
        self.shaped = shaped
        self.text = text
        self.fount = fount
        self.width = shaped.width * size
        naturals = shaped.naturals
        left, right = HANG_LEFT.get(text[:1]), HANG_RIGHT.get(text[-1:])
        if fount.leftward:
            left = right = None  # its ends are the other way round
        self.left = left * naturals[0] * size if left and naturals else 0.0
        self.right = right * naturals[-1] * size if right and naturals else 0.0
        # How much a hyphen adds to a line (less what hangs out), in points.
        self.hyphen = hyphen
        # Hyphen points: None until asked for.
        self.points: tuple[Point, ...] | None = None if len(text) >= SHORTEST else ()


# A place where a word may be hyphenated: letters before it, and their width in points.
Point: TypeAlias = tuple[int, float]


@compiled("words")
class Words(dict[str, Box]):
    """Words of one piece by their text; nothing is ever taken out."""

    def find(self, text: str) -> tuple[list[Box | None], list[tuple[int, str]]]:
        """The box of each word between two spaces, None where it is not known; and the words that
        are not, by their numbers."""
        words = text.split(" ")
        found = list(map(self.get, words))
        if None not in found:
            return found, []
        rows = enumerate(zip(words, found, strict=True))
        return found, [(number, word) for number, (word, box) in rows if box is None]

    def missing(self, text: str) -> list[str]:
        """The words of a text that are not known."""
        return [word for word in text.split(" ") if word not in self]


class Gaps:
    """Characters for which no face was found, and those that another face stood in for."""

    def __init__(self) -> None:
        self.missing: dict[str, None] = {}
        self.replaced: dict[str, FaceKey] = {}

    def face_for(self, character: str) -> FaceKey | None:
        if character in self.missing:
            return None
        if character not in self.replaced:
            key = find_fallback(character)
            if key is None:
                self.missing[character] = None
                return None
            self.replaced[character] = key
        return self.replaced[character]


class Case:
    """The words of one fount (a compositor's type case).

    `boxes` holds words of one piece, `pieces` all others: (join, box) in order.
    """

    def __init__(self, fount: Fount, gaps: Gaps) -> None:
        self.fount = fount
        self.face = open_face(fount.face)
        self.gaps = gaps
        self.boxes = Words()
        self.pieces: dict[str, list[tuple[Join, Box]]] = {}
        self.widest = 0.0  # of all pieces, in points
        self._broken: dict[tuple[str, int], tuple[Box, Box]] = {}
        self._whole: dict[str, Box] = {}
        dash = self.face.advance(self.face.font.get_nominal_glyph(0x2D) or 0)
        self._hyphen = dash * (1.0 - HANG_RIGHT["-"]) * fount.size / 1000.0

    def learn(self, words: Iterable[str]) -> None:
        """Shape the words not known yet, in one call."""
        fresh = [word for word in words if word not in self.boxes and word not in self.pieces]
        cuts = {word: cut_word(word) for word in find_compound(fresh)}
        parts = dict.fromkeys(word for word in fresh if word not in cuts)
        parts.update(dict.fromkeys(part for cut in cuts.values() for _, part in cut))
        self._learn_parts([part for part in parts if part not in self.boxes])
        for word, cut in cuts.items():
            self.pieces[word] = self._assemble(cut)

    def box(self, text: str) -> Box:
        """A single piece by itself; only its first face when several were needed."""
        if text not in self.boxes and text not in self.pieces:
            self._learn_parts([text])
        return self.boxes[text] if text in self.boxes else self.pieces[text][0][1]

    def whole(self, text: str) -> Box:
        """A word in one box, even if it could be broken; the book's own face alone."""
        known = self._whole.get(text)
        if known is None:
            shaped = shape(self.face, [text], self.fount, _script(text))[0]
            known = self._whole[text] = Box(shaped, text, self.fount)
        return known

    def row(self, text: str) -> list[tuple[Join, Box]]:
        """The pieces of one word, shaped now if need be."""
        self.learn([text])
        found = self.boxes.get(text)
        return [(Join.CLOSED, found)] if found is not None else self.pieces[text]

    def broken(self, text: str, at: int) -> tuple[Box, Box]:
        """The two parts of a hyphenated word, the first with its hyphen (text U+00AD)."""
        if (text, at) not in self._broken:
            self.break_words([(text, at)])
        return self._broken[text, at]

    def break_words(self, places: Iterable[tuple[str, int]]) -> None:
        """Shape the parts of words, each with the letters before its hyphen, in one call."""
        scripts: dict[str | None, list[tuple[str, int]]] = {}
        for place in dict.fromkeys(places):
            if place not in self._broken:
                scripts.setdefault(_script(place[0]), []).append(place)
        for script, group in scripts.items():
            texts = [part for text, at in group for part in _divide(text, at)]
            parts = shape(self.face, texts, self.fount, script)
            boxes = [Box(part, text, self.fount) for part, text in zip(parts, texts, strict=True)]
            for place, head, tail in zip(group, boxes[::2], boxes[1::2], strict=True):
                head.shaped = replace(head.shaped, texts=(*head.shaped.texts[:-1], SOFT_HYPHEN))
                self._broken[place] = head, tail

    def letters(self, text: str) -> list[tuple[Join, Box]]:
        """A word letter by letter, for when it is wider than the line."""
        cut = cut_letters(text)
        self._learn_parts(list(dict.fromkeys(part for _, part in cut if part not in self.boxes)))
        return self._assemble(cut)

    def _assemble(self, cut: Sequence[tuple[Join, str]]) -> list[tuple[Join, Box]]:
        row: list[tuple[Join, Box]] = []
        for join, part in cut:
            known = self.boxes.get(part)
            if known is not None:
                row.append((join, known))
            else:
                (_, first), *others = self.pieces[part]
                row.extend([(join, first), *others])
        return row

    def _learn_parts(self, parts: Sequence[str]) -> None:
        for script, group in _by_script(parts):
            for text, shaped in zip(
                group, shape(self.face, group, self.fount, script), strict=True
            ):
                if 0 in shaped.glyphs:
                    self._learn_mixed(text, shaped)
                else:
                    box = self.boxes[text] = Box(shaped, text, self.fount, self._hyphen)
                    if box.width > self.widest:
                        self.widest = box.width

    def _learn_mixed(self, text: str, shaped: Shaped) -> None:
        """A word with characters the face lacks: other faces stand in, stretch by stretch."""
        row: list[tuple[Join, Box]] = []
        for key, stretch in self._stretches(text):
            if key is None or key == self.fount.face:
                found = next(iter(shape(self.face, [stretch], self.fount, _script(stretch))))
                row.append((Join.CLOSED, Box(self._stand_in(found), stretch, self.fount)))
            else:
                fount = replace(self.fount, face=key, features=(), tracking=0.0, rise=0.0)
                found = next(iter(shape(open_face(key), [stretch], fount, None)))
                row.append((Join.CLOSED, Box(found, stretch, fount)))
        self.widest = max(self.widest, *(box.width for _, box in row))
        if len(row) == 1:
            self.boxes[text] = row[0][1]
        else:
            self.pieces[text] = row

    def _stand_in(self, shaped: Shaped) -> Shaped:
        """A box for each character that no face has: an empty glyph may not be in the files that
        are to be kept (ISO 19005-2, 6.2.11.8)."""
        get = self.face.font.get_nominal_glyph
        square = next((found for code in _SQUARES if (found := get(code))), 0)
        if 0 not in shaped.glyphs or not square:
            return shaped
        rows = zip(shaped.glyphs, shaped.advances, shaped.naturals, strict=True)
        wide = self.face.advance(square)
        glyphs, advances, naturals = zip(
            *[(square, wide, wide) if row[0] == 0 else row for row in rows], strict=True
        )
        width = float(sum(advances))
        return replace(shaped, glyphs=glyphs, advances=advances, naturals=naturals, width=width)

    def _stretches(self, text: str) -> list[tuple[FaceKey | None, str]]:
        found: list[tuple[FaceKey | None, str]] = []
        for letter in text:
            own = self.face.font.get_nominal_glyph(ord(letter)) or letter == SOFT_HYPHEN
            own = own or letter in _SPACES
            key = self.fount.face if own else self.gaps.face_for(letter)
            before = found[-1][0] if found else None
            if not own and before and ord(letter) in characters(before):
                key = before  # a word does not change faces for a mark
            if found and (found[-1][0] == key or (own and not letter.isalnum())):
                found[-1] = (found[-1][0], found[-1][1] + letter)
            else:
                found.append((key, letter))
        return found


def _divide(text: str, at: int) -> tuple[str, str]:
    """The parts of a word, the first with a hyphen."""
    return text[:at].rstrip(SOFT_HYPHEN) + "-", text[at:].lstrip(SOFT_HYPHEN)


def shape(face: Face, words: Sequence[str], fount: Fount, script: str | None) -> list[Shaped]:
    """Shape words side by side in one buffer; kerning and ligatures do not cross from one to
    the next."""
    if not words:
        return []
    if fount.leftward:
        return [_shape_leftward(face, word, fount) for word in words]
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    shown = "\n".join(words)
    buffer.add_str(_raise(shown) if fount.upper else shown)
    if script is None:
        buffer.guess_segment_properties()
    else:
        buffer.script = script
    buffer.direction = "ltr"
    buffer.language = fount.language
    features = {"kern": True, "liga": not fount.tracking} | dict.fromkeys(fount.features, True)
    hb.shape(face.font, buffer, features)
    return _collect(face, words, buffer, fount)


def _shape_leftward(face: Face, word: str, fount: Fount) -> Shaped:
    """A word from right to left: its glyphs in the order they are read, each moving the pen back
    to where the next one stands, so that whoever takes text out of the file gets it in order."""
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.direction = "rtl"
    hb.shape(face.font, buffer, dict.fromkeys(fount.features, True))
    infos, positions = buffer.glyph_infos[::-1], buffer.glyph_positions[::-1]
    glyphs = tuple([info.codepoint for info in infos])
    widths = [face.scale(position.x_advance) for position in positions]
    # After the last glyph a space may follow, at its left.
    space = face.advance(face.font.get_nominal_glyph(ord(" ")) or 0)
    return Shaped(
        fount.face,
        glyphs,
        tuple([-width for width in [*widths[1:], space]]),
        tuple([face.advance(glyph) for glyph in glyphs]),
        _texts(word, [info.cluster for info in infos]),
        float(sum(widths)),
        _lifts(face, [(position.x_offset, position.y_offset) for position in positions]),
    )


def _raise(text: str) -> str:
    """Letters as capitals, one for one: ß stays, since two letters would not be what was typed."""
    return "".join(big if len(big := letter.upper()) == 1 else letter for letter in text)


def _collect(face: Face, words: Sequence[str], buffer: hb.Buffer, fount: Fount) -> list[Shaped]:
    """Cut the shaped buffer into words at the line feeds between them."""
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    glyphs, advances, moved = read_glyphs(infos, positions, face.numbers)
    naturals = tuple(map(face.advances.__getitem__, glyphs))
    if face.unit != 1.0 or fount.tracking:
        advances = tuple([face.scale(advance) + fount.tracking for advance in advances])
    text = "\n".join(words)
    if NARROW in text:
        wide = NARROW_WIDTH + fount.tracking
        pairs = zip(infos, advances, strict=True)
        advances = tuple([wide if text[info.cluster] == NARROW else own for info, own in pairs])
    rows = cut_glyphs(words, infos, glyphs, advances, naturals, _texts)
    if not moved:
        return [Shaped(fount.face, *row) for row in rows]
    offsets = [(p.x_offset, p.y_offset) for p in positions]
    found: list[Shaped] = []
    at = 0
    for row in rows:
        stop = at + len(row[0])
        found.append(Shaped(fount.face, *row, _lifts(face, offsets[at:stop])))
        at = stop + 1
    return found


@compiled("words")
def read_glyphs(
    infos: Sequence[Any], positions: Sequence[Any], same: Mapping[int, int]
) -> tuple[tuple[int, ...], tuple[float, ...], bool]:
    """Glyphs and advances of a shaped text, and whether any glyph is moved. `same` gives one object
    for each number."""
    glyphs = tuple([same[info.codepoint] for info in infos])
    advances = tuple([same[position.x_advance] for position in positions])
    moved = [position for position in positions if position.x_offset or position.y_offset]
    return glyphs, advances, bool(moved)


# Glyphs, advances, naturals, texts and width of a `Shaped`.
_Row: TypeAlias = tuple[tuple[int, ...], tuple[float, ...], tuple[float, ...], Sequence[str], float]


@compiled("words")
def cut_glyphs(
    words: Sequence[str],
    infos: Sequence[Any],
    glyphs: tuple[int, ...],
    advances: tuple[float, ...],
    naturals: tuple[float, ...],
    spell: Callable[[str, Sequence[int]], Sequence[str]],
) -> list[_Row]:
    """The words of a shaped text; `spell` gives the characters of each glyph where there is not
    one for each character."""
    rows: list[_Row] = []
    at = begin = 0
    for word, stop in zip(words, _find_feeds(words, infos), strict=True):
        texts: Sequence[str] = word
        if stop - at != len(word):
            texts = spell(word, [info.cluster - begin for info in infos[at:stop]])
        widths, own = advances[at:stop], naturals[at:stop]
        if own == widths:
            widths = own
        rows.append((glyphs[at:stop], widths, own, texts, float(sum(widths))))
        at, begin = stop + 1, begin + len(word) + 1
    return rows


def _find_feeds(words: Sequence[str], infos: Sequence[Any]) -> Iterator[int]:
    """The glyphs at which words end: the line feeds between them, and the end."""
    feed, end = -1, -1
    count = len(infos)
    for word in words:
        end += len(word) + 1
        feed += len(word) + 1
        if feed >= count or infos[feed].cluster != end:  # not a glyph for each character
            feed = bisect_left(infos, end, key=_CLUSTER)
        yield feed


def _lifts(face: Face, offsets: Sequence[tuple[int, int]]) -> tuple[tuple[float, float], ...]:
    if all(pair == (0, 0) for pair in offsets):
        return ()
    return tuple([(face.scale(right), face.scale(up)) for right, up in offsets])


def _texts(word: str, clusters: Sequence[int]) -> tuple[str, ...]:
    """The characters each glyph stands for."""
    if len(clusters) == len(word):
        return tuple(word)
    bounds = [*clusters, len(word)]
    texts = [word[bounds[i] : max(bounds[i + 1], bounds[i])] for i in range(len(clusters))]
    # Several glyphs of one character: the first of them carries it.
    for i in range(len(clusters) - 1):
        if clusters[i] == clusters[i + 1]:
            texts[i], texts[i + 1] = texts[i] or texts[i + 1], ""
    if clusters and clusters[0] > 0:
        texts[0] = word[: bounds[1]] if len(clusters) > 1 else word
    return tuple(texts)


def _by_script(words: Sequence[str]) -> list[tuple[str | None, list[str]]]:
    """Latin words together; words in other scripts in groups of their own."""
    groups: dict[str | None, list[str]] = {}
    for word in words:
        script = "Latn" if word.isascii() else _script(word)
        groups.setdefault(script, []).append(word)
    return list(groups.items())


def _script(word: str) -> str | None:
    """The script by the first letter above Latin; None leaves it to HarfBuzz."""
    for letter in word:
        code = ord(letter)
        if 0x370 <= code < 0x400 or 0x1F00 <= code < 0x2000:
            return "Grek"
        if 0x400 <= code < 0x530:
            return "Cyrl"
        if 0x590 <= code < 0x1E00 or 0x2E80 <= code < 0xD800:
            return None
    return "Latn"
