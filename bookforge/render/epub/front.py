"""Pages made from metadata: cover and title page. (The copyright page's text is a section's.)"""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.contracts import Context, Metadata
from bookforge.render.epub.inlines import ITALIC, InlineWriter, mark_page
from bookforge.render.epub.kinds import semantics
from bookforge.render.epub.marks import Mark
from bookforge.render.epub.markup import attribute, clean, escape
from bookforge.render.epub.plan import Entry
from bookforge.render.epub.xhtml import Shared


def cover_alt(metadata: Metadata, context: Context) -> str:
    """What the cover says, for those who do not see it."""
    word = context.language.terms["cover"]
    names = ", ".join(metadata.authors)
    title = f"{metadata.title}. {metadata.subtitle}" if metadata.subtitle else metadata.title
    return clean(f"{word}: {title}, {names}" if names else f"{word}: {title}")


def write_cover(image: str, alt: str, context: Context) -> str:
    """The cover's page; the picture stands alone in it."""
    word = attribute(context.language.terms["cover"])
    return (
        f'<section id="cover" class="cover" epub:type="cover" aria-label="{word}">\n'
        f'<div><img src="../{image}" alt="{attribute(alt)}" role="doc-cover"/></div>\n</section>'
    )


def write_title_page(
    entry: Entry, metadata: Metadata, shared: Shared, marks: Sequence[Mark]
) -> str:
    """Authors, title, subtitle, an ornament, publisher."""
    upright = InlineWriter(shared.around).write_text
    italic = InlineWriter(shared.around, face=ITALIC).write_text
    lines = [f'<p class="author">{upright(clean(name))}</p>' for name in metadata.authors]
    title = upright(clean(metadata.title))
    lines.append(f'<h1 id="{entry.heading}" class="book-title" epub:type="title">{title}</h1>')
    if subtitle := clean(metadata.subtitle):
        terms = 'epub:type="subtitle" role="doc-subtitle"'
        lines.append(f'<p class="subtitle" {terms}>{italic(subtitle)}</p>')
    if len(shared.design.ornament) == 1:
        mark = escape(shared.design.ornament)
        lines.append(f'<div class="ornament" aria-hidden="true">{mark}</div>')
    if publisher := clean(metadata.extra.get("publisher", "")):
        lines.append(f'<p class="publisher">{upright(publisher)}</p>')
    start = (
        f'<section id="{entry.id}" class="title-page"{semantics(entry.section.kind).attributes()}'
        f' aria-labelledby="{entry.heading}">'
    )
    return "\n".join([start, *map(mark_page, marks), *lines, "</section>"])
