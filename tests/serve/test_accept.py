"""Which form real clients get, by what they really send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bookforge.serve.accept import Form, choose_form, name_client
from tests.serve import asking


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (asking.KOREADER["Accept"], Form.OPDS2),
        ("application/opds+json", Form.OPDS2),
        ("application/opds-publication+json", Form.OPDS2),
        ("application/atom+xml;profile=opds-catalog", Form.ATOM),
        ("application/atom+xml, application/opds+json;q=0.5", Form.ATOM),
        ("application/opds+json;q=0.1, application/atom+xml;q=0.9", Form.ATOM),
        ("APPLICATION/OPDS+JSON ; Q=1", Form.OPDS2),
        # Thorium, Readest and calibre's plugins name both; Moon+ and curl name nothing.
        ("application/opds+json,application/atom+xml;q=0.9,application/xml;q=0.8", Form.OPDS2),
        ("*/*", Form.ATOM),
        ("", Form.ATOM),
        ("application/xml", Form.ATOM),
        ("image/webp", Form.ATOM),
        # Firefox, Chromium, Safari.
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Form.HTML),
        # The old WebKit of Kobo and Kindle.
        (asking.KOBO["Accept"], Form.HTML),
        ("text/html;q=0, application/atom+xml;q=0.2", Form.ATOM),
        ("text/html;q=nonsense", Form.ATOM),
    ],
)
def test_form(accept: str, form: Form) -> None:
    assert choose_form(accept) is form


@given(some.text())
def test_any_header_gives_a_form_and_a_client(text: str) -> None:
    assert choose_form(text) in Form
    assert name_client(text).name


def test_clients() -> None:
    assert name_client(asking.KOBO["User-Agent"]).kepub
    assert not name_client(asking.KOREADER["User-Agent"]).kepub
    assert not name_client("Mozilla/5.0 (Linux; Android; tolino shine 5; Kobo)").kepub
    assert name_client(asking.KINDLE["User-Agent"]).kindle
    assert name_client("curl/8.5").name == "a reader"
