"""Commands that look at a book and say what they find: outline, check, stats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bookforge.cli import show
from bookforge.cli.options import Run, command

_BOOK = typer.Argument(
    metavar="[BOOK]",
    help="A folder, a book.toml or one manuscript file.",
    show_default=False,
)


@command()
def outline(
    run: Run,
    book: Annotated[Path | None, _BOOK] = None,
    write_config: Annotated[
        bool,
        typer.Option(
            "--write-config",
            help="Print the forms found as [manuscript] settings, to fix them.",
            show_default=False,
        ),
    ] = False,
) -> int:
    """Show the parts and chapters as found, with the reason for each.

    Nothing is written. What is wrong here is put right in [manuscript] of book.toml.

    \b
    Examples:
      bookforge outline novel.txt
      bookforge outline --json | jq '.sections[].title'
      bookforge outline novel.txt --write-config >> book.toml
    """
    from bookforge import outline as outlines
    from bookforge.cli.shaping import settings_of
    from bookforge.pipeline import read_document

    found = run.open_book(book)
    document, _ = read_document(found, run.report, use_cache=run.use_cache)
    if run.json:
        show.write_json(outlines.outline(document, run.sources))
        return run.exit_code()
    show.show_findings(run, sys.stderr)
    if write_config:
        print(settings_of(document), end="")
    else:
        print("\n".join(outlines.list_outline(document, run.sources)))
    return run.exit_code()


@command()
def check(
    run: Run,
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BOOK | FILE.epub | FILE.pdf]",
            help="A book, or a finished file of whatever origin.",
            show_default=False,
        ),
    ] = None,
    printer: Annotated[
        str | None,
        typer.Option(
            "--printer",
            metavar="NAME",
            help="Keep to this printer's rules: universal, kdp, ingram …",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Warnings fail, too.", show_default=False)
    ] = False,
) -> int:
    """Look for mistakes without making anything.

    Reads book.toml and the manuscript, and looks at the finished files if there are any. Exit
    code 1 when something is found at the failing level ([check] fail-on, by default error).

    \b
    Examples:
      bookforge check
      bookforge check novel.txt --strict
      bookforge check build/Emma.epub
      bookforge check --format short         one line each, for editors
    """
    from bookforge.cli import checking

    if printer:
        run.settings = (*run.settings, f"output.print.printer={printer}")
    said = checking.check_anything(book, run)
    if run.json:
        show.write_json({"diagnostics": show.as_json(run.findings(), run.sources), "checked": said})
        return run.exit_code(strict)
    show.show_findings(run, sys.stdout)
    if not run.quiet and run.format == "human":
        print("\n".join(f"checked: {what}" for what in said))
        if not run.findings():
            print("nothing to complain of")
    return run.exit_code(strict)


@command()
def stats(run: Run, book: Annotated[Path | None, _BOOK] = None) -> int:
    """Count words and characters, and the time to read, by chapter.

    \b
    Examples:
      bookforge stats novel.txt
      bookforge stats --json
    """
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
