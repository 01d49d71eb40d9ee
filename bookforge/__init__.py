"""bookforge: from a plain manuscript and one book.toml to an EPUB and a print-ready PDF.

Public are `build`, `check` and `load_config` (see `bookforge.api`); they are loaded when they are
asked for, so that `import bookforge` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bookforge.api import build, check, load_config

__all__ = ["__version__", "build", "check", "load_config"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in ("build", "check", "load_config"):
        from bookforge import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
