"""A small book's cover, drawn with any settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bookforge.contracts import Context, CoverBrief, Metadata
from bookforge.diagnostics import Diagnostic
from bookforge.languages.base import load_language
from bookforge.source import SourceMap
from tests.settings import make_config

ISBN = "978-0-306-40615-7"
METADATA = Metadata("Low Water", ("Ann Example",), "en-GB", "urn:x", subtitle="A Novel")
BLURB = "A tide goes out and does not come back. " * 6


def make_brief(
    folder: Path,
    found: list[Diagnostic],
    *,
    pages: int = 320,
    blurb: str = BLURB,
    metadata: Metadata = METADATA,
    **tables: dict[str, Any],
) -> CoverBrief:
    """`tables`: printing, cover, book and style, as book.toml has them."""
    output = {"print": tables.get("printing", {}), "cover": tables.get("cover", {})}
    settings = {"output": output, "book": tables.get("book", {}), "style": tables.get("style", {})}
    config = make_config(settings)
    context = Context(
        config, load_language("en-GB"), found.append, SourceMap(), folder, epoch=1_700_000_000
    )
    return CoverBrief(metadata, context, pages, blurb)
