"""The words of the pages made from metadata: copyright page, list of other books.

Every word comes from book.toml or from the language's terms. Order of a copyright page: Chicago
Manual of Style 1.20-1.35.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bookforge.contracts import Context, Metadata
from bookforge.diagnostics import Span
from bookforge.model.blocks import Block, ListBlock, ListItem, Paragraph
from bookforge.model.inlines import Emphasis, Inlines, Text


def write_copyright(described: Metadata, context: Context, point: Span) -> tuple[Block, ...]:
    """The paragraphs of the copyright page; none when only the title is known."""
    lines = list(_copyright_lines(described, context))
    if not lines:
        return ()
    name = f"{described.title}: {described.subtitle}" if described.subtitle else described.title
    title: Inlines = (Emphasis((Text(name, point),), point),)
    paragraphs = [Paragraph(title, point)]
    paragraphs += [Paragraph((Text(line, point),), point) for line in lines]
    return tuple(paragraphs)


def list_also_by(described: Metadata, context: Context, point: Span) -> tuple[Block, ...]:
    """Other books by the author, without this one."""
    this = described.title.casefold()
    titles = [title for title in context.config.book.also_by if title.casefold() != this]
    if not titles:
        return ()
    entries = tuple(
        ListItem((Paragraph((Emphasis((Text(title, point),), point),), point),), point)
        for title in titles
    )
    return (ListBlock(entries, point),)


def _copyright_lines(described: Metadata, context: Context) -> Iterator[str]:
    book, terms = context.config.book, context.language.terms
    if book.edition_statement:
        yield book.edition_statement
    holder = book.copyright_holder or _join_names(described.authors, terms["and"])
    year = str(book.copyright_year or "") or _year(described.date)
    if holder:
        yield " ".join(part for part in (terms["copyright"], "©", year, holder) if part)
        yield from _rights(described, context)
    elif book.rights or book.license:
        yield from _rights(described, context)
    for person in book.contributor:
        if person.role != "aut":
            credit = terms.get(f"role-{person.role}", terms["role-other"])
            yield credit.format(name=person.name)
    if book.publisher:
        yield terms["published-by"].format(publisher=book.publisher)
    for edition, number in (
        ("epub", book.isbn.epub),
        ("print", book.isbn.print),
        ("screen", book.isbn.screen),
    ):
        if number:
            yield f"ISBN {number} ({terms[f'edition-{edition}']})"
    if fandom := _fandoms(described, context):
        fandoms = _join_names(fandom, terms["and"])
        yield terms["fan-fiction"].format(fandom=fandoms)


def _fandoms(described: Metadata, context: Context) -> tuple[str, ...]:
    """Of book.toml, else of the header that an archive gave the manuscript."""
    said = described.extra.get("fandom", "").split(",")
    return context.config.book.fandom or tuple(name.strip() for name in said if name.strip())


def _rights(described: Metadata, context: Context) -> Iterator[str]:
    """The writer's own words; "all rights reserved" only where no licence gives any away."""
    book, terms = context.config.book, context.language.terms
    if book.rights:
        yield book.rights
    if book.license:
        yield terms["licensed-under"].format(license=book.license.rstrip("."))
    if not book.rights and not book.license and not _fandoms(described, context):
        yield terms["all-rights-reserved"]


def _join_names(names: tuple[str, ...], word: str) -> str:
    """A, B and C."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def _year(date: str) -> str:
    match = re.match(r"\d{4}", date)
    return match[0] if match else ""
