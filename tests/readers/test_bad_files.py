"""Files that are not what they seem, are broken, or mean harm: coded findings, no traceback."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from bookforge.diagnostics import BookError
from tests.readers.docx import making
from tests.readers.epub.making import make_epub
from tests.readers.files import Opened, open_files
from tests.readers.odt.making import make_flat, make_odt

_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def pack(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def word() -> bytes:
    document = Document()
    document.add_heading("Chapter 1", 1)
    making.tell(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def mended(data: bytes, name: str, mend: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {one: archive.read(one) for one in archive.namelist()}
    members[name] = mend(bytes(members.get(name, b"")).decode())  # type: ignore[arg-type]
    return pack(members)


def with_type(data: bytes, name: str, doctype: str) -> bytes:
    """The same with a document type and a use of its entity."""

    def mend(text: str) -> str:
        body = text.partition("?>")[2] if text.startswith("<?xml") else text
        at = body.rindex("</")
        return f"{doctype}{body[:at]}&a;{body[at:]}"

    return mended(data, name, mend)


def locked() -> bytes:
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + name + b"\0" * 600


def zip_bomb(name: str) -> bytes:
    return pack({"[Content_Types].xml": "<x/>", name: b" " * 60_000_000})


def encrypted_epub() -> bytes:
    method = '<EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>'
    return make_epub({"a": "<p>x</p>"}, extra={"META-INF/encryption.xml": f"<e>{method}</e>"})


def odt_entities(doctype: str) -> bytes:
    return with_type(make_odt("<text:p>Words</text:p>"), "content.xml", doctype)


BAD: list[tuple[str, bytes, str]] = [
    ("zip.docx", pack({"a.txt": "hello"}), "R050"),
    ("text.docx", b"Just some text.", "R050"),
    ("old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 2000, "R050"),
    ("odt.docx", make_odt("<text:p>Words</text:p>"), "R050"),
    ("cut.docx", word()[:8000], "R051"),
    ("tail.docx", word()[4000:], "R050"),
    ("empty.docx", b"", "R051"),
    ("broken.docx", mended(word(), "word/document.xml", lambda text: text[:400]), "R051"),
    ("styles.docx", mended(word(), "word/styles.xml", lambda text: text[:400]), "R051"),
    ("main.docx", mended(word(), "_rels/.rels", lambda text: "<x/>"), "R051"),
    ("types.docx", mended(word(), "[Content_Types].xml", lambda text: "<x/>"), "R051"),
    ("locked.docx", locked(), "R052"),
    ("laughs.docx", with_type(word(), "word/document.xml", _BOMB), "R053"),
    ("outside.docx", with_type(word(), "word/document.xml", _OUTSIDE), "R053"),
    ("bomb.docx", zip_bomb("word/document.xml"), "R053"),
    ("wordless.docx", b"", "R051"),
    ("zip.odt", pack({"a.txt": "hello"}), "R050"),
    ("cut.odt", make_odt("<text:p>Words</text:p>" * 400)[:700], "R051"),
    ("broken.odt", mended(make_odt(""), "content.xml", lambda text: text[:300]), "R051"),
    ("laughs.odt", odt_entities(_BOMB), "R053"),
    ("outside.odt", odt_entities(_OUTSIDE), "R053"),
    ("bomb.odt", zip_bomb("content.xml"), "R053"),
    ("empty.odt", make_odt(""), "R004"),
    ("flat.odt", b"<x>not office</x>", "R050"),
    ("laughs.fodt", _BOMB.encode() + b"<x>&i;</x>", "R053"),
    ("zip.epub", pack({"a.txt": "hello"}), "R050"),
    ("empty.epub", make_epub({}), "R051"),
    ("blank.epub", make_epub({"a": "<p> </p>"}), "R004"),
    ("drm.epub", encrypted_epub(), "R052"),
    ("bomb.epub", zip_bomb("a.xhtml"), "R053"),
    ("laughs.epub", make_epub({"a": "<p>&i;</p>"}, doctype=_BOMB), "R053"),
    ("plain.html", b"Just some text.", "R050"),
    ("empty.html", b"  ", "R051"),
    ("blank.html", b"<html><body><p> </p></body></html>", "R004"),
    ("laughs.html", _BOMB.encode() + b"<html><body><p>&i;</p></body></html>", "R053"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_file(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BookError) as caught:
        open_files(path)
    found = caught.value.diagnostics[0]
    assert (found.code, found.file) == (code, str(path))
    assert found.message.startswith(name) and found.hints


def opened(name: str, data: bytes, folder: Path) -> Opened:
    path = folder / name
    path.write_bytes(data)
    return open_files(path)


def test_document_without_a_word(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="holds no text"):
        open_files(making.save(Document(), tmp_path))


def test_macros_and_outside_parts_are_noted(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relation = (
        f'<Relationship Id="rId99" Type="{kind}" Target="http://evil.example/x.dotm" '
        'TargetMode="External"/></Relationships>'
    )
    data = mended(
        word(),
        "word/_rels/document.xml.rels",
        lambda text: text.replace("</Relationships>", relation),
    )
    data = mended(data, "word/vbaProject.bin", lambda text: "macro")
    read = opened("novel.docx", data, tmp_path)
    assert read.codes == ["R057"]
    assert "2 things outside" in read.found[0].message


def test_document_with_macros_by_type(tmp_path: Path) -> None:
    data = mended(
        word(),
        "[Content_Types].xml",
        lambda text: text.replace(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
    )
    assert opened("novel.docm", data, tmp_path).headings == [(1, "Chapter 1", "")]


def test_flat_text_with_the_wrong_ending(tmp_path: Path) -> None:
    body = '<text:h text:outline-level="1">Chapter 1</text:h><text:p>Words.</text:p>'
    read = opened("flat.odt", make_flat(body), tmp_path)
    assert read.words == ["Chapter", "1", "Words"]


def test_deep_nesting_is_no_traceback(tmp_path: Path) -> None:
    deep = "<text:section>" * 5000 + "<text:p>x</text:p>" + "</text:section>" * 5000
    with pytest.raises(BookError) as caught:
        opened("deep.odt", make_odt(deep), tmp_path)
    assert caught.value.diagnostics[0].code == "R051"
    page = b"<html><body>" + b"<div>" * 5000 + b"<p>Words</p>" + b"</div>" * 5000
    try:
        opened("deep.html", page, tmp_path)
    except BookError as error:
        assert error.diagnostics[0].code in ("R051", "R004")


def test_missing_page_of_an_ebook(tmp_path: Path) -> None:
    data = make_epub({"a": "<p>Words.</p>", "b": "<p>More.</p>"}, missing=("b",))
    read = opened("novel.epub", data, tmp_path)
    assert read.codes == ["R059"] and read.words == ["Words"]


@pytest.mark.parametrize("ending", ["docx", "odt", "html"])
def test_time_is_linear(ending: str, tmp_path: Path) -> None:
    """Four times the paragraphs take at most eight times as long."""

    def make(times: int) -> bytes:
        if ending == "odt":
            return make_odt("<text:p>He <text:span>went</text:span> away.</text:p>" * times)
        if ending == "html":
            return b"<html><body>" + b"<p>He <i>went</i> away.</p>" * times
        run = "<w:p><w:r><w:t>He</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>went</w:t></w:r></w:p>"
        return mended(
            word(),
            "word/document.xml",
            lambda text: text.replace("<w:sectPr", run * times + "<w:sectPr", 1),
        )

    def measure(times: int) -> float:
        path = tmp_path / f"{times}.{ending}"
        path.write_bytes(make(times))
        begun = time.process_time()
        open_files(path)
        return time.process_time() - begun

    measure(200)
    assert measure(8000) < 8 * max(measure(2000), 0.02)
