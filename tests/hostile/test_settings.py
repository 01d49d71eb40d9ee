"""book.toml and what it names: broken, contradictory, missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.cli.main import main
from tests.hostile.conftest import Build


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("[book", "C001"),
        ("titel = 'x'", "C002"),
        ("[style]\ndrop-cap = 'yes'", "C003"),
        ("[output.print]\ntrim = 'huge!'", "C004"),
        ("[book.isbn]\nepub = '978-0-306-40615-8'", "C005"),
        ("[output.print]\ntrim = '0x0'", "C004"),
        ("[output.print]\nfont-size = nan", "C004"),
        ("[style]\nwidows = inf", "C004"),
        ('[output.epub]\ncss = "a\\u0000b"', "C004"),
        ('[manuscript]\nfiles = ["a", "a\\u0000.md"]', "C004"),
        ("[book]\nseries = {name = 'x', number = nan}", "C004"),
        ("[book]\ncopyright-year = 99999999999999999999", "C004"),
    ],
)
def test_wrong_settings(folder: Path, build: Build, line: str, code: str) -> None:
    (folder / "book.toml").write_text(line, encoding="utf-8")
    outcome = build()
    assert outcome.code == 2
    assert outcome.err.startswith(f"error[{code}]: ")
    assert " --> book.toml:" in outcome.err


def test_bad_language(build: Build) -> None:
    outcome = build("--set", "book.language=Klingon!")
    assert (outcome.code, outcome.err[:12]) == (2, "error[C006]:")


@pytest.mark.parametrize("epoch", ["soon", "²", "-1", "1e9", "99999999999999999999"])
def test_an_epoch_that_is_no_time(
    build: Build, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    outcome = build()
    assert (outcome.code, outcome.err[:12]) == (2, "error[C004]:")


@pytest.mark.parametrize("epoch", ["0", "253402300799"])
def test_the_first_and_the_last_epoch(
    build: Build, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert build().code == 0


@pytest.mark.parametrize("date", ["0001", "1850-02-28", "9999-12-31"])
def test_dates_beyond_the_years_of_archives(build: Build, date: str) -> None:
    assert build("--set", f"book.date={date}").code == 0


def test_a_language_nobody_here_knows_still_builds(build: Build) -> None:
    assert build("--set", "book.language=eo").code == 0


def test_unknown_edition(build: Build) -> None:
    outcome = build("--edition", "gold")
    assert (outcome.code, outcome.err[:12]) == (2, "error[C007]:")
    outcome = build("plain.md", "--edition", "gold")
    assert (outcome.code, outcome.err[:12]) == (2, "error[C007]:")


def test_a_theme_that_is_not_there(build: Build) -> None:
    outcome = build("--set", "style.theme=baroque")
    assert (outcome.code, outcome.err[:12]) == (2, "error[C010]:")


def make_theme(folder: Path, text: str, css: str = "") -> None:
    """A theme of the writer's own, called `own`."""
    (folder / "own").mkdir()
    (folder / "own" / "theme.toml").write_text(text, encoding="utf-8")
    (folder / "own" / "epub.css").write_text(css, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[text]\nindnt = 2", "there is no key indnt in [text]\n  hint: nearest: indent"),
        ("[txt]\nindent = 2", "there is no table [txt]\n  hint: nearest: text"),
        ("text = 2", "there is no table [text]"),
    ],
)
def test_a_theme_with_keys_that_no_theme_knows(
    folder: Path, build: Build, text: str, says: str
) -> None:
    make_theme(folder, text)
    outcome = build("--set", "style.theme=own")
    assert (outcome.code, outcome.err[:12]) == (2, "error[C011]:")
    assert says.partition("\n")[0] in outcome.err
    assert says.rpartition("hint: ")[2] in outcome.err


def test_a_font_that_is_not_there(build: Build) -> None:
    outcome = build("--set", "style.font=Nonexistent Sans")
    assert outcome.code in (1, 2)
    assert outcome.err.startswith("error[F001]: ")


