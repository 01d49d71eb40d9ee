"""A short block read as a heading: keyword, number, separator and title, with their offsets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from bookforge.model.document import SectionKind
from bookforge.readers.lexicon import Label, Lexicon
from bookforge.readers.marks import is_rule
from bookforge.regex import regex

if TYPE_CHECKING:
    from bookforge.readers.blocks import Block

__all__ = ["FILE_FORM", "Candidate", "parse_block", "split_rest", "title_alone"]

# The form of a section that has no heading but a file of its own.
FILE_FORM = "file"

# Most of 1,573 headings have at most 60 characters, the longest 231 (with its title 4 lines).
MAX_CHARACTERS = 260
MAX_LINES = 5
# Signs and pictures that writers set round a heading.
_SIGNS = "\u2190-\u2bff\u3030\ufe0e\ufe0f\U0001f000-\U0001faff"
_OPEN = regex(rf"[\s#*_=~+<{{|\-—–•:{_SIGNS}]*")
_CLOSE = regex(rf"[ \t\n*_=~+>}}|\-—–•#:{_SIGNS}]*$")
_SEPARATOR = regex(
    rf"(?:\s*(?:[.:;,)\]|·•]|[{_SIGNS}]+|[-—–]{{1,3}}|//?|\.\s*[-—–]+)"
    r"(?=\s|[A-Z\"“‘'«_*]|[^\W\d_]|$)\s*|\s+)"
)
_FOOTNOTE = regex(r"\(\*+\)|\[\*?\d{0,2}\*?\]|\*|\{\d+\}")
_SENTENCE_END = regex(r"[.!?…][\"”’'»)*_]*\s*$")
_COMPOUND = regex(r"[ \t]*[,:;.–—-]?[ \t]*")
_BRACKET = regex(r"\s*[\])]")


class Candidate(Struct, frozen=True):
    """A block that may be a heading. Offsets count in its file; `title` may be empty.

    `form` names the family: keyword, kind of number, decoration. `separator` is what parts label
    and title: "", "point", "line" or "space".
    """

    index: int
    block: Block
    kind: SectionKind
    form: str
    label: str
    number: int | None
    separator: str
    title_start: int
    title_end: int
    end: int
    keyword: str = ""
    marker: str = ""

    @property
    def title(self) -> str:
        return self.block.sheet.file.text[self.title_start : self.title_end]

    @property
    def text(self) -> str:
        return self.block.sheet.file.text[self.block.start : self.end]

    @property
    def is_special(self) -> bool:
        return self.form == "name"


def title_alone(index: int, block: Block, form: str) -> Candidate:
    """A whole block as the title of a chapter without a number."""
    start, end = block.start, block.end
    return Candidate(index, block, SectionKind.CHAPTER, form, "", None, "", start, end, end)


def parse_block(block: Block, index: int, lexicon: Lexicon) -> Candidate | None:
    """Read a block as a heading by its label; None when it has none."""
    text = block.text
    if not lexicon.may_begin(text):
        return None
    lines, end = _heading_lines(block)
    text = text[: end - block.start]
    if not lines or len(text) > MAX_CHARACTERS:
        return None
    lead = _OPEN.match(text)
    at = lead.end() if lead else 0
    marker = _marker(text[:at])
    stop = len(_CLOSE.sub("", text)) if at and marker else len(text)
    parsed = (
        _parse_special(text, at, stop, lexicon)
        or _parse_labelled(text, at, stop, lexicon)
        or _parse_bare(text, at, stop, lexicon)
    )
    if parsed is None:
        return None
    if marker and parsed.form != "name":
        parsed.form += f" {marker}"
    return Candidate(
        index,
        block,
        parsed.kind,
        parsed.form,
        " ".join(parsed.label.split()),
        parsed.number,
        parsed.rest.separator,
        block.start + parsed.rest.start,
        block.start + parsed.rest.end,
        end,
        parsed.keyword,
        marker,
    )


class _Parsed(Struct):
    kind: SectionKind
    form: str
    label: str
    number: int | None
    rest: _Rest
    keyword: str = ""


def _heading_lines(block: Block) -> tuple[int, int]:
    """How many lines of the block may be the heading, and where they end.

    A rule drawn below closes the heading; a block with too many lines is none at all.
    """
    sheet = block.sheet
    for number in range(1, min(block.size, MAX_LINES)):
        if is_rule(sheet.lines[block.first + number]):
            last = block.first + number - 1
            return number, sheet.starts[last] + len(sheet.lines[last].rstrip())
    if block.size > MAX_LINES:
        return 0, block.end
    return block.size, block.end


def _marker(lead: str) -> str:
    bare = "".join(lead.split())
    return bare[:1] if bare[:1] != "#" else bare


def _parse_labelled(text: str, at: int, stop: int, lexicon: Lexicon) -> _Parsed | None:
    bracket = stop > at + 2 and text[at] + text[stop - 1] in ("[]", "()")
    begin, stop = (at + 1, stop - 1) if bracket else (at, stop)
    label = lexicon.label_at(text, begin, stop)
    if label is None:
        return None
    label = _compound(text, label, stop, lexicon)
    rest = split_rest(text, label.end, stop, lexicon)
    if rest is None or (label.number_first and not _may_follow_keyword(text, label, rest)):
        return None
    form = f"{label.kind.value}:{label.key} {label.number.numeral}"
    if label.number_first:
        form += " first"
    printed = text[begin : rest.label_end]
    return _Parsed(label.kind, form, printed, label.number.value, rest, label.key)


def _compound(text: str, label: Label, stop: int, lexicon: Lexicon) -> Label:
    """ "Volume 2, Chapter 14": the inner label counts, both are printed."""
    joint = _COMPOUND.match(text, label.end, stop)
    inner = lexicon.label_at(text, joint.end(), stop) if joint else None
    return label if inner is None or inner.number_first else inner


def _may_follow_keyword(text: str, label: Label, rest: _Rest) -> bool:
    """ "Night" begins the title of "4. Night and Day"; it is a keyword at the end of a label.

    After figures a keyword stands alone; after a word ("The Last Night") it may be any.
    """
    if rest.separator != "space":
        return True
    return label.number.numeral == "word" and text[rest.start : rest.end].isupper()


def _parse_bare(text: str, at: int, stop: int, lexicon: Lexicon) -> _Parsed | None:
    bracket = text[at] if at < stop and text[at] in "[(" else ""
    begin = at + len(bracket)
    while bracket and begin < stop and text[begin] == " ":
        begin += 1
    number = lexicon.number_at(text, begin, stop, labelled=False)
    if number is None:
        return None
    after = number.end
    if bracket:
        close = _BRACKET.match(text, after, stop)
        if close is None:
            return None
        after = close.end()
    rest = split_rest(text, after, stop, lexicon)
    if rest is None or (number.numeral == "word" and rest.separator == "space"):
        return None
    form = f"bare {number.numeral}{bracket}"
    return _Parsed(SectionKind.CHAPTER, form, text[at : rest.label_end], number.value, rest)


def _parse_special(text: str, at: int, stop: int, lexicon: Lexicon) -> _Parsed | None:
    if text[at : at + 1] + text[stop - 1 : stop] in ("()", "[]"):
        at, stop = at + 1, stop - 1
    match = lexicon.special.match(text, at, stop)
    if match is None:
        return None
    names = [_fold_name(match.group()), _fold_name(match.group(1))]
    name = next(name for name in names if name in lexicon.specials)
    kind = lexicon.specials[name]
    end, number = match.end(), None
    label = lexicon.label_at(text, at, stop)
    if label is not None and label.end > end:
        number = label.number
    if number is not None:
        end = number.end
    elif (more := lexicon.after.match(text, end, stop)) is not None:
        end = more.end()
    rest = split_rest(text, end, stop, lexicon)
    whole = text[at:stop]
    if rest is None or rest.separator == "space" or whole[:1].islower():
        return None
    says = kind is SectionKind.AUTHORS_NOTE and rest.separator == "point"
    if _SENTENCE_END.search(whole) and (says or len(whole) > 60):
        return None
    if number is not None:
        form = f"name {kind.value}"
        return _Parsed(kind, form, text[at : rest.label_end], number.value, rest, name)
    return _Parsed(kind, "name", "", None, _Rest(at, "", at, stop), name)


class _Rest(NamedTuple):
    """What follows the label."""

    label_end: int
    separator: str
    start: int
    end: int


def _fold_name(text: str) -> str:
    return " ".join(text.replace("’", "'").casefold().split())


def split_rest(text: str, at: int, stop: int, lexicon: Lexicon) -> _Rest | None:
    """Part the title from the label; None when what follows is running text."""
    label_end = at
    note = _FOOTNOTE.match(text, at, stop)
    if note:
        at = label_end = note.end()
    if not text[at:stop].strip(" .:;,)-—–\t\n"):
        return _Rest(label_end, "", stop, stop)
    match = _SEPARATOR.match(text, at, stop)
    if match is None or not match.group():
        return None
    bare = match.group().strip()
    separator = "line" if "\n" in match.group() else "point" if bare else "space"
    # "Chapter 1, in which Marta comes home": after a comma comes a title only thus.
    comma = bare == "," and separator == "point"
    if comma and not lexicon.wherein.match(text, match.end(), stop):
        return None
    if separator == "space" and not _may_follow_space(text, match.end(), stop):
        return None
    return _Rest(label_end, separator, match.end(), stop)


def _may_follow_space(text: str, at: int, stop: int) -> bool:
    """After a mere space a title begins with a capital and is no sentence."""
    title = text[at:stop]
    letters = title.lstrip("\"“‘'«_*([¿¡ ")
    if not letters or letters[0].islower():
        return False
    if title.isupper():
        return True
    return not _SENTENCE_END.search(title) and len(title) <= 100
