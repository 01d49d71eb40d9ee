"""What `typogrify` does: typographic clean-up of a text as a filter."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity

if TYPE_CHECKING:
    from bookforge.passes.typography.filter import Options, Typogrified


@dataclass(frozen=True, slots=True)
class _Input:
    """The text as it came: `decoded` for the filter, `name` for messages."""

    name: str
    decoded: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the filter; `markup` is None where the file's ending decides."""

    markup: str | None = None
    language: str = "en-US"
    quotes: str = "auto"
    diff: bool = False
    report: bool = False


def filter_text(run: Run, file: str, wish: Wish) -> int:
    """Print a text cleaned, or what would change."""
    source = _read(file, run)
    done = _clean(source.decoded, wish.markup or _markup_of(file), wish)
    if wish.diff:
        _write("".join(_diff(source, done.text)))
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
    show.show_findings(run, sys.stderr)
    return _Input(name, text.removeprefix("\ufeff"))


def _markup_of(file: str) -> str:
    from bookforge.registry import format_of

    is_markdown = file != "-" and format_of(Path(file).suffix) == "markdown"
    return "markdown" if is_markdown else "text"


def _clean(text: str, markup: str, wish: Wish) -> Typogrified:
    from bookforge.passes.typography.filter import Options, typogrify_text

    options = Options(language=_language(wish.language), quotes=_checked(wish.quotes))
    return _clean_markdown(text, options) if markup == "markdown" else typogrify_text(text, options)


def _language(tag: str) -> str:
    """The tag in its usual form; raises `ConfigError` (C006) when it is none."""
    from bookforge.config.read import default_config

    try:
        return default_config([f'book.language="{tag}"']).book.language or "en-US"
    except ConfigError as error:
        faults = (replace(one, span=None, file="--language") for one in error.diagnostics)
        raise ConfigError(*faults) from None


def _clean_markdown(text: str, options: Options) -> Typogrified:
    from bookforge.passes.typography.markdown import typogrify_markdown

    return typogrify_markdown(text, options)


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


def _diff(source: _Input, text: str) -> Iterator[str]:
    for line in unified_diff(
        source.decoded.splitlines(keepends=True),
        text.splitlines(keepends=True),
        source.name,
        f"{source.name} (clean)",
    ):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


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
    for one in doubts:
        sys.stderr.write(
            f"{source.name}:{one['line']}:{one['column']}: {one['mark']} read as {one['reading']}, "
            f"perhaps {one['second']} ({one['doubt']:.2f}): {one['context']}\n"
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
