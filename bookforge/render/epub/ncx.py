"""The contents for EPUB 2 reading systems (OPF 2.0.1, section 2.4.1; NCX of Daisy Z39.86).

In: the contents as a tree and the printed pages. Out: `toc.ncx`. `playOrder` counts places in
reading order over both, equal for equal places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bookforge.contracts import Metadata
from bookforge.render.epub.markup import attribute, clean, encode, escape
from bookforge.render.epub.nav import Node, PageTarget
from bookforge.render.epub.package import identifier_of


def write_ncx(
    nodes: Sequence[Node], pages: Sequence[PageTarget], files: Sequence[str], metadata: Metadata
) -> bytes:
    """The whole file; `files` are the names of the content files in reading order."""
    order = _play_order(nodes, pages, files)
    heads = {
        "dtb:uid": identifier_of(metadata),
        "dtb:depth": str(_depth(nodes)),
        "dtb:totalPageCount": str(len(pages)),
        "dtb:maxPageNumber": str(max((_value(page) for page in pages), default=0)),
    }
    authors = (
        f"<docAuthor><text>{escape(clean(name))}</text></docAuthor>" for name in metadata.authors
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" '
        f'xml:lang="{attribute(metadata.language)}">',
        "<head>",
        *(f'<meta name="{name}" content="{attribute(value)}"/>' for name, value in heads.items()),
        "</head>",
        f"<docTitle><text>{escape(clean(metadata.title))}</text></docTitle>",
        *authors,
        "<navMap>",
        *_write_points(nodes, order),
        "</navMap>",
        *_write_pages(pages, order),
        "</ncx>",
    ]
    return encode("\n".join(lines) + "\n")


def _play_order(
    nodes: Sequence[Node], pages: Sequence[PageTarget], files: Sequence[str]
) -> Mapping[str, int]:
    """Each place's number: by file, and in it as they stand; a heading before its page's mark."""
    place = {name: number for number, name in enumerate(files)}
    targets: list[Node | PageTarget] = [*_walk(nodes), *pages]
    targets.sort(key=lambda target: (place[target.address.partition("#")[0]], target.offset))
    addresses = dict.fromkeys(target.address for target in targets)
    return {address: number for number, address in enumerate(addresses, 1)}


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _depth(nodes: Sequence[Node]) -> int:
    return 1 + max((_depth(node.children) for node in nodes), default=0) if nodes else 0


def _write_points(nodes: Sequence[Node], order: Mapping[str, int]) -> Iterator[str]:
    for node in nodes:
        number = order[node.address]
        yield (
            f'<navPoint id="point-{number}" playOrder="{number}"><navLabel><text>'
            f'{escape(node.label)}</text></navLabel><content src="{node.address}"/>'
        )
        yield from _write_points(node.children, order)
        yield "</navPoint>"


def _write_pages(pages: Sequence[PageTarget], order: Mapping[str, int]) -> Iterator[str]:
    if not pages:
        return
    yield "<pageList><navLabel><text>Pages</text></navLabel>"
    for number, page in enumerate(pages, 1):
        kind = "normal" if page.label.isdigit() else "front" if page.label.isalpha() else "special"
        value = f' value="{_value(page)}"' if _value(page) else ""
        yield (
            f'<pageTarget id="target-{number}" type="{kind}"{value} '
            f'playOrder="{order[page.address]}"><navLabel><text>{escape(page.label)}</text>'
            f'</navLabel><content src="{page.address}"/></pageTarget>'
        )
    yield "</pageList>"


def _value(page: PageTarget) -> int:
    """The number of an arabic page, 0 for others (the specification lets it be left out)."""
    return int(page.label) if page.label.isascii() and page.label.isdigit() else 0
