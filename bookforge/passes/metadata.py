"""What the book is called and who made it: book.toml and manuscript brought together."""

from __future__ import annotations

import re
import uuid
from types import MappingProxyType
from typing import TYPE_CHECKING

from bookforge.contracts import Context, Metadata
from bookforge.model.document import Found

if TYPE_CHECKING:
    from bookforge.config.model import Book, Config

# The book's own name space (RFC 9562, section 5.5): a name gives the same identifier everywhere.
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:bookforge:book")


def describe(config: Config, found: Found, language: str, context: Context) -> Metadata:
    """Title, authors, language and a stable identifier.

    book.toml comes before what the manuscript says of itself; the title may be the file's name.
    `extra` holds what else the book says of itself ("publisher", "rights" …), only what is known.
    """
    book = config.book
    title = book.title or found.title or _title_of_file(context)
    authors = book.all_authors or found.authors
    extra = _extra(book, found)
    return Metadata(
        title=title,
        authors=authors,
        language=language,
        identifier=_identifier(book, title, authors, language),
        subtitle=book.subtitle or ("" if book.title else found.subtitle),
        short_title=book.short_title or title,
        date=book.date or extra.get("date", ""),
        extra=MappingProxyType(extra),
    )


def _title_of_file(context: Context) -> str:
    """The name of the first manuscript file in words: the_long_sea.txt is "The Long Sea"."""
    stem = context.files[0].stem if context.files else ""
    words = re.sub(r"[_\s]+|(?<=\w)-(?=\w)", " ", stem).strip()
    if words.islower() or words.isupper():
        words = " ".join(word.capitalize() for word in words.split())
    return words or "Untitled"


def _identifier(book: Book, title: str, authors: tuple[str, ...], language: str) -> str:
    """An ISBN, the writer's own identifier, or one derived from title, authors and language."""
    if book.identifier:
        return book.identifier
    if book.isbn.epub or book.isbn.print:
        digits = re.sub("[^0-9Xx]", "", book.isbn.epub or book.isbn.print or "")
        return f"urn:isbn:{digits.upper()}"
    name = "\n".join((title, *authors, language))
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _extra(book: Book, found: Found) -> dict[str, str]:
    """The rest, book.toml before front matter; keys as in book.toml."""
    extra = {key: value for key, value in found.extra if value}
    own = {
        "publisher": book.publisher,
        "description": book.description,
        "rights": book.rights,
        "license": book.license,
        "edition-statement": book.edition_statement,
        "copyright-year": str(book.copyright_year) if book.copyright_year else None,
        "copyright-holder": book.copyright_holder,
        "audience": book.audience,
        "date": book.date,
    }
    extra.update({key: value for key, value in own.items() if value})
    return extra
