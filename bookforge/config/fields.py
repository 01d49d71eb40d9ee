"""Kinds of values in book.toml that need more than a type: ISBNs, language tags, lengths …

Each check gives the value as bookforge uses it, or raises a `Refusal` with the code of the
diagnostic, the message and a hint in the writer's words.
"""

from __future__ import annotations

import codecs
import re
from typing import Annotated

from bookforge.codes import CODES
from bookforge.config.quotes import QUOTES, known_sets, known_tags
from bookforge.config.table import Refusal, Rule
from bookforge.config.tables import LANGUAGE_NAMES, LANGUAGES, PAPER_SIZES, PRINTER_TRIMS, ROLES
from bookforge.model.document import SectionKind
from bookforge.regex import regex

# US inches, metric, points and picas; the only units printers' guides use.
_UNITS = {"in": 72.0, '"': 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pt": 1.0, "pc": 12.0}
_LENGTH = regex(r'(\d*\.?\d+)\s*(in|"|mm|cm|pt|pc)?')
_TRIM = regex(r'(\d+(?:\.\d+)?)\s*(in|"|mm|cm|pt)?\s*[x×]\s*(\d+(?:\.\d+)?)\s*(in|"|mm|cm|pt)?')
# BCP 47, the part books use: language, script, region, variants, private use; in lower case.
_TAG = regex(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{5,8}|-\d[a-z0-9]{3})*(?:-x(?:-[a-z0-9]{1,8})+)?)"
)
# Less than this each way holds no line of text, points.
LEAST_TEXT = 108.0
_SMALLEST, _LARGEST = 3 * 72.0, 20 * 72.0
_WIDEST_MARGIN = 360.0
# KDP takes 0.25 in without bleed and IngramSpark 0.5 in; the sources stand in bookforge/printers.
_LEAST_MARGIN = (
    "printers print nothing nearer to the edge than 0.25 to 0.5 inches; 0.5in (12.7 mm) suits all"
)


def nearest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """The known word most like `word`, or ""."""
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), known, n=1, cutoff=0.68)
    return found[0] if found else ""


def parse_length(text: str) -> float | None:
    """A length with its unit in points; a bare number counts points; None when it is none."""
    found = _LENGTH.fullmatch(text.strip().lower())
    return None if found is None else float(found[1]) * _UNITS[found[2] or "pt"]


def points(value: str | float) -> float:
    """A margin in points: text with a unit, or a number of points."""
    return (parse_length(value) or 0.0) if isinstance(value, str) else float(value)


def parse_trim(text: str) -> tuple[float, float] | None:
    """Width and height of a page in points; None when `text` is no size.

    "5.5x8.5" (inches), "148x210mm", a name ("A5", "US Trade") or a printer's name ("kdp").
    """
    word = text.strip().lower()
    name = re.sub(r"[\s_-]+", "-", word)
    found = _TRIM.fullmatch(PAPER_SIZES.get(name) or PRINTER_TRIMS.get(name) or word)
    if found is None:
        return None
    unit = found[4] or found[2] or "in"
    return float(found[1]) * _UNITS[found[2] or unit], float(found[3]) * _UNITS[unit]


def _check_isbn(text: str) -> str:
    from stdnum import exceptions, isbn

    text = text.strip()
    try:
        isbn.validate(text)
    except exceptions.InvalidChecksum:
        raise Refusal(
            "C005",
            f"the check digit of ISBN {text} is wrong",
            "compare it with the agency's letter; often two digits are swapped",
        ) from None
    except exceptions.ValidationError:
        raise Refusal(
            "C005",
            f"{text} is no ISBN",
            "an ISBN has 13 digits and begins with 978 or 979 (or 10, before 2007)",
        ) from None
    return isbn.format(text)


def _check_title(text: str) -> str:
    if not text.strip():
        hint = "write the title, or put # before the line to take the manuscript's own"
        raise Refusal("C004", "the title is empty", hint)
    return text


def _check_quotes(text: str) -> str:
    if text in QUOTES:
        return text
    known = (*QUOTES, *known_sets(), *known_tags())
    if text in known or text.split("-")[0] in known_tags():
        return text
    close = nearest(text, known)
    hint = f'nearest: "{close}"' if close else f"write one of {', '.join(known)}"
    raise Refusal("C004", f"{text or 'an empty text'} is no way of setting quotes", hint)


def _check_language(text: str) -> str:
    if not text.strip():
        hint = 'write a tag such as "en-GB", or put # before the line'
        raise Refusal("C006", "the language is empty", hint)
    found = _TAG.fullmatch(text.strip().replace("_", "-").lower())
    language = found["language"] if found else ""
    if found is None or (len(language) == 2 and language not in LANGUAGES):
        raise Refusal("C006", f"{text} is no language tag", _language_hint(text))
    region = (found["region"] or "").upper()
    if region == "UK":
        raise Refusal("C006", f"{text} is no language tag", f'write "{language}-GB"')
    parts = (language, (found["script"] or "").title(), region)
    return "-".join(part for part in parts if part) + found["rest"]


def _language_hint(text: str) -> str:
    words = re.findall(r"[a-z]+", text.lower())
    for word in words:
        if word in LANGUAGE_NAMES or (word := nearest(word, tuple(LANGUAGE_NAMES))):
            return f'write "{LANGUAGE_NAMES[word]}"'
    return 'write a tag such as "en-GB", "de" or "pt-BR"'


