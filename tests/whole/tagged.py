"""The structure tree of a tagged PDF, read back by other people's programs: what a reader hears."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pdfminer.cmapdb import FileUnicodeMap
from pdfminer.pdffont import CMapParser

_INLINE = frozenset({"Link", "Reference", "Span", "Lbl"})


@dataclass
class Node:
    """An element: its type, kids (elements or text), the pages it stands on, its entries."""

    kind: str
    kids: list[Node | str] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    entries: dict[str, str] = field(default_factory=dict)
    annotations: int = 0

    @property
    def text(self) -> str:
        """All text in it, words that the program broke put together."""
        parts = (kid if isinstance(kid, str) else kid.text for kid in self.kids)
        return "".join(parts).replace("\u00ad", "")

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def find(self, kind: str) -> list[Node]:
        return [node for node in self.walk() if node.kind == kind]

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Type and words of each element that is read in one go."""
        inner = [kid for kid in self.kids if isinstance(kid, Node) and kid.kind not in _INLINE]
        if not inner and self.kind not in _INLINE:
            yield self.kind, " ".join(self.text.split())
        for node in inner:
            yield from node.blocks()


def read_tree(path: Path) -> Node:
    """The whole tree, from the document down."""
    with pikepdf.open(path) as pdf:
        texts, pages = _read_pages(pdf)
        root = pdf.Root.StructTreeRoot.K
        (node,) = [_read(kid, texts, pages, -1) for kid in _list(root)]
        assert isinstance(node, Node)
        return node


def read_artifacts(path: Path) -> list[str]:
    """The text that is marked as no part of the book, stretch by stretch."""
    with pikepdf.open(path) as pdf:
        texts, _ = _read_pages(pdf)
        return [text for (_, number), text in texts.items() if number < 0]


def _read(
    item: Any, texts: dict[tuple[int, int], str], pages: dict[tuple[int, int], int], page: int
) -> Node | str:
    if isinstance(item, int):
        return texts[page, item]
    if item.get("/Type") == "/MCR":
        return texts[pages[item.Pg.objgen], int(item.MCID)]
    page = pages[item.Pg.objgen] if "/Pg" in item else page
    node = Node(str(item.S)[1:])
    node.entries = {key[1:]: str(item[key]) for key in ("/Alt", "/Lang", "/ID") if key in item}
    if "/A" in item:
        node.entries["A"] = " ".join(map(str, item.A.values()))
    for kid in _list(item.K):
        if not isinstance(kid, int) and kid.get("/Type") == "/OBJR":
            assert kid.Obj.Subtype == "/Link" and str(kid.Obj.Contents)
            node.annotations += 1
            continue
        node.kids.append(_read(kid, texts, pages, page))
        if isinstance(kid, int):
            node.pages.add(page)
        elif kid.get("/Type") == "/MCR":
            node.pages.add(pages[kid.Pg.objgen])
    return node


def _list(kids: Any) -> Sequence[Any]:
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _read_pages(
    pdf: pikepdf.Pdf,
) -> tuple[dict[tuple[int, int], str], dict[tuple[int, int], int]]:
    """Text by page and number of its stretch (artifacts below 0), and pages by object."""
    maps: dict[tuple[int, int], dict[int, str]] = {}
    texts: dict[tuple[int, int], str] = {}
    pages = {}
    artifacts = 0
    for number, page in enumerate(pdf.pages):
        pages[page.objgen] = number
        names = dict(page.resources.Font.items())
        codes: dict[int, str] = {}
        key: tuple[int, int] | None = None
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "Tf":
                    font = names[str(operands[0])]
                    if font.objgen not in maps:
                        maps[font.objgen] = _read_map(font.ToUnicode.read_bytes())
                    codes = maps[font.objgen]
                case "BDC":
                    assert key is None, "marked content inside marked content"
                    artifacts -= 1
                    place = artifacts if operands[0] == "/Artifact" else int(operands[1].MCID)
                    key = number, place
                    texts.setdefault(key, "")
                case "EMC":
                    key = None
                case "TJ":
                    assert key is not None, "text outside of marked content"
                    strings = (bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
                    texts[key] += "".join(_decode(string, codes) for string in strings)
                case "re" | "Do":
                    assert key is not None, "drawing outside of marked content"
    return texts, pages


def _read_map(data: bytes) -> dict[int, str]:
    """Code to text, as pdfminer reads it."""
    from io import BytesIO

    found = FileUnicodeMap()
    CMapParser(found, BytesIO(data)).run()
    return found.cid2unichr


def _decode(string: bytes, codes: dict[int, str]) -> str:
    pairs = zip(string[::2], string[1::2], strict=True)
    return "".join(codes[high * 256 + low] for high, low in pairs)
