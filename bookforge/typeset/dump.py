"""Pages as readable text: golden files of layout, and the words as they stand on the pages.

In: a `frames.Layout`. Out: text; nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bookforge.typeset.frames import (
    ARTIFACTS,
    Begin,
    Destination,
    End,
    Highlight,
    Item,
    Layout,
    LinkArea,
    Page,
    Picture,
    Rule,
    TextLine,
)

_SOFT_HYPHEN = "\u00ad"


def dump(layout: Layout) -> str:
    """All pages: a line for each item, with its place on the page in points."""
    return "".join(part + "\n" for page in layout.pages for part in dump_page(page))


def dump_page(page: Page) -> Iterator[str]:
    """One page: number, label and side, then its items from top to bottom."""
    side = "recto" if page.recto else "verso"
    blank = " blank" if page.blank else ""
    yield f"--- {page.number} [{page.label}] {side}{blank}"
    depth = 0
    for item in page.items:
        if isinstance(item, End):
            depth -= 1
            continue
        yield "  " * depth + describe(item)
        if isinstance(item, Begin):
            depth += 1


def describe(item: Item) -> str:
    """One item as a line of text."""
    match item:
        case TextLine():
            text = line_text(item).replace(_SOFT_HYPHEN, "‑")
            scale = f" ×{item.scale:g}" if item.scale != 1.0 else ""
            return f"{item.x:.1f} {item.y:.1f} {item.size:g}/{item.space:.2f}{scale} | {text}"
        case Rule():
            return f"{item.x:.1f} {item.y:.1f} rule {item.width:g} × {item.thickness:g}"
        case Picture():
            name = item.path.rpartition("/")[2]
            return f"{item.x:.1f} {item.y:.1f} picture {name} {item.width:.1f} × {item.height:.1f}"
        case Highlight():
            return f"{item.x:.1f} {item.y:.1f} field {item.width:.1f} × {item.height:.1f}"
        case LinkArea():
            return f"{item.x:.1f} {item.y:.1f} link {item.target}"
        case Destination():
            return f"{item.y:.1f} destination {item.id}"
        case Begin():
            level = item.level or ""
            return f"<{item.tag.value}{level}>"
        case End():
            return ""


def line_text(line: TextLine) -> str:
    """The characters of a line, as they are copied from the page."""
    parts: list[str] = []
    for number, word in enumerate(line.words):
        if number and number not in line.joined:
            parts.append(" ")
        parts.extend(word.texts)
    if line.tail == " ":
        parts.append(" ")
    return "".join(parts)


def page_words(pages: Iterable[Page]) -> list[str]:
    """The words of the book in order: no running heads, folios or ornaments, hyphens undone."""
    paragraphs: dict[int, list[str]] = {}
    loose = -1
    for page in pages:
        key, artifact = loose, False
        for item in page.items:
            if isinstance(item, Begin):
                artifact = item.tag in ARTIFACTS
                loose -= 1
                key = item.key or loose
            elif isinstance(item, End):
                artifact = False
            elif isinstance(item, TextLine) and not artifact:
                paragraphs.setdefault(key, []).append(line_text(item))
    text = "\n".join("".join(parts) for parts in paragraphs.values())
    return text.replace(_SOFT_HYPHEN, "").split()
