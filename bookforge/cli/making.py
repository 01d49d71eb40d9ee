"""Commands that write files: build, init, clean."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bookforge.cli import show
from bookforge.cli.options import Run, command
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity

if TYPE_CHECKING:
    from bookforge.locate import Book
    from bookforge.report import BuildReport


@command()
def build(
    run: Run,
    book: Annotated[
        str | None,
        typer.Argument(
            metavar="[BOOK]",
            help="A folder, a book.toml or one manuscript file.",
            show_default=False,
        ),
    ] = None,
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TARGET]", help="What to make: epub, print.", show_default=False),
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

    Without BOOK it is the book of the folder you stand in; without TARGET both are made, or those
    that [output] in book.toml enables. A word that is exactly a target's name is a target: a
    folder of that name is ./print.

    \b
    Examples:
      bookforge build                        what book.toml enables
      bookforge build novel.txt              no configuration needed
      bookforge build novel.txt epub         the e-book alone
      bookforge build --edition large-print
      bookforge build --set output.print.trim=A5 --report
    """
    from bookforge import pipeline

    words = [*([book] if book is not None else []), *(targets or [])]
    path, wanted = split_words(words, pipeline.TARGETS)
    found = run.open_book(path)
    _refuse_missing(found, wanted)
    with show.progress(run) as step:
        done = pipeline.build(found, wanted, run.report, progress=step, use_cache=run.use_cache)
    if run.json:
        findings = show.as_json(run.findings(), run.sources)
        show.write_json({**done.to_json(), "diagnostics": findings})
    else:
        show.show_findings(run, sys.stderr)
        _show_files(run, done, report)
    return run.exit_code()


def split_words(words: Sequence[str], targets: Sequence[str]) -> tuple[Path | None, list[str]]:
    """The book and the targets among the words of `build`."""
    wanted = [word for word in words if word in targets]
    others = [word for word in words if word not in targets]
    doubtful = others[1:] or [word for word in others if not Path(word).exists()]
    for word in doubtful:
        from difflib import get_close_matches

        close = get_close_matches(word, targets, n=1)
        if close or len(others) > 1:
            hint = f"targets are {', '.join(targets)}; the nearest is {close[0]}" if close else ""
            message = f"{word} is no target, and a build makes one book"
            raise ConfigError(_fault("C030", message, hint or f"targets are {', '.join(targets)}"))
    return Path(others[0]) if others else None, wanted


def _refuse_missing(book: Book, targets: Sequence[str]) -> None:
    """Targets that are named in the interface but have no renderer yet."""
    from bookforge.pipeline import wanted_targets
    from bookforge.registry import RENDERERS

    wanted = wanted_targets(book, targets)
    if missing := [name for name in wanted if name not in RENDERERS]:
        message = f"this version of bookforge makes no {' and no '.join(missing)} yet"
        raise ConfigError(_fault("C031", message, f"it makes {' and '.join(RENDERERS)}"))
    if not wanted:
        message = "nothing to make: [output] switches every target off"
        raise ConfigError(_fault("C032", message, "name one: bookforge build . epub"))


def _show_files(run: Run, done: BuildReport, report: str | None) -> None:
    from bookforge.cli.telling import describe_build

    lines = []
    for file in done.files:
        pages = f"{done.pages} pages, " if file.kind == "print" and done.pages else ""
        lines.append(f"{show.show_path(file.path)}  ({pages}{show.show_size(file.size)})")
    if not run.quiet:
        print("\n".join(lines))
    if run.verbose:
        for step, seconds in done.seconds.items():
            print(f"{seconds:7.2f} s  {step}", file=sys.stderr)
    if report == "-":
        print("\n" + describe_build(done))
    elif report:
        from bookforge.store import write_bytes

        write_bytes(Path(report), describe_build(done).encode())


@command()
def init(
    run: Run,
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR or MANUSCRIPT]",
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

    if schema:
        print(starting.schema_text(), end="")
        return 0
    begun = starting.begin(place or Path(), run)
    if run.json:
        show.write_json({"file": str(begun.path), "guessed": begun.guessed})
        return 0
    show.show_findings(run, sys.stderr)
    print(f"wrote {show.show_path(begun.path)}")
    for key, (value, reason) in begun.guessed.items():
        print(f"  {key:9} {value}  ({reason})")
    print(begun.next_step)
    return 0


@command()
def clean(
    run: Run,
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BOOK]",
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
    from bookforge.locate import Request, find_output
    from bookforge.store import Outputs

    request = Request(book, run.config, run.settings, run.edition, run.output)
    removed = Outputs(find_output(request, run.sources)).clean()
    if run.json:
        show.write_json({"removed": [str(path) for path in removed]})
    elif not run.quiet:
        print("\n".join(f"removed {show.show_path(path)}" for path in removed) or "nothing to do")
    return 0


def _fault(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),))
