"""What `outline` and `stats` do."""

from __future__ import annotations

import sys
from pathlib import Path

from bookforge.cli import show
from bookforge.cli.options import Run


def show_outline(run: Run, book: Path | None, write_config: bool) -> int:
    """Show the structure as found, or the settings that find it again."""
    from bookforge import outline as outlines
    from bookforge.cli.shaping import settings_of
    from bookforge.passes.metadata import describe
    from bookforge.pipeline import read_document

    found = run.open_book(book)
    document, context = read_document(found, run.report, use_cache=run.use_cache)
    named = describe(context.config, document.found, document.language, context)
    if run.json:
        show.write_json(outlines.outline(document, run.sources, named))
        return run.exit_code()
    show.show_findings(run, sys.stderr)
    if write_config:
        print(settings_of(document, found), end="")
    else:
        print("\n".join(outlines.list_outline(document, run.sources, named)))
    return run.exit_code()


def show_stats(run: Run, book: Path | None) -> int:
    """Show how long the book is."""
    from bookforge.cli import counting
    from bookforge.pipeline import read_document

    found = run.open_book(book)
    document, _ = read_document(found, run.report, use_cache=run.use_cache)
    counts = counting.count(document)
    if run.json:
        show.write_json(counting.as_json(counts))
        return 0
    show.show_findings(run, sys.stderr)
    print(counting.as_text(counts))
    return 0
