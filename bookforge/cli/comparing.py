"""How a cleaned text differs: a patch, and on a terminal the changed characters marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher, unified_diff

# Words are compared whole: letter by letter a long paragraph would take too long.
_TOKEN = re.compile(r"\w+|\W")
_RED, _GREEN, _TURNED, _BACK, _END = "\x1b[31m", "\x1b[32m", "\x1b[7m", "\x1b[27m", "\x1b[0m"


def compare(before: str, after: str, name: str) -> Iterator[str]:
    """The lines of a unified diff, one line of context around each change."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in unified_diff(old, new, name, f"{name} (clean)", n=1):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def paint(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a diff in colours; what has changed inside a line is turned round."""
    at = 0
    while at < len(lines):
        gone = _run(lines, at, "-")
        come = _run(lines, at + len(gone), "+")
        if not gone or lines[at].startswith("---") or len(gone) != len(come):
            yield lines[at]
            at += 1
            continue
        pairs = [_mark(old, new) for old, new in zip(gone, come, strict=True)]
        yield from (old for old, _ in pairs)
        yield from (new for _, new in pairs)
        at += 2 * len(gone)


def _run(lines: Sequence[str], at: int, sign: str) -> list[str]:
    end = at
    while end < len(lines) and lines[end].startswith(sign):
        end += 1
    return list(lines[at:end])


def _mark(old: str, new: str) -> tuple[str, str]:
    left, right = [_RED, "-"], [_GREEN, "+"]
    before, after = _TOKEN.findall(old[1:]), _TOKEN.findall(new[1:])
    for name, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for parts, words in ((left, "".join(before[i:j])), (right, "".join(after[k:m]))):
            parts.append(words if name == "equal" or not words else _TURNED + words + _BACK)
    return "".join([*left, _END]), "".join([*right, _END])
