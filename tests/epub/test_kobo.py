"""The form for Kobo: the same text, every sentence in a span, valid, small, always the same."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import novella
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bookforge import pipeline
from bookforge.diagnostics import Diagnostic
from bookforge.model.document import Document
from bookforge.preflight.epub.validator import Message
from bookforge.render.epub.images import encode_jpeg, fit_jpeg
from bookforge.render.epub.kobo import SCREEN, STYLE, dress
from bookforge.render.epub.markup import Frame, frame
from bookforge.render.epub.sentences import Sentences

PLAIN = Sentences({})
ROOT = Path(__file__).parent.parent.parent
Check = Callable[[Path], list[Message]]
XHTML = "{http://www.w3.org/1999/xhtml}"


def spans(body: str) -> str:
    """The body with spans, shown as [P.S text]."""
    page = dress(frame(body, Frame("t", "en", "bodymatter")), PLAIN).decode()
    inner = page.partition('<div id="book-inner">\n')[2].partition("\n</div>\n</div>")[0]
    return re.sub(r'(?s)<span class="koboSpan" id="kobo\.([\d.]+)">(.*?)</span>', r"[\1 \2]", inner)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>One. Two.</p>", "<p>[1.1 One. ][1.2 Two.]</p>"),
        ("<p>A</p>\n<p>B</p>", "<p>[1.1 A]</p>\n<p>[2.1 B]</p>"),
        ("<p>a <em>b. C</em> d</p>", "<p>[1.1 a ]<em>[1.2 b. ][1.3 C]</em>[1.4  d]</p>"),
        ("<p><em>a</em> <em>b</em></p>", "<p><em>[1.1 a]</em>[1.2  ]<em>[1.3 b]</em></p>"),
        ("<h1>T</h1><ul><li>x</li></ul>", "<h1>[1.1 T]</h1><ul><li>[2.1 x]</li></ul>"),
        ("<p>a<br/>\nb</p>", "<p>[1.1 a]<br/>[1.2 \nb]</p>"),
        ("<pre>a. B</pre><p>c</p>", "<pre>a. B</pre><p>[1.1 c]</p>"),
        ('<p>a</p><img alt="b. C"/>', '<p>[1.1 a]</p>[2.1 <img alt="b. C"/>]'),
        ("<p>a &amp; b &lt;c&gt;. D</p>", "<p>[1.1 a &amp; b &lt;c&gt;. ][1.2 D]</p>"),
    ],
)
def test_spans(body: str, shown: str) -> None:
    assert spans(body) == shown


@given(st.lists(st.sampled_from(["<em>", "</em>", "a. B", " ", "&amp;", "<br/>", "x"])))
def test_text_stays_and_nests(parts: list[str]) -> None:
    body, depth = "", 0
    for part in parts:
        depth += (part == "<em>") - (part == "</em>")
        if depth >= 0:
            body += part
        depth = max(depth, 0)
    page = frame(f"<p>{body}{'</em>' * depth}</p>", Frame("t", "en", "bodymatter"))
    before, after = ElementTree.fromstring(page), ElementTree.fromstring(dress(page, PLAIN))
    assert text_of(before) == text_of(after)
    names = [span.get("id") for span in after.iter(f"{XHTML}span")]
    assert len(set(names)) == len(names)


def text_of(page: ElementTree.Element) -> str:
    body = page.find(f"{XHTML}body")
    assert body is not None
    return " ".join("".join(body.itertext()).split())


def test_only_content_files_differ(tmp_path: Path) -> None:
    context, _ = novella.make_context(tmp_path)
    book = novella.members(novella.make_book(novella.everything(), novella.METADATA, context, None))
    kepub = novella.members(novella.make_kepub(novella.everything(), context))
    assert list(book) == list(kepub)
    changed = {name for name in book if book[name] != kepub[name]}
    style, pages = "EPUB/css/book.css", {name for name in book if name.startswith("EPUB/text/")}
    assert changed == {style, *pages}
    assert kepub[style].removeprefix(book[style]) == STYLE
    for name in pages:
        before, after = ElementTree.fromstring(book[name]), ElementTree.fromstring(kepub[name])
        assert text_of(before) == text_of(after)
    assert b'properties="cover-image"' in kepub["EPUB/content.opf"]


@pytest.mark.parametrize(
    ("size", "fitted"),
    [((1400, 2240), (1200, 1920)), ((1440, 1920), (1440, 1920)), ((300, 400), (300, 400))],
)
def test_the_cover_fits_the_screen(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    picture = encode_jpeg(Image.effect_noise(size, 40), "x").data
    data = fit_jpeg(picture, *SCREEN)
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.size == fitted
    assert (data == picture) == (size == fitted)


def test_epubcheck_has_nothing_to_say(tmp_path: Path, epubcheck: Check) -> None:
    context, _ = novella.make_context(tmp_path)
    path = tmp_path / "book.kepub.epub"
    pages = novella.page_map(("1", 6, 0), ("2", 8, 9))
    path.write_bytes(novella.make_kepub(novella.everything(), context, pages))
    assert epubcheck(path) == []


@settings(max_examples=20)
@given(st.text(st.sampled_from("ab .!“”\x00]<&>"), max_size=40))
def test_any_text(text: str) -> None:
    document: Document = novella.one_chapter(novella.paragraph(text))
    page = novella.write_page(document, Path()).encode()
    assert text_of(ElementTree.fromstring(page)) == text_of(
        ElementTree.fromstring(dress(page, PLAIN))
    )


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample book, set to make the form for Kobo."""
    for name in ("manuscripts", "book.toml"):
        here = ROOT / name
        (shutil.copytree if here.is_dir() else shutil.copy)(here, tmp_path / name)
    return tmp_path


def build(folder: Path, targets: tuple[str, ...], **settings: str) -> dict[str, Path]:
    found: list[Diagnostic] = []
    wishes = tuple(f"output.epub.{key}={value}" for key, value in settings.items())
    book = pipeline.find_book(pipeline.Request(folder, overrides=wishes), found.append)
    made = pipeline.build(book, targets, found.append)
    return {file.kind: file.path for file in made.files}


def test_the_sample_is_at_most_3_percent_larger(sample: Path) -> None:
    made = build(sample, ("epub",), kepub="true", **{"page-list": "false"})
    assert made["kepub"].name == "The Laurel Road.kepub.epub"
    assert made["kepub"].stat().st_size <= 1.03 * made["epub"].stat().st_size


def test_asked_for_by_a_program(sample: Path) -> None:
    made = build(sample, ("kepub",), **{"page-list": "false"})
    assert list(made) == ["kepub"]
