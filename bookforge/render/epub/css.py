"""The style sheet: font rules, the theme's, this book's, the writer's own, in this order.

In: design and fonts. Out: CSS text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bookforge.contracts import Context
from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity
from bookforge.fonts.face import FaceKey
from bookforge.fonts.find import find_family
from bookforge.fonts.metrics import measure_face
from bookforge.regex import regex
from bookforge.render.epub.design import Design
from bookforge.render.epub.fonts import FontFile
from bookforge.render.epub.images import Picture
from bookforge.render.epub.mirror import mirror

# Ascent, descent and height of capitals of a usual book face, in ems.
_USUAL = (1.0, 0.3, 0.65)
# What KF8 does not know (Kindle Publishing Guidelines, appendix B): left out for Kindles.
_UNKNOWN_TO_KINDLE = regex(
    r"\s*(?<![\w-])(max-height: \d+vh|hyphens: [^;]+|break-[a-z]+: [^;]+|overflow-wrap: [^;]+|"
    r"font-variant-numeric: [^;]+);"
)
# Rules for what is not in the text, on one line or several.
_PSEUDO = regex(r"^[^{}\n]*::[^{}]*\{[^{}]*\}\n?", re.MULTILINE)
# A family that is not in the book is another one on each reader (kobolabs/epub-spec).
_SPACING = regex(r"\s*letter-spacing: [^;]+;")
# Languages whose letters are joined, unless their tag names another script; and such scripts.
_CURSIVE_LANGUAGES = frozenset({"ar", "ckb", "fa", "ks", "nqo", "ps", "sd", "syr", "ug", "ur"})
_CURSIVE_SCRIPTS = frozenset({"adlm", "arab", "aran", "mand", "mong", "nkoo", "phag", "syrc"})
_FAMILY = regex(r'\s*font-family: "[^;]*;')


def write_css(
    design: Design, fonts: Sequence[FontFile], ornament: Picture | None, context: Context
) -> bytes:
    """The whole style sheet; `ornament` is the picture for scene breaks, if it is one."""
    own = design.theme.css.strip()
    if design.plain:
        own = _PSEUDO.sub("", _UNKNOWN_TO_KINDLE.sub("", own))
    if is_cursive(context.language.tag):
        own = _SPACING.sub("", own)
    if not fonts:
        own = _FAMILY.sub("", own)
    parts = ['@charset "utf-8";', *(font.rule for font in fonts), own]
    if fonts:
        # On body only: readers that choose another font override it there (KDP guidelines 3.1.1).
        parts.append(f'body {{ font-family: "{fonts[0].family}", serif; }}')
    if not design.plain:
        parts += _ornament_rules(design, ornament)
    if design.drop_cap:
        face = find_family(design.font, context.folder).regular if design.font else None
        parts.append(_drop_cap_rule(design.drop_cap, face))
    if context.language.direction == "rtl":
        parts = [mirror(part) for part in parts]
    if context.config.output.epub.css:
        parts.append(_read_own(context.config.output.epub.css, context).rstrip())
    return ("\n".join(part for part in parts if part) + "\n").encode()


def is_cursive(tag: str) -> bool:
    """Whether a language is written in letters that join: set apart, they fall to pieces."""
    language, *rest = tag.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    if script:
        return script in _CURSIVE_SCRIPTS
    return language in _CURSIVE_LANGUAGES


def _ornament_rules(design: Design, picture: Picture | None) -> tuple[str, str]:
    """For breaks that are marked, and for blank ones."""
    gap = _ornament_rule("scene-gap", design.gap)
    if picture:
        return _picture_rule("scene-break", picture), gap
    return _ornament_rule("scene-break", design.ornament), gap


def _ornament_rule(name: str, ornament: str) -> str:
    """Engines that know `:is()` draw the ornament; older ones keep the theme's short rule."""
    if not ornament:
        return ""
    words = ornament.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return (
        f"hr.{name}:is(hr) {{ border: 0; width: auto; height: auto; overflow: visible; }}\n"
        f'hr.{name}:is(hr)::before {{ content: "{words}"; font-size: 1.2em; }}'
    )


def _picture_rule(name: str, ornament: Picture) -> str:
    """The writer's own picture, two lines high."""
    return (
        f"hr.{name}:is(hr) {{ border: 0; width: 60%; height: 2em; "
        f"background: url(../{ornament.name}) center / contain no-repeat; }}"
    )


def _drop_cap_rule(lines: int, face: FaceKey | None) -> str:
    """A first letter whose top meets that of its first line and whose foot stands on its last.

    Lines stand as far apart as the face has them (ascent and descent); where the reader's own font
    shows instead, the letter is a little off. Engines without `::first-letter` leave it plain.
    """
    ascent, descent, capital = _USUAL
    if face is not None:
        metrics = measure_face(face)
        measures = (metrics.ascent, abs(metrics.descent), metrics.capital)
        ascent, descent, capital = (round(one / 1000, 3) for one in measures)
    drop = (lines - 1) * (ascent + descent)
    size = (drop + capital) / capital
    height = 2 * ((drop + ascent) / size - (ascent - descent) / 2)
    return (
        "p.drop-cap::first-letter { float: left; "
        f"font-size: {size:.2f}em; line-height: {height:.2f}; padding: 0 0.03em 0 0; }}"
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
