"""The reader: front matter, blocks and outline of every file, brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import Diagnostic, Span
from bookforge.model.document import Document, Found, Note, Removed, Section, SectionKind
from bookforge.readers.markdown.blocks import BlockReader, Item
from bookforge.readers.markdown.doubts import (
    doubt_titles,
    find_doubts,
    find_lost_marks,
    find_raw,
)
from bookforge.readers.markdown.front import Front, read_front
from bookforge.readers.markdown.outline import Outline, make_outline
from bookforge.readers.markdown.override import cut_ends, put_over
from bookforge.readers.markdown.verse import join_verse
from bookforge.readers.tongue import named_language, settle_language
from bookforge.source import SourceFile


def read_markdown(files: Sequence[SourceFile], context: Context) -> Document:
    """One document from the Markdown files of a book, in their order."""
    items: list[list[Item]] = []
    notes: list[Note] = []
    removed: list[Removed] = []
    found = Found()
    for number, file in enumerate(files, 1):
        front = read_front(file, context.report)
        reader = BlockReader(file, context, f"{number}-" if len(files) > 1 else "")
        items.append(join_verse(reader.read(front.lines)))
        for lost in find_lost_marks(file):
            context.report(lost)
        notes += reader.notes
        removed += [*_front_removed(file, front), *reader.removed]
        found = _merge(found, front.found)
    title = context.config.book.title or found.title
    ends: tuple[Removed, ...] = ()
    texts: frozenset[Span] = frozenset()
    if is_manuscript := _is_manuscript(files, context):
        items, ends = cut_ends(items, context)
        items, texts = put_over(items, context)
    outline = make_outline(items, title, context, texts)
    if is_manuscript:
        for doubt in find_doubts(outline.sections, context.config.manuscript):
            context.report(doubt)
        for doubt in _doubt_titles(files, outline, found, context):
            context.report(doubt)
    for raw in find_raw(files, outline.sections):
        context.report(raw)
    return Document(
        sections=outline.sections or (_empty(files[0]),),
        language=_language(files, found, context),
        notes=tuple(notes),
        found=_add_outline(found, outline),
        removed=tuple(sorted((*removed, *ends, *outline.removed), key=_position)),
        contents=outline.contents,
        body=_body(files, items),
    )


def _doubt_titles(
    files: Sequence[SourceFile], outline: Outline, found: Found, context: Context
) -> Iterator[Diagnostic]:
    """Of headings taken out, what neither book.toml nor front matter nor the headings tell."""
    book = context.config.book
    title = book.title or found.title or outline.title
    subtitle = "" if book.title else found.subtitle or outline.subtitle
    authors = book.all_authors or found.authors or outline.authors
    told = (title, book.subtitle or subtitle, *authors, "by")
    for file in files:
        yield from doubt_titles(file, outline.removed, told)


def _is_manuscript(files: Sequence[SourceFile], context: Context) -> bool:
    """Whether `[manuscript]` speaks of these files, not of a text that `[matter]` gives."""
    return not context.files or files[0].path in context.files


def _empty(file: SourceFile) -> Section:
    """A book of comments alone has one section all the same."""
    return Section(SectionKind.TEXT, (), (), file.span(0, 0))


def _front_removed(file: SourceFile, front: Front) -> list[Removed]:
    return [Removed("front matter", file.span(0, front.length))] if front.length else []


def _merge(first: Found, second: Found) -> Found:
    """What several files say; the first that says it counts."""
    return Found(
        first.title or second.title,
        first.subtitle or second.subtitle,
        first.authors or second.authors,
        first.language or second.language,
        first.extra + tuple(pair for pair in second.extra if pair[0] not in dict(first.extra)),
    )


def _add_outline(found: Found, outline: Outline) -> Found:
    return replace(
        found,
        title=found.title or outline.title,
        subtitle=found.subtitle or outline.subtitle,
        authors=found.authors or outline.authors,
    )


def _language(files: Sequence[SourceFile], found: Found, context: Context) -> str:
    """As book.toml or the front matter say (by tag or name), else guessed."""
    if context.config.book.language:
        return context.config.book.language
    if found.language:
        return named_language(found.language) or found.language
    if not _is_manuscript(files, context):
        return context.language.tag
    text = "\n".join(file.text for file in files)
    return settle_language(text, files[0].id, context)


def _position(removed: Removed) -> tuple[int, int]:
    return removed.span.source, removed.span.start


def _body(files: Sequence[SourceFile], items: Sequence[Sequence[Item]]) -> Span | None:
    """The main text of a book in one file."""
    if len(files) != 1 or not items[0]:
        return None
    return items[0][0].span.to(items[0][-1].span)
