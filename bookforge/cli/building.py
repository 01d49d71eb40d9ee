"""What `build` and `clean` do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity

if TYPE_CHECKING:
    from bookforge.report import BuildReport


def make(run: Run, words: Sequence[str], report: str | None) -> int:
    """Build the book and targets among `words`; `report` is a file, or "-" for standard output."""
    from bookforge import pipeline

    path, wanted = split_words(words, pipeline.TARGETS, report == "-")
    found = run.open_book(path)
    if not pipeline.wanted_targets(found, wanted):
        message = "nothing to make: [output] switches every target off"
        raise ConfigError(_fault("C032", message, "name one: bookforge build epub"))
    with show.progress(run) as step:
        done = pipeline.build(
            found,
            wanted,
            run.report,
            progress=step,
            use_cache=run.use_cache,
            inspect=run.json or report is not None,
        )
    if run.json:
        findings = show.as_json(run.findings(), run.sources)
        show.write_json({**done.to_json(), "diagnostics": findings})
    else:
        show.show_findings(run, sys.stderr)
        _show_files(run, done)
    _write_report(run, done, report)
    return run.exit_code()


# Words for outputs that are no targets, and what is meant by them.
_KINDS = {
    "pdf": "print is the PDF for the printer, screen the one for reading",
    "ebook": "the e-book is called epub",
    "kepub": "bookforge send makes it for a Kobo; [output.epub] kepub = true with every e-book",
    "azw3": "bookforge send makes it for a Kindle, through calibre",
}


def split_words(
    words: Sequence[str], targets: Sequence[str], reports: bool = False
) -> tuple[Path | None, list[str]]:
    """The book and the targets among the words of `build`.

    `reports`: --report stands there without a file, which one of the words may be meant for.
    """
    wanted = [word for word in words if word in targets]
    others = [word for word in words if word not in targets]
    doubtful = others[1:] or [word for word in others if not Path(word).exists()]
    for word in doubtful:
        from difflib import get_close_matches

        _refuse_file_kind(word)
        close = get_close_matches(word, targets, n=1)
        if reports and not close:
            message = f"{word} is no target and no book"
            raise ConfigError(_fault("C030", message, f"a file for the report: --report={word}"))
        if close or len(others) > 1:
            hint = f"targets are {', '.join(targets)}; the nearest is {close[0]}" if close else ""
            message = f"{word} is no target, and a build makes one book"
            raise ConfigError(_fault("C030", message, hint or f"targets are {', '.join(targets)}"))
    return Path(others[0]) if others else None, wanted


def _refuse_file_kind(word: str) -> None:
    """Raise `ConfigError` (C030) for the name of a kind of file that is no target's."""
    if word.lower() in _KINDS and not Path(word).exists():
        raise ConfigError(_fault("C030", f"{word} is no target", _KINDS[word.lower()]))


def _show_files(run: Run, done: BuildReport) -> None:
    lines = []
    for file in done.files:
        pages = f"{done.pages} pages, " if file.kind == "print" and done.pages else ""
        lines.append(f"{show.show_path(file.path)}  ({pages}{show.show_size(file.size)})")
    if not run.quiet:
        print("\n".join(lines))
    if run.verbose:
        for step, seconds in done.seconds.items():
            print(f"{seconds:7.2f} s  {step}", file=sys.stderr)


def _write_report(run: Run, done: BuildReport, report: str | None) -> None:
    """The report for people: into a file, or behind the list of files (JSON says it all)."""
    if report == "-" and not run.json:
        print("\n" + describe_build(done))
    elif report and report != "-":
        from bookforge.store import write_bytes

        write_bytes(Path(report), describe_build(done).encode())


def describe_build(done: BuildReport) -> str:
    """The report of a build for people."""
    lines = ["Files"]
    lines += [f"  {file.path}  {show.show_size(file.size)}" for file in done.files]
    if done.pages:
        lines += ["", f"Pages: {done.pages}"]
    if done.print:
        whose = "all printers" if done.print.printer == "universal" else done.print.printer
        lines += ["", f"Print: {done.print.trim}, for {whose}"]
        lines += [f"  {line}" for line in done.print.explanation]
        lines += [f"  not confirmed: {figure}" for figure in done.print.unconfirmed]
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


def clean(run: Run, book: Path | None) -> int:
    """Remove what was made."""
    from bookforge.locate import Request, find_output
    from bookforge.store import Outputs

    request = Request(book, run.config, run.settings, run.edition, run.output)
    removed, kept = Outputs(find_output(request, run.sources)).clean()
    if run.json:
        lists = {"removed": removed, "kept": kept}
        show.write_json({what: [str(path) for path in paths] for what, paths in lists.items()})
    elif not run.quiet:
        lines = [f"removed {show.show_path(path)}" for path in removed]
        lines += [f"kept {show.show_path(path)}: it was changed since" for path in kept]
        print("\n".join(lines) or "nothing to do")
    return 0


def _fault(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),))
