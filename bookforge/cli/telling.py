"""Commands that answer a question: typogrify, explain, fonts; and the report of a build."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

import typer

from bookforge.cli import show
from bookforge.cli.options import Run, command
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity

if TYPE_CHECKING:
    from bookforge.report import BuildReport


@command(reads_book=False)
def explain(
    run: Run,
    code: Annotated[str, typer.Argument(metavar="CODE", help="A code such as T012.")],
) -> int:
    """Tell what a diagnostic means and what to do about it.

    \b
    Example:
      bookforge explain C005
    """
    from textwrap import fill

    from bookforge.codes import CODES

    entry = CODES.get(code.upper())
    if entry is None:
        close = get_close_matches(code.upper(), CODES, n=1)
        hint = f"the nearest is {close[0]}" if close else "codes stand in brackets in each message"
        fault = Diagnostic("C035", Severity.ERROR, f"there is no code {code}", hints=(Hint(hint),))
        raise ConfigError(fault)
    if run.json:
        show.write_json({"code": entry.code, "title": entry.title, "text": entry.explanation})
    else:
        print(f"{entry.code}: {entry.title}\n\n{fill(entry.explanation, 80)}")
    return 0


@command(reads_book=False)
def fonts(run: Run) -> int:
    """List the type families that book.toml can name.

    \b
    Examples:
      bookforge fonts
      bookforge build --set "output.print.font=EB Garamond"
    """
    from bookforge.cli import faces

    found = faces.list_families()
    if run.json:
        show.write_json({"families": [faces.as_json(one) for one in found]})
    else:
        print("\n".join(faces.as_text(one) for one in found))
    return 0


def describe_build(done: BuildReport) -> str:
    """The report of a build for people."""
    lines = ["Files"]
    lines += [f"  {file.path}  {show.show_size(file.size)}" for file in done.files]
    if done.pages:
        lines += ["", f"Pages: {done.pages}"]
    if done.edits:
        lines += ["", "Typography"]
        lines += [f"  {times:7,}  {rule}" for rule, times in sorted(done.edits.items())]
    removed = done.to_json()["removed"]
    if removed:
        lines += ["", "Left out of the book"]
        lines += [
            f"  {one['what']}: {one['file']}, lines {one['first']} to {one['last']}"
            for one in removed
        ]
    if done.layout:
        lines += ["", "Pages that could be better"]
        lines += [f"  page {one.page}: {one.kind} ({one.file}:{one.line})" for one in done.layout]
    lines += ["", "Time"]
    lines += [f"  {seconds:7.2f} s  {step}" for step, seconds in done.seconds.items()]
    return "\n".join(lines) + "\n"
