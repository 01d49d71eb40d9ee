"""The package document's metadata (EPUB 3.3, section 5): what shops, libraries and readers see.

In: metadata, settings and facts about the content. Out: entries for ebooklib's writer.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from bookforge.contracts import Context, Metadata
from bookforge.regex import regex
from bookforge.render.epub.a11y import Facts, describe
from bookforge.render.epub.markup import clean
from bookforge.render.epub.names import sort_name, sort_title

BOOK_ID = "book-id"
COVER_ID = "cover-image"
CSS_ID = "css"
# W3CDTF, as dc:date wants it (EPUBCheck OPF-053).
_DATE = regex(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_ROLE = regex(r"[a-z]{3}\Z")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Meta(Struct, frozen=True):
    """One element: a Dublin Core term (`dc` true) or a `meta`, its text and attributes."""

    name: str
    value: str
    attributes: dict[str, str] = field(default_factory=dict)
    dc: bool = False


def describe_book(metadata: Metadata, context: Context, facts: Facts) -> list[Meta]:
    """Every entry of the metadata, in the order it is written."""
    found = [
        *_identify(metadata, context),
        *_title(metadata),
        _term("language", metadata.language),
        *_people(metadata, context),
        *_publication(metadata),
        *_subjects(metadata, context),
        *_readers(metadata, context),
        *_series(context),
        *_page_source(metadata, context, facts),
        *_accessibility(context, facts),
        Meta("meta", "", {"name": "cover", "content": COVER_ID}),
    ]
    return [entry for entry in found if entry.value or not entry.dc]


def identifier_of(metadata: Metadata) -> str:
    """The book's own identifier; without one, derived from title, authors and language."""
    own = clean(metadata.identifier)
    if own:
        return own
    names = "\n".join((metadata.title, *metadata.authors, metadata.language))
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'bookforge:{names}')}"


def _term(name: str, value: str, **attributes: str) -> Meta:
    return Meta(name, clean(value), attributes, dc=True)


def _refine(target: str, name: str, value: str, **more: str) -> Meta:
    return Meta("meta", clean(value), {"property": name, "refines": f"#{target}", **more})


def _property(name: str, value: str, **more: str) -> Meta:
    return Meta("meta", clean(value), {"property": name, **more})


def _identify(metadata: Metadata, context: Context) -> Iterator[Meta]:
    own = identifier_of(metadata)
    yield _term("identifier", own, id=BOOK_ID)
    isbn = re.sub("[^0-9Xx]", "", context.config.book.isbn.epub or "")
    if isbn and isbn not in own:
        yield _term("identifier", f"urn:isbn:{isbn}")


def _title(metadata: Metadata) -> Iterator[Meta]:
    title = clean(metadata.title)
    yield _term("title", title, id="title")
    yield _refine("title", "title-type", "main")
    yield _refine("title", "file-as", sort_title(title, metadata.language))
    if clean(metadata.subtitle):
        yield _term("title", metadata.subtitle, id="subtitle")
        yield _refine("subtitle", "title-type", "subtitle")


def _people(metadata: Metadata, context: Context) -> Iterator[Meta]:
    others = context.config.book.contributor
    sorts = {person.name: person.sort for person in others if person.sort}
    authors = [name for name in map(clean, metadata.authors) if name]
    for number, name in enumerate(authors, 1):
        sort = sorts.get(name) or sort_name(name, metadata.language)
        yield from _person("creator", f"author-{number}", name, "aut", sort)
        yield _refine(f"author-{number}", "display-seq", str(number))
    rest = [person for person in others if clean(person.name) and person.name not in authors]
    for number, person in enumerate(rest, 1):
        name, role = clean(person.name), person.role
        sort = person.sort or sort_name(name, metadata.language)
        kind = "creator" if role == "aut" else "contributor"
        yield from _person(kind, f"contributor-{number}", name, role, sort)


