"""Five hundred manuscripts made up by Hypothesis: each gives well-formed files, and all of them
pass EPUBCheck, fifty chapters to a book."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bookforge import pipeline
from bookforge.preflight.epub.validator import Message

MANUSCRIPTS, IN_A_BOOK = 500, 50
# What markup, XML and zip stumble over, and some plain words.
WORDS = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["a plain word", "]]>", "<script>x</script>", "&amp;&nbsp;", "**", "_x_", "[^1]", "`c`", "\\"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
BLOCKS = st.one_of(
    TEXT,
    TEXT.map("# {}".format),
    TEXT.map("## {}".format),
    TEXT.map("> {}".format),
    TEXT.map("- {}".format),
    TEXT.map("1. {}".format),
    TEXT.map("| {}".format),
    TEXT.map("[^1]: {}".format),
    TEXT.map("    {}".format),
    st.tuples(TEXT, WORDS).map(lambda pair: f"[{pair[0]}]({pair[1]})"),
    st.tuples(TEXT, WORDS).map(lambda pair: f"![{pair[0]}]({pair[1]})"),
    st.tuples(TEXT, st.sampled_from(["fr", "he", "x"])).map(lambda p: f"[{p[0]}]{{lang={p[1]}}}"),
    st.sampled_from(["* * *", "---", "", "<div>", "<!-- x -->", ":::", "Chapter IX", "THE END"]),
)
SHAPES = st.lists(BLOCKS, min_size=1, max_size=12).map("\n\n".join)


def build(path: Path, out: Path) -> Path:
    wishes = ("output.epub.page-list=false", "book.language=en-GB")
    book = pipeline.find_book(pipeline.Request(path, overrides=wishes, out=out), lambda one: None)
    made = pipeline.build(book, ("epub",), lambda one: None, use_cache=False)
    return made.files[0].path


def test_words_of_every_kind_are_well_formed(tmp_path: Path) -> None:
    """The strategies themselves, a few of them quickly."""
    for number, text in enumerate(generate(5)):
        well_formed(write(tmp_path, number, text), tmp_path / "out")


def generate(count: int) -> list[str]:
    """Always the same manuscripts; "# Title" makes sure of something to build."""
    found: list[str] = []

    @settings(
        max_examples=count, derandomize=True, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(SHAPES)
    def collect(text: str) -> None:
        found.append(f"# Title\n\nA first line.\n\n{text}\n")

    collect()
    return found


def write(folder: Path, number: int, text: str) -> Path:
    path = folder / f"{number:03}.md"
    path.write_text(text, encoding="utf-8")
    return path


def well_formed(path: Path, out: Path) -> None:
    with zipfile.ZipFile(build(path, out)) as archive:
        for name in archive.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                ElementTree.fromstring(archive.read(name))


@pytest.fixture(scope="module")
def manuscripts() -> list[str]:
    return generate(MANUSCRIPTS)


@pytest.mark.slow
def test_all_are_well_formed(manuscripts: list[str], tmp_path: Path) -> None:
    assert len(set(manuscripts)) > MANUSCRIPTS * 0.8
    for number, text in enumerate(manuscripts):
        well_formed(write(tmp_path, number, text), tmp_path / "out")


# A title such as nobody has.
_TITLE = "</dc:title><script>1</script>]]>&amp; ../../etc/passwd \\x " + "long" * 2500


def _books(manuscripts: list[str], folder: Path) -> Iterator[Path]:
    for first in range(0, len(manuscripts), IN_A_BOOK):
        parts = folder / f"book-{first}"
        parts.mkdir()
        for number, text in enumerate(manuscripts[first : first + IN_A_BOOK]):
            write(parts, number, text)
        about = f"[book]\ntitle = '{_TITLE}'\nauthor = '{_TITLE}'\n"
        (parts / "book.toml").write_text(f"{about}[manuscript]\nfiles = '.'\n")
        yield build(parts, folder / f"out-{first}")


@pytest.mark.slow
def test_epubcheck_has_nothing_to_say_of_any(
    manuscripts: list[str], tmp_path: Path, epubcheck: Callable[[Path], list[Message]]
) -> None:
    for book in _books(manuscripts, tmp_path):
        assert epubcheck(book) == []
