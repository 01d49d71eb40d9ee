"""The headings found, as `[manuscript]` settings that find them again.

Patterns are tried first, then every heading by its line; what is printed has been read with, and
gave the same outline.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from bookforge.model.document import Document, Section
from bookforge.model.walk import plain
from bookforge.regex import regex

if TYPE_CHECKING:
    from bookforge.locate import Book

_KINDS = (
    (regex(r"\d+"), r"\d+"),
    (regex(r"[IVXLCDM]+"), "[IVXLCDM]+"),
    (regex(r"[ivxlcdm]+"), "[ivxlcdm]+"),
)
_BY_LINE = "No pattern finds these headings again, so each is named by its line."
_BY_LOOKS = "Found by their looks: no pattern and no line finds them again. Put single ones right."


@dataclass(frozen=True, slots=True)
class _Offer:
    """Settings: the value of `headings`, the arrays of tables, and what to say above them."""

    headings: str
    tables: tuple[str, ...] = ()
    remark: str = ""

    def lines(self, head: Sequence[str]) -> list[str]:
        return [*([f"# {self.remark}"] if self.remark else []), *head, *self.tables]


def settings_of(document: Document, book: Book) -> str:
    """TOML for book.toml that finds these headings again.

    Where there is a [manuscript] already, what can be put at the end of that file, and the rest
    as a remark: TOML takes no second table of one name.
    """
    wanted = _shape(document, book)
    now = _Offer(book.config.manuscript.headings, (), _BY_LOOKS)
    offer = next((one for one in _offers(document, book) if _gives(one, book, wanted)), now)
    path = book.settings or book.folder / "book.toml"
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    if (line := _line_of_table(text)) is None:
        files = [] if book.settings else [f"files = {_quoted(book.files[0].name)}"]
        head = ["[manuscript]", *files, f'headings = "{offer.headings}"']
        return "\n".join(offer.lines(head)) + "\n"
    return _addition(offer, text, f"line {line} of {path.name}")


def _line_of_table(text: str) -> int | None:
    """The line of [manuscript], or of the first key that makes one."""
    from bookforge.config.where import find_places

    try:
        made = "manuscript" in tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    place = find_places(text).find(("manuscript",)) if made else None
    return text.count("\n", 0, place.key[0]) + 1 if place else None


def _addition(offer: _Offer, text: str, where: str) -> str:
    """What can follow the end of a book.toml; all of it a remark where nothing can."""
    head = []
    if tomllib.loads(text)["manuscript"].get("headings", "auto") != offer.headings:
        head = [f'# [manuscript] stands in {where}; put there: headings = "{offer.headings}"']
    lines = offer.lines(head) or [f"# {where} says all that is needed."]
    added = "\n".join(lines) + "\n"
    try:
        tomllib.loads(f"{text}\n{added}")
    except tomllib.TOMLDecodeError:
        return "".join(f"# {line}".rstrip() + "\n" for line in added.splitlines())
    return added


# --- does it find the same again?


def _gives(offer: _Offer, book: Book, wanted: dict[str, Any]) -> bool:
    """Whether the book, read with these settings, has the same outline.

    They come on top of those that are there, and `headings` may be left as it is.
    """
    from bookforge.config.model import Manuscript
    from bookforge.config.validate import read_table
    from bookforge.diagnostics import ignore
    from bookforge.pipeline import read_document
    from bookforge.source import SourceMap

    table = tomllib.loads("\n".join(offer.tables)).get("manuscript", {})
    asked = read_table(Manuscript, table)
    now = book.config.manuscript
    added = {"heading": (*now.heading, *asked.heading), "fix": (*now.fix, *asked.fix)}
    for headings in {offer.headings: 0, now.headings: 0}:
        settings = replace(now, **added, headings=headings)
        config = replace(book.config, manuscript=settings)
        again = replace(book, config=config, sources=SourceMap())
        if _shape(read_document(again, ignore)[0], again) != wanted:
            return False
    return True


def _shape(document: Document, book: Book) -> dict[str, Any]:
    """The outline without what depends on how it was found."""
    from bookforge.outline import outline

    data = outline(document, book.sources)
    for section in data["sections"]:
        del section["confidence"], section["reason"]
    return data


# --- what may be offered, the shortest first


def _offers(document: Document, book: Book) -> Iterator[_Offer]:
    headed = [section for section in document.sections if section.label or section.title]
    if not headed:
        yield _Offer("none")
    if all(_form(section) == "markdown" for section in headed):
        yield _Offer("markdown")
    patterns = [_pattern(group) for group in _groups(headed)]
    single = [_fix(section, book) for section in headed if not section.label]
    yield _Offer("patterns", (*patterns, *single))
    yield _Offer("auto", tuple(_fix(section, book) for section in headed), _BY_LINE)


def _form(section: Section) -> str:
    return section.finding.form if section.finding else ""


def _groups(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Sections whose labels look alike: same level, kind and number of words."""
    groups: dict[tuple[int, str, int], list[Section]] = {}
    for section in sections:
        if section.label:
            key = (section.level, section.kind.value, len(section.label.split()))
            groups.setdefault(key, []).append(section)
    yield from groups.values()


def _pattern(group: Sequence[Section]) -> str:
    columns = zip(*(section.label.split() for section in group), strict=True)
    label = r"\s+".join(_word(column) for column in columns)
    return (
        "\n[[manuscript.heading]]\n"
        f"level = {group[0].level}\n"
        f"match = '(?P<label>{label})[.:)]?(?:\\s*[—–-]+)?(?:\\s+(?P<title>(?s:.+)))?\\s*$'\n"
        f'kind = "{group[0].kind.value}"'
    )


def _word(words: Sequence[str]) -> str:
    """What a place in the label may hold: one word, a number, or anything."""
    for shape, pattern in _KINDS:
        if all(shape.fullmatch(word) for word in words):
            return pattern
    same = len(set(words)) == 1 and "'" not in words[0]
    return re.escape(words[0]) if same else r"\S+?"


def _fix(section: Section, book: Book) -> str:
    """A heading by the first line of its text; the number of the line tells twins apart."""
    file = book.sources[section.span.source]
    line = file.line_of(section.span.start)
    begin = file.line_starts[line - 1]
    title = plain(section.title)
    given = any(fix.title == title for fix in book.config.manuscript.fix if fix.title)
    keys = {
        "at": _quoted(file.text[begin:].split("\n", 1)[0].strip()),
        "kind": _quoted(section.kind.value),
        "level": section.level,
        "line": line,
        **({"title": _quoted(title)} if given else {}),
    }
    return _table(keys)


def _table(keys: Mapping[str, object]) -> str:
    return "\n".join(["\n[[manuscript.fix]]", *(f"{key} = {keys[key]}" for key in keys)])


def _quoted(text: str) -> str:
    """A text of TOML: its escapes are those of JSON, but for the letter DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