def _check_date(text: str) -> str:
    from datetime import date

    text = text.strip()
    parts = text.split("-")
    try:
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            raise ValueError
        date(*(int(part) for part in [*parts, "1", "1"][:3]))
    except ValueError:
        raise Refusal(
            "C004", f"{text} is no date", "write 2024, 2024-05 or 2024-05-31: year, month, day"
        ) from None
    return text


def _check_trim(text: str) -> str:
    size = parse_trim(text)
    if size is None:
        raise Refusal("C004", f"{text or 'an empty text'} is no page size", _trim_hint(text))
    if not all(_SMALLEST <= side <= _LARGEST for side in size):
        raise Refusal(
            "C004",
            f"no book has pages of {text}",
            "each side must lie between 3 and 20 inches (76 and 508 mm); a bare number is inches",
        )
    return text


def _trim_hint(text: str) -> str:
    names = (*PAPER_SIZES, *PRINTER_TRIMS)
    if re.search(r"[a-z]", text.lower()) and (close := nearest(text.replace(" ", "-"), names)):
        return f'nearest: "{close.upper() if close[1:].isdecimal() else close}"'
    return f'write "5.5x8.5" (inches), "148x210mm", or a name: {", ".join(names)}'


def _check_margin(value: str | float) -> str | float:
    if isinstance(value, str) and parse_length(value) is None:
        raise Refusal("C004", f"{value} is no length", 'write "0.75in", "18mm" or "54pt"')
    if points(value) <= 0:
        raise Refusal("C004", "a page needs margins", _LEAST_MARGIN)
    if points(value) > _WIDEST_MARGIN:
        shown = value if isinstance(value, str) else f"{value:g}"
        hint = "margins are at most 5 inches (127 mm); a bare number is points"
        raise Refusal("C004", f"a margin of {shown} fits no book", hint)
    return value


def _check_role(text: str) -> str:
    role = text.strip().lower()
    if role in ROLES:
        return role
    meant = next((code for code, word in ROLES.items() if word == role), "")
    if not meant and (close := nearest(role, tuple(ROLES.values()))):
        meant = next(code for code, word in ROLES.items() if word == close)
    hint = f'write "{meant}" for {ROLES[meant]}' if meant else ""
    usual = "usual: aut author, edt editor, trl translator, ill illustrator, nrt narrator"
    raise Refusal("C004", f"{text} is no role", hint or usual)


def _check_regex(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        where = f" at character {error.pos + 1}" if error.pos is not None else ""
        raise Refusal(
            "C004",
            f"the pattern is broken: {error.msg}{where}",
            "patterns are regular expressions; single quotes ('…') in TOML leave backslashes alone",
        ) from None
    return text


def _check_kind(text: str) -> str:
    known = tuple(kind.value for kind in SectionKind)
    if text in known:
        return text
    close = nearest(text.replace(" ", "-").replace("_", "-"), known)
    hint = f'write "{close}"' if close else f"kinds: {', '.join(known)}"
    raise Refusal("C004", f"{text} is no kind of section", hint)


def _check_encoding(text: str) -> str:
    if text != "auto":
        try:
            codecs.lookup(text)
        except LookupError:
            hint = 'usual: "utf-8", "cp1252", "utf-16", "mac-roman"; "auto" finds it out'
            raise Refusal("C004", f"{text} is no known encoding", hint) from None
    return text


def _check_code(text: str) -> str:
    if text in CODES:
        return text
    close = nearest(text, tuple(code.lower() for code in CODES)).upper()
    hint = f'nearest: "{close}"' if close else "a code stands in brackets in each message"
    raise Refusal("C004", f"{text} is no code of a diagnostic", hint)


def _check_filename(text: str) -> str:
    if not text.strip():
        hint = 'write a name such as "{title}", or put # before the line'
        raise Refusal("C004", "the name of the files is empty", hint)
    from string import Formatter

    known = ("title", "author", "series", "number")
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        names = ["}"]
    if bad := [name for name in names if name not in known]:
        raise Refusal(
            "C004",
            f"file names know no {{{bad[0]}}}",
            "use {title}, {author}, {series} and {number}",
        )
    return text


def _number_as_text(value: object) -> object:
    """`isbn = 978…` and `date = 2024` are numbers in TOML; what is meant is plain."""
    return str(value) if type(value) is int else value


Title = Annotated[str, Rule(_check_title)]
Quotes = Annotated[str, Rule(_check_quotes)]
Isbn = Annotated[str, Rule(_check_isbn, _number_as_text)]
LanguageTag = Annotated[str, Rule(_check_language)]
PublicationDate = Annotated[str, Rule(_check_date, _number_as_text)]
Trim = Annotated[str, Rule(_check_trim)]
Margin = Annotated[str | float, Rule(_check_margin)]
Role = Annotated[str, Rule(_check_role)]
Pattern = Annotated[str, Rule(_check_regex)]
Kind = Annotated[str, Rule(_check_kind)]
Encoding = Annotated[str, Rule(_check_encoding)]
CodeName = Annotated[str, Rule(_check_code)]
FileName = Annotated[str, Rule(_check_filename)]
