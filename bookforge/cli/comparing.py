"""How a cleaned text differs: a patch, and on a terminal the changed characters marked in it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from bookforge.regex import regex

_LINE = regex(r"[^\n]*\n|[^\n]+")
# Words are compared whole: letter by letter a long paragraph would take too long.
_TOKEN = regex(r"\w+|\W")
_RED, _GREEN, _TURNED, _BACK, _END = "\x1b[31m", "\x1b[32m", "\x1b[7m", "\x1b[27m", "\x1b[0m"


def compare(before: str, after: str, name: str, *, coloured: bool = False) -> Iterator[str]:
    """The lines of a unified diff, each old line above its new one.

    Both texts have the same number of lines, since a clean-up never joins or parts any.
    """
    rows = list(zip(before.splitlines(keepends=True), after.splitlines(keepends=True), strict=True))
    changed = [at for at, (old, new) in enumerate(rows) if old != new]
    if not changed:
        return
    yield f"--- {name}\n"
    yield f"+++ {name} (clean)\n"
    for first, last in _hunks(changed, len(rows)):
        lines = last - first
        yield f"@@ -{first + 1},{lines} +{first + 1},{lines} @@\n"
        for old, new in rows[first:last]:
            if old == new:
                yield _end(" " + old)
            else:
                yield from map(_end, _mark(old, new) if coloured else ("-" + old, "+" + new))


def _hunks(changed: list[int], length: int) -> Iterator[tuple[int, int]]:
    """Stretches of lines around changes, with one line of context on both sides."""
    first, last = changed[0], changed[0]
    for at in changed[1:]:
        if at > last + 2:
            yield max(0, first - 1), last + 2
            first = at
        last = at
    yield max(0, first - 1), min(length, last + 2)


def _end(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _mark(old: str, new: str) -> tuple[str, str]:
    """The two lines in colours; what has changed inside them is turned round."""
    left, right = [_RED, "-"], [_GREEN, "+"]
    before, after = _TOKEN.findall(old.rstrip("\r\n")), _TOKEN.findall(new.rstrip("\r\n"))
    matcher = SequenceMatcher(str.isspace, before, after)
    for name, i, j, k, m in matcher.get_opcodes():
        for parts, words in ((left, "".join(before[i:j])), (right, "".join(after[k:m]))):
            parts.append(words if name == "equal" or not words else _TURNED + words + _BACK)
    end = old[len(old.rstrip("\r\n")) :]
    return "".join([*left, _END, end]), "".join([*right, _END, end])
