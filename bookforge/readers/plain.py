"""The reader of plain text: files in, a Document with spans out.

Steps: cut the distributor's header, cut into blocks, find the language, the contents list, the
headings, the title page, the scene breaks, and build sections of what is between.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import Span
from bookforge.model.document import Document, Found, Removed
from bookforge.readers.blocks import Sheet, read_sheet
from bookforge.readers.distributor import Cut, cut_distributor
from bookforge.readers.doubts import doubt_gaps, doubt_page, find_doubts
from bookforge.readers.draft import Draft
from bookforge.readers.exports import find_wrappers
from bookforge.readers.front import Known, TitlePage, read_title_page
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.headings.files import head_files
from bookforge.readers.headings.find import Headings, find_headings
from bookforge.readers.headings.glued import part_glued
from bookforge.readers.lexicon import load_lexicon
from bookforge.readers.notes import find_footnotes, read_notes
from bookforge.readers.override import bar_blocks, cut_ends, put_over
from bookforge.readers.prose import Maker
from bookforge.readers.scenes import Scenes, find_scenes
from bookforge.readers.sections import build_sections
from bookforge.readers.tongue import named_language, settle_language
from bookforge.source import SourceFile

if TYPE_CHECKING:
    from bookforge.config.model import Manuscript

__all__ = ["read_plain"]


def read_plain(files: Sequence[SourceFile], context: Context) -> Document:
    """Read one book from plain text files, in order."""
    settings = context.config.manuscript
    cuts = [cut_distributor(file) for file in files]
    sheets = [read_sheet(file, cut.start, cut.end) for file, cut in zip(files, cuts, strict=True)]
    language = _find_language(files, cuts, context)
    draft = _draft(sheets, cuts, language)
    draft.wrappers = find_wrappers(draft)
    cut_ends(draft, settings, context.report)
    bar_blocks(draft, settings, context.report)
    headings = put_over(draft, find_headings(draft), settings, context.report)
    for doubt in find_doubts(draft, headings, settings.expect):
        context.report(doubt)
    page = _read_page(draft, headings, cuts, context)
    footnotes = find_footnotes(draft)
    listed = headings.contents.indexes if settings.contents == "drop" else frozenset()
    left_out = listed | page.indexes | footnotes.indexes | draft.wrappers
    left_out |= _frames(draft, headings)
    headings = replace(headings, found=head_files(draft, headings.found, left_out))
    scenes = _find_scenes(draft, headings, left_out, settings)
    for doubt in doubt_gaps(draft, scenes):
        context.report(doubt)
    maker = Maker(draft, scenes, left_out, footnotes.marks or {})
    return Document(
        tuple(build_sections(draft, headings.found, maker, _find_end(draft, headings))),
        language,
        read_notes(draft, footnotes),
        _found(page, cuts, language),
        _removed(draft, cuts, listed, page),
        _cover(draft, headings.contents.indexes),
        _body(draft),
    )


def _draft(sheets: Sequence[Sheet], cuts: Sequence[Cut], language: str) -> Draft:
    """All blocks of the work, and what is known of its title and author."""
    lexicon = load_lexicon(language)
    blocks = part_glued([block for sheet in sheets for block in sheet.blocks], lexicon)
    facts = [fact for cut in cuts for fact in cut.facts]
    known = {fold_title(value) for key, value in facts if key in ("title", "author")}
    opening: set[str] = set()
    if blocks and blocks[0].end - blocks[0].start < 100:
        opening.update(fold_title(line) for line in blocks[0].lines)
    for block in blocks[1:8]:
        by = lexicon.by.match(block.text)
        if by and block.end - block.start < 80:
            known.add(fold_title(block.text[by.end() :]))
    return Draft(
        blocks,
        lexicon,
        0,
        len(blocks),
        known=frozenset(known - {""}),
        opening=frozenset(opening - known - {""}),
    )


def _find_scenes(
    draft: Draft, headings: Headings, left_out: frozenset[int], settings: Manuscript
) -> Scenes:
    headed = {one.index for one in headings.found if one.after > one.index}
    headed.update(one.index + 1 for one in headings.found if one.below is not None)
    starts = {one.after for one in headings.found}
    own = None if settings.scene_breaks == "auto" else settings.scene_breaks
    return find_scenes(draft, headed | left_out, starts, own)


def _frames(draft: Draft, headings: Headings) -> frozenset[int]:
    """Rows right above and right below a heading, no blank line between: drawn round it."""
    found = set()
    for one in headings.found:
        for row, beside in ((one.index - 1, one.index), (one.after, one.after - 1)):
            if not draft.first <= row < draft.last or not draft.is_mark(row):
                continue
            upper, lower = sorted((row, beside))
            if draft.blocks[upper].last == draft.blocks[lower].first:
                found.add(row)
    return frozenset(found)


def _find_language(files: Sequence[SourceFile], cuts: Sequence[Cut], context: Context) -> str:
    if context.config.book.language:
        return context.config.book.language
    for cut in cuts:
        for key, value in cut.facts:
            if key == "language" and (tag := named_language(value)):
                return tag
    text = "\n".join(file.text[cut.start : cut.end] for file, cut in zip(files, cuts, strict=True))
    return settle_language(text, files[0].id, context)


def _read_page(
    draft: Draft, headings: Headings, cuts: Sequence[Cut], context: Context
) -> TitlePage:
    limits = [one.index for one in headings.found[:1]]
    if headings.contents.indexes:
        limits.append(min(headings.contents.indexes))
    said = next((value for cut in cuts for key, value in cut.facts if key == "title"), "")
    # A text that `[matter]` gives has a title of its own, which is not the book's.
    files = {block.sheet.file.path for block in draft.blocks[:1]}
    is_whole = not context.files or not files.isdisjoint(context.files)
    known = Known.of(context.config.book, said) if is_whole else Known()
    page = read_title_page(draft, min(limits, default=draft.last), known)
    gone = {index: draft.blocks[index].span for index in page.indexes - draft.wrappers}
    for doubt in doubt_page(draft, gone, known.tell(page)):
        context.report(doubt)
    return page


def _found(page: TitlePage, cuts: Sequence[Cut], language: str) -> Found:
    facts = {key: value for cut in cuts for key, value in cut.facts}
    title = facts.pop("title", "") or page.title
    author = facts.pop("author", "") or facts.pop("authors", "")
    authors = (author,) if author else page.authors
    facts.pop("language", None)
    return Found(title, page.subtitle, authors, language, (*facts.items(), *page.facts))


def _removed(
    draft: Draft, cuts: Sequence[Cut], listed: frozenset[int], page: TitlePage
) -> tuple[Removed, ...]:
    """What does not go into the book, in the order of the text."""
    inside = frozenset(range(draft.first, draft.last))
    before = frozenset(range(draft.first))
    after = frozenset(range(draft.last, len(draft.blocks)))
    removed = [Removed("distributor's header", cut.header) for cut in cuts if cut.header]
    for what, indexes in (
        ("text before the start", before),
        ("title page", page.indexes & inside),
        ("contents list", listed),
        ("archive's own words", draft.wrappers - page.indexes & inside),
        ("text after the end", after),
    ):
        removed += [Removed(what, span) for span in _stretches(draft, indexes)]
    heads = {id(block.sheet): block.sheet.heads for block in draft.blocks}
    removed += [Removed("running head", span) for spans in heads.values() for span in spans]
    removed += [Removed("distributor's licence", cut.licence) for cut in cuts if cut.licence]
    return tuple(removed)


def _stretches(draft: Draft, indexes: frozenset[int]) -> list[Span]:
    """Neighbouring blocks as one span each."""
    spans: list[Span] = []
    before = -2
    for index in sorted(indexes):
        span = draft.blocks[index].span
        if index == before + 1 and spans[-1].source == span.source:
            spans[-1] = spans[-1].to(span)
        else:
            spans.append(span)
        before = index
    return spans


def _cover(draft: Draft, indexes: frozenset[int]) -> Span | None:
    spans = _stretches(draft, indexes)
    return spans[0] if spans else None


def _body(draft: Draft) -> Span | None:
    if draft.first >= draft.last:
        return None
    first, last = draft.blocks[draft.first].span, draft.blocks[draft.last - 1].span
    return first.to(last) if first.source == last.source else first


def _find_end(draft: Draft, headings: Headings) -> int:
    """The block after "THE END", when only little comes after it and no heading."""
    last = headings.found[-1].index if headings.found else draft.first
    total = draft.characters(draft.first, draft.last)
    for index in range(draft.last - 1, last, -1):
        if draft.characters(index, draft.last) > 0.08 * total:
            break
        block = draft.blocks[index]
        if block.size == 1 and draft.lexicon.end.fullmatch(block.text.strip(" _*.!")):
            return index + 1
    return draft.last
