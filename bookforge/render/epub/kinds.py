"""What each kind of section is called in EPUB: structural semantics and the matching ARIA role.

Terms: EPUB 3 Structural Semantics Vocabulary 1.1 and DPUB-ARIA 1.1. Kinds without a term there
get none; `glossary` and `index` are left out because they ask for a form of their own.
"""

from __future__ import annotations

from typing import NamedTuple

from bookforge.model.document import Matter, Section, SectionKind


class Semantics(NamedTuple):
    """`epub:type` and `role`, "" for none."""

    type: str = ""
    role: str = ""

    def attributes(self) -> str:
        """Both as attributes, with a space before."""
        kind = f' epub:type="{self.type}"' if self.type else ""
        return f'{kind} role="{self.role}"' if self.role else kind


_CHAPTER = Semantics("chapter", "doc-chapter")
_PART = Semantics("part", "doc-part")
_TERMS = {
    SectionKind.TITLE_PAGE: Semantics("titlepage"),
    SectionKind.COPYRIGHT: Semantics("copyright-page"),
    SectionKind.COLOPHON: Semantics("colophon", "doc-colophon"),
    SectionKind.DEDICATION: Semantics("dedication", "doc-dedication"),
    SectionKind.EPIGRAPH: Semantics("epigraph", "doc-epigraph"),
    SectionKind.FOREWORD: Semantics("foreword", "doc-foreword"),
    SectionKind.PREFACE: Semantics("preface", "doc-preface"),
    SectionKind.INTRODUCTION: Semantics("introduction", "doc-introduction"),
    SectionKind.VOLUME: Semantics("volume"),
    SectionKind.BOOK: _PART,
    SectionKind.PART: _PART,
    SectionKind.ACT: _PART,
    SectionKind.CHAPTER: _CHAPTER,
    SectionKind.INTERLUDE: _CHAPTER,
    SectionKind.LETTER: _CHAPTER,
    SectionKind.SCENE: _CHAPTER,
    SectionKind.CANTO: _CHAPTER,
    SectionKind.STORY: _CHAPTER,
    SectionKind.PROLOGUE: Semantics("prologue", "doc-prologue"),
    SectionKind.EPILOGUE: Semantics("epilogue", "doc-epilogue"),
    SectionKind.AFTERWORD: Semantics("afterword", "doc-afterword"),
    SectionKind.CONCLUSION: Semantics("conclusion", "doc-conclusion"),
    SectionKind.APPENDIX: Semantics("appendix", "doc-appendix"),
    SectionKind.BIBLIOGRAPHY: Semantics("bibliography", "doc-bibliography"),
    SectionKind.ACKNOWLEDGEMENTS: Semantics("acknowledgments", "doc-acknowledgments"),
}
_NONE = Semantics()
_DIVISION = {
    Matter.FRONT: "frontmatter",
    Matter.BODY: "bodymatter",
    Matter.BACK: "backmatter",
}
# Not in an e-book: the half-title protects a printed book's first leaf, the contents are `nav`.
LEFT_OUT = frozenset({SectionKind.HALF_TITLE, SectionKind.CONTENTS})
_OPENINGS = frozenset(
    {
        SectionKind.CHAPTER,
        SectionKind.PROLOGUE,
        SectionKind.INTERLUDE,
        SectionKind.EPILOGUE,
        SectionKind.STORY,
        SectionKind.TEXT,
    }
)


def semantics(kind: SectionKind) -> Semantics:
    """The terms for a kind of section."""
    return _TERMS.get(kind, _NONE)


def opens_like_chapter(section: Section) -> bool:
    """Whether the first words of a section may be set off."""
    return section.kind in _OPENINGS and section.matter is Matter.BODY


def division(matter: Matter) -> str:
    """The `epub:type` of a body."""
    return _DIVISION[matter]
