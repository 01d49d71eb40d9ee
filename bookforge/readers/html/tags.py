"""Names of elements and of their meanings, as the walker tells them apart."""

from __future__ import annotations

__all__ = ["BLOCKS", "SKIPPED", "TAKEN", "VERSE"]

# Elements that hold no text of the book.
SKIPPED = frozenset(
    [
        "script", "style", "head", "template", "noscript", "iframe", "object", "embed",
        "audio", "video", "canvas", "form", "input", "button", "select", "textarea", "map",
        "link", "meta", "rp", "rt",
    ]
)  # fmt: skip

# Elements that begin and end a paragraph.
BLOCKS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details",
        "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1",
        "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
        "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
    ]
)  # fmt: skip

# What the vocabulary of e-books calls a section, where a book keeps it.
TAKEN = frozenset(
    [
        "prologue", "epilogue", "foreword", "preface", "introduction", "dedication",
        "epigraph", "afterword", "conclusion", "acknowledgments", "acknowledgements",
        "appendix", "glossary", "bibliography", "part", "chapter", "volume",
    ]
)  # fmt: skip

# Classes and types of poems.
VERSE = frozenset({"verse", "poem", "poetry", "linegroup", "z3998:verse", "z3998:poem"})
