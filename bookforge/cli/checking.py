"""What `check` looks at: a book with its finished files, or one finished file of any origin."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity


def show_check(run: Run, book: Path | None, strict: bool, printer: str | None = None) -> int:
    """Check and show; 1 when something was found at the failing level."""
    said = _check_for(printer, book, run)
    used = _tell_validators(said, run)
    if run.json:
        found = show.as_json(run.findings(), run.sources)
        access = {path: one.to_json() for path, one in run.access.items()}
        answer = {"diagnostics": found, "checked": said, "validators": used}
        show.write_json({**answer, "accessibility": access})
        return run.exit_code(strict)
    show.show_findings(run, sys.stdout)
    if not run.quiet and run.format == "human":
        print("\n".join(f"checked: {what}" for what in said))
        print("\n".join(f"{name}: {what}" for name, what in used.items()))
        _tell_access(run)
        if not run.findings():
            print("nothing to complain of")
    return run.exit_code(strict)


def _tell_access(run: Run) -> None:
    """What each e-book offers to readers who cannot see it: what is claimed, and the grounds."""
    for path, access in run.access.items():
        print("\n  ".join((f"accessibility of {path}:", *access.say())))


def _check_for(printer: str | None, path: Path | None, run: Run) -> list[str]:
    """Check, by the rules of a printer; a wrong name is a fault of the option."""
    if printer is None:
        return check_anything(path, run)
    setting = f"output.print.printer={printer}"
    run.settings = (*run.settings, setting)
    try:
        return check_anything(path, run, printer)
    except ConfigError as error:
        raise ConfigError(
            *(
                replace(one, span=None, file="--printer", message=_of_option(one.message))
                if one.span and run.sources[one.span.source].text == setting
                else one
                for one in error.diagnostics
            )
        ) from None


def _of_option(message: str) -> str:
    return message.replace("output.print.printer", "--printer")


def _tell_validators(said: list[str], run: Run) -> dict[str, str]:
    """What each validator of finished files did; one that is not there counts for nothing."""
    from bookforge.preflight.epub.ace import find_program
    from bookforge.preflight.epub.validator import is_installed

    # The first is the manuscript where a book was checked.
    files = said[1:] if run.book else said
    alone = Path(files[0]).suffix.lower() if files and not run.book else ""
    prints = {"page-validation": _tell_page_validation()} if alone != ".epub" else {}
    if alone == ".pdf":
        return prints
    books = [file for file in files if file.endswith(".epub")]
    ran = f"ran on {', '.join(books)}" if books else "installed; there is no finished EPUB"
    codes = {found.code for found in run.found}
    unopened = "not asked, for the file cannot be opened"
    told = "gave no answer" if "E006" in codes else unopened if codes == {"E001"} else ran
    ace = "gave no answer" if "A042" in codes else unopened if "E001" in codes else ran
    return {
        "EPUBCheck": told if is_installed() else "not installed",
        "Ace": ace if find_program() else "not installed",
        **prints,
    }


def _tell_page_validation() -> str:
    from importlib.util import find_spec

    if find_spec("page") is None:
        return "not installed"
    return "installed; it is asked about PDFs that claim to be PDF/UA or PDF/A"


def check_anything(path: Path | None, run: Run, printer: str | None = None) -> list[str]:
    """Report what is wrong; gives what was looked at, in words."""
    if path is not None and path.suffix.lower() in (".epub", ".pdf"):
        return [_check_file(path, run, printer)]
    return _check_book(path, run)


def _check_book(path: Path | None, run: Run) -> list[str]:
    from bookforge import pipeline

    book = run.open_book(path)
    finished = pipeline.check(book, run.report, use_cache=run.use_cache)
    run.access |= {show.show_path(file): one for file, one in finished.items() if one}
    _report_idle_ignores(run)
    manuscript = ", ".join(show.show_path(file) for file in book.files)
    return [manuscript, *(show.show_path(file) for file in finished)]


def _check_file(path: Path, run: Run, printer: str | None) -> str:
    """Preflight of a finished file, by the settings given for it."""
    from bookforge import pipeline
    from bookforge.config.read import default_config, read_config
    from bookforge.source import read_bytes

    read_bytes(path)
    if run.config:
        config = read_config(run.config, run.sources, run.settings, run.edition)
    else:
        config = default_config(run.settings, run.sources, run.edition)
    findings, access = pipeline.check_file(path, config, named=printer is not None)
    for found in findings:
        run.report(found)
    if access:
        run.access[show.show_path(path)] = access
    return show.show_path(path)


def _report_idle_ignores(run: Run) -> None:
    """A code in [check] ignore that nothing answers to hides the next real finding."""
    config = run.settings_read
    seen = {found.code for found in run.found}
    for code in config.check.ignore if config else ():
        # What is found only in finished pages cannot be told to be idle here.
        if code[0] in "RST" and code not in seen:
            hint = (Hint("take it out, so that it hides nothing new"),)
            message = f"[check] ignore names {code}, and there is no such finding"
            run.report(Diagnostic("C034", Severity.NOTE, message, None, hint))
