"""What `typogrify` does: typographic clean-up of a text as a filter."""

from __future__ import annotations

import gc
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.decisions import FILE, FOLDER
from bookforge.diagnostics import BookError, ConfigError, Diagnostic, Hint, Severity

if TYPE_CHECKING:
    from bookforge.decisions import Decision, Key, OpenDoubt
    from bookforge.passes.typography.filter import Options, Typogrified


class _Input(NamedTuple):
    """The text as it came: `decoded` for the filter, `name` for messages."""

    name: str
    decoded: str


class Wish(NamedTuple):
    """What is asked of the filter; `markup` is None where the file's ending decides."""

    markup: str | None = None
    language: str = "en-US"
    quotes: str = "auto"
    diff: bool = False
    report: bool = False


def filter_text(run: Run, file: str, wish: Wish) -> int:
    """Print a text cleaned, or what would change."""
    markup = wish.markup or _markup_of(file)
    source = _read(file, run)
    done = _clean(source.decoded, markup, _options(run, file, wish))
    show.show_findings(run, sys.stderr)
    if wish.diff:
        _write(_diff(source, done.text))
    else:
        _write(done.text)
    if wish.report:
        sys.stdout.flush()
        _report(source, done, run)
    return 0


def _read(file: str, run: Run) -> _Input:
    from bookforge.source import decode, read_bytes

    name = "standard input" if file == "-" else file
    data = sys.stdin.buffer.read() if file == "-" else read_bytes(Path(file))
    text, _ = decode(data, Path(name), "auto", run.report)
    return _Input(name, text.removeprefix("\ufeff"))


def _markup_of(file: str) -> str:
    """What a file is written in; raises `BookError` (R005) when it is more than text."""
    from bookforge.registry import BINARY, format_of

    found = None if file == "-" else format_of(Path(file).suffix)
    if found in BINARY and Path(file).is_file():
        hint = Hint(f"a build cleans it up as well: bookforge build {shlex.quote(file)}")
        message = f"{Path(file).name} is neither plain text nor Markdown"
        raise BookError(Diagnostic("R005", Severity.ERROR, message, hints=(hint,), file=file))
    return "markdown" if found == "markdown" else "text"


def _options(run: Run, file: str, wish: Wish) -> Options:
    """What is asked on the command line, `--set typography.…` included, and the decisions."""
    from bookforge.passes.typography.filter import Options

    options = Options(language=_language(wish.language), quotes=_checked(wish.quotes))
    if run.settings:
        from bookforge.config.read import default_config

        asked = default_config(run.settings).typography
        options = options._replace(
            dashes=asked.dashes,
            ellipsis=asked.ellipsis,
            symbols=asked.symbols,
            keep=asked.keep,
        )
    if file == "-":
        return options
    decisions, before = _decisions(run, Path(file))
    return options._replace(decisions=decisions, before=before)


def _decisions(run: Run, file: Path) -> tuple[tuple[Decision, ...], Mapping[Key, int]]:
    """The decisions of the book that a file is part of, and what of them stands in earlier files.

    The book is the nearest folder above the file with a book.toml, if that names the file.
    """
    above = file.resolve().parents
    folder = next((one for one in above if (one / "book.toml").is_file()), None)
    if folder is None or not (folder / FOLDER / FILE).is_file():
        return (), {}
    from bookforge.diagnostics import ignore
    from bookforge.ledger import read_decisions
    from bookforge.locate import Request, find_book

    book = find_book(Request(folder), ignore, run.sources)
    files = [one.resolve() for one in book.files]
    if file.resolve() not in files:
        return (), {}
    decisions = read_decisions(book, run.report)
    earlier = files[: files.index(file.resolve())]
    return decisions, _count(earlier, decisions) if decisions else {}


def _count(files: Sequence[Path], decisions: Sequence[Decision]) -> Mapping[Key, int]:
    """How many marks of each decision's key the files have."""
    from bookforge.diagnostics import ignore
    from bookforge.passes.typography.decide import count_keys
    from bookforge.passes.typography.filter import typed_paragraphs
    from bookforge.registry import format_of
    from bookforge.source import decode, read_bytes

    texts = [
        paragraph
        for file in files
        if format_of(file.suffix) in ("text", "markdown")
        for paragraph in typed_paragraphs(decode(read_bytes(file), file, "auto", ignore)[0])
    ]
    return count_keys(texts, decisions)


