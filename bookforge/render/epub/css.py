"""The style sheet: font rules, the theme's, this book's, the writer's own, in this order.

In: design and fonts. Out: CSS text.
"""

from __future__ import annotations

from collections.abc import Sequence

from bookforge.contracts import Context
from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.render.epub.design import Design
from bookforge.render.epub.fonts import FontFile, quote_family


def write_css(design: Design, fonts: Sequence[FontFile], context: Context) -> bytes:
    """The whole style sheet."""
    parts = ['@charset "utf-8";', *(font.rule for font in fonts), design.theme.css.strip()]
    if fonts:
        # On body only: readers that choose another font override it there (KDP guidelines 3.1.1).
        parts.append(f'body {{ font-family: "{quote_family(design.font)}", serif; }}')
    parts.append(_ornament_rule(design.ornament))
    if design.drop_cap:
        parts.append(_drop_cap_rule(design.drop_cap))
    if context.config.output.epub.css:
        parts.append(_read_own(context.config.output.epub.css, context))
    return ("\n".join(part for part in parts if part) + "\n").encode()


def _ornament_rule(ornament: str) -> str:
    """Engines that know `:is()` draw the ornament; older ones keep the theme's short rule."""
    if not ornament:
        return ""
    words = ornament.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return (
        "hr.scene-break:is(hr) { border: 0; width: auto; height: auto; overflow: visible; }\n"
        f'hr.scene-break:is(hr)::before {{ content: "{words}"; }}'
    )


def _drop_cap_rule(lines: int) -> str:
    """A first letter over several lines; engines without `::first-letter` leave the text plain."""
    return (
        "p.drop-cap::first-letter { float: left; "
        f"font-size: {lines * 1.1:.2f}em; line-height: 0.8; padding: 0.08em 0.06em 0 0; }}"
    )


def _read_own(name: str, context: Context) -> str:
    path = context.folder / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        message = f"the style sheet {name} cannot be read: {reason}"
        hint = Hint("[output.epub] css names a file relative to book.toml")
        fault = Diagnostic("E012", Severity.ERROR, message, hints=(hint,), file=str(path))
        raise BookError(fault) from error
