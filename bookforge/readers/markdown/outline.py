"""Which headings are sections, and on which level; where the book's own title stands.

In: the items of every file in reading order. Out: flat sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Hint, Severity, Span
from bookforge.model.blocks import Block, Heading, ListBlock, Quote, QuoteRole
from bookforge.model.document import (
    DIVISIONS,
    Finding,
    Matter,
    Removed,
    Section,
    SectionKind,
    usual_matter,
)
from bookforge.model.walk import inline_runs, plain
from bookforge.readers.lexicon import Lexicon, load_lexicon
from bookforge.readers.markdown.blocks import Head, Item, put_language
from bookforge.readers.markdown.nodes import Node
from bookforge.readers.markdown.titles import Title, part_title
from bookforge.readers.markdown.unmarked import find_unmarked

_KINDS = {kind.value: kind for kind in SectionKind}
# Characters before the first heading that are still a motto, a dedication or a notice.
_OPENING = 1500


class Outline(Struct):
    """The sections of a book, its title and subtitle where headings gave them."""

    sections: tuple[Section, ...] = ()
    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    contents: Span | None = None


def make_outline(
    files: Sequence[Sequence[Item]],
    title: str,
    context: Context,
    texts: frozenset[Span] = frozenset(),
) -> Outline:
    """Sections from headings; `title` is what book.toml or front matter call the book.

    `texts` are paragraphs that are no headings whatever they look like.
    """
    lexicon = load_lexicon(context.language.tag)
    nodes = list(_collect(files, lexicon, context))
    outline = Outline()
    looks = context.config.manuscript.headings in ("auto", "markdown")
    if looks and not any(node.head for node in nodes):
        nodes = list(find_unmarked(nodes, lexicon, texts))
    if context.config.manuscript.contents == "drop":
        nodes = list(_drop_contents(nodes, lexicon, outline))
    _rank(nodes)
    _take_title(nodes, title, lexicon, outline)
    _rank(nodes)
    _check_spaced(nodes)
    _join_titles(nodes)
    _rank(nodes)
    depth = _find_depth(nodes)
    outline.sections = _place_opening(list(_make_sections(nodes, depth)))
    return outline


def _collect(files: Sequence[Sequence[Item]], lexicon: Lexicon, context: Context) -> Iterator[Node]:
    """Headings with the blocks up to the next one.

    Text before a file's first heading goes on with the section before; a file without any
    heading stands for itself.
    """
    node: Node | None = None
    for items in files:
        if node is not None and not any(isinstance(item, Head) for item in items):
            yield node
            node = None
        for item in items:
            if isinstance(item, Head):
                if node is not None:
                    yield node
                node = _read_head(item, lexicon, context)
                continue
            if node is None:
                node = Node(None, Title(None, "", None, "", ()), None)
            node.blocks.append(item)
    if node is not None:
        yield node


def _read_head(head: Head, lexicon: Lexicon, context: Context) -> Node:
    classes = head.attributes.get("class", "").split()
    title = head.title or part_title(head.children, lexicon)
    if "unnumbered" in classes:
        title = Title(title.kind if not title.label else None, "", None, "", head.children)
    names = [head.attributes.get("kind", ""), *classes]
    kind = next((_KINDS[name] for name in names if name in _KINDS), None)
    unknown = [name for name in names if name and name not in {*_KINDS, "unnumbered"}]
    if unknown or head.attributes.keys() - {"kind", "class", "lang", "id"}:
        message = f"a section cannot be {unknown[0]}" if unknown else "attributes not understood"
        hint = Hint("kinds: " + ", ".join(sorted(_KINDS)))
        context.report(Diagnostic("R034", Severity.NOTE, message, head.span, (hint,)))
    return Node(head, title, kind or title.kind, finding=head.finding)


def _rank(nodes: Sequence[Node]) -> None:
    """Levels in use counted from 1: a book that begins with ## has no level 2."""
    levels = sorted({node.head.level for node in nodes if node.head})
    for node in nodes:
        node.rank = levels.index(node.head.level) + 1 if node.head else 1


