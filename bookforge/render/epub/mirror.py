"""Style sheets for books from right to left: left is right, right is left.

`start` and `end` would say the same, but older readers do not know them.
"""

from __future__ import annotations

from bookforge.regex import regex

_SIDE = regex(r"(?<=[\s:-])(left|right)(?=[\s;:}])")
_SIDES = {"left": "right", "right": "left"}
# Four values run clockwise from the top: the second and the last change places.
_FOUR = regex(r"((?:margin|padding): )([^\s;]+) ([^\s;]+) ([^\s;]+) ([^\s;]+);")


def mirror(css: str) -> str:
    """The rules with both sides exchanged."""
    turned = _SIDE.sub(lambda found: _SIDES[found[1]], css)
    return _FOUR.sub(r"\1\2 \5 \4 \3;", turned)
