"""Links: into the book, out of it, or nowhere."""

from __future__ import annotations

from pathlib import Path

import novella
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.addresses import outside_address


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "http://example.org"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%41", "https://example.org/%41"),
        ("https://example.org/é", "https://example.org/%C3%A9"),
        ("mailto:ada@example.org", "mailto:ada@example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("chapter2.html", ""),
        ("//example.org", ""),
        ("https://", ""),
        ("https:///path", ""),
        ("https://exa mple.org", ""),
        ("https://[::1", ""),
        ("mailto:", ""),
        ("", ""),
    ],
)
def test_outside_addresses(target: str, address: str) -> None:
    assert outside_address(target) == address


@given(st.text())
def test_any_target_gives_an_address_or_none(target: str) -> None:
    address = outside_address("https://example.org/" + target)
    assert address.isascii()
    assert not set(address) & set(' <>"{}|\\^`\n\t')


def test_links_into_the_book(tmp_path: Path) -> None:
    page = novella.build(novella.everything(), tmp_path)["text/chapter-2.xhtml"]
    assert '<a href="chapter-1.xhtml">the lamp</a>' in page


def test_a_link_to_nowhere_is_reported_and_its_words_kept(tmp_path: Path) -> None:
    context, found = novella.make_context(tmp_path)
    text = novella.paragraph(novella.link("#gone", "the lamp"), " ", novella.link("a.html", "b"))
    data = novella.make_book(novella.one_chapter(text), novella.METADATA, context, None)
    assert [diagnostic.code for diagnostic in found] == ["E010", "E010"]
    page = novella.members(data)["EPUB/text/text.xhtml"].decode()
    assert ">the lamp b<" in page.replace('<span class="lead-in">', "").replace("</span>", "")
