"""The PDF for screens as a whole: valid by other people's validators, read aloud in order."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from bookforge.diagnostics import Diagnostic, ignore
from bookforge.model.blocks import (
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Table,
    Verse,
)
from bookforge.model.document import GENERATED, Document, Matter, Note, Section
from bookforge.model.inlines import Inlines, LineBreak, NoteRef
from bookforge.model.walk import inline_runs, leaves
from bookforge.pipeline import Reading, Request, build, find_book, prepare
from tests.whole.tagged import Node, read_artifacts, read_tree

ROOT = Path(__file__).parents[2]
SENTENCE = "The tide came in over the sands and went out again while the guide counted onions. "
MANUSCRIPT = f"""---
title: The Book of Everything
author: A. N. Author
language: en-GB
---

# Part One: The Shore {{.part}}

## The *First* Chapter

{SENTENCE * 4}

A note is called here[^a], and [a link that is long enough to go over the end of a line and on to
the next one](https://example.org/long) and one with [some *emphasis* in it](https://example.org/x).

{SENTENCE * 60}

![A lighthouse at dusk](light.png)

![](plain.png)

### An inner heading

1. The first thing.
2. The second, with a note[^b]:
    - one thing
    - another

> A quotation that stands by itself, and that is long enough to be set in lines of its own.
>
> --- Somebody

| The verse begins its line,
|     the second is set in.
|
| Another stanza stands alone.

***

```
code of one line
    and of another
```

| Station | Arrives | Fare[^c] |
|:--|:-:|--:|
| Ulverston, where the [line](https://example.org/line) ends | 9.15 | 1,204 |
| *Cark* & Cartmel | | 3 |

Table: The times of the trains *across* the bay.

## The Second Chapter

See [the first](#chapter-1), and [a dead end](#gone).
[Es war einmal]{{lang=de}} a word in another language.

[^a]: The first note, *with emphasis*.
[^b]: The second note.
[^c]: The note of a table.

    It has two paragraphs.
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screen")
    (folder / "book.md").write_text(MANUSCRIPT, encoding="utf-8")
    Image.new("RGB", (600, 400), "teal").save(folder / "light.png")
    Image.new("L", (600, 300), 128).save(folder / "plain.png")
    return folder / "book.md"


@pytest.fixture(scope="module")
def made(book: Path) -> Path:
    return make(book, book.parent / "out")


@pytest.fixture(scope="module")
def tree(made: Path) -> Node:
    return read_tree(made)


def make(manuscript: Path, out: Path, *targets: str, overrides: Sequence[str] = ()) -> Path:
    found = find_book(Request(manuscript, out=out, overrides=tuple(overrides)), ignore)
    report = build(found, targets or ("screen",), ignore, use_cache=False)
    return next(file.path for file in report.files if file.kind == "screen")


def read(manuscript: Path) -> Reading:
    return prepare(find_book(Request(manuscript), ignore), ignore, use_cache=False)


def check_valid(path: Path) -> None:
    """PDF/UA-1 and PDF/A-2u by page-validation, syntax by qpdf and mutool."""
    page = pytest.importorskip("page", reason="page-validation is not installed")
    # The outline of a long book is a longer chain than the validator's caution allows.
    limits = page.SafetyLimits(max_reference_depth=100_000)
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2U):
        result = page.validate_pdf(str(path), profile=profile, limits=limits)
        assert result.is_compliant, str(result)
    for command in (["qpdf", "--check"], ["mutool", "draw", "-r", "20", "-o", "/dev/null"]):
        if shutil.which(command[0]):
            done = subprocess.run([*command, str(path)], capture_output=True, text=True)
            said = done.stdout + done.stderr
            assert done.returncode == 0, said
            faults = re.findall(r"(?i)^.*(?:error|warning):.*$", said, re.MULTILINE)
            # Debian builds mutool without colour management, and says so.
            assert [fault for fault in faults if "ICC" not in fault] == []


def spoken(document: Document, matter: Matter) -> Iterator[str]:
    """The words of each block of a document in the order they are to be read, notes after the
    block that calls them; pages made from metadata are left out."""
    notes = {note.id: note for note in document.notes}
    for section in document.sections:
        printed = not section.editions or "print" in section.editions
        if printed and section.matter is matter and section.kind not in GENERATED:
            yield from _say(heading_of(section), section.title, notes)
            for block in section.blocks:
                yield from _say_block(block, notes)


def heading_of(section: Section) -> str:
    return " ".join(part for part in (section.label, _words(section.title)) if part)


def _say(text: str, inlines: Inlines, notes: dict[str, Note]) -> Iterator[str]:
    """A block, and the notes that it is the first to call."""
    if words := " ".join(text.replace("\u00ad", "").split()):
        yield words
    for node in leaves(inlines):
        if isinstance(node, NoteRef) and node.id in notes:
            note = notes.pop(node.id)
            yield f"{note.number}."
            for block in note.blocks:
                yield from _say_block(block, notes)


def _say_block(block: Block, notes: dict[str, Note]) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield from _say(_words(block.children), block.children, notes)
        case Quote():
            for child in block.blocks:
                yield from _say_block(child, notes)
        case Verse():
            for line in (line for stanza in block.stanzas for line in stanza):
                yield from _say(_words(line.children), line.children, notes)
        case ListBlock():
            for number, item in enumerate(block.items, block.start):
                yield f"{number}." if block.ordered else "•"
                for child in item.blocks:
                    yield from _say_block(child, notes)
        case Figure():
            yield from _say(_words(block.caption), block.caption, notes)
        case Table():
            yield from _say_table(block, notes)
        case Preformatted():
            yield from (" ".join(line.split()) for line in block.text.split("\n") if line.strip())


def _say_table(table: Table, notes: dict[str, Note]) -> Iterator[str]:
    """Caption and cells; the notes that they call come after the table."""
    called: list[str] = []
    for run in inline_runs((table,)):
        said = list(_say(_words(run), run, notes))
        empty = not "".join(_words(run).split())
        yield from said[: 0 if empty else 1]
        called += said[0 if empty else 1 :]
    yield from called


def _words(inlines: Inlines) -> str:
    return "".join(_word(node) for node in leaves(inlines))


def _word(node: object) -> str:
    if isinstance(node, NoteRef):
        return str(node.number or "*")
    return " " if isinstance(node, LineBreak) else str(getattr(node, "text", ""))


def heard(tree: Node) -> list[str]:
    """The words of each block of the tree, labels of notes and lists by themselves."""
    return [words for node in tree.kids if isinstance(node, Node) for words in _hear(node)]


def _hear(node: Node) -> Iterator[str]:
    blocks = [kid for kid in node.kids if isinstance(kid, Node) and kid.kind in _BLOCKS]
    if not blocks and (words := " ".join(node.text.split())):
        yield words
    for kid in blocks:
        yield from _hear(kid)


_BLOCKS = {
    *("Part", "Sect", "Div", "P", "BlockQuote", "L", "LI", "Lbl", "LBody", "Note", "Figure"),
    *("Table", "TR", "TH", "TD"),
    *("Caption", "TOC", "TOCI", "H1", "H2", "H3", "H4", "H5", "H6"),
}


def check_order(reading: Reading, tree: Node) -> None:
    """All that is to be read is heard once, in order, with the pages that bookforge writes
    standing before and behind the body."""
    got = heard(tree)
    for matter in Matter:
        wanted = list(spoken(reading.document, matter))
        if matter is Matter.BODY:
            begin = _find(wanted, got)
            for one, other in zip(wanted, got[begin:], strict=False):
                assert one == other
            assert len(got) - begin >= len(wanted)
        else:
            rest = iter(got)
            assert [words for words in wanted if words not in rest] == []


def _find(wanted: Sequence[str], got: Sequence[str]) -> int:
    """Where a list of words begins in another: where most of its beginning fits."""
    fits = [
        (sum(a == b for a, b in zip(wanted[:20], got[place:], strict=False)), -place)
        for place in range(len(got))
    ]
    return -max(fits)[1]


def test_the_file_is_valid(made: Path) -> None:
    check_valid(made)


def test_the_tree_reads_as_the_manuscript(book: Path, tree: Node) -> None:
    wanted = list(spoken(read(book).document, Matter.BODY))
    got = heard(tree)
    assert got[got.index("Part One The Shore") :] == wanted


def test_headings_go_down_step_by_step(tree: Node) -> None:
    levels = [node.kind for node in tree.walk() if re.fullmatch(r"H\d", node.kind)]
    assert levels == ["H1", "H1", "H1", "H2", "H3", "H2"]


def test_a_paragraph_over_pages_is_one(tree: Node) -> None:
    (long,) = [node for node in tree.find("P") if len(node.pages) > 1]
    assert " ".join(long.text.split()) == (SENTENCE * 60).strip()


def test_sections_nest(tree: Node) -> None:
    (part,) = tree.find("Part")
    assert [kid.kind for kid in part.kids if isinstance(kid, Node)] == ["H1", "Sect", "Sect"]


def test_notes_follow_the_block_that_calls_them(tree: Node) -> None:
    chapter = tree.find("Part")[0].find("Sect")[0]
    kinds = [kid.kind for kid in chapter.kids if isinstance(kid, Node)]
    assert kinds[:5] == ["H2", "P", "P", "Note", "P"]
    notes = tree.find("Note")
    assert len({note.entries["ID"] for note in notes}) == len(notes) == 3
    for note in notes:
        assert isinstance(note.kids[0], Node) and note.kids[0].kind == "Lbl"
        assert note.kids[0].find("Link")[0].annotations == 1
    assert all(node.find("Link")[0].annotations == 1 for node in chapter.find("Reference"))


def test_links_cover_their_words(tree: Node) -> None:
    links = {" ".join(node.text.split()): node.annotations for node in tree.find("Link")}
    assert links["some emphasis in it"] in (1, 2)
    long = "a link that is long enough to go over the end of a line and on to the next one"
    assert links[long] >= 2
    assert links["the first"] == 1
    assert "a dead end" not in links


def test_p110_for_a_link_that_leads_nowhere(book: Path, tmp_path: Path) -> None:
    found: list[Diagnostic] = []
    build(find_book(Request(book, out=tmp_path), ignore), ["screen"], found.append)
    (dead,) = [one for one in found if one.code == "P110"]
    assert "#gone" in dead.message


def test_figures_say_what_they_show(tree: Node) -> None:
    assert [node.entries["Alt"] for node in tree.find("Figure")] == [
        "A lighthouse at dusk",
        "Illustration",
    ]


def test_lists_have_labels_and_bodies(tree: Node) -> None:
    outer = tree.find("L")[0]
    for item in (kid for kid in outer.kids if isinstance(kid, Node)):
        assert [kid.kind for kid in item.kids if isinstance(kid, Node)][:2] == ["Lbl", "LBody"]
    assert len(outer.find("L")) == 2


def test_tables_have_rows_heads_and_cells(tree: Node) -> None:
    """ISO 14289-1, 7.5: heads say what they are the heads of, empty cells have their place."""
    (table,) = tree.find("Table")
    rows = [[kid.kind for kid in row.kids if isinstance(kid, Node)] for row in table.find("TR")]
    assert rows == [["TH"] * 3, ["TD"] * 3, ["TD"] * 3]
    assert next(node.kind for node in table.kids if isinstance(node, Node)) == "Caption"
    assert all("/Column" in node.entries["A"] for node in table.find("TH"))
    assert table.find("Link")[0].annotations == 1 and not table.find("Note")


def test_the_contents_lead_to_their_pages(tree: Node) -> None:
    toc = tree.find("TOC")[0]
    entries = toc.find("TOCI")
    assert len(entries) == 3 and len(toc.find("TOC")) == 2
    assert all(entry.find("Reference")[0].find("Link")[0].annotations == 1 for entry in entries)
    assert re.fullmatch(r"The First Chapter \d+", " ".join(entries[1].text.split()))


def test_foreign_words_name_their_language(tree: Node) -> None:
    spans = [(node.text, node.entries["Lang"]) for node in tree.find("Span")]
    assert spans == [("Es war einmal", "de")]


def test_heads_and_folios_are_artifacts(made: Path, tree: Node) -> None:
    artifacts = read_artifacts(made)
    assert any(text.strip().startswith("A. N. Author") for text in artifacts)
    assert all(len(text.split()) < 12 for text in artifacts)


def test_what_the_file_says_of_itself(made: Path) -> None:
    with pikepdf.open(made) as pdf:
        root = pdf.Root
        assert [root.Lang, root.MarkInfo.Marked, root.ViewerPreferences.DisplayDocTitle] == [
            *("en-GB", True, True)
        ]
        assert [str(page.label) for page in pdf.pages][:3] == ["i", "ii", "iii"]
        assert all(page.Tabs == "/S" for page in pdf.pages)
        with pdf.open_metadata() as xmp:
            assert [xmp["pdfuaid:part"], xmp["pdfaid:part"], xmp["pdfaid:conformance"]] == [
                *("1", "2", "U")
            ]
            assert xmp["dc:title"] == "The Book of Everything"
            assert list(xmp["dc:creator"]) == ["A. N. Author"]


def test_the_outline_has_all_headings(made: Path) -> None:
    def titles(items: Iterable[pikepdf.OutlineItem], depth: int = 0) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, str(item.title)
            yield from titles(item.children, depth + 1)

    with pikepdf.open(made) as pdf, pdf.open_outline() as outline:
        assert list(titles(outline.root)) == [
            (0, "The Book of Everything"),
            (0, "Contents"),
            (0, "Part One. The Shore"),
            (1, "The First Chapter"),
            (2, "An inner heading"),
            (1, "The Second Chapter"),
        ]


def test_both_pdfs_have_the_same_pages(book: Path, tmp_path: Path, made: Path) -> None:
    both = make(book, tmp_path, "print", "screen")
    assert both.read_bytes() == made.read_bytes()
    alone = tmp_path / "alone"
    found = find_book(Request(book, out=alone), ignore)
    (one,) = build(found, ["print"], ignore, use_cache=False).files
    printed = both.with_name(one.path.name)
    assert printed.read_bytes() == one.path.read_bytes()
    with pikepdf.open(printed) as paper, pikepdf.open(both) as screen:
        assert len(paper.pages) == len(screen.pages)
        assert "/StructTreeRoot" not in paper.Root and "/Annots" not in paper.pages[-1]


def test_the_sample_book(tmp_path: Path) -> None:
    made = make(ROOT / "book.toml", tmp_path)
    check_valid(made)
    check_order(read(ROOT / "book.toml"), read_tree(made))


def test_strange_characters_are_valid(tmp_path: Path) -> None:
    words = "No face has \U00013000; \ue000, \u200b, \ufeff, q\u0302\u0323, שלום עולם, السلام"
    text = f"# One\n\n{words}.\n"
    (tmp_path / "strange.md").write_text(text, encoding="utf-8")
    made = make(tmp_path / "strange.md", tmp_path / "out")
    check_valid(made)
    assert "שלום עולם, السلام" in read_tree(made).text


def test_the_seed(shared: Path, tmp_path: Path) -> None:
    manuscript = shared / "manuscripts" / "seed.txt"
    made = make(manuscript, tmp_path)
    check_valid(made)
    check_order(read(manuscript), read_tree(made))


@pytest.mark.slow
def test_the_corpus(shared: Path, tmp_path: Path) -> None:
    """The three novels of different lengths, and every third text of the chapters."""
    texts = sorted((shared / "corpus" / "chapters" / "texts").iterdir())[::3]
    faults = []
    for path in [*(shared / "corpus" / "perf" / f"{size}.md" for size in "SML"), *texts]:
        made = make(path, tmp_path / path.stem)
        try:
            check_valid(made)
            check_order(read(path), read_tree(made))
        except AssertionError as error:
            faults.append(f"{path.name}: {str(error)[:300]}")
    assert faults == []