def list_doubts(run: Run, file: str) -> int:
    """Put the open doubts of a book into its ledger."""
    from bookforge import pipeline
    from bookforge.ledger import add_to_ledger, ledger_path

    book = run.open_book(None if file == "-" else Path(file))
    path = ledger_path(book)
    if path is None:
        hint = Hint("run bookforge init, then: bookforge typogrify --doubts .")
        message = f"{file} has no book.toml beside it that decisions could be kept with"
        raise ConfigError(Diagnostic("C037", Severity.ERROR, message, hints=(hint,)))
    doubts: list[OpenDoubt] = []
    pipeline.prepare(book, run.report, use_cache=run.use_cache, doubts=doubts)
    show.show_findings(run, sys.stderr)
    if run.exit_code():
        # A ledger that is not understood is not added to.
        return 1
    added = add_to_ledger(book, doubts)
    if run.json:
        file_there = str(path) if path.is_file() else None
        show.write_json({"file": file_there, "doubts": len(doubts), "added": added})
    elif not run.quiet and not path.is_file():
        print("there is no doubtful mark, and nothing was written")
    elif not run.quiet:
        print(f"{show.show_path(path)}: {added} added, {len(doubts)} doubtful marks in all")
    return 0


def _clean(text: str, markup: str, options: Options) -> Typogrified:
    """The text cleaned; the cyclic collector only costs, since edits hold no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        return _clean_as(markup, text, options)
    finally:
        if was:
            gc.enable()


def _clean_as(markup: str, text: str, options: Options) -> Typogrified:
    if markup == "markdown":
        from bookforge.passes.typography.markdown import typogrify_markdown

        return typogrify_markdown(text, options)
    from bookforge.passes.typography.filter import typogrify_text

    return typogrify_text(text, options)


def _language(tag: str) -> str:
    """The tag in its usual form; raises `ConfigError` (C006) when it is none."""
    from bookforge.languages.base import known_languages

    base, _, region = tag.partition("-")
    if base in known_languages() and (not region or (len(region) == 2 and region.isupper())):
        return tag  # without the settings' classes, which take as long to load as a book to clean
    from bookforge.config.read import default_config

    try:
        return default_config([f'book.language="{tag}"']).book.language or "en-US"
    except ConfigError as error:
        faults = (replace(one, span=None, file="--language") for one in error.diagnostics)
        raise ConfigError(*faults) from None


def _checked(quotes: str) -> str:
    if quotes in ("auto", "double", "single"):
        return quotes
    from bookforge.languages.base import known_languages

    if quotes.split("-")[0] in {tag.split("-")[0] for tag in known_languages()}:
        return quotes
    hint = Hint(f"auto, double, single, or one of {', '.join(known_languages())}")
    message = f"{quotes} is no way of setting quotes"
    raise ConfigError(Diagnostic("C036", Severity.ERROR, message, hints=(hint,)))


def _write(text: str) -> None:
    """UTF-8 with the line ends of the input, whatever the system's are."""
    sys.stdout.flush()
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(text.encode())
    else:
        sys.stdout.write(text)


def _diff(source: _Input, text: str) -> str:
    from bookforge.cli.comparing import compare

    coloured = show.has_colour(sys.stdout)
    return "".join(compare(source.decoded, text, source.name, coloured=coloured))


def _report(source: _Input, done: Typogrified, run: Run) -> None:
    """Edits by rule and doubts, on standard error."""
    doubts = list(_doubts(source, done, run))
    if run.json:
        import json

        rules = dict(sorted(done.counts.items()))
        json.dump({"rules": rules, "doubts": doubts}, sys.stderr, ensure_ascii=False, indent=2)
        sys.stderr.write("\n")
        return
    for rule, times in sorted(done.counts.items()):
        sys.stderr.write(f"{times:7,}  {rule}\n")
    if doubts:
        sys.stderr.write("\nDoubtful marks, the most doubtful first\n")
    for one in doubts:
        sys.stderr.write(
            f"{source.name}:{one['line']}:{one['column']}: {one['mark']} read as {one['reading']}, "
            f"perhaps {one['second']} (doubt {one['doubt']:.2f})\n    {one['context']}\n"
        )


def _doubts(source: _Input, done: Typogrified, run: Run) -> Iterator[dict[str, Any]]:
    file = run.sources.add(Path(source.name), source.decoded)
    for doubt in done.doubts:
        place = file.locate(file.span(doubt.offset, doubt.offset + 1))
        begin = max(0, doubt.offset - 24)
        context = " ".join(source.decoded[begin : doubt.offset + 24].split())
        yield {
            "line": place.line,
            "column": place.column,
            "context": context,
            "mark": doubt.mark,
            "reading": doubt.reading,
            "second": doubt.second,
            "doubt": round(doubt.doubt, 3),
        }
