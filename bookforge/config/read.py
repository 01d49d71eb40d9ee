"""book.toml to `Config`, with every mistake in it reported at once.

In: the path of a book.toml (or none), settings from the command line, the name of an edition.
Out: a checked `Config`, or a `ConfigError` whose diagnostics point into the TOML text.
Precedence: command line, then the edition, then book.toml, then the defaults.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bookforge.config.editions import choose_matter, find_unknown_editions
from bookforge.config.faults import Fault
from bookforge.config.model import Config
from bookforge.config.remarks import find_remarks
from bookforge.config.syntax import describe_syntax
from bookforge.config.validate import read_settings
from bookforge.config.where import Path as KeyPath
from bookforge.config.where import Places, find_places
from bookforge.diagnostics import (
    BookError,
    ConfigError,
    Diagnostic,
    Hint,
    Report,
    Severity,
    Span,
    ignore,
)
from bookforge.source import SourceFile, SourceMap, read_bytes


class _Override(Struct, frozen=True):
    """One `--set`: its text as a source of its own, and the table it makes."""

    source: SourceFile
    table: Mapping[str, Any]

    def span(self, on_key: bool) -> Span:
        """The place of its key or of its value."""
        split = self.source.text.index("=")
        begin, end = (0, split) if on_key else (split + 1, len(self.source.text))
        return self.source.span(begin, end)


class _Settings(Struct, frozen=True):
    """Where the settings come from: the file, one edition of it, the command line."""

    file: Mapping[str, Any] = {}
    edition: Mapping[str, Any] = {}
    edition_name: str = ""
    overrides: Sequence[_Override] = ()

    def merge(self) -> dict[str, Any]:
        merged = _merge(self.file, self.edition)
        for override in self.overrides:
            merged = _merge(merged, override.table)
        return merged

    def override_of(self, path: KeyPath) -> _Override | None:
        """The override that settles a key: the last one."""
        holders = [override for override in self.overrides if _has(override.table, path)]
        return holders[-1] if holders else None


def read_config(
    path: Path,
    sources: SourceMap,
    overrides: Sequence[str] = (),
    edition: str | None = None,
    report: Report = ignore,
) -> Config:
    """Read a book.toml.

    `overrides` are the texts of `--set` ("book.title=X"). Remarks on settings that are allowed go
    to `report`: C024, C042, C043. Raises `ConfigError` with every problem found: C001 (not TOML),
    C002 to C009 (wrong settings), R001 to R003 (the file itself).
    """
    source = _load(path, sources)
    data = _parse(source)
    settings = _Settings(
        data,
        _find_edition(data, edition, source),
        edition or "",
        _read_overrides(overrides, sources),
    )
    faults = _faults_of_other_editions(data, edition)
    config, found = _validate(settings)
    if found or faults or config is None:
        raise ConfigError(*_point([*found, *faults], settings, source))
    for remark in _point([*find_remarks(config)], settings, source):
        report(remark)
    return choose_matter(config, edition)


def default_config(
    overrides: Sequence[str] = (),
    sources: SourceMap | None = None,
    edition: str | None = None,
    report: Report = ignore,
) -> Config:
    """The settings of a bare manuscript: the defaults and what the command line sets."""
    if edition:
        raise ConfigError(_fault("C007", f"there is no edition {edition} without a book.toml"))
    settings = _Settings(overrides=_read_overrides(overrides, sources or SourceMap()))
    config, faults = _validate(settings)
    if config is None:
        raise ConfigError(*_point(faults, settings, None))
    for remark in _point([*find_remarks(config)], settings, None):
        report(remark)
    return config


# --- reading


def _load(path: Path, sources: SourceMap) -> SourceFile:
    """The text of a book.toml; it may be empty, unlike a manuscript."""
    try:
        data = read_bytes(path)
    except BookError as error:
        raise ConfigError(*error.diagnostics) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = _fault(
            "C001", f"{path.name} is not UTF-8 (line {line})", "save it as UTF-8", str(path)
        )
        raise ConfigError(fault) from None
    return sources.add(path, text.replace("\r\n", "\n"))


def _parse(source: SourceFile) -> dict[str, Any]:
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(describe_syntax(str(error), source)) from None
    except (RecursionError, ValueError):
        # Thousands of brackets in each other, or of digits in one number.
        raise ConfigError(
            _fault("C001", f"{source.path.name} is not TOML", "", str(source.path))
        ) from None


# --- editions and the command line


def _find_edition(data: Mapping[str, Any], name: str | None, source: SourceFile) -> dict[str, Any]:
    editions = data.get("edition", {})
    if name is None or not isinstance(editions, Mapping):
        return {}
    if name not in editions:
        known = ", ".join(editions)
        hint = f"editions: {known}" if known else f"add a table [edition.{name}] to book.toml"
        fault = _fault("C007", f"there is no edition {name}", hint, str(source.path))
        raise ConfigError(fault)
    chosen = editions[name]
    return dict(chosen) if isinstance(chosen, Mapping) else {}


def _faults_of_other_editions(data: Mapping[str, Any], chosen: str | None) -> list[Fault]:
    """What is wrong in editions that are not built now: better said before their day comes."""
    editions = data.get("edition")
    faults: list[Fault] = []
    for name, table in editions.items() if isinstance(editions, Mapping) else ():
        if name != chosen and isinstance(table, Mapping):
            _, found = _validate(
                _Settings({"edition": {key: {} for key in data["edition"]}}, table, name)
            )
            faults += [_moved(fault, ("edition", name)) for fault in found]
    return faults


def _moved(fault: Fault, prefix: KeyPath) -> Fault:
    return replace(fault, path=(*prefix, *fault.path))


def _read_overrides(overrides: Sequence[str], sources: SourceMap) -> list[_Override]:
    """`--set key=value`: a dotted key, a TOML value; what is no TOML value is text."""
    return [_read_override(text, sources) for text in overrides]


def _read_override(text: str, sources: SourceMap) -> _Override:
    key, equals, value = text.partition("=")
    try:
        table = tomllib.loads(f"{key.strip()} = 0") if equals else {}
    except tomllib.TOMLDecodeError:
        table = {}
    source = sources.add(Path("--set"), text)
    if not table or "\n" in key:
        hint = Hint("write --set book.title=Emma: a dotted key, =, a value")
        span = source.span(0, len(text))
        message = f"{text or 'an empty text'} sets nothing"
        raise ConfigError(Diagnostic("C008", Severity.ERROR, message, span, (hint,)))
    return _Override(source, _replace_leaf(table, _read_value(value.strip())))


def _read_value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"] if "\n" not in text else text
    except (ValueError, RecursionError):
        return text


def _replace_leaf(table: Mapping[str, Any], value: Any) -> dict[str, Any]:
    return {
        key: _replace_leaf(inner, value) if isinstance(inner, Mapping) else value
        for key, inner in table.items()
    }


def _merge(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    """Tables are merged key by key, everything else is replaced."""
    merged = dict(low)
    for key, value in high.items():
        old = merged.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        merged[key] = _merge(old, value) if both else value  # type: ignore[arg-type]
    return merged


# --- checking


def _validate(settings: _Settings) -> tuple[Config | None, list[Fault]]:
    data = settings.merge()
    if nulls := list(_find_nulls(data, ())):
        return None, nulls
    editions = data.get("edition")
    named = tuple(editions) if isinstance(editions, Mapping) else ()
    unknown = list(find_unknown_editions(data, named))
    config, faults = read_settings(data)
    if config is not None:
        return (None, unknown) if unknown else (config, [])
    faults = [*faults, *unknown]
    if (mended := _numbers_as_text(settings, faults)) is not None:
        return _validate(_Settings(mended))
    return None, faults


def _find_nulls(value: object, path: KeyPath) -> Iterator[Fault]:
    """Texts with a NUL in them: no file's name and no XML can hold one."""
    if isinstance(value, str) and "\0" in value:
        name = ".".join(str(step) for step in path if isinstance(step, str))
        yield Fault("C004", path, f"{name} holds the character NUL", r"take \u0000 out")
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, Mapping):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for step, part in inner:
        yield from _find_nulls(part, (*path, step))


