"""What derives from the models: the starter file, the reference page, the schema."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from bookforge.config import reference, schema, starter
from bookforge.config.model import NOT_YET
from bookforge.config.read import default_config
from bookforge.source import SourceMap

_STARTER = starter.make_starter({"book": {"title": 'Say "Tea"', "author": ""}})
_SETTING = re.compile(r"# ([a-z-]+ = .*?)\s+# ")


def _settings() -> list[tuple[str, str]]:
    """Each setting behind a # with its table."""
    found, table = [], ""
    for line in _STARTER.splitlines():
        if header := re.fullmatch(r"(?:# )?\[([a-z.]+)\]", line):
            table = header[1]
        elif setting := _SETTING.match(line):
            found.append((table, setting[1]))
    return found


def test_the_starter_is_a_book_toml() -> None:
    data = tomllib.loads(_STARTER)
    assert data["book"] == {"title": 'Say "Tea"'}
    assert list(data) == ["book"]


@pytest.mark.parametrize(("table", "setting"), _settings(), ids=lambda value: value[:30])
def test_each_line_of_the_starter_works_without_its_hash(table: str, setting: str) -> None:
    key, _, value = setting.partition(" = ")
    assert f"{table}.{key}" not in NOT_YET
    if "…" not in value:
        default_config([f"{table}.{key}={value}"], SourceMap())
    else:
        tomllib.loads(setting)


def test_the_starter_shows_defaults() -> None:
    assert ("output.print", 'trim = "5.5x8.5"') in _settings()
    assert ("typography", "enabled = true") in _settings()
    assert len(_settings()) > 70


def test_the_reference_has_every_table_and_key() -> None:
    page = reference.make_reference()
    for name in ("[book]", "[[book.contributor]]", "[output.print.margins]", "[edition.NAME]"):
        assert f"\n## {name}\n" in page
    assert '| `trim` | text | `"5.5x8.5"` |' in page


def test_the_schema_knows_kebab_keys_and_refuses_others() -> None:
    made = schema.make_schema()
    assert json.loads(schema.shipped_schema()) == made
    book = made["$defs"]["Book"]
    assert book["additionalProperties"] is False
    assert "short-title" in book["properties"]
    assert _descriptions(made) > 100


def _descriptions(node: Any) -> int:
    if isinstance(node, dict):
        return ("description" in node) + sum(_descriptions(inner) for inner in node.values())
    return sum(_descriptions(inner) for inner in node) if isinstance(node, list) else 0
