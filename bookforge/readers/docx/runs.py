"""What stands inside a paragraph of a Word document: runs, links, notes, pictures, fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from bookforge.readers.docx.names import (
    ALTERNATE,
    BLIP,
    CHOICE,
    DOC_PROPERTIES,
    FALLBACK,
    ID,
    IMAGE_DATA,
    MATHS,
    REL_EMBED,
    REL_ID,
    TYPE,
    VALUE,
    w,
)
from bookforge.readers.docx.styles import is_on
from bookforge.readers.flow.pieces import Look, Piece, Run, clean
from bookforge.readers.flow.remarks import Remarks
from bookforge.regex import regex
from bookforge.store import keep_picture

if TYPE_CHECKING:
    from bookforge.readers.docx.walk import Parts

__all__ = ["Fields", "RunReader"]

_LINK = regex(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.I)
_WEB = regex(r"(?:https?|mailto|tel):", re.I)
_GOING_IN = frozenset(
    w(name)
    for name in ("smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "rubyBase")
)
_TEXTBOX = w("txbxContent")


class _Field(Struct):
    code: str = ""
    shown: bool = False


class Fields(Struct):
    """Fields that are open: what Word works out and prints, such as a link or a contents list."""

    stack: list[_Field] = field(default_factory=list)

    @property
    def is_contents(self) -> bool:
        return any(one.code.split()[:1] == ["TOC"] for one in self.stack)

    @property
    def is_code(self) -> bool:
        return any(not one.shown for one in self.stack)

    @property
    def link(self) -> str:
        for one in reversed(self.stack):
            if match := _LINK.match(one.code):
                return match.group(1)
        return ""

    def turn(self, kind: str) -> None:
        if kind == "begin":
            self.stack.append(_Field())
        elif self.stack and kind == "separate":
            self.stack[-1].shown = True
        elif self.stack and kind == "end":
            self.stack.pop()


class RunReader:
    """Reads the runs of one paragraph after another; None stands for a page break."""

    def __init__(self, parts: Parts, remarks: Remarks, prefix: str) -> None:
        self._parts, self._remarks, self._prefix = parts, remarks, prefix
        self.fields = Fields()
        self.noted: list[str] = []
        self._boxes: list[Any] = []
        self._piece = Piece()
        self._hidden = False
        self._inner: dict[str, Callable[[Any, Look], Iterator[Run | None]]] = {
            w("drawing"): self._picture,
            w("pict"): self._picture,
            w("object"): self._picture,
            w("footnoteReference"): self._note,
            w("endnoteReference"): self._note,
            w("br"): self._break,
            w("sym"): self._symbol,
            w("ruby"): self._read,
        }

    def read(self, element: Any, look: Look, piece: Piece, *, hidden: bool) -> Iterator[Run | None]:
        """The runs of a paragraph whose style looks like `look`."""
        self._piece, self._hidden = piece, hidden
        yield from self._read(element, look)

    def take_boxes(self) -> list[Any]:
        """The text boxes anchored in the paragraph just read."""
        boxes, self._boxes = self._boxes, []
        return boxes

    def _read(self, element: Any, look: Look) -> Iterator[Run | None]:
        for child in element:
            tag = child.tag
            if tag == w("r"):
                yield from self._read_run(child, look)
            elif tag == w("hyperlink"):
                target = self._parts.outside.get(child.get(REL_ID, ""), "")
                link = target if _WEB.match(target) else ""
                yield from self._read(child, replace(look, link=link) if link else look)
            elif tag in (w("ins"), w("moveTo")):
                self._remarks.add("R054", self._piece)
                yield from self._read(child, look)
            elif tag in (w("del"), w("moveFrom")):
                self._remarks.add("R054", self._piece)
            elif tag == w("sdt"):
                for inner in child.iterfind(w("sdtContent")):
                    yield from self._read(inner, look)
            elif tag in _GOING_IN:
                yield from self._read(child, look)
            elif tag == ALTERNATE:
                yield from self._read(_choose(child), look)
            elif isinstance(tag, str) and tag.startswith(MATHS):
                words = "".join(one.text or "" for one in child.iter(f"{MATHS}t"))
                yield Run(clean(words), look)

    def _read_run(self, run: Any, look: Look) -> Iterator[Run | None]:
        hidden = self._hidden
        for child in run:
            tag = child.tag
            if tag == w("t"):
                text = child.text
                if text and not self.fields.is_code:
                    if hidden:
                        self._remarks.add("R058", self._piece)
                    else:
                        yield Run(clean(text), look)
            elif tag == w("rPr"):
                look, hidden = self._look(child, look, hidden)
                if self.fields.stack and (link := self.fields.link) and _WEB.match(link):
                    look = replace(look, link=link)
            elif tag in (w("tab"), w("ptab")):
                yield Run("\t", look)
            elif tag == w("fldChar"):
                self.fields.turn(child.get(w("fldCharType"), ""))
            elif tag == w("instrText"):
                if self.fields.stack:
                    self.fields.stack[-1].code += child.text or ""
            elif tag == w("noBreakHyphen"):
                yield Run("\u2011", look)
            elif tag == w("cr"):
                yield Run("", look, is_break=True)
            elif tag == w("commentReference"):
                self._remarks.add("R055", self._piece)
            elif tag == ALTERNATE:
                yield from self._read_run(_choose(child), look)
            elif tag in self._inner:
                yield from self._inner[tag](child, look)

    def _look(self, properties: Any, look: Look, hidden: bool) -> tuple[Look, bool]:
        """A run's own look over the paragraph's; its character style comes first."""
        named = properties.find(w("rStyle"))
        if named is not None:
            style = self._parts.styles.get(named.get(VALUE, ""))
            if style is not None:
                hidden = hidden or style.hidden
                look = replace(
                    look,
                    bold=look.bold if style.bold is None else style.bold,
                    italic=look.italic if style.italic is None else style.italic,
                    small_caps=style.small_caps or look.small_caps,
                    code=style.code or look.code,
                )
        for one in properties:
            if one.tag == w("b"):
                look = replace(look, bold=is_on(one))
            elif one.tag == w("i"):
                look = replace(look, italic=is_on(one))
            elif one.tag == w("smallCaps"):
                look = replace(look, small_caps=is_on(one))
            elif one.tag == w("vanish"):
                hidden = is_on(one)
        return look, hidden

    def _break(self, element: Any, look: Look) -> Iterator[Run | None]:
        kind = element.get(TYPE, "textWrapping")
        if kind == "page":
            yield None
        else:
            yield Run("", look, is_break=True)

    def _symbol(self, element: Any, look: Look) -> Iterator[Run | None]:
        """A letter of a font of pictures: nobody knows what it shows, so it is an ornament."""
        code = element.get(w("char"), "")
        value = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
        own = 0xF000 <= value <= 0xF0FF or not chr(value).isprintable()
        yield Run("*" if own else chr(value), look)

    def _note(self, element: Any, look: Look) -> Iterator[Run | None]:
        letter = "f" if element.tag == w("footnoteReference") else "e"
        name = letter + element.get(ID, "")
        if name not in self._parts.notes:
            self._remarks.add("R059", self._piece)
            return
        if self._prefix + name not in self.noted:
            self.noted.append(self._prefix + name)
        yield Run("", look, note=self._prefix + name)

    def _picture(self, element: Any, look: Look) -> Iterator[Run | None]:
        """Pictures in the document itself; text boxes are read after the paragraph."""
        outer = [
            box
            for box in element.iter(_TEXTBOX)
            if not any(up.tag in (_TEXTBOX, FALLBACK) for up in box.iterancestors())
        ]
        self._boxes += outer
        words = element.find(f".//{DOC_PROPERTIES}")
        alt = (words.get("descr") or None) if words is not None else None
        for image in element.iter(BLIP, IMAGE_DATA):
            if any(up.tag == FALLBACK for up in image.iterancestors()):
                continue
            part = self._parts.pictures.get(image.get(REL_EMBED) or image.get(REL_ID) or "")
            if part is not None:
                path = keep_picture(part.blob, part.partname.ext)
                yield Run("", look, picture=str(path), alt=alt)
            elif alt:
                yield Run(clean(alt), look)


def _choose(alternate: Any) -> Any:
    choice = alternate.find(CHOICE)
    if choice is None:
        choice = alternate.find(FALLBACK)
    return choice if choice is not None else ()