def _numbers_as_text(settings: _Settings, faults: Sequence[Fault]) -> dict[str, Any] | None:
    """`--set book.title=1984` means text: a shell has no quotes to say so with."""
    wrong = [fault for fault in faults if fault.code == "C003" and " must be text" in fault.message]
    data = settings.merge()
    mended = data
    for fault in wrong:
        value = _get(data, fault.path)
        if settings.override_of(fault.path) and isinstance(value, int | float):
            patch: Any = str(value).lower() if isinstance(value, bool) else str(value)
            for step in reversed(fault.path):
                patch = {step: patch}
            mended = _merge(mended, patch)
    return mended if mended is not data else None


def _get(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _has(data: Any, path: KeyPath) -> bool:
    try:
        _get(data, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


# --- pointing


def _point(
    faults: Sequence[Fault], settings: _Settings, source: SourceFile | None
) -> list[Diagnostic]:
    """Faults with their places, in the order of the file; those of the command line last."""
    places = find_places(source.text) if source else Places({})
    found = [_locate(fault, settings, source, places) for fault in faults]
    return sorted(found, key=_order)


def _order(found: Diagnostic) -> tuple[int, int]:
    return (found.span.source, found.span.start) if found.span else (1 << 30, 0)


def _locate(
    fault: Fault, settings: _Settings, source: SourceFile | None, places: Places
) -> Diagnostic:
    hints = (Hint(fault.hint),) if fault.hint else ()
    severity = fault.severity
    if override := settings.override_of(fault.path):
        return Diagnostic(fault.code, severity, fault.message, override.span(fault.on_key), hints)
    path = fault.path
    if settings.edition_name and _has(settings.edition, path):
        path = ("edition", settings.edition_name, *path)
    place = places.find(path)
    if source is None or place is None:
        file = str(source.path) if source else ""
        return Diagnostic(fault.code, severity, fault.message, None, hints, file)
    start, end = place.key if fault.on_key else place.value
    span = Span(source.id, start, end)
    return Diagnostic(fault.code, severity, fault.message, span, hints)


def _fault(code: str, message: str, hint: str = "", file: str = "") -> Diagnostic:
    hints = (Hint(hint),) if hint else ()
    return Diagnostic(code, Severity.ERROR, message, hints=hints, file=file)
