"""The writer's files: bytes decoded to text, and offsets turned into lines and columns.

In: paths. Out: `SourceFile` (decoded text with every line end as ``\\n``) and `Span` (two
offsets into it). Line and column are worked out only when something is shown.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bookforge.diagnostics import BookError, Diagnostic, Hint, Report, Severity, Span, ignore
from bookforge.regex import regex

__all__ = ["Location", "SourceFile", "SourceMap", "Span", "decode"]

# What plain text never begins with: archives, PDFs, pictures, old Word files, programs.
_MAGIC = {
    b"PK\x03\x04": "a zip archive (or a word-processor file)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"{\\rtf": "a rich-text file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\x1f\x8b": "a compressed file",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Controls that are no text: all of C0 but tab, line feed and form feed, DEL, and lone surrogates.
_CONTROLS = regex("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOW_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_LINE_ENDS = regex("\r\n?|\u2028|\u2029|\x85")
_LINE_ENDING = "\r\u2028\u2029\x85"
_DETECT_BYTES = 65_536


class Location(NamedTuple):
    """Where a span begins: file, 1-based line and column, and that line's text."""

    path: Path
    line: int
    column: int
    text: str
    width: int = 1


@dataclass(frozen=True)
class SourceFile:
    """One file of the writer's as decoded text; `id` is what spans refer to."""

    id: int
    path: Path
    text: str
    encoding: str = "utf-8"
    data: bytes = field(default=b"", repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Offsets of the first character of each line."""
        return (0, *(match.end() for match in re.finditer("\n", self.text)))

    def span(self, start: int, end: int) -> Span:
        return Span(self.id, start, end)

    def line_of(self, offset: int) -> int:
        """1-based number of the line that holds `offset`."""
        return bisect_right(self.line_starts, offset)

    def locate(self, span: Span) -> Location:
        """Turn a span into file, line, column and the text of its first line."""
        line = self.line_of(span.start)
        start = self.line_starts[line - 1]
        end = self.text.find("\n", start)
        text = self.text[start : len(self.text) if end < 0 else end]
        width = max(1, min(span.end, start + len(text)) - span.start)
        return Location(self.path, line, span.start - start + 1, text, width)


class SourceMap:
    """Every file of one book; hands out ids and finds places again."""

    def __init__(self) -> None:
        self._files: list[SourceFile] = []

    def __getitem__(self, source: int) -> SourceFile:
        return self._files[source]

    def __iter__(self) -> Iterator[SourceFile]:
        return iter(self._files)

    def add(self, path: Path, text: str, encoding: str = "utf-8", data: bytes = b"") -> SourceFile:
        """Register text that is already decoded (book.toml, standard input, tests)."""
        file = SourceFile(len(self._files), path, text, encoding, data)
        self._files.append(file)
        return file

    def load(self, path: Path, encoding: str = "auto", report: Report = ignore) -> SourceFile:
        """Read and decode a text file.

        Raises `BookError` (R001-R005) when it is missing, a folder, unreadable, empty or not text.
        """
        data = read_bytes(path)
        text, used = decode(data, path, encoding, report)
        file = self.add(path, normalise(text), used)
        _report_controls(file, text, report)
        if not file.text.strip():
            raise BookError(
                _fault("R004", path, f"{path.name} holds no text", "write something first")
            )
        return file

    def load_bytes(self, path: Path) -> SourceFile:
        """Register a file that is not plain text (a word-processor document) by its bytes."""
        return self.add(path, "", "binary", read_bytes(path))

    def extract(self, file: SourceFile, text: str) -> SourceFile:
        """Give a file loaded by its bytes the text found in it, a paragraph a line."""
        self._files[file.id] = replace(file, text=text)
        return self._files[file.id]

    def locate(self, span: Span | None) -> Location | None:
        """Find the place of a span, None for none."""
        return None if span is None else self._files[span.source].locate(span)


def read_bytes(path: Path) -> bytes:
    """Read a whole file; raises `BookError` when that cannot be done."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            # A pipe or a device: reading one may never end.
            raise BookError(_fault("R003", path, f"{path} is no ordinary file", "name a text file"))
        return path.read_bytes()
    except FileNotFoundError:
        fault = _fault("R001", path, f"{path} does not exist", "check the name and the folder")
    except IsADirectoryError:
        fault = _fault("R002", path, f"{path} is a folder, not a file", "name a file in it")
    except OSError as error:
        reason = error.strerror or str(error)
        fault = _fault("R003", path, f"{path} cannot be read: {reason}", "check its permissions")
    raise BookError(fault)


def decode(data: bytes, path: Path, encoding: str, report: Report) -> tuple[str, str]:
    """Decode bytes; gives the text and the encoding's name.

    A byte order mark decides, then UTF-16 without a mark, then strict UTF-8, then
    charset-normalizer on what is left. Raises `BookError` when the bytes are not text.
    """
    if encoding != "auto":
        return _decode_as(data, path, encoding), encoding
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, path, name), name
    _refuse_binary(data, path)
    # Before UTF-8, which takes the zero bytes of Latin letters for characters.
    if guess := _guess_utf16(data):
        return _decode_as(data, path, guess), guess
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        broken = error
    if b"\x00" in data:
        raise BookError(_not_text(path, "binary data"))
    if (mixed := _decode_mixed(data, broken)) is not None:
        report(
            _fault(
                "R006",
                path,
                f"{path.name} mixes UTF-8 with Windows-1252 bytes",
                "save it again as UTF-8",
                Severity.WARNING,
            )
        )
        return mixed, "utf-8 and cp1252"
    return _decode_legacy(data, path, report)