def _person(kind: str, name: str, printed: str, role: str, sort: str) -> Iterator[Meta]:
    yield _term(kind, printed, id=name)
    if _ROLE.match(role):
        yield _refine(name, "role", role, scheme="marc:relators")
    yield _refine(name, "file-as", sort)


def _publication(metadata: Metadata) -> Iterator[Meta]:
    yield _term("publisher", metadata.extra.get("publisher", ""))
    date = clean(metadata.date)
    yield _term("date", date if _DATE.match(date) else "")
    yield _term("description", metadata.extra.get("description", ""))
    yield _term("rights", rights_of(metadata))


def rights_of(metadata: Metadata) -> str:
    """The rights statement: the writer's own, else the copyright line and licence they gave."""
    facts = metadata.extra
    if "rights" in facts:
        return facts["rights"]
    holder = facts.get("copyright-holder") or ", ".join(metadata.authors)
    year = facts.get("copyright-year", "")
    line = f"© {year} {holder}" if year and holder else ""
    return ". ".join(part for part in (line, facts.get("license", "")) if part)


def _subjects(metadata: Metadata, context: Context) -> Iterator[Meta]:
    """What the book is about; archives of fan fiction put rating and warnings here as well."""
    book, facts = context.config.book, metadata.extra
    own = {"fandom": book.fandom, "warnings": book.warnings, "tags": book.tags}
    own = {key: words or _said(facts, key) for key, words in own.items()}
    rating = book.rating or facts.get("rating", "")
    fans = (*own["fandom"], *((rating,) if rating else ()), *own["warnings"], *own["tags"])
    for subject in dict.fromkeys((*book.subjects, *book.keywords, *fans)):
        yield _term("subject", subject)


def _said(facts: Mapping[str, str], key: str) -> tuple[str, ...]:
    """What the manuscript's own header says, parted at commas."""
    return tuple(part.strip() for part in facts.get(key, "").split(",") if part.strip())


def _readers(metadata: Metadata, context: Context) -> Iterator[Meta]:
    """Whom the book is for (DCMI audience, schema.org contentRating)."""
    book = context.config.book
    rating = book.rating or metadata.extra.get("rating", "")
    if book.audience:
        yield _property("dcterms:audience", book.audience)
    if rating:
        yield _property("schema:contentRating", rating)


def _series(context: Context) -> Iterator[Meta]:
    series = context.config.book.series
    if series is None or not clean(series.name):
        return
    name = clean(series.name)
    yield _property("belongs-to-collection", name, id="series")
    yield _refine("series", "collection-type", "series")
    # What calibre and readers built on it look for.
    yield Meta("meta", "", {"name": "calibre:series", "content": name})
    if series.number is not None:
        number = f"{series.number:g}"
        yield _refine("series", "group-position", number)
        yield Meta("meta", "", {"name": "calibre:series_index", "content": number})


def _page_source(metadata: Metadata, context: Context, facts: Facts) -> Iterator[Meta]:
    """Where the page numbers come from.

    `source-of` passes every EPUBCheck; the newer pageBreakSource is an error to the 4.2.6 that
    Kobo's intake runs, so it is written on request.
    """
    if not facts.pages:
        return
    isbn = re.sub("[^0-9Xx]", "", context.config.book.isbn.print or "")
    edition = context.language.terms["edition-print"]
    source = f"urn:isbn:{isbn}" if isbn else f"{metadata.title} ({edition})"
    yield _term("source", source, id="print-source")
    yield _refine("print-source", "source-of", "pagination")
    if context.config.output.epub.page_source:
        yield _property("pageBreakSource", source)


def _accessibility(context: Context, facts: Facts) -> Iterator[Meta]:
    for entry in describe(facts, context.language):
        more = {_XML_LANG: entry.language} if entry.language else {}
        yield Meta("meta", clean(entry.value), {"property": entry.name, **more})
    epub = context.config.output.epub
    if epub.conformance and facts.described:
        yield _property("dcterms:conformsTo", epub.conformance, id="conformance")
        if epub.certifier:
            yield _refine("conformance", "a11y:certifiedBy", epub.certifier)
