"""Escaping: whatever the text holds, the file is well-formed and says the same."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.render.epub.markup import (
    Frame,
    attribute,
    clean,
    encode,
    escape,
    frame,
    is_language,
    language_attributes,
)

AROUND = Frame("A <title>", "en", "bodymatter")
XHTML = "{http://www.w3.org/1999/xhtml}"
# What XML 1.0 can hold.
LEGAL = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[
        *map(chr, range(9)),
        "\x0b",
        "\x0c",
        *map(chr, range(14, 32)),
        "\ufffe",
        "\uffff",
    ],
)


@given(st.text(LEGAL))
def test_text_comes_back(text: str) -> None:
    root = ElementTree.fromstring(frame(f"<p>{escape(text)}</p>", AROUND))
    paragraph = root.find(f".//{XHTML}p")
    assert paragraph is not None
    assert (paragraph.text or "") == text


@given(st.text(LEGAL))
def test_attributes_come_back(text: str) -> None:
    root = ElementTree.fromstring(encode(f'<p title="{attribute(text)}"/>'))
    assert root.get("title") == text


@given(st.text(st.characters()))
def test_any_text_is_well_formed(text: str) -> None:
    ElementTree.fromstring(frame(f'<p title="{attribute(text)}">{escape(text)}</p>', AROUND))


def test_illegal_characters_go_and_surrogates_are_replaced() -> None:
    assert encode("a\x00\x07b\x0cc\ud800d\ufffe") == "abc\ufffdd\ufffd".encode()


def test_cdata_end_is_escaped() -> None:
    assert escape("a ]]> b <script>&amp;") == "a ]]&gt; b &lt;script&gt;&amp;amp;"


def test_clean_makes_one_line() -> None:
    assert clean(" A\n  title\x07\t here ") == "A title here"


@pytest.mark.parametrize("tag", ["en", "en-GB", "zh-Hant-TW", "de-1996"])
def test_language_tags(tag: str) -> None:
    assert language_attributes(tag) == f' lang="{tag}" xml:lang="{tag}"'


@pytest.mark.parametrize(
    "tag", ["", "e", 'en" onload="x', "en_GB", "english-language-x-y-z-abcdefghi"]
)
def test_what_is_no_language_tag_is_left_out(tag: str) -> None:
    assert not is_language(tag)
    assert language_attributes(tag) == ""


def test_right_to_left() -> None:
    assert b'lang="he" xml:lang="he" dir="rtl"' in frame("", Frame("T", "he", "bodymatter", "rtl"))
