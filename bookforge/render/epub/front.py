"""Pages made from metadata: cover and title page. (The copyright page's text is a section's.)"""

from __future__ import annotations

from bookforge.contracts import Context, Metadata
from bookforge.render.epub.inlines import ITALIC, InlineWriter, Surroundings, mark_page
from bookforge.render.epub.kinds import semantics
from bookforge.render.epub.marks import Mark
from bookforge.render.epub.markup import attribute, clean
from bookforge.render.epub.plan import Entry


def cover_alt(metadata: Metadata, context: Context) -> str:
    """What the cover says, for those who do not see it."""
    word = context.language.terms.get("cover", "Cover")
    names = ", ".join(metadata.authors)
    title = f"{metadata.title}. {metadata.subtitle}" if metadata.subtitle else metadata.title
    return clean(f"{word}: {title}, {names}" if names else f"{word}: {title}")


def write_cover(image: str, alt: str, context: Context) -> str:
    """The cover's page; the picture stands alone in it."""
    word = attribute(context.language.terms.get("cover", "Cover"))
    return (
        f'<section id="cover" class="cover" epub:type="cover" aria-label="{word}">\n'
        f'<div><img src="../{image}" alt="{attribute(alt)}" role="doc-cover"/></div>\n</section>'
    )


def write_title_page(
    entry: Entry, metadata: Metadata, around: Surroundings, marks: tuple[Mark, ...]
) -> str:
    """Title, subtitle, authors, publisher."""
    text = InlineWriter(around).write_text
    title = text(clean(metadata.title))
    lines = [f'<h1 id="{entry.heading}" class="book-title" epub:type="title">{title}</h1>']
    if metadata.subtitle:
        words = InlineWriter(around, face=ITALIC).write_text(clean(metadata.subtitle))
        lines.append(f'<p class="subtitle" epub:type="subtitle" role="doc-subtitle">{words}</p>')
    lines += [f'<p class="author">{text(clean(name))}</p>' for name in metadata.authors]
    if publisher := clean(metadata.extra.get("publisher", "")):
        lines.append(f'<p class="publisher">{text(publisher)}</p>')
    start = (
        f'<section id="{entry.id}" class="title-page"{semantics(entry.section.kind).attributes()}'
        f' aria-labelledby="{entry.heading}">'
    )
    return "\n".join([start, *map(mark_page, marks), *lines, "</section>"])
