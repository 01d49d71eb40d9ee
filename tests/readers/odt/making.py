"""Small OpenDocument texts."""

from __future__ import annotations

import io
import zipfile

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_NS = (
    " ".join(
        f'xmlns:{name}="{_BASE}{uri}:1.0"'
        for name, uri in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("table", "table"),
            ("meta", "meta"),
        )
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)

STYLES = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-weight="bold" fo:font-variant="small-caps"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard">'
    '<style:paragraph-properties fo:text-align="center" fo:break-before="page"/>'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/>'
    "</text:list-style>"
)
_NAMED = (
    '<style:style style:name="Standard" style:family="paragraph"/>'
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Quotations" style:family="paragraph"/>'
)


def make_odt(body: str, pictures: dict[str, bytes] | None = None, meta: str = "") -> bytes:
    """A package with the body given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = (
            f"<office:document-content {_NS}><office:automatic-styles>{STYLES}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>"
        )
        archive.writestr("content.xml", content)
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {_NS}><office:styles>{_NAMED}</office:styles>"
            "</office:document-styles>",
        )
        archive.writestr("meta.xml", f"<office:document-meta {_NS}>{meta}</office:document-meta>")
        for name, data in (pictures or {}).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_flat(body: str) -> bytes:
    """The same as one XML file."""
    return (
        f'<?xml version="1.0"?><office:document {_NS}><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document>"
    ).encode()
