"""The characters of the document are the characters of the e-book, in order."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import novella
from hypothesis import given, settings
from hypothesis import strategies as st

from bookforge.model.blocks import Block, Paragraph, SceneBreak
from bookforge.model.document import Document, Section
from bookforge.model.inlines import Code, Inline, LineBreak, SmallCaps, Text
from bookforge.model.walk import plain, stream

XHTML = "{http://www.w3.org/1999/xhtml}"
HARD = (
    "]]> <script>alert('x')</script> &amp; &#0; “quotes” 'a' \"b\" \u00a0\u2009\u200d\u00ad ﷽ 👩‍🚀"
)


def text_of(page: str) -> str:
    """All text of a section's blocks; note marks and notes are not counted in offsets."""
    root = ElementTree.fromstring(page)
    section = root.find(f".//{XHTML}section")
    assert section is not None
    for parent in list(section.iter()):
        for child in list(parent):
            if child.tag in (f"{XHTML}h1", f"{XHTML}sup") or child.get("class") == "notes":
                _remove(parent, child)
    return "".join(section.itertext()).replace("\n", "")


def _remove(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Take an element out, but leave the text behind it."""
    at = list(parent).index(child)
    tail = child.tail or ""
    if at:
        before = parent[at - 1]
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(child)


def wanted(section: Section) -> str:
    return "".join(node.text for node in stream(section.blocks)).replace("\n", "")


def test_every_section_of_everything(tmp_path: Path) -> None:
    document = novella.everything()
    files = novella.build(document, tmp_path)
    names = [name for name in files if name.startswith("text/")]
    found = "".join(text_of(files[name]) for name in names if "cover" not in name)
    title_page = text_of(files["text/title-page.xhtml"])
    expected = "".join(map(wanted, document.sections))
    figure = "A lamp on a sill"  # the picture has no file, so its words stand there
    assert found.replace(title_page, "", 1).replace(figure, "", 1) == expected


def test_hard_characters(tmp_path: Path) -> None:
    document = novella.one_chapter(
        novella.paragraph(HARD, novella.emphasis(HARD), Code(HARD, novella.HERE))
    )
    assert text_of(novella.build(document, tmp_path)["text/text.xhtml"]) == wanted(
        document.sections[0]
    )


def test_titles_keep_their_characters(tmp_path: Path) -> None:
    document = Document((novella.section(novella.SectionKind.CHAPTER, title=HARD),), "en")
    page = novella.build(document, tmp_path)["text/chapter.xhtml"]
    heading = ElementTree.fromstring(page).find(f".//{XHTML}h1")
    assert heading is not None
    assert "".join(heading.itertext()) == plain(document.sections[0].title)


def _wrap(children: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    runs = st.lists(children, max_size=3).map(tuple)
    return st.one_of(
        runs.map(lambda run: novella.emphasis(*run)),
        runs.map(lambda run: novella.strong(*run)),
        runs.map(lambda run: SmallCaps(run, novella.HERE)),
    )


WORDS = st.text(st.sampled_from("ab<>&\"' ]\u00a0é“”—…\t"), max_size=20)
LEAVES = st.one_of(
    WORDS.map(lambda words: Text(words, novella.HERE)),
    WORDS.map(lambda words: Code(words, novella.HERE)),
    st.just(LineBreak(novella.HERE)),
)
NODES: st.SearchStrategy[Inline] = st.recursive(LEAVES, _wrap, max_leaves=6)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.lists(NODES, max_size=4).map(lambda nodes: Paragraph(tuple(nodes), novella.HERE)),
    st.just(SceneBreak(novella.HERE)),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4), st.lists(st.integers(0, 90), max_size=4))
def test_pages_and_lead_ins_change_no_character(blocks: list[Block], offsets: list[int]) -> None:
    document = novella.one_chapter(*blocks)
    pages = novella.page_map(*((str(n), 0, at) for n, at in enumerate(sorted(offsets), 1)))
    page = novella.write_page(document, Path(), pages)
    assert text_of(page) == wanted(document.sections[0])
    assert page.count('role="doc-pagebreak"') == len(offsets)
