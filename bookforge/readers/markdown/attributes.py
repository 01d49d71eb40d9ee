"""What braces say: `{.class key=value}` behind words, before blocks, after `:::`."""

from __future__ import annotations

from bookforge.model.blocks import QuoteRole

Attributes = dict[str, str]
_ROLES = {role.value: role for role in QuoteRole}


def read_attributes(text: str) -> Attributes | None:
    """What `{.class key=value}` says, when `text` is that and nothing else; None otherwise."""
    from mdit_py_plugins.attrs.parse import ParseError, parse  # it loads all of markdown-it

    try:
        end, attributes = parse(text)
    except ParseError:
        return None
    return attributes if end == len(text) - 1 else None


def read_role(words: str) -> QuoteRole | None:
    """The role that `::: letter` or `::: {.letter}` opens, None for any other words."""
    words = words.strip()
    attributes = read_attributes(words) or {"class": words}
    return _ROLES.get(attributes.get("class", ""))
