"""Settings that are right but have no effect, or look wrong; sizes by name; items by edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.config.fields import parse_trim
from bookforge.config.model import Config, MatterItem
from bookforge.config.read import default_config, read_config
from bookforge.config.tables import PAPER_SIZES, PRINTER_TRIMS
from bookforge.diagnostics import Diagnostic
from bookforge.languages.base import known_languages
from bookforge.source import SourceMap


def _remarks(folder: Path, text: str, *overrides: str) -> list[tuple[str, str, str, str]]:
    """Each remark as code, severity, message and the text marked."""
    path, sources = folder / "book.toml", SourceMap()
    path.write_text(text, encoding="utf-8")
    found: list[Diagnostic] = []
    read_config(path, sources, overrides, report=found.append)
    shown = []
    for one in found:
        place = sources.locate(one.span)
        marked = place.text[place.column - 1 :][: place.width] if place else ""
        shown.append((one.code, one.severity.label, one.message, marked))
    return shown


def test_settings_without_effect_get_one_note(tmp_path: Path) -> None:
    text = "[check]\nwords = ['Kobo']"
    says = "this version of bookforge does not use check.words"
    assert _remarks(tmp_path, text) == [("C024", "note", says, "words")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "'$schema' = 'book.schema.json'",
        "[output.epub]\nkepub = false\nprofile = 'universal'",
        "[output.screen]\nenabled = false",
        "[output.print]\npaper = 'cream'\nleading = 15",
    ],
)
def test_defaults_written_out_are_worth_no_note(text: str, tmp_path: Path) -> None:
    assert _remarks(tmp_path, text) == []


def test_lines_that_overlap(tmp_path: Path) -> None:
    ((code, severity, message, marked),) = _remarks(tmp_path, "[output.print]\nleading = 6")
    assert (code, severity, marked) == ("C042", "warning", "6")
    assert message == "lines 6 points apart overlap in type of 11 points"


def test_a_set_of_quotes_that_the_language_does_not_have(tmp_path: Path) -> None:
    text = "[book]\nlanguage = 'en-GB'\n[typography]\nquotes = 'guillemets'"
    ((code, severity, message, marked),) = _remarks(tmp_path, text)
    assert (code, severity, marked) == ("C043", "warning", "'guillemets'")
    assert message.startswith("en-GB has no quotes of the name guillemets")
    assert _remarks(tmp_path, text.replace("en-GB", "de-AT")) == []


def test_remarks_on_the_command_line_point_there(tmp_path: Path) -> None:
    ((code, _, _, marked),) = _remarks(tmp_path, "", "output.print.leading=6")
    assert (code, marked) == ("C042", "6")
    found: list[Diagnostic] = []
    default_config(["output.print.leading=6"], report=found.append)
    assert [one.code for one in found] == ["C042"]


@pytest.mark.parametrize(
    ("name", "size"),
    [("kdp", (432, 648)), ("Lulu", (432, 648)), ("US trade", (432, 648)), ("b_format", (364, 562))],
)
def test_pages_by_name(name: str, size: tuple[int, int]) -> None:
    parsed = parse_trim(default_config([f"output.print.trim={name}"]).output.print.trim)
    assert parsed is not None
    assert tuple(map(round, parsed)) == size


def test_every_name_of_a_page_is_a_size() -> None:
    assert all(parse_trim(name) for name in (*PAPER_SIZES, *PRINTER_TRIMS))


@pytest.mark.parametrize("quotes", ["double", "swiss", "de-CH", *known_languages()])
def test_quotes_by_name_or_language(quotes: str) -> None:
    assert default_config([f"typography.quotes={quotes}"]).typography.quotes == quotes


_ITEMS = """
[matter]
front = [
  "title-page",
  { kind = "preface", editions = ["gift"] },
  { kind = "foreword", editions = ["epub", "gift"] },
  { kind = "dedication", editions = ["print"] },
]
[edition.gift]
[edition.plain]
"""


@pytest.mark.parametrize(
    ("edition", "items"),
    [
        ("gift", {"preface": (), "foreword": (), "dedication": ("print",)}),
        ("plain", {"foreword": ("epub",), "dedication": ("print",)}),
        (None, {"foreword": ("epub",), "dedication": ("print",)}),
    ],
)
def test_items_for_one_edition(
    edition: str | None, items: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    (tmp_path / "book.toml").write_text(_ITEMS, encoding="utf-8")
    config: Config = read_config(tmp_path / "book.toml", SourceMap(), (), edition)
    first, *rest = config.matter.front
    assert first == "title-page"
    found = {item.kind: item.editions for item in rest if isinstance(item, MatterItem)}
    assert found == items
    assert {key for key in config.given if key.startswith("matter.")} == {"matter.front"}


def test_one_isbn_for_two_forms(tmp_path: Path) -> None:
    text = "[book]\nisbn = { epub = '9780306406157', print = '978-0-306-40615-7' }"
    ((code, severity, message, _),) = _remarks(tmp_path, text)
    assert (code, severity) == ("C044", "warning")
    assert message == "epub and print have the same ISBN"
