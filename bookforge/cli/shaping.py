"""The headings found, as `[manuscript]` settings that find them again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bookforge.model.document import Document, Section
from bookforge.model.walk import plain

_KINDS = (
    (re.compile(r"\d+"), r"\d+"),
    (re.compile(r"[IVXLCDM]+"), "[IVXLCDM]+"),
    (re.compile(r"[ivxlcdm]+"), "[ivxlcdm]+"),
)


def settings_of(document: Document) -> str:
    """TOML for book.toml: a pattern for each form of numbered heading, the others one by one."""
    headed = [section for section in document.sections if section.label or section.title]
    if not headed:
        return '[manuscript]\nheadings = "none"\n'
    if all(_form(section) == "markdown" for section in headed):
        return '[manuscript]\nheadings = "markdown"\n'
    lines = ["[manuscript]", 'headings = "patterns"']
    for group in _groups(headed):
        lines += _pattern(group)
    for section in headed:
        if not section.label:
            lines += _fix(section)
    return "\n".join(lines) + "\n"


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


def _pattern(group: Sequence[Section]) -> list[str]:
    columns = zip(*(section.label.split() for section in group), strict=True)
    label = r"\s+".join(_word(column) for column in columns)
    return [
        "",
        "[[manuscript.heading]]",
        f"level = {group[0].level}",
        f"match = '(?P<label>{label})[.:]?(?:\\s+(?P<title>.+))?'",
        f'kind = "{group[0].kind.value}"',
    ]


def _word(words: Sequence[str]) -> str:
    """What a place in the label may hold: one word, a number, or anything."""
    for shape, pattern in _KINDS:
        if all(shape.fullmatch(word) for word in words):
            return pattern
    same = len(set(words)) == 1 and "'" not in words[0]
    return re.escape(words[0]) if same else r"\S+"


def _fix(section: Section) -> list[str]:
    title = plain(section.title).replace("\\", "\\\\").replace('"', '\\"')
    return [
        "",
        "[[manuscript.fix]]",
        f'at = "{title}"',
        f"level = {section.level}",
        f'kind = "{section.kind.value}"',
    ]
