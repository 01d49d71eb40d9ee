"""Front matter: the metadata block at the head of a Markdown file.

YAML between `---` lines (only `key: value`, quoted values, lists and folded text: what writers
use; anything else is reported and left out of the metadata) or TOML between `+++` lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.model.document import Found
from bookforge.regex import regex
from bookforge.source import SourceFile

_YAML = regex(r"---[ \t]*\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S | re.M)
_TOML = regex(r"\+\+\+[ \t]*\n(?P<body>.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
_PAIR = regex(r"(?P<key>[A-Za-z][\w -]*?)[ \t]*:(?:[ \t]+(?P<value>.*?))?[ \t]*")
_ITEM = regex(r"[ \t]*-[ \t]+(?P<value>.*?)[ \t]*")
# Emphasis, strong or both; not the underscores inside a word.
_EMPHASIS = regex(r"(?<!\w)(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<words>.+?)(?<=\S)(?P=mark)(?!\w)")
_BLOCK = frozenset({"|", ">", "|-", ">-", "|+", ">+"})
_AUTHORS = ("author", "authors", "creator", "by")
_LANGUAGE = ("lang", "language", "locale")

Values = dict[str, list[str]]


class Front(Struct):
    """What the front matter says, and how many characters and lines it takes."""

    found: Found = field(default_factory=Found)
    length: int = 0
    lines: int = 0
    values: Values = field(default_factory=dict)


def read_front(file: SourceFile, report: Report) -> Front:
    """The front matter of a file; an empty one where there is none."""
    if match := _YAML.match(file.text):
        body = match["body"]
        if not _looks_like_pairs(body):
            return Front()
        values = _read_yaml(file, body, match.start("body"), report)
    elif match := _TOML.match(file.text):
        values = _read_toml(file, match["body"], match.start("body"), report)
    else:
        return Front()
    lines = file.text.count("\n", 0, match.end())
    return Front(_find(values), match.end(), lines, values)


def _looks_like_pairs(body: str) -> bool:
    """A scene break at the head of a file is no front matter."""
    lines = [line for line in body.split("\n") if line.strip() and not line.startswith("#")]
    return bool(lines) and _PAIR.fullmatch(lines[0]) is not None and "\n\n\n" not in body


def _find(values: Mapping[str, list[str]]) -> Found:
    known = {"title", "subtitle", *_AUTHORS, *_LANGUAGE}
    authors = [name for key in _AUTHORS for name in values.get(key, ())]
    languages = [tag for key in _LANGUAGE for tag in values.get(key, ())]
    extra = tuple((key, "; ".join(value)) for key, value in values.items() if key not in known)
    return Found(
        title=_unmarked(" ".join(values.get("title", ()))),
        subtitle=_unmarked(" ".join(values.get("subtitle", ()))),
        authors=tuple(authors),
        language=languages[0].replace("_", "-") if languages else "",
        extra=extra,
    )


def _unmarked(text: str) -> str:
    """Words without the marks of emphasis: titles are plain text wherever they go."""
    return _EMPHASIS.sub(r"\g<words>", text)


def _read_toml(file: SourceFile, body: str, offset: int, report: Report) -> Values:
    try:
        data = tomllib.loads(body)
    except tomllib.TOMLDecodeError as error:
        _complain(file, offset, len(body), f"front matter is not valid TOML: {error}", report)
        return {}
    return {
        key.lower(): [str(one) for one in (value if isinstance(value, list) else [value])]
        for key, value in data.items()
    }


def _read_yaml(file: SourceFile, body: str, offset: int, report: Report) -> Values:
    """The simple part of YAML, line by line."""
    values: Values = {}
    key, block = "", ""
    for line in body.split("\n"):
        at, offset = offset, offset + len(line) + 1
        indented = line[:1] in (" ", "\t")
        if not line.strip() or line.startswith("#"):
            continue
        if block and indented:
            values[key].append(line.strip())
        elif key and (item := _ITEM.fullmatch(line)) and not _nested(item["value"]):
            values[key].append(_unquote(item["value"]))
        elif not indented and (pair := _PAIR.fullmatch(line)):
            _join_block(values, key, block)
            key, block = pair["key"].lower().replace("_", "-"), ""
            value = pair["value"] or ""
            block = value if value in _BLOCK else ""
            values[key] = [] if block or not value else _read_value(value)
        else:
            _complain(file, at, len(line), "front matter not understood", report)
    _join_block(values, key, block)
    return {name: value for name, value in values.items() if value}


def _join_block(values: Values, key: str, block: str) -> None:
    if block:
        values[key] = [("\n" if block[0] == "|" else " ").join(values[key])]


def _nested(value: str) -> bool:
    return value[:1] not in "\"'" and _PAIR.fullmatch(value) is not None


def _read_value(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        parts: Iterable[str] = re.findall(r"\"[^\"]*\"|'[^']*'|[^,]+", value[1:-1])
        return [_unquote(part.strip()) for part in parts if part.strip()]
    return [_unquote(value)]


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return re.sub(r"[ \t]+#.*", "", value)


def _complain(file: SourceFile, at: int, length: int, message: str, report: Report) -> None:
    report(
        Diagnostic(
            "R030",
            Severity.WARNING,
            message,
            file.span(at, at + length),
            (Hint('write simple lines such as "title: The Sea", or use book.toml'),),
        )
    )
