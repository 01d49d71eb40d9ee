"""What is to be said of settings that are right: those without effect yet, those that look wrong.

In: a checked `Config`. Out: `Fault`s below an error, with the paths of their keys.
"""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.config.faults import Fault
from bookforge.config.model import NOT_YET, Config
from bookforge.config.quotes import QUOTES, known_sets
from bookforge.config.table import Table, keys
from bookforge.config.where import Path
from bookforge.diagnostics import Severity


def find_remarks(config: Config) -> Iterator[Fault]:
    """Every remark on the settings."""
    unused = list(_changed(config, ()))
    if unused:
        names = ", ".join(".".join(map(str, path)) for path in unused)
        message = f"this version of bookforge does not use {names}"
        hint = "the files are made as if this were left out"
        yield Fault("C024", unused[0], message, hint, True, Severity.NOTE)
    yield from _foreign_quotes(config)
    yield from _shared_isbns(config)
    page = config.output.print
    if page.leading < page.font_size:
        message = (
            f"lines {page.leading:g} points apart overlap in type of {page.font_size:g} points"
        )
        hint = f"usual for this size: leading = {round(page.font_size * 1.27):g}"
        path = ("output", "print", "leading")
        yield Fault("C042", path, message, hint, severity=Severity.WARNING)


def _foreign_quotes(config: Config) -> Iterator[Fault]:
    """A set of marks by a name that the book's language does not have."""
    wish, language = config.typography.quotes, config.book.language or ""
    if wish in QUOTES or wish not in known_sets() or not language:
        return
    if wish not in (own := known_sets(language)):
        message = f"{language} has no quotes of the name {wish}, so English ones are set"
        hint = f"write one of {', '.join((*QUOTES, *own))}, or the tag of a language"
        path = ("typography", "quotes")
        yield Fault("C043", path, message, hint, severity=Severity.WARNING)


def _shared_isbns(config: Config) -> Iterator[Fault]:
    """Each form of a book has an ISBN of its own (ISBN Users' Manual, 7th edition, 5.1)."""
    isbns = config.book.isbn
    seen: dict[str, str] = {}
    for name in ("epub", "print", "screen"):
        number = getattr(isbns, name)
        if number is None:
            continue
        other = seen.setdefault("".join(filter(str.isalnum, number)), name)
        if other != name:
            message = f"{other} and {name} have the same ISBN"
            hint = "each form of a book needs one of its own; leave out the one you do not have"
            path = ("book", "isbn", name)
            yield Fault("C044", path, message, hint, severity=Severity.WARNING)


def _changed(table: Table, path: Path, unused: bool = False) -> Iterator[Path]:
    """Keys without effect that are set to something else than their defaults."""
    for key, setting in keys(type(table)).items():
        here = (*path, key)
        value = getattr(table, setting.name)
        # `$schema` is for editors: having no effect here is all it should do.
        without_effect = unused or (".".join(map(str, here)) in NOT_YET and key[0] != "$")
        if isinstance(value, Table):
            yield from _changed(value, here, without_effect)
        elif without_effect and value != setting.default:
            yield here