def normalise(text: str) -> str:
    """Make every line end ``\\n`` and take out characters that are no text."""
    text = text.removeprefix("\ufeff")
    if any(map(text.__contains__, _LINE_ENDING)):
        text = _LINE_ENDS.sub("\n", text)
    return _CONTROLS.sub("", text) if _has_controls(text) else text


def _has_controls(text: str) -> bool:
    """Whether any character is no text; many times quicker than the pattern that finds it."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    low = len(data.translate(None, _LOW_CONTROLS)) != len(data)
    return low or "\ufffe" in text or "\uffff" in text


def _report_controls(file: SourceFile, text: str, report: Report) -> None:
    if file.text == text:
        return  # nothing was taken out
    found = _CONTROLS.search(text) if _has_controls(text) else None
    if found is None:
        return
    count = len(_CONTROLS.findall(text))
    at = len(normalise(text[: found.start()]))
    report(
        Diagnostic(
            "R007",
            Severity.WARNING,
            f"{count} control character{'s' if count > 1 else ''} left out",
            file.span(at, at),
            (Hint("such characters cannot be printed; often a faulty conversion left them"),),
        )
    )


def _refuse_binary(data: bytes, path: Path) -> None:
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            raise BookError(_not_text(path, name))


def _guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as zero bytes on one side of each pair."""
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > 0.4 * half > sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > 0.4 * half > sample[1::2].count(0):
        return "utf-16-be"
    return None


def _decode_mixed(data: bytes, error: UnicodeDecodeError) -> str | None:
    """UTF-8 with a few stray Windows-1252 bytes: at least three good sequences to each bad one."""
    text = data.decode("utf-8", errors="surrogateescape")
    bad = sum("\udc80" <= char <= "\udcff" for char in text)
    good = sum(char > "\x7f" for char in text) - bad
    if good < 3 * bad:
        return None
    mend = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)}
    return text.translate(mend)


# Quotation marks, dashes, signs and accented letters of western books in Windows-1252.
_MARKS = b"\x85\x91\x92\x93\x94\x96\x97\xa0\xa3\xab\xbb"
_ACCENTS = "àáâäçèéêëîïñôöùûüÉß".encode("cp1252")
# Letters in any of its cousins.
_ACCENTED = bytes({*range(0x80, 0x100)} - {*_MARKS})
_COUSINS = frozenset(
    [
        *(f"cp{number}" for number in (1250, 1254, 1257, 1258)),
        *(f"iso8859_{number}" for number in (2, 3, 4, 9, 10, 13, 14, 15, 16)),
    ]
)
_LATIN = re.compile(rb"[A-Za-z]")


def _decode_legacy(data: bytes, path: Path, report: Report) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    sample = _high_lines(data)
    best = from_bytes(sample).best()
    name = best.encoding if best else "cp1252"
    if _looks_western(data, sample, name):
        name = "cp1252"
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        name, text = "cp1252", data.decode("cp1252", errors="replace")
    if any(char in text for char in "\ufffd"):
        raise BookError(_not_text(path, "text in an unknown encoding"))
    report(
        _fault(
            "R008",
            path,
            f"{path.name} is not UTF-8; read as {name}",
            'if letters look wrong, name its encoding: [manuscript] encoding = "…"',
            Severity.NOTE,
        )
    )
    return text, name


def _high_lines(data: bytes) -> bytes:
    """The lines that hold bytes above ASCII: the only ones that tell encodings apart."""
    lines = [line for line in re.split(rb"\r\n?|\n", data) if not line.isascii()]
    return b"\n".join(lines)[:_DETECT_BYTES]


def _looks_western(data: bytes, sample: bytes, guess: str) -> bool:
    """Curly quotes, dashes and accented Latin letters in cp1252 are often guessed as a cousin.

    `sample`: the lines with such bytes.
    """
    name = guess.replace("-", "_")
    if name in ("cp1252", "latin_1", "iso8859_1"):
        return True
    high = [byte for byte in sample if byte > 127]
    marks = sum(byte in _MARKS for byte in high)
    accents = sum(byte in _ACCENTS for byte in high)
    # Eastern code pages put most letters outside this set; six sevenths leaves room for names.
    latin = len(_LATIN.findall(sample))
    if high and marks + accents >= 0.86 * len(high) and latin > 3 * len(high):
        return True
    # Every fiftieth letter of the languages that those are for has an accent, or more: where it is
    # one in hundreds, there are foreign words in a language without ("mediæval", "calèche").
    foreign = len(data) - len(data.translate(None, _ACCENTED))
    return name in _COUSINS and 200 * foreign < len(_LATIN.findall(data))


def _decode_as(data: bytes, path: Path, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        fault = _fault("R009", path, f"{encoding} is no known encoding", 'try "utf-8" or "cp1252"')
    except UnicodeError as error:
        # Some of Python's codecs do not say where.
        place = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        fault = _fault(
            "R005",
            path,
            f"{path.name} is not valid {encoding}{place}",
            'leave [manuscript] encoding = "auto", or name another',
        )
    raise BookError(fault)


def _not_text(path: Path, what: str) -> Diagnostic:
    return _fault(
        "R005",
        path,
        f"{path.name} is {what}, not a text file",
        "give a .txt or .md manuscript, or the file with its own ending, such as .docx",
    )


def _fault(
    code: str, path: Path, message: str, hint: str, severity: Severity = Severity.ERROR
) -> Diagnostic:
    return Diagnostic(code, severity, message, hints=(Hint(hint),), file=str(path))
