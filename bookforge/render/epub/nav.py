"""The navigation document: contents, landmarks, list of the printed pages (EPUB 3.3, section 7).

In: the plan. Out: markup. Only the contents are visible; their order is that of the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from bookforge.contracts import BEFORE
from bookforge.model.document import Matter, SectionKind
from bookforge.render.epub.inlines import mark_page
from bookforge.render.epub.marks import CONTENTS, Mark
from bookforge.render.epub.markup import attribute, escape
from bookforge.render.epub.plan import COVER, NAV, Entry, Plan, list_subheadings

# Before any page's mark in a file.
_TOP = BEFORE - 1
_UNSEEN = ' class="unseen"'
# Readers' menus list them; a page of contents in a book does not (Chicago 1.38).
_UNLISTED = frozenset(
    {
        SectionKind.TITLE_PAGE,
        SectionKind.COPYRIGHT,
        SectionKind.DEDICATION,
        SectionKind.EPIGRAPH,
        SectionKind.ALSO_BY,
    }
)


class Node(Struct):
    """An entry of the contents with those below it; `shown`: also on the page of contents.

    `offset` is where in its file's text it stands.
    """

    label: str
    address: str
    shown: bool = True
    children: list[Node] = field(default_factory=list)
    offset: int = _TOP


class PageTarget(NamedTuple):
    """A printed page's number and address, and where in its file's text it begins."""

    label: str
    address: str
    offset: int


def nest(entries: Sequence[Entry], depth: int, *, inside: bool = False) -> list[Node]:
    """The contents as a tree, `depth` levels at most; a level that is skipped is closed up.

    `inside`: with the headings inside sections.
    """
    roots: list[Node] = []
    open_nodes: list[tuple[int, Node]] = []
    for level, node in _rank(entries, inside):
        while open_nodes and open_nodes[-1][0] >= level:
            open_nodes.pop()
        if len(open_nodes) >= depth:
            continue
        (open_nodes[-1][1].children if open_nodes else roots).append(node)
        open_nodes.append((level, node))
    return roots


def _rank(entries: Sequence[Entry], inside: bool) -> Iterator[tuple[int, Node]]:
    """Everything that may be listed, in reading order, with its level."""
    for entry in entries:
        section = entry.section
        if not entry.piece.continues:
            shown = bool(section.title) or section.kind not in _UNLISTED
            yield section.level, Node(entry.label, entry.name, shown)
        for one in list_subheadings(entry) if inside else ():
            node = Node(one.label, f"{entry.name}#{one.anchor}", offset=one.offset)
            yield section.level + one.level, node


def list_pages(plan: Plan) -> list[PageTarget]:
    """The printed pages in reading order."""
    targets = []
    for number, entry in enumerate(plan.entries):
        if plan.contents_at == number:
            targets += _targets(plan.contents_name, plan.marks.get(CONTENTS, ()))
        targets += _targets(entry.name, plan.marks.get(entry.id, ()))
    return targets


def _targets(file: str, marks: Iterable[Mark]) -> list[PageTarget]:
    return [PageTarget(mark.label, f"{file}#{mark.id}", mark.offset) for mark in marks]


def landmarks(plan: Plan, terms: Mapping[str, str]) -> list[tuple[str, Node]]:
    """Where readers jump to: the `epub:type` of each place with its label and address."""
    cover = Node(terms["cover"], COVER)
    found = [("cover", cover)] if plan.cover else []
    for entry in plan.entries:
        if entry.section.kind is SectionKind.TITLE_PAGE:
            found.append(("titlepage", Node(entry.label, entry.name)))
            break
    if plan.contents_at is not None:
        address = f"{plan.contents_name}#toc"
        found.append(("toc", Node(terms["contents"], address)))
    for entry in plan.entries:
        if entry.section.matter is Matter.BODY:
            label = terms["beginning"]
            found.append(("bodymatter", Node(label, entry.name)))
            break
    return found


def write_nav(plan: Plan, nodes: Sequence[Node], terms: Mapping[str, str]) -> str:
    """The body of the navigation document; `nodes` are the contents."""
    own = plan.marks.get(CONTENTS, ()) if plan.contents_name == NAV else ()
    marks = "".join(map(mark_page, own))
    contents = terms["contents"]
    parts = [
        f'{marks}<nav epub:type="toc" role="doc-toc" id="toc" class="contents" '
        'aria-labelledby="toc-heading">',
        f'<h1 id="toc-heading"><span class="title">{escape(contents)}</span></h1>',
        _write_list(nodes),
        "</nav>",
        '<nav epub:type="landmarks" id="landmarks" class="unseen" hidden="hidden" '
        f'aria-label="{attribute(terms["landmarks"])}">',
        "<ol>",
        *(
            f'<li><a epub:type="{kind}" href="{place.address}">{escape(place.label)}</a></li>'
            for kind, place in landmarks(plan, terms)
        ),
        "</ol>",
        "</nav>",
    ]
    if pages := list_pages(plan):
        parts.append(_write_pages(pages, terms["pages"]))
    return "\n".join(parts)


def write_contents(plan: Plan, nodes: Sequence[Node], terms: Mapping[str, str]) -> str:
    """The body of a contents page beside the navigation document: links and nothing hidden."""
    marks = "".join(map(mark_page, plan.marks.get(CONTENTS, ())))
    contents = escape(terms["contents"])
    start = '<section id="toc" class="contents" aria-labelledby="toc-heading">'
    heading = f'<h1 id="toc-heading"><span class="title">{contents}</span></h1>'
    shown = [node for node in nodes if node.shown]
    return "\n".join([start, marks + heading, _write_list(shown), "</section>"])


def _write_list(nodes: Sequence[Node]) -> str:
    items = "\n".join(
        f'<li{"" if node.shown else _UNSEEN}><a href="{node.address}">{escape(node.label)}</a>'
        f"{_write_list(node.children) if node.children else ''}</li>"
        for node in nodes
    )
    return f"<ol>\n{items}\n</ol>"


def _write_pages(pages: Sequence[PageTarget], heading: str) -> str:
    items = "\n".join(
        f'<li><a href="{page.address}">{escape(page.label)}</a></li>' for page in pages
    )
    return (
        '<nav epub:type="page-list" role="doc-pagelist" id="page-list" class="unseen" '
        f'hidden="hidden" aria-label="{attribute(heading)}">\n<ol>\n{items}\n</ol>\n</nav>'
    )
