"""Pages of the documentation that derive from the program: book.toml and the codes."""

from __future__ import annotations

from collections.abc import Iterator

from bookforge.codes import CODES, Code
from bookforge.config.expect import describe, tables_in
from bookforge.config.model import NOT_YET, Config
from bookforge.config.starter import example
from bookforge.config.table import Setting, Table, keys

_HEAD = """\
# book.toml

Every setting of bookforge. Only `title` and `author` in `[book]` are usual; everything else has a
default. `bookforge init` writes a file with all of them in it, each behind a `#`.

- Keys are written with hyphens. An unknown key is an error, and the message names the nearest one.
- Paths are relative to the folder of book.toml.
- Precedence: the command line (`--set output.print.trim=A5`), then the edition (`--edition NAME`),
  then book.toml, then the theme, then the language, then the defaults.
- For completion in your editor: `bookforge init --schema > book.schema.json`, and
  `#:schema ./book.schema.json` as the first line of book.toml.

This page is derived from the program; do not edit it by hand.
"""
_CODES_HEAD = """\
# What each message means

A message names a code in brackets: `warning[T001]`. `bookforge explain T001` shows the same text as
this page. `[check] ignore = ["T001"]` in book.toml silences a code.

This page is derived from the program; do not edit it by hand.
"""
_ROOMS = {
    "C": "command line and book.toml",
    "R": "reading",
    "S": "structure",
    "T": "typography",
    "A": "accessibility",
    "P": "pages",
    "E": "e-book",
    "F": "fonts",
    "I": "pictures",
    "O": "outputs",
    "D": "e-readers, mail and the network",
}
_EDITION = """
## [edition.NAME]

Any key of the tables above, with another value: `bookforge build --edition large-print` takes
those of `[edition.large-print]` first. The files get the edition's name at their end.

```toml
[edition.large-print.output.print]
trim = "6x9"
font-size = 16
leading = 20
```
"""


def make_reference() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    for name, model in _tables(Config, ""):
        parts.append(_section(name, model))
    return "".join(parts) + _EDITION


def make_code_list() -> str:
    """docs/codes.md: what every diagnostic means."""
    parts = [_CODES_HEAD]
    for letter, room in _ROOMS.items():
        own = [code for code in sorted(CODES.values(), key=_name) if code.code[0] == letter]
        if own:
            parts.append(f"\n## {letter}: {room}\n")
            parts += [f"\n### {one.code}: {one.title}\n\n{one.explanation}\n" for one in own]
    return "".join(parts)


def _name(code: Code) -> str:
    return code.code


def _tables(model: type[Table], prefix: str) -> Iterator[tuple[str, type[Table]]]:
    """Every table in reading order, those inside a table or list of tables after it."""
    for key, field in keys(model).items():
        for inner in [field.table] if field.table else tables_in(field.kind):
            name = f"{prefix}{key}"
            yield name, inner
            yield from _tables(inner, f"{name}.")


def _section(name: str, model: type[Table]) -> str:
    own = [(key, field) for key, field in keys(model).items() if not field.table]
    heading = f"\n## {_title(name)}\n\n{model.__doc__}\n"
    if name in NOT_YET:
        heading += "\nAccepted and checked, but not used by this version yet.\n"
    if not own:
        return heading
    rows = "".join(_row(name, key, field) for key, field in own)
    return f"{heading}\n| key | value | default | meaning |\n|---|---|---|---|\n{rows}"


def _title(name: str) -> str:
    """`[[book.contributor]]` for a table that may stand several times, else `[book]`."""
    model: type[Table] = Config
    *outer, last = name.split(".")
    for step in outer:
        model = tables_in(keys(model)[step].kind)[0]
    several = "tuple" in str(keys(model)[last].kind)
    return f"[[{name}]]" if several else f"[{name}]"


def _row(table: str, key: str, field: Setting) -> str:
    later = " *(not used yet)*" if f"{table}.{key}" in NOT_YET else ""
    cells = (f"`{key}`", describe(field), _default(field), f"{field.meaning}{later}")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _default(field: Setting) -> str:
    if field.needed:
        return "*needed*"
    if field.default in (None, ()):
        return ""
    return f"`{example(field) if not field.examples else _shown(field.default)}`"


def _shown(default: object) -> str:
    return f'"{default}"' if isinstance(default, str) else str(default)
