"""The time that a book's files carry: never the clock's.

In: the book's settings and SOURCE_DATE_EPOCH. Out: seconds since 1970.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity
from bookforge.locate import Book

# The end of the year 9999, the last that dates can name.
_LAST_SECOND = 253_402_300_799


def build_epoch(book: Book) -> int:
    """The time that the files carry, in seconds since 1970 (UTC).

    SOURCE_DATE_EPOCH, else `[book] date` or `copyright-year`, else the beginning of 2000: the
    clock and the files' own times would make the same book differ from day to day. Raises
    `ConfigError` (C004) when the variable holds no time.
    """
    wish = os.environ.get("SOURCE_DATE_EPOCH", "")
    if wish:
        return _read_epoch(wish)
    date = book.config.book.date or str(book.config.book.copyright_year or 2000)
    numbers = [int(part) for part in re.findall(r"\d+", date)][:3]
    year, month, day = [*numbers, 1, 1, 1][:3]
    try:
        return max(0, int(datetime(year, month, day, tzinfo=UTC).timestamp()))
    except (ValueError, OverflowError):
        return int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())


def _read_epoch(text: str) -> int:
    # reproducible-builds.org: a value that is none must stop the build.
    if text.isascii() and text.isdigit() and len(text) <= 12 and int(text) <= _LAST_SECOND:
        return int(text)
    hint = Hint("give it seconds since 1970, such as 1735689600, or unset it")
    message = f"SOURCE_DATE_EPOCH is no time: {text[:40]}"
    raise ConfigError(Diagnostic("C004", Severity.ERROR, message, hints=(hint,)))
