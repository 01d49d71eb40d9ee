"""Typography as data: a change to a stretch of flattened text, and a doubtful reading."""

from __future__ import annotations

from typing import NamedTuple

# Stands in a flattened text for what is no text: an image, code, a note's mark.
PLACEHOLDER = "\ufffc"


class Edit(NamedTuple):
    """Put `new` in place of text[start:end]; `rule` names the rule that asked for it."""

    start: int
    end: int
    new: str
    rule: str


class Doubt(NamedTuple):
    """A mark whose reading is not sure; `doubt` runs from 0 (sure) to 1."""

    offset: int
    mark: str
    reading: str
    second: str
    doubt: float
