"""Pages that are derived from the program are what the program gives; links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bookforge.codes import CODES
from bookforge.config import reference, schema

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docs/book-toml.md", reference.make_reference()),
        ("docs/codes.md", reference.make_code_list()),
        (f"bookforge/config/{schema.FILE}", schema.dump_schema()),
    ],
    ids=["book-toml.md", "codes.md", "schema"],
)
def test_derived_pages(path: str, text: str, request: pytest.FixtureRequest) -> None:
    """To write them anew: pytest tests/test_docs.py --update-golden."""
    if request.config.getoption("--update-golden"):
        (ROOT / path).write_text(text, encoding="utf-8")
    assert (ROOT / path).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith(("http", "map.png"))]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_pictures_are_light() -> None:
    heavy = [path for path in (ROOT / "docs" / "images").glob("*") if path.stat().st_size > 150_000]
    assert heavy == []


def test_codes_named_in_the_docs_exist() -> None:
    for page in PAGES:
        named = set(re.findall(r"\b[CRSTAPEFIO]\d{3}\b", page.read_text(encoding="utf-8")))
        assert named <= set(CODES), page.name
