"""The writer's decisions about doubtful marks: `.bookforge/decisions.toml` beside book.toml.

In: the text of that file. Out: `Decision`s, and diagnostics for what cannot be understood. And the
other way: the text with open doubts added at its end, everything that was there kept as it was.
A mark is known by the words around it, not by its place, so that edits elsewhere lose nothing.
This module reads and writes no file itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity, Span
from bookforge.regex import regex
from bookforge.source import SourceFile

FOLDER, FILE = ".bookforge", "decisions.toml"
CHOICES = ("open", "close", "apostrophe", "prime")
# How a reading is called elsewhere, and the word a writer may choose it by.
WORDS = {"opening": "open", "closing": "close", "apostrophe": "apostrophe", "prime": "prime"}
_TEXTS = ("mark", "before", "after", "choose", "reading", "second", "note")
_KEYS = (*_TEXTS, "occurrence")
_ITEM = regex(r"^[ \t]*\[\[[ \t]*decision[ \t]*\]\]", re.M)
_AT_LINE = regex(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_HEAD = """\
# Doubtful marks of this book. Choose for each: open, close, apostrophe or prime.
# Where nothing is chosen, bookforge goes on deciding by itself. Keep this file with the book.
"""


class Key(NamedTuple):
    """What a mark is known by: itself (straight), up to three words before and after."""

    mark: str
    before: str
    after: str


class Decision(NamedTuple):
    """What the writer says of a mark; `choose` is one of `CHOICES`, "" for still open.

    `occurrence` counts the marks of the book with an equal key, from 1, in reading order.
    """

    key: Key
    occurrence: int = 1
    choose: str = ""
    span: Span | None = None


class OpenDoubt(NamedTuple):
    """A doubtful mark of the book: how it was read, what else it may be, and where it stands."""

    key: Key
    occurrence: int
    reading: str
    second: str
    doubt: float
    span: Span


def parse_decisions(file: SourceFile, report: Report) -> tuple[Decision, ...]:
    """The decisions of a file; what is wrong with it is reported (T005) and passed over."""
    try:
        table = tomllib.loads(file.text)
    except ValueError as error:
        report(_broken(file, str(error)))
        return ()
    except RecursionError:
        report(_broken(file, "nested too deep"))
        return ()
    heads = [found.span() for found in _ITEM.finditer(file.text)]
    items = table.pop("decision", [])
    if table or not isinstance(items, list):
        name = next(iter(table), "decision")
        report(_fault(f"{name} has no meaning here", file.span(*_find_key(file, name, 0))))
    if not isinstance(items, list):
        return ()
    found: dict[tuple[Key, int], Decision] = {}
    for index, item in enumerate(items):
        head = heads[index] if index < len(heads) else (0, 1)
        if decision := _parse_item(item, file, head, report):
            where = (decision.key, decision.occurrence)
            if where in found:
                report(_fault("this mark is decided twice; the first holds", file.span(*head)))
            found.setdefault(where, decision)
    return tuple(found.values())


def _parse_item(
    item: Any, file: SourceFile, head: tuple[int, int], report: Report
) -> Decision | None:
    if not isinstance(item, Mapping):
        report(_fault("a decision is a table, headed [[decision]]", file.span(*head)))
        return None
    for name, message in _item_faults(item):
        report(_fault(message, file.span(*_find_key(file, name, head[1], head))))
        return None
    key = Key(_straight(item["mark"]), _words(item["before"]), _words(item["after"]))
    return Decision(key, item.get("occurrence", 1), item["choose"], file.span(*head))


def _item_faults(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with a decision: the key, and the fault in words."""
    for name in item:
        if name not in _KEYS:
            yield name, f"a decision has no key {name}"
    for name in ("mark", "before", "after", "choose"):
        if name not in item:
            yield "", f"this decision lacks {name}"
    for name in _TEXTS:
        if not isinstance(item.get(name, ""), str):
            yield name, f"{name} must be a text in quotes"
    count = item.get("occurrence", 1)
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        yield "occurrence", "occurrence is a whole number from 1"
    if _straight(str(item.get("mark"))) not in ("'", '"'):
        yield "mark", "mark is ' or \""
    choice = item.get("choose")
    if choice not in ("", *CHOICES):
        yield "choose", f"{choice} cannot be chosen"
    if choice == "apostrophe" and _straight(str(item.get("mark"))) == '"':
        yield "choose", 'the mark " is never an apostrophe'


def add_doubts(text: str, doubts: Sequence[OpenDoubt]) -> str:
    """`text` with doubts in the order given at its end, open for the writer to decide."""
    end = "\r\n" if "\r\n" in text else "\n"
    text = text or _HEAD
    if not text.endswith("\n"):
        text += end
    return text + "".join("\n" + _describe(one) for one in doubts).replace("\n", end)


def _describe(one: OpenDoubt) -> str:
    rows: list[tuple[str, str | int]] = [
        ("mark", one.key.mark),
        ("before", one.key.before),
        ("after", one.key.after),
        ("occurrence", one.occurrence),
        ("reading", WORDS.get(one.reading, one.reading)),
        ("second", WORDS.get(one.second, one.second)),
        ("choose", ""),
    ]
    lines = [f"{name} = {_toml(value)}" for name, value in rows]
    return "\n".join(["[[decision]]", *lines]) + "\n"


def _toml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_STRAIGHT = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛‹›′`", "'")})
_WORD = regex(r"[^\W_]+(?:['’][^\W_]+)*")
_NEAR = 60
_HOW_MANY = 3


def key_at(text: str, at: int) -> Key:
    """The key of the mark at an offset of a paragraph: markup, spaces and points do not count."""
    before = _WORD.findall(text[max(0, at - _NEAR) : at])[-_HOW_MANY:]
    after = _WORD.findall(text[at + 1 : at + 1 + _NEAR])[:_HOW_MANY]
    return Key(_straight(text[at]), _words(" ".join(before)), _words(" ".join(after)))


def _straight(mark: str) -> str:
    return mark.translate(_STRAIGHT)


def _words(text: str) -> str:
    return " ".join(text.split()).translate(_STRAIGHT)


def _find_key(
    file: SourceFile, name: str, start: int, head: tuple[int, int] = (0, 1)
) -> tuple[int, int]:
    """Where a key of the decision that begins at `start` stands; its head if it is not there."""
    following = _ITEM.search(file.text, start)
    end = following.start() if following else len(file.text)
    pattern = re.compile(rf"^[ \t]*(?:\[+[ \t]*)?(\"?{re.escape(name)}\"?)(?=[ \t]*[]=.])", re.M)
    found = pattern.search(file.text, start, end) if name else None
    return found.span(1) if found else head


def _broken(file: SourceFile, message: str) -> Diagnostic:
    """tomllib says where in words."""
    place = _AT_LINE.search(message)
    line = int(place.group(1)) if place and place.group(1) else len(file.line_starts)
    start = file.line_starts[min(line, len(file.line_starts)) - 1]
    end = file.text.find("\n", start)
    reason = _AT_LINE.sub("", message).strip().rstrip(":")
    reason = reason[:1].lower() + reason[1:]
    span = file.span(start, max(start, end if end >= 0 else len(file.text)))
    return _fault(f"{FILE} is no valid TOML: {reason}", span)


def _fault(message: str, span: Span) -> Diagnostic:
    hint = Hint('choose is "open", "close", "apostrophe", "prime", or "" for not yet')
    return Diagnostic("T005", Severity.ERROR, message, span, (hint,))