def _take_title(nodes: list[Node], title: str, lexicon: Lexicon, outline: Outline) -> None:
    """The single highest heading above all others is the book's title, not a chapter's."""
    heads = [node for node in nodes if node.head]
    first = heads[0] if heads else None
    if first is None or len(heads) < 2 or first.kind is not None or first.rank != 1:
        return
    alone = sum(node.rank == 1 for node in heads) == 1
    if not alone and first.words.casefold() != title.casefold():
        return
    outline.title = first.words
    _remove_head(nodes, first, "title", outline)
    if len(heads) > 2 and not first.blocks and _is_subtitle(heads[1], heads[2], lexicon):
        second = heads[1]
        if by := lexicon.by.match(second.words + " "):
            outline.authors = (second.words[by.end() :].strip(),)
        else:
            outline.subtitle = second.words
        _remove_head(nodes, second, "title", outline)


def _is_subtitle(second: Node, third: Node, lexicon: Lexicon) -> bool:
    """Right below the title, without text, unlike the headings that follow."""
    if second.blocks or second.kind is not None:
        return False
    by = lexicon.by.match(second.words + " ") is not None
    return by or (third.kind is not None and third.rank <= second.rank)


def _remove_head(nodes: list[Node], node: Node, what: str, outline: Outline) -> None:
    """Take a heading out; text below it stands at the head of the book."""
    assert node.head is not None
    outline.removed += (Removed(what, node.head.span),)
    node.head = None
    if not node.blocks:
        del nodes[next(place for place, other in enumerate(nodes) if other is node)]


def _find_depth(nodes: Sequence[Node]) -> int:
    """How many ranks of headings are sections; deeper ones stay inside them."""
    deepest = max((node.rank for node in nodes), default=1)
    rank = 1
    while rank < deepest and _is_division_rank(nodes, rank):
        rank += 1
    return rank


def _is_division_rank(nodes: Sequence[Node], rank: int) -> bool:
    """Parts: so called, or headings with nothing between them and the chapters below."""
    here = [node for node in nodes if node.head and node.rank == rank]
    if any(node.kind in DIVISIONS for node in here):
        return True
    below = [node for node in nodes if node.rank == rank + 1]
    keyed = sum(node.kind is SectionKind.CHAPTER and node.is_keyed for node in here)
    if 2 * keyed > len(here):
        return False
    if 2 * sum(node.kind is SectionKind.CHAPTER and node.is_keyed for node in below) > len(below):
        return True
    parents = [
        node
        for node, after in pairwise(nodes)
        if node.head and node.rank == rank and after.rank == rank + 1
    ]
    return 2 * sum(not node.blocks for node in parents) > len(parents)


def _check_spaced(nodes: Sequence[Node]) -> None:
    """ "I Remember" is no chapter one: number and title parted by a space must count up."""
    spaced = [node for node in nodes if node.title.is_bare and node.title.separator == "space"]
    numbers = [node.title.number for node in spaced]
    if len(spaced) > 1 and numbers == sorted(set(numbers), key=lambda number: number or 0):
        return
    for node in spaced:
        assert node.head is not None
        if node.kind is node.title.kind:
            node.kind = None
        node.title = Title(None, "", None, "", node.head.children)


def _drop_contents(nodes: Sequence[Node], lexicon: Lexicon, outline: Outline) -> Iterator[Node]:
    """A contents list of the writer's is made anew by bookforge."""
    for node in nodes:
        listed = node.blocks and all(isinstance(block, ListBlock) for block in node.blocks)
        if node.head and listed and lexicon.contents.fullmatch(node.words):
            outline.contents = node.head.span.to(node.blocks[-1].span)
            outline.removed += (Removed("contents list", outline.contents),)
        else:
            yield node


