"""Metadata and text that mean harm stay text: nothing is injected, nothing leads outside."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import novella
import pytest
from msgspec.structs import replace

from bookforge.model.document import Document, SectionKind
from bookforge.model.inlines import Image

EVIL = "</dc:title></a><script>alert(1)</script>]]><!--&lt;\"'&amp;\x00\x1b\ud800../../etc\\x"
LONG = "long " * 2000
CALLS_OUT = re.compile(r"""(?:src|href|url\()\s*=?\s*["']?(?!\.\./|#)([a-z]+:|//)""")


def build(folder: Path, *more: object) -> dict[str, str]:
    text = novella.paragraph(EVIL, novella.emphasis(EVIL), novella.Code(EVIL, novella.HERE))
    chapter = novella.section(SectionKind.CHAPTER, text, title=EVIL, label=EVIL)
    person = {"name": EVIL, "role": "edt", "sort": EVIL}
    settings = {
        "book": {
            "contributor": [person],
            "subjects": [EVIL, LONG],
            "series": {"name": EVIL, "number": 1},
            "audience": EVIL,
            "rating": EVIL,
        },
        "output": {"epub": {"conformance": EVIL, "certifier": EVIL, "page-source": True}},
        "style": {"ornament": '"; } body { display: none } /*'},
    }
    metadata = replace(
        novella.METADATA,
        title=EVIL + LONG,
        subtitle=EVIL,
        authors=(EVIL, LONG),
        identifier=EVIL,
        extra={"publisher": EVIL, "description": LONG + EVIL, "rights": EVIL},
    )
    document = Document((chapter, chapter), "en-GB")
    pages = novella.page_map((EVIL, 0, -1), ("2", 0, 3))
    return novella.build(document, folder, settings, metadata=metadata, pages=pages)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(tmp_path_factory.mktemp("hostile"))


def test_no_element_of_theirs_comes_in(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith(".css"):
            continue
        root = ElementTree.fromstring(text)
        names = {str(one.tag).rpartition("}")[2] for one in root.iter()}
        assert "script" not in names, name
        assert "<!--" not in text
        assert "\x00" not in text and "\x1b" not in text


def test_the_words_are_still_there(files: dict[str, str]) -> None:
    title = ElementTree.fromstring(files["content.opf"]).find(
        ".//{http://purl.org/dc/elements/1.1/}title"
    )
    assert title is not None and title.text is not None
    assert title.text.startswith("</dc:title></a><script>alert(1)</script>]]><!--&lt;\"'&amp;")
    assert len(title.text) > 10_000


def test_a_style_cannot_be_broken_out_of(files: dict[str, str]) -> None:
    css = files["css/book.css"]
    assert '\\"; } body { display: none } /*' in css
    bare = re.sub(r'"(?:\\.|[^"\\])*"', "", css)
    assert bare.count("{") == bare.count("}")
    assert "/*" not in bare.rpartition("::before")[2]


def test_nothing_is_loaded_from_outside(files: dict[str, str]) -> None:
    for name, text in files.items():
        found = [one for one in CALLS_OUT.findall(text) if "w3.org" not in one]
        assert found == [] or name.endswith((".opf", ".ncx")), (name, found)


@pytest.mark.parametrize("name", ["../../evil.png", "a b&c.png", "é\u202e.png"])
def test_pictures_lose_their_names(name: str, tmp_path: Path, picture: Path) -> None:
    folder = tmp_path / "inner" / "most"
    folder.mkdir(parents=True)
    path = folder / name
    path.write_bytes(picture.read_bytes())
    image = Image(str(path), "A lamp", novella.HERE, path=str(path))
    document = novella.one_chapter(novella.paragraph("x", image))
    context, _ = novella.make_context(tmp_path)
    names = novella.members(novella.make_book(document, novella.METADATA, context, None))
    assert "EPUB/images/picture-1.png" in names
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]+", one) and ".." not in one for one in names)
