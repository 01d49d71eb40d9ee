"""XHTML as strings: escaping, attributes, the frame around each file's body.

In: text and markup. Out: well-formed XML 1.0 in UTF-8, whatever characters the text holds.
"""

from __future__ import annotations

from typing import NamedTuple

from bookforge.languages.base import direction_of
from bookforge.regex import regex

# What XML 1.0 cannot hold, not even escaped (section 2.2, production Char).
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SURROGATES = regex("[\ud800-\udfff]")
_TAGS = regex("<[^>]*>")
_REPLACEMENT = "\ufffd"
# BCP 47, well-formed: EPUBCheck refuses anything else (OPF-092).
_TAG = regex(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")

_FRAME = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{language}>
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="{css}"/>
</head>
<body epub:type="{matter}">
{body}
</body>
</html>
"""


class Frame(NamedTuple):
    """What stands around a body: the file's title, its language, division of the book, depth."""

    title: str
    language: str
    matter: str
    direction: str = "ltr"
    css: str = "../css/book.css"


def escape(text: str) -> str:
    """Text as element content; most text has nothing to escape."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    # `]]>` must not stand in content.
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def attribute(text: str) -> str:
    """Text as an attribute's value between double quotes; white space is kept as it is."""
    text = escape(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def clean(text: str) -> str:
    """One line of text fit for XML: no control characters, white space runs as one space."""
    return " ".join(_ILLEGAL.sub("", text).split())


def untag(markup: str) -> str:
    """What is left of markup without its tags."""
    return _TAGS.sub("", markup)


def language_attributes(tag: str, direction: str = "") -> str:
    """`lang`, `xml:lang` and, where given, `dir`, with a space before; nothing for a tag that is
    none."""
    if not is_language(tag):
        return ""
    turn = f' dir="{direction}"' if direction else ""
    return f' lang="{tag}" xml:lang="{tag}"{turn}'


def foreign_attributes(tag: str, direction: str) -> str:
    """The attributes of a passage in another language than the text around it, which runs in
    `direction`."""
    own = direction_of(tag)
    return language_attributes(tag, own if own != direction else "")


def is_language(tag: str) -> bool:
    """Whether a tag is well-formed BCP 47."""
    return bool(_TAG.match(tag))


def frame(body: str, around: Frame) -> bytes:
    """A whole XHTML file."""
    page = _FRAME.format(
        language=language_attributes(around.language, around.direction.replace("ltr", "")),
        title=escape(clean(around.title)),
        css=around.css,
        matter=around.matter,
        body=body,
    )
    return encode(page)


def encode(page: str) -> bytes:
    """UTF-8 bytes of a page; characters that XML cannot hold go.

    Deleting bytes below 0x20 is safe in UTF-8 and costs a tenth of a regular expression.
    """
    try:
        data = page.encode()
    except UnicodeEncodeError:
        data = _SURROGATES.sub(_REPLACEMENT, page).encode()
    data = data.translate(None, _CONTROLS).replace(b"\r", b"&#13;")
    for bad in _NO_CHARACTERS:
        data = data.replace(bad, _REPLACEMENT.encode())
    return data
