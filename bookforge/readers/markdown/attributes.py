"""What braces say: `{.class key=value}` behind words, before blocks, after `:::`."""

from __future__ import annotations

from bookforge.model.blocks import ParagraphRole, QuoteRole

Attributes = dict[str, str]
ROLES = {role.value: role for role in QuoteRole}
PARAGRAPH_ROLES = {
    **{role.value: role for role in ParagraphRole},
    "centered": ParagraphRole.CENTRED,
    "center": ParagraphRole.CENTRED,
}
_BODY = ParagraphRole.BODY


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
    return ROLES.get(attributes.get("class", ""))


def quote_role(attributes: Attributes) -> QuoteRole | None:
    """What kind of set-off matter the classes of a block say it is."""
    names = attributes.get("class", "").split()
    return next((ROLES[name] for name in names if name in ROLES), None)


def paragraph_role(attributes: Attributes) -> ParagraphRole:
    """What the classes of a paragraph say it is for."""
    names = attributes.get("class", "").split()
    return next((PARAGRAPH_ROLES[name] for name in names if name in PARAGRAPH_ROLES), _BODY)
