"""The book between reading and rendering: its sections in order, their notes, what was found."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from bookforge.diagnostics import Span
from bookforge.model.blocks import Block
from bookforge.model.inlines import Inline


class Matter(StrEnum):
    """The three divisions of a book (Chicago Manual of Style 1.3)."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


class SectionKind(StrEnum):
    """What a section is; decides matter, EPUB semantics and print treatment."""

    # Pages made by bookforge from metadata; their blocks are empty.
    HALF_TITLE = "half-title"
    TITLE_PAGE = "title-page"
    COPYRIGHT = "copyright"
    CONTENTS = "contents"
    ALSO_BY = "also-by"
    COLOPHON = "colophon"
    # Front matter.
    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    FOREWORD = "foreword"
    PREFACE = "preface"
    INTRODUCTION = "introduction"
    AUTHORS_NOTE = "authors-note"
    DRAMATIS_PERSONAE = "dramatis-personae"
    # Body.
    VOLUME = "volume"
    BOOK = "book"
    PART = "part"
    CHAPTER = "chapter"
    PROLOGUE = "prologue"
    INTERLUDE = "interlude"
    EPILOGUE = "epilogue"
    LETTER = "letter"
    ACT = "act"
    SCENE = "scene"
    CANTO = "canto"
    STORY = "story"
    SUBSECTION = "section"
    # Text before the first heading of a book, and books without headings.
    TEXT = "text"
    # Back matter.
    AFTERWORD = "afterword"
    CONCLUSION = "conclusion"
    APPENDIX = "appendix"
    NOTES = "notes"
    GLOSSARY = "glossary"
    BIBLIOGRAPHY = "bibliography"
    INDEX = "index"
    ACKNOWLEDGEMENTS = "acknowledgements"
    ABOUT_THE_AUTHOR = "about-the-author"


_FRONT = frozenset(
    {
        SectionKind.HALF_TITLE,
        SectionKind.TITLE_PAGE,
        SectionKind.COPYRIGHT,
        SectionKind.CONTENTS,
        SectionKind.DEDICATION,
        SectionKind.EPIGRAPH,
        SectionKind.FOREWORD,
        SectionKind.PREFACE,
        SectionKind.DRAMATIS_PERSONAE,
    }
)
_BACK = frozenset(
    {
        SectionKind.AFTERWORD,
        SectionKind.APPENDIX,
        SectionKind.NOTES,
        SectionKind.GLOSSARY,
        SectionKind.BIBLIOGRAPHY,
        SectionKind.INDEX,
        SectionKind.ACKNOWLEDGEMENTS,
        SectionKind.ABOUT_THE_AUTHOR,
        SectionKind.ALSO_BY,
        SectionKind.COLOPHON,
    }
)
# Kinds that hold other sections: they get a page of their own ("part title").
DIVISIONS = frozenset({SectionKind.VOLUME, SectionKind.BOOK, SectionKind.PART, SectionKind.ACT})
# Kinds made from metadata, without text of the writer's.
GENERATED = frozenset(
    {
        SectionKind.HALF_TITLE,
        SectionKind.TITLE_PAGE,
        SectionKind.COPYRIGHT,
        SectionKind.CONTENTS,
        SectionKind.ALSO_BY,
        SectionKind.COLOPHON,
    }
)


def usual_matter(kind: SectionKind) -> Matter:
    """Where a section of this kind usually stands."""
    if kind in _FRONT:
        return Matter.FRONT
    return Matter.BACK if kind in _BACK else Matter.BODY


class Finding(Struct, frozen=True, gc=False):
    """How a heading was recognised: the form seen, 0 to 1 how sure, and why in plain words."""

    form: str
    confidence: float
    reason: str


class Section(Struct, frozen=True, gc=False):
    """A part, chapter or other titled stretch; flat in the document, nested by `level`.

    `level` is 1 for the outermost of this book. `label` is the number part as the manuscript
    prints it, without its full stop ("CHAPTER IX", "3", "Part One"); `number` its value.
    `span` covers the heading (for untitled sections: a point where the text begins).
    `language` is "" when it is the book's own; `editions` names the outputs it is for, () all.
    """

    kind: SectionKind
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    span: Span
    level: int = 1
    matter: Matter = Matter.BODY
    label: str = ""
    number: int | None = None
    id: str = ""
    finding: Finding | None = None
    language: str = ""
    editions: tuple[str, ...] = ()


class Note(Struct, frozen=True, gc=False):
    """The text of a footnote; `number` is given by `passes.notes`."""

    id: str
    blocks: tuple[Block, ...]
    span: Span
    number: int = 0


class Removed(Struct, frozen=True, gc=False):
    """A stretch of the manuscript that does not go into the book, and what it was."""

    what: str
    span: Span


class Found(Struct, frozen=True, gc=False):
    """What the manuscript says of itself: its title page, distributor's header or front matter."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    extra: tuple[tuple[str, str], ...] = ()


class Document(Struct, frozen=True, gc=False):
    """A whole book. `language` is a BCP 47 tag; sections stand in reading order."""

    sections: tuple[Section, ...]
    language: str
    notes: tuple[Note, ...] = ()
    found: Found = Found()
    removed: tuple[Removed, ...] = ()
    contents: Span | None = None
    body: Span | None = None
