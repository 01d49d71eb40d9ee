"""The JSON Schema of book.toml, for editors that complete and check as one types.

It is made from the models and shipped as `book.schema.json`; a test holds the two together.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from bookforge.config.model import Config

FILE = "book.schema.json"


def make_schema() -> dict[str, Any]:
    """The schema as the models give it."""
    schema = Config.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "book.toml of bookforge",
    }


def dump_schema() -> str:
    """The schema as the text of the file."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=1) + "\n"


def shipped_schema() -> str:
    """The schema that came with this installation."""
    return (resources.files("bookforge.config") / FILE).read_text(encoding="utf-8")
