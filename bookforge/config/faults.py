"""A wrong setting, before its place in a file is known."""

from __future__ import annotations

from msgspec import Struct

from bookforge.config.where import Path
from bookforge.diagnostics import Severity


class Fault(Struct, frozen=True):
    """One wrong setting; `on_key` says that the key is wrong, not its value."""

    code: str
    path: Path
    message: str
    hint: str = ""
    on_key: bool = False
    severity: Severity = Severity.ERROR
