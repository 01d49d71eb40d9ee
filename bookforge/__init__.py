"""bookforge: from a plain manuscript and one book.toml to an EPUB and a print-ready PDF."""

from __future__ import annotations

__version__ = "0.1.0"