def test_an_empty_list_of_files(folder: Path, build: Build) -> None:
    (folder / "book.toml").write_text("[manuscript]\nfiles = []", encoding="utf-8")
    outcome = build()
    assert (outcome.code, outcome.err[:12]) == (1, "error[C021]:")


def test_a_font_in_the_folder_of_nobody(build: Build) -> None:
    outcome = build("--set", "style.font=~nobody-of-that-name/x.ttf")
    assert outcome.err.startswith("error[F001]: ")


def test_an_encoding_that_decodes_nothing(build: Build) -> None:
    outcome = build("--set", "manuscript.encoding=undefined")
    assert (outcome.code, outcome.err[:12]) == (1, "error[R005]:")


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = 1" + "0" * 5_000])
def test_decisions_that_are_beyond_measure(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (folder / ".bookforge").mkdir()
    (folder / ".bookforge" / "decisions.toml").write_text(text, encoding="utf-8")
    assert main(["check"]) == 1
    assert capsys.readouterr().out.startswith("error[T005]: ")


def test_a_missing_book_toml(build: Build) -> None:
    outcome = build("-c", "nowhere.toml")
    assert (outcome.code, outcome.err[:12]) == (2, "error[R001]:")


def test_missing_matter(build: Build) -> None:
    item = "matter.front=[{ kind = 'dedication', file = 'nowhere.md' }]"
    outcome = build("--set", item)
    assert outcome.code == 1
    assert outcome.err.startswith("error[R001]: ")


@pytest.mark.parametrize("title", ["a/b\\c:d*e?", "CON", "..", "x" * 500, "日本", "a\nb"])
def test_titles_that_make_odd_file_names(build: Build, title: str) -> None:
    outcome = build("--set", "book.title=" + repr(title).replace("'", '"'))
    assert outcome.code == 0
    assert all(len(name) <= 120 for name in outcome.files)


@pytest.mark.parametrize(
    "setting",
    [
        "output.print.trim=3x3",
        "output.print.trim=20x20",
        "output.print.font-size=36",
        "output.print.leading=60",
        "output.print.font-size=4.5",
    ],
)
def test_extreme_pages(build: Build, setting: str) -> None:
    assert build("print", "--set", setting).code in (0, 1, 2)


def test_margins_that_leave_no_room(build: Build) -> None:
    margins = "output.print.margins={ inside = '4in', outside = '4in' }"
    outcome = build("print", "--set", margins)
    assert outcome.code in (1, 2)
    assert outcome.err.startswith("error[")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[opening]\nalign = "middle"', "opening.align cannot be 'middle'"),
        ('[opening]\nsink = "deep"', "opening.sink cannot be 'deep'"),
        ("[opening]\nsink = true", "opening.sink cannot be True"),
        ('[heads]\nalign = "left"', "heads.align cannot be 'left'"),
        ("[heads]\nitalic = 1", "heads.italic cannot be 1"),
    ],
)
def test_a_theme_with_values_that_mean_nothing(
    folder: Path, build: Build, text: str, says: str
) -> None:
    make_theme(folder, text)
    outcome = build("--set", "style.theme=own")
    assert (outcome.code, outcome.err[:12]) == (2, "error[C012]:")
    assert says in outcome.err


def test_a_theme_based_on_another(folder: Path, build: Build) -> None:
    (folder / "own").mkdir()
    text = 'based-on = "modern"\n[opening]\nsink = 3\ndrop-cap = false'
    (folder / "own" / "theme.toml").write_text(text, encoding="utf-8")
    (folder / "own" / "epub.css").write_text("h1 { color: inherit; }", encoding="utf-8")
    assert build("--set", "style.theme=own").code == 0


def test_a_theme_based_on_nothing(folder: Path, build: Build) -> None:
    make_theme(folder, 'based-on = "baroque"')
    outcome = build("--set", "style.theme=own")
    assert (outcome.code, outcome.err[:12]) == (2, "error[C010]:")
