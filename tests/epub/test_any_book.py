"""Whatever the book, its files are well-formed and every address in them leads somewhere."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import novella
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookforge.contracts import PageMap, PageStart
from bookforge.model.blocks import (
    Alignment,
    Block,
    Heading,
    ListBlock,
    ListItem,
    Preformatted,
    Quote,
    QuoteRole,
    SceneBreak,
    Verse,
    VerseLine,
)
from bookforge.model.document import Document, Matter, Note, Section, SectionKind
from bookforge.model.inlines import Foreign, Image, Inline, Link, NoteRef

HERE = novella.HERE
NOTES = ("a", "b", "c", "gone")
WORDS = st.text(st.characters(), max_size=8) | st.just("It was a dark and stormy night. " * 9)
TARGETS = st.sampled_from(["#one", "#gone", "https://e.org/?a&b", "x.html", "mailto:a@b.c"]) | WORDS
CALLS = st.sampled_from(NOTES).map(lambda name: NoteRef(name, HERE))
LEAVES: st.SearchStrategy[Inline] = st.one_of(
    WORDS.map(novella.text),
    CALLS,
    st.builds(novella.link, TARGETS, WORDS),
    st.builds(lambda target, call: Link(target, (call,), HERE), TARGETS, CALLS),
    WORDS.map(lambda alt: Image("x", alt, HERE)),
    st.tuples(WORDS, WORDS).map(lambda pair: Foreign(pair[0], novella.inlines(pair[1]), HERE)),
)
RUNS = st.lists(LEAVES | LEAVES.map(novella.emphasis), max_size=3).map(tuple)
FLAT: st.SearchStrategy[Block] = st.one_of(
    RUNS.map(lambda run: novella.paragraph(*run)),
    st.tuples(st.integers(1, 6), RUNS).map(lambda pair: Heading(pair[0], pair[1], HERE)),
    st.sampled_from(["", "***"]).map(lambda mark: SceneBreak(HERE, mark)),
    WORDS.map(lambda words: Preformatted(words, HERE)),
    st.tuples(RUNS, RUNS, st.integers(0, 2), st.sampled_from(Alignment)).map(
        lambda parts: novella.table([[*parts[:2]], [*parts[:2]]], parts[3], heads=parts[2])
    ),
    RUNS.map(lambda run: Verse(((VerseLine(run, HERE, 2), VerseLine(run, HERE)),), HERE)),
)
BLOCKS: st.SearchStrategy[Block] = st.recursive(
    FLAT,
    lambda inner: st.one_of(
        st.tuples(st.lists(inner, max_size=2), st.sampled_from(QuoteRole)).map(
            lambda pair: Quote(tuple(pair[0]), HERE, pair[1])
        ),
        st.lists(inner, max_size=2).map(
            lambda blocks: ListBlock((ListItem(tuple(blocks), HERE),), HERE, ordered=True)
        ),
    ),
    max_leaves=4,
)
SECTIONS = st.builds(
    Section,
    st.sampled_from(SectionKind),
    RUNS,
    st.lists(BLOCKS, max_size=3).map(tuple),
    st.just(HERE),
    level=st.integers(1, 4),
    matter=st.sampled_from(Matter),
    label=WORDS,
    id=st.sampled_from(["", "one", "two"]),
    editions=st.sampled_from([(), ("epub",), ("print",)]),
)
DOCUMENTS = st.builds(
    Document,
    st.lists(SECTIONS, min_size=1, max_size=5).map(tuple),
    st.just("en-GB"),
    st.lists(BLOCKS, min_size=3, max_size=3).map(
        lambda blocks: tuple(
            Note(name, (block,), HERE) for name, block in zip("abc", blocks, strict=True)
        )
    ),
)


def check_addresses(files: dict[str, ElementTree.Element]) -> None:
    """Ids are unique in their file; links find their file and anchor; no empty heading."""
    anchors = {}
    for name, root in files.items():
        found = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(found) == len(set(found)), name
        anchors[name] = set(found)
    for name, root in files.items():
        for heading in (el for el in root.iter() if el.tag[-2:] in ("h1", "h2", "h3", "h4")):
            assert "".join(heading.itertext()).strip(), name
        for outer in root.iter("{http://www.w3.org/1999/xhtml}a"):
            assert [el.tag for el in outer.iter()].count(outer.tag) == 1, name
        for element in root.iter():
            parts = urlsplit(element.get("href") or element.get("src") or "")
            if parts.scheme or not (parts.path or parts.fragment):
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))
            target = path if parts.path else name
            if target.endswith(".xhtml"):
                assert target in files, (name, target)
                assert not parts.fragment or parts.fragment in anchors[target], (name, parts)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, st.lists(st.tuples(st.integers(0, 4), st.integers(0, 90)), max_size=5))
def test_every_file_holds_together(document: Document, starts: list[tuple[int, int]]) -> None:
    context, _ = novella.make_context(Path(), {"output": {"epub": {"embed-fonts": False}}})
    last = len(document.sections) - 1
    pages = PageMap(
        len(starts),
        tuple(
            PageStart(str(number), section, offset)
            for number, (section, offset) in enumerate(sorted(starts), 1)
            if section <= last
        ),
    )
    members = novella.members(novella.make_book(document, novella.METADATA, context, pages))
    files = {
        name.removeprefix("EPUB/"): ElementTree.fromstring(data)
        for name, data in members.items()
        if name.endswith((".xhtml", ".opf", ".ncx"))
    }
    check_addresses(files)
    listed = [item.get("href") for item in files["content.opf"].iter() if item.get("media-type")]
    assert sorted(f"EPUB/{name}" for name in listed) == sorted(
        name for name in members if name.startswith("EPUB/") and not name.endswith(".opf")
    )
    for menu in files["nav.xhtml"].iter("{http://www.w3.org/1999/xhtml}ol"):
        assert len(menu)
    for link in files["nav.xhtml"].iter("{http://www.w3.org/1999/xhtml}a"):
        assert "".join(link.itertext()).strip()