def _join_titles(nodes: list[Node]) -> None:
    """Number ("# Chapter 1") and title ("## The Sea") are one heading where most come so.

    Parts and chapters are judged apart; the title may be of the same level as the number.
    """
    for divides in (True, False):
        bare = [
            place
            for place, node in enumerate(nodes[:-1])
            if node.title.label and not node.title.children and (node.kind in DIVISIONS) == divides
        ]
        pairs = [place for place in bare if _has_title_below(nodes, place)]
        if not pairs or 2 * len(pairs) <= len(bare):
            continue
        for place in pairs:
            _join(nodes[place], nodes[place + 1])
        nodes[:] = [node for place, node in enumerate(nodes) if place - 1 not in set(pairs)]


def _has_title_below(nodes: Sequence[Node], place: int) -> bool:
    """No text, then a heading that names nothing else; under a part's no chapters of its own."""
    node, after = nodes[place], nodes[place + 1]
    if node.blocks or not after.head or after.kind or after.title.label:
        return False
    if after.rank == node.rank:
        return True
    if after.rank != node.rank + 1 or node.kind not in DIVISIONS:
        return after.rank == node.rank + 1
    deeper = place + 2 < len(nodes) and nodes[place + 2].rank > after.rank
    return deeper and not after.blocks


def _join(node: Node, below: Node) -> None:
    assert node.head is not None and below.head is not None
    node.title = replace(node.title, children=below.head.children)
    node.head = replace(node.head, span=node.head.span.to(below.head.span))
    node.blocks = below.blocks


def _make_sections(nodes: Sequence[Node], depth: int) -> Iterator[Section]:
    """Sections down to `depth`; the headings below become blocks of theirs."""
    open_node: Node | None = None
    for node in nodes:
        explicit = node.head is not None and "kind" in node.head.attributes
        if node.head and node.rank > depth and not explicit and open_node is not None:
            open_node.blocks += _make_inner(node, node.head, depth)
            continue
        if open_node is not None:
            yield _make_section(open_node, depth)
        open_node = node
    if open_node is not None:
        yield _make_section(open_node, depth)


def _make_inner(node: Node, head: Head, depth: int) -> list[Block]:
    """A heading inside a section, and its text, in the language that it names."""
    blocks: list[Block] = [Heading(node.rank - depth, head.children, head.span), *node.blocks]
    language = head.attributes.get("lang", "")
    return [put_language(block, language) for block in blocks] if language else blocks


def _make_section(node: Node, depth: int) -> Section:
    if node.head is None:
        return _make_text(node.blocks)
    kind = node.kind
    if kind is None:
        kind = SectionKind.PART if node.rank < depth and not node.blocks else SectionKind.CHAPTER
    return Section(
        kind,
        node.title.children,
        tuple(node.blocks),
        node.head.span,
        node.rank,
        usual_matter(kind),
        node.title.label,
        node.title.number,
        id=node.head.attributes.get("id", ""),
        finding=node.finding or Finding("markdown", 1.0, f"heading of level {node.head.level}"),
        language=node.head.attributes.get("lang", ""),
    )


def _place_opening(sections: list[Section]) -> tuple[Section, ...]:
    """Some lines before the first heading are front matter; pages of text begin the story."""
    if len(sections) > 1 and sections[0].kind is SectionKind.TEXT:
        size = sum(len(plain(run)) for run in inline_runs(sections[0].blocks))
        if size < _OPENING:
            sections[0] = replace(sections[0], matter=Matter.FRONT)
    return tuple(sections)


def _make_text(blocks: Sequence[Block]) -> Section:
    """Text without a heading; nothing but epigraphs are an epigraph page."""
    start = blocks[0].span
    epigraph = all(
        isinstance(block, Quote) and block.role is QuoteRole.EPIGRAPH for block in blocks
    )
    kind = SectionKind.EPIGRAPH if epigraph else SectionKind.TEXT
    span = Span(start.source, start.start, start.start)
    return Section(kind, (), tuple(blocks), span, matter=usual_matter(kind))
