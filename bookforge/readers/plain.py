"""The reader of plain text: files in, a Document with spans out.

Steps: cut the distributor's header, cut into blocks, find the language, the contents list, the
headings, the title page, the scene breaks, and build sections of what is between.
"""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.contracts import Context
from bookforge.diagnostics import Span
from bookforge.model.document import Document, Found, Removed
from bookforge.readers.blocks import Block, Sheet, read_sheet
from bookforge.readers.distributor import Cut, cut_distributor
from bookforge.readers.draft import Draft
from bookforge.readers.front import TitlePage, read_title_page
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.headings.find import Headings, find_headings
from bookforge.readers.lexicon import load_lexicon
from bookforge.readers.prose import Maker
from bookforge.readers.scenes import find_scenes
from bookforge.readers.sections import build_sections
from bookforge.readers.tongue import named_language, settle_language
from bookforge.source import SourceFile

__all__ = ["read_plain"]


def read_plain(files: Sequence[SourceFile], context: Context) -> Document:
    """Read one book from plain text files, in order."""
    cuts = [cut_distributor(file) for file in files]
    sheets = [read_sheet(file) for file in files]
    language = _find_language(files, cuts, context)
    draft = _draft(sheets, cuts, language)
    headings = find_headings(draft)
    page = _read_page(draft, headings, cuts)
    skipped = headings.contents.indexes | page.indexes
    headed = {one.index for one in headings.found}
    headed.update(one.index + 1 for one in headings.found if one.below is not None)
    own = context.config.manuscript.scene_breaks
    scenes = find_scenes(
        draft,
        headed | skipped,
        {one.after for one in headings.found},
        None if own == "auto" else own,
    )
    maker = Maker(draft, scenes, frozenset(skipped))
    sections = build_sections(draft, headings.found, maker, _find_end(draft, headings))
    return Document(
        tuple(sections),
        language,
        (),
        _found(page, cuts, language),
        _removed(draft, cuts, headings, page),
        _cover(draft, headings.contents.indexes),
        _body(draft),
    )


def _draft(sheets: Sequence[Sheet], cuts: Sequence[Cut], language: str) -> Draft:
    """All blocks of the work; those of headers and licences stay outside."""
    blocks: list[Block] = []
    for sheet, cut in zip(sheets, cuts, strict=True):
        inside = [b for b in sheet.blocks if b.start >= cut.start and b.end <= cut.end]
        blocks.extend(inside)
    known = {
        fold_title(value) for cut in cuts for key, value in cut.facts if key in ("title", "author")
    }
    if blocks and blocks[0].end - blocks[0].start < 100:
        known.update(fold_title(line) for line in blocks[0].lines)
    lexicon = load_lexicon(language)
    for block in blocks[1:8]:
        by = lexicon.by.match(block.text)
        if by and block.end - block.start < 80:
            known.add(fold_title(block.text[by.end() :]))
    return Draft(blocks, lexicon, 0, len(blocks), known=frozenset(known - {""}))


def _find_language(files: Sequence[SourceFile], cuts: Sequence[Cut], context: Context) -> str:
    if context.config.book.language:
        return context.config.book.language
    for cut in cuts:
        for key, value in cut.facts:
            if key == "language" and (tag := named_language(value)):
                return tag
    text = "\n".join(file.text[cut.start : cut.end] for file, cut in zip(files, cuts, strict=True))
    return settle_language(text, files[0].id, context)


def _read_page(draft: Draft, headings: Headings, cuts: Sequence[Cut]) -> TitlePage:
    limits = [one.index for one in headings.found[:1]]
    if headings.contents.indexes:
        limits.append(min(headings.contents.indexes))
    known = next((value for cut in cuts for key, value in cut.facts if key == "title"), "")
    return read_title_page(draft, min(limits, default=draft.last), known)


def _found(page: TitlePage, cuts: Sequence[Cut], language: str) -> Found:
    facts = {key: value for cut in cuts for key, value in cut.facts}
    title = facts.pop("title", "") or page.title
    author = facts.pop("author", "") or facts.pop("authors", "")
    authors = (author,) if author else page.authors
    facts.pop("language", None)
    return Found(title, page.subtitle, authors, language, (*facts.items(), *page.facts))


def _removed(
    draft: Draft, cuts: Sequence[Cut], headings: Headings, page: TitlePage
) -> tuple[Removed, ...]:
    removed = [Removed("distributor's header", cut.header) for cut in cuts if cut.header]
    removed += [Removed("title page", span) for span in _stretches(draft, page.indexes)]
    removed += [
        Removed("contents list", span) for span in _stretches(draft, headings.contents.indexes)
    ]
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
