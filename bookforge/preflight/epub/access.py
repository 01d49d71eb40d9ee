"""Accessibility of a finished EPUB: what its metadata claim, and what is in it.

In: an opened EPUB. Out: diagnostics, and a report in plain words (EPUB
Accessibility 1.1, WCAG 2.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.preflight.epub.package import EPUB_TYPE, Package
from bookforge.preflight.epub.places import Locate, Place, tell_place

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Discovery metadata (EPUB Accessibility 1.1, section 2.2).
_REQUIRED = ("accessMode", "accessibilityFeature", "accessibilityHazard")
_ADVISED = ("accessModeSufficient", "accessibilitySummary")
_HEADINGS = tuple(f"{{*}}h{level}" for level in range(1, 7))
_UNSEEN = frozenset({"presentation", "none"})


class Access(NamedTuple):
    """What was counted: pictures by their words, page marks, headings, and the claims."""

    described: int
    decorative: int
    wordless: tuple[Place, ...]
    page_marks: int
    listed_pages: int
    headings: int
    unspoken: tuple[str, ...]
    claims: dict[str, list[str]]
    conformance: tuple[str, ...]
    certifiers: tuple[str, ...]
    has_source: bool

    def to_json(self) -> dict[str, object]:
        """For `check --json`."""
        return {
            "metadata": self.claims,
            "conformance": list(self.conformance),
            "certified_by": list(self.certifiers),
            "pictures": {
                "described": self.described,
                "decorative": self.decorative,
                "without_words": len(self.wordless),
            },
            "pages": {"marks": self.page_marks, "listed": self.listed_pages},
            "headings": self.headings,
            "files_without_language": list(self.unspoken),
        }

    def say(self) -> Iterator[str]:
        """The report in sentences, a claim and its ground."""
        for name in (*_REQUIRED, *_ADVISED):
            said = self.claims.get(name, [])
            yield f"{name}: {', '.join(said) if said else 'not given'}"
        yield (
            f"pictures: {self.described} with words, {self.decorative} marked as ornament, "
            f"{len(self.wordless)} with neither"
        )
        yield f"printed pages: {self.page_marks} marked, {self.listed_pages} listed"
        yield f"headings: {self.headings}"
        if self.conformance:
            by = ", ".join(self.certifiers) or "nobody named"
            yield f"conformance: {', '.join(self.conformance)}, vouched for by {by}"
        elif self.wordless:
            yield "conformance: not claimed (nor can it be while pictures have no words)"
        else:
            yield "conformance: not claimed (a person may, by [output.epub] conformance)"


def examine(package: Package) -> Access:
    """Count what matters."""
    described = decorative = marks = headings = 0
    wordless: list[Place] = []
    unspoken = []
    for name, page in package.pages():
        if not (page.get("lang") or page.get(_LANG)):
            unspoken.append(name)
        marks += sum("pagebreak" in str(one.get(EPUB_TYPE, "")).split() for one in page.iter())
        headings += sum(1 for _ in page.iter(*_HEADINGS))
        for image in page.iter("{*}img"):
            if str(image.get("alt") or "").strip():
                described += 1
            elif image.get("alt") is not None and image.get("role") in _UNSEEN:
                decorative += 1
            else:
                line: int | None = image.sourceline  # type: ignore[assignment] # stubs say `...`
                wordless.append(Place(name, line or 0))
    lists = package.navs("page-list")
    names = (*_REQUIRED, *_ADVISED)
    claims = {name: package.values(f"schema:{name}") for name in names}
    return Access(
        described,
        decorative,
        tuple(wordless),
        marks,
        sum(1 for one in lists for _ in one.iter("{*}a")),
        headings,
        tuple(unspoken),
        {name: values for name, values in claims.items() if values},
        tuple(package.values("dcterms:conformsTo")),
        tuple(meta.text for meta in package.metas if meta.name == "a11y:certifiedBy"),
        _has_source(package),
    )


def _has_source(package: Package) -> bool:
    return any(meta.name in ("source-of", "pageBreakSource") for meta in package.metas)


def find_barriers(access: Access, package: Package, locate: Locate) -> Iterator[Diagnostic]:
    """What keeps readers out, or is claimed without ground."""
    file = str(package.path)
    if access.wordless:
        first = access.wordless[0]
        count = len(access.wordless)
        whose = "a picture has" if count == 1 else f"{count} pictures have"
        message = f"{whose} neither words nor a mark as ornament"
        hints = (tell_place(first, count), Hint("say in alt what they show (WCAG 2.2, 1.1.1)"))
        yield Diagnostic("A030", Severity.WARNING, message, locate(first), hints, file)
    missing = [f"schema:{name}" for name in _REQUIRED if name not in access.claims]
    if missing:
        message = f"the metadata do not say {', '.join(missing)}"
        hint = Hint("shops in the European Union ask for them (EPUB Accessibility 1.1, 2.2)")
        yield Diagnostic("A031", Severity.WARNING, message, None, (hint,), file)
    if access.page_marks and not (access.listed_pages and access.has_source):
        lacks = "no page list" if not access.listed_pages else "no source of the numbers"
        message = f"printed pages are marked ({access.page_marks}), but there is {lacks}"
        hint = Hint("nav page-list, and dc:source with source-of (EPUB Accessibility 1.1, 3.2)")
        yield Diagnostic("A032", Severity.WARNING, message, None, (hint,), file)
    if access.unspoken:
        count = len(access.unspoken)
        whose = "a file does not say its" if count == 1 else f"{count} files do not say their"
        message = f"{whose} language"
        first = Place(access.unspoken[0])
        hints = (tell_place(first, count), Hint("lang and xml:lang on html (3.1.1)"))
        yield Diagnostic("A033", Severity.WARNING, message, None, hints, file)
    if access.conformance and not access.certifiers:
        message = "conformance is claimed, but nobody vouches for it"
        hint = Hint("[output.epub] certifier names who does")
        yield Diagnostic("A034", Severity.WARNING, message, None, (hint,), file)
    if access.conformance and access.wordless:
        message = "conformance is claimed, but not every picture has words (WCAG 2.2, 1.1.1)"
        first = access.wordless[0]
        hints = (tell_place(first, len(access.wordless)), Hint("take the claim out, or add alt"))
        yield Diagnostic("A036", Severity.WARNING, message, locate(first), hints, file)
    yield from _unfounded(access, file)


def _unfounded(access: Access, file: str) -> Iterator[Diagnostic]:
    """Features claimed that are not in the book."""
    claimed = set(access.claims.get("accessibilityFeature", []))
    grounds = {
        "alternativeText": access.described > 0 and not access.wordless,
        "pageNavigation": access.listed_pages > 0,
        "pageBreakMarkers": access.page_marks > 0,
        "structuralNavigation": access.headings > 0,
    }
    false = sorted(name for name in claimed if not grounds.get(name, True))
    if false:
        message = f"the metadata claim {', '.join(false)}, which the book does not keep"
        hint = Hint("take the claim out, or add what it promises")
        yield Diagnostic("A035", Severity.WARNING, message, None, (hint,), file)
