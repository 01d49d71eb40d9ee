"""The commands as users see them: arguments, options, help. What they do stands elsewhere.

This module is loaded for every --help, so it imports nothing but the parser; each body imports the
module that does the work.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bookforge.cli.options import Run, command

_BOOK = typer.Argument(
    metavar="BOOK",
    help="A folder, a book.toml or one manuscript file.",
    show_default=False,
)


class Markup(StrEnum):
    """What a text is written in."""

    TEXT = "text"
    MARKDOWN = "markdown"


def _complete_target(incomplete: str) -> list[str]:
    from bookforge.registry import RENDERERS

    return [name for name in RENDERERS if name.startswith(incomplete)]


def _complete_code(incomplete: str) -> list[str]:
    from bookforge.codes import CODES

    return [code for code in CODES if code.startswith(incomplete.upper())]


@command()
def build(
    run: Run,
    book: Annotated[
        str | None,
        typer.Argument(
            metavar="BOOK",
            help="A folder, a book.toml or one manuscript file.",
            show_default=False,
        ),
    ] = None,
    targets: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="TARGET…",
            help="What to make: epub, print, screen (a PDF to read), proof (a marked PDF), cover.",
            show_default=False,
            autocompletion=_complete_target,
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            "--report",
            metavar="[=FILE]",
            help="Tell what was done: pages, edits, what was left out.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Make the e-book and the PDF for the printer.

    Without BOOK it is the book of the folder you stand in; without TARGET those two are made, or
    what [output] in book.toml enables. A word that is exactly a target's name is a target: a
    folder of that name is ./print.

    \b
    Examples:
      bookforge build                        what book.toml enables
      bookforge build novel.txt              no configuration needed
      bookforge build novel.txt epub         the e-book alone
      bookforge build print screen cover     these three of the book of this folder
      bookforge build --edition large-print
      bookforge build --set output.print.trim=A5 --report
    """
    from bookforge.cli import building

    words = [*([book] if book is not None else []), *(targets or [])]
    return building.make(run, words, report)


@command(reads_book=False, to="book.toml is written into the folder named by DIR")
def init(
    run: Run,
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR|MANUSCRIPT",
            help="A folder, or the manuscript to make a book of.",
            show_default=False,
        ),
    ] = None,
    schema: Annotated[
        bool,
        typer.Option(
            "--schema",
            help="Print the JSON Schema of book.toml, for editors, and write nothing.",
            show_default=False,
        ),
    ] = False,
) -> int:
    """Write a commented book.toml; title and author are guessed from the manuscript.

    Nothing is ever overwritten. Every setting stands in the file with its default and meaning;
    take the # away to change one.

    \b
    Examples:
      bookforge init novel.txt               beside the manuscript
      bookforge init my-book                 in a folder of its own
      bookforge init --schema > book.schema.json
    """
    from bookforge.cli import starting

    return starting.print_schema() if schema else starting.start(run, place or Path())


@command()
def outline(
    run: Run,
    book: Annotated[Path | None, _BOOK] = None,
    write_config: Annotated[
        bool,
        typer.Option(
            "--write-config",
            help="Print what was found as [manuscript] settings, to fix it.",
            show_default=False,
        ),
    ] = False,
) -> int:
    """Show the parts and chapters as found, with the reason for each.

    Nothing is written. What is wrong here is put right in [manuscript] of book.toml; the settings
    that --write-config prints can follow its last line.

    \b
    Examples:
      bookforge outline novel.txt
      bookforge outline --json | jq '.sections[].title'
      bookforge outline --write-config >> book.toml
    """
    from bookforge.cli import looking

    return looking.show_outline(run, book, write_config)


@command(reads_book=False, to="the text goes to standard output, put > FILE behind it")
def typogrify(
    run: Run,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|-|BOOK", help="A text; - is standard input."),
    ] = "-",
    markup: Annotated[
        Markup | None,
        typer.Option("--from", help="What FILE is written in; its ending decides when left out."),
    ] = None,
    language: Annotated[
        str, typer.Option("--language", metavar="TAG", help="Whose marks and spaces to set.")
    ] = "en-US",
    quotes: Annotated[
        str,
        typer.Option(
            "--quotes",
            metavar="WHICH",
            help="auto keeps the outer marks of the text; or double, single, a language.",
        ),
    ] = "auto",
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Print what would change instead.", show_default=False),
    ] = False,
    report: Annotated[
        bool,
        typer.Option("--report", help="Tell the number of edits, and doubts.", show_default=False),
    ] = False,
    doubts: Annotated[
        bool,
        typer.Option(
            "--doubts",
            help="List the doubtful marks of BOOK in its decisions.toml.",
            show_default=False,
        ),
    ] = False,
) -> int:
    """Set quotes, apostrophes, dashes, ellipses and spaces right: text in, text out.

    The file itself is never changed. Line ends, blank lines and headings stay as they are. With
    --report the doubtful places are told on standard error, the most doubtful first. With --doubts
    nothing is printed: the doubtful marks of a book are added to .bookforge/decisions.toml beside
    its book.toml, where you decide about them; builds and this command keep to that.

    \b
    Examples:
      bookforge typogrify novel.txt > clean.txt
      bookforge typogrify novel.md --diff | less
      bookforge typogrify --doubts .
      pandoc old.docx -t plain | bookforge typogrify - --language en-GB
    """
    from bookforge.cli import filtering

    if doubts:
        return filtering.list_doubts(run, file)
    wish = filtering.Wish(markup.value if markup else None, language, quotes, diff, report)
    return filtering.filter_text(run, file, wish)


@command()
def check(
    run: Run,
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="BOOK|FILE.epub|FILE.pdf",
            help="A book, or a finished file of whatever origin.",
            show_default=False,
        ),
    ] = None,
    printer: Annotated[
        str | None,
        typer.Option(
            "--printer",
            metavar="NAME",
            help="Keep to this printer's rules: universal (the strictest of all), kdp, "
            "kdp-hardcover, ingram, lulu, bn, bookvault.",
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
      bookforge check --printer kdp Emma.pdf
      bookforge check --format short         one line each, for editors
    """
    from bookforge.cli import checking

    return checking.show_check(run, book, strict, printer)


@command(reads_book=False)
def explain(
    run: Run,
    code: Annotated[
        str,
        typer.Argument(metavar="CODE", help="A code such as T001.", autocompletion=_complete_code),
    ],
) -> int:
    """Tell what a diagnostic means and what to do about it.

    \b
    Example:
      bookforge explain C005
    """
    from bookforge.cli import answering

    return answering.explain(run, code)


@command(reads_book=False)
def fonts(run: Run) -> int:
    """List the type families that book.toml can name.

    \b
    Examples:
      bookforge fonts
      bookforge build --set "output.print.font=EB Garamond"
    """
    from bookforge.cli import answering

    return answering.list_fonts(run)


@command()
def stats(run: Run, book: Annotated[Path | None, _BOOK] = None) -> int:
    """Count words and characters, and the time to read, by chapter.

    \b
    Examples:
      bookforge stats novel.txt
      bookforge stats --json
    """
    from bookforge.cli import looking

    return looking.show_stats(run, book)


@command()
def clean(
    run: Run,
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="BOOK",
            help="A folder, a book.toml or a manuscript file.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Remove the files that bookforge made, and nothing else.

    Files of yours in the same folder stay, and so do your decisions in .bookforge/.

    \b
    Examples:
      bookforge clean
      bookforge clean -o ~/books/out
    """
    from bookforge.cli import building

    return building.clean(run, book)
