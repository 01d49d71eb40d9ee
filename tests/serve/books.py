"""Small e-books and pictures, made for the tests of the server."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from PIL import Image

_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
_PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>
<manifest>{manifest}</manifest><spine/></package>"""
UUID = "6409a00b-7bf2-405e-826c-3fdff0fd0734"


def picture(width: int = 600, height: int = 900, mode: str = "RGB", kind: str = "PNG") -> bytes:
    packed = io.BytesIO()
    Image.new(mode, (width, height), 120).save(packed, kind)
    return packed.getvalue()


def metadata(title: str, *authors: str, more: str = "") -> str:
    names = "".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in authors)
    found = f"<dc:title>{escape(title)}</dc:title><dc:language>en</dc:language>{names}"
    return f'<dc:identifier id="id">{UUID}</dc:identifier>{found}{more}'


def write_epub(
    path: Path,
    described: str,
    cover: bytes | None = None,
    extra: dict[str, bytes] | None = None,
) -> Path:
    """An EPUB as far as the server looks at it."""
    item = (
        '<item id="c" href="img/my%20cover.png" media-type="image/png" properties="cover-image"/>'
    )
    package = _PACKAGE.format(metadata=described, manifest=item if cover else "")
    members = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": _CONTAINER.encode(),
        "OEBPS/book.opf": package.encode(),
        **({"OEBPS/img/my cover.png": cover} if cover else {}),
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


_MORE = (
    "<dc:publisher>Kettle &amp; Sons</dc:publisher><dc:date>1917-05-02T00:00:00Z</dc:date>"
    "<dc:description>&lt;p&gt;Of water &amp;amp; steam.&lt;/p&gt;</dc:description>"
    "<dc:subject>Kitchens</dc:subject><dc:subject>Steam</dc:subject>"
    '<meta property="belongs-to-collection" id="s">The Kitchen</meta>'
    '<meta refines="#s" property="group-position">2</meta>'
)
# Everything that a package can say of a book.
FULL = metadata("Żółw & <Kettle>", "A. Writer", "Élise Ünal", more=_MORE)
