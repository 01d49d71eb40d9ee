"""A long book in two halves: a mate sets and paints a stretch of chapters beside this process.

Only chapters whose pages show nothing but their own words are given away. What comes back is what
a build keeps of a chapter anyway (`formes`), so its lines are set here only if somebody asks for
them; and the pages stay the same to the byte, whoever set them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import DecodeError, msgpack

from bookforge.mate import Line, Mate, hire
from bookforge.typeset.formes import Forme
from bookforge.typeset.frames import Layout
from bookforge.typeset.impose import State

# Characters worth a mate: copying this process costs as much as setting some of them.
LEAST = 150_000
# The share of the book that is given away; what comes before and after a layout is done here.
SHARE = 0.5

# Paints the pages of a layout, as bytes for whoever writes the file.
PaintAhead: TypeAlias = Callable[[Layout], bytes]


_STATES = msgpack.Decoder(State)
_FORMES = msgpack.Decoder(tuple[Forme, ...])


class Half:
    """The stretch of pieces (by number) that a mate has in hand."""

    def __init__(self, stretch: range, mate: Mate) -> None:
        self.stretch = stretch
        self._mate = mate
        self._formes: tuple[Forme, ...] | None = None

    def begin(self, state: State) -> None:
        """Tell the mate where its pages begin."""
        self._mate.tell(msgpack.encode(state))

    def forme(self, number: int) -> Forme | None:
        """The forme of a piece; None where it must be set here after all."""
        if self._formes is None:
            self._formes = self._ask_formes()
        at = number - self.stretch.start
        return self._formes[at] if at < len(self._formes) else None

    def pages(self) -> bytes | None:
        """The painted pages of the stretch; None where there are none."""
        found = self._mate.ask() if self._formes else None
        self.dismiss()
        return found

    def dismiss(self) -> None:
        self._mate.dismiss()

    def _ask_formes(self) -> tuple[Forme, ...]:
        message = self._mate.ask()
        try:
            return _FORMES.decode(message) if message else ()
        except DecodeError:
            return ()


def give(stretch: range, work: Callable[[Line], None]) -> Half | None:
    """Give a stretch of pieces to a mate; None where there is none to be had."""
    mate = hire(work)
    return None if mate is None else Half(stretch, mate)


def choose(sizes: Sequence[int]) -> range:
    """The stretch to give away, empty where that does not pay: the end of the longest run, up to
    half of all. `sizes` are the pieces' characters, 0 for those that cannot be given away."""
    runs = [*_runs(sizes)]
    longest = max(runs, key=lambda run: sum(sizes[run.start : run.stop]), default=range(0))
    wanted = SHARE * sum(sizes)
    start, given = longest.stop, 0
    while start > longest.start and given + sizes[start - 1] / 2 < wanted:
        start -= 1
        given += sizes[start]
    return range(start, longest.stop) if given >= LEAST else range(0)


def _runs(sizes: Sequence[int]) -> Iterator[range]:
    start = 0
    for number, size in enumerate([*sizes, 0]):
        if not size:
            if number > start:
                yield range(start, number)
            start = number + 1


def read_state(line: Line) -> State:
    """What `Half.begin` told. Raises `DecodeError` when nobody is there."""
    return _STATES.decode(line.ask() or b"")


def tell_formes(line: Line, formes: Sequence[Forme]) -> None:
    """What `Half.forme` asks for."""
    line.tell(msgpack.encode(tuple(formes)))
