"""Small e-books."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
_META = "<dc:title>The Salt Road</dc:title><dc:creator>Anna Weaver</dc:creator>"


def make_epub(
    pages: Mapping[str, str],
    *,
    nav: str = "",
    extra: Mapping[str, str | bytes] | None = None,
    doctype: str = "",
    missing: tuple[str, ...] = (),
) -> bytes:
    """An e-book of bodies by name, in order; `nav` is the list inside the navigation element."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>'
        for name in pages
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in pages)
    items += '<item id="css" href="book.css" media-type="text/css"/>'
    if nav:
        items += (
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{_META}<dc:language>en-GB</dc:language>'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OPS/book.opf": package,
        "OPS/book.css": ".slanted { font-style: italic }",
    }
    if nav:
        members["OPS/nav.xhtml"] = _page(f'<nav epub:type="toc"><ol>{nav}</ol></nav>', "")
    for name, body in pages.items():
        if name not in missing:
            members[f"OPS/{name}.xhtml"] = _page(body, doctype)
    members.update(extra or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _page(body: str, doctype: str) -> str:
    return (
        f'{doctype}<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head>'
        f"<body>{body}</body></html>"
    )
