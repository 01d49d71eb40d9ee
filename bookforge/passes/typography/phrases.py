"""Short texts that are not in the document: titles, a description, words for the back cover."""

from __future__ import annotations

from msgspec.structs import replace

from bookforge.config.model import Config
from bookforge.contracts import Metadata

# What no rule has anything to say of without one of these.
_TYPED = ('"', "'", "`", "--", "..")


def clean_metadata(described: Metadata, config: Config) -> Metadata:
    """Titles, names and description with typographic marks, as the book itself has them."""
    language, extra = described.language, dict(described.extra)
    if "description" in extra:
        extra["description"] = clean_phrase(extra["description"], language, config)
    return replace(
        described,
        title=clean_phrase(described.title, language, config),
        authors=tuple(clean_phrase(name, language, config) for name in described.authors),
        subtitle=clean_phrase(described.subtitle, language, config),
        short_title=clean_phrase(described.short_title, language, config),
        extra=extra,
    )


def clean_phrase(text: str, language: str, config: Config) -> str:
    """One such text; the settings are `[typography]` of book.toml."""
    wish = config.typography
    if not wish.enabled or not any(typed in text for typed in _TYPED):
        return text
    from bookforge.passes.typography.filter import Options, typogrify_text

    return typogrify_text(text, Options(language, wish.quotes, wish.dashes, wish.ellipsis)).text
