"""The command line in this process: what is printed where, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bookforge import __version__
from bookforge.cli.main import arrange, main
from bookforge.pipeline import TARGETS

NAMES = ("build", "init", "outline", "typogrify", "check", "explain", "fonts", "stats", "clean")
BOOK = '[book]\ntitle = "The Kettle"\nauthor = "A. Writer"\n[manuscript]\nfiles = "kettle.md"\n'
TEXT = '# 1. Steam\n\n"It boils," she said -- "at last."\n\n# 2. Tea\n\nThey drank.\n'


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small book, in the folder one stands in."""
    (tmp_path / "book.toml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "kettle.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- the frame


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bookforge {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_names_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    out = capsys.readouterr().out
    for name in NAMES:
        assert f"\n  {name} " in out


@pytest.mark.parametrize("name", NAMES)
def test_every_command_shows_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"Usage: bookforge {name} [OPTIONS]")
    assert "Example" in out and f"bookforge {name}" in out.split("Example")[1]


def test_the_help_of_build_names_every_target(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--help"]) == 0
    told = capsys.readouterr().out.split("Arguments:")[1].split("Options:")[0]
    assert all(target in told for target in TARGETS)


@pytest.mark.parametrize("word", ["pdf", "PDF", "ebook", "kepub", "azw3"])
def test_kinds_of_files_that_are_no_targets(
    word: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", word]) == 2
    assert capsys.readouterr().err.startswith(f"error[C030]: {word} is no target\n   = hint: ")


def test_the_text_of_a_folder_without_settings_is_named(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book.toml").unlink()
    (book / "README.md").write_text("Not this.", encoding="utf-8")
    assert main(["stats"]) == 2
    assert "hint: to make a book of the text here: bookforge build kettle.md\n" in _err(capsys)
    (book / "second.txt").write_text("Another.", encoding="utf-8")
    assert main(["stats"]) == 2
    assert "hint: name a manuscript file, or run: bookforge init\n" in _err(capsys)


def _err(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


@pytest.mark.parametrize("name", ["novel.docx", "novel.html"])
def test_only_text_and_markdown_are_filtered(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_text('<p class="first">"Tea," she said.</p>', encoding="utf-8")
    assert main(["typogrify", str(path)]) == 1
    found = capsys.readouterr()
    assert found.err.startswith(f"error[R005]: {name} is neither plain text nor Markdown\n")
    assert f"bookforge build {path}" in found.err and not found.out
    assert main(["typogrify", str(path), "--from", "text"]) == 0
    assert capsys.readouterr().out == '<p class="first">“Tea,” she said.</p>'


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["biuld"], "error: no such command 'biuld'", "the nearest command is build"),
        (["build", "--colour"], "error: no such option: --colour", "bookforge build --help"),
        (["build", "--jsno"], "error: no such option: --jsno\n", "the nearest option is --json"),
        (["--format", "xml", "stats"], "error: invalid value for '--format'", "bookforge stats"),
        (["explain"], "error: missing argument 'CODE'", "bookforge explain --help"),
    ],
)
def test_wrong_command_lines(
    arguments: list[str], message: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err.startswith(message)
    assert hint in streams.err


def test_a_file_in_place_of_a_command(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kettle.md"]) == 2
    assert "bookforge build kettle.md" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["-q", "build", "x"], ["build", "-q", "x"]),
        (["-c", "build", "stats"], ["stats", "-c", "build"]),
        (["--set", "a=b", "--json", "build"], ["build", "--set", "a=b", "--json"]),
        (["build", "--report"], ["build", "--report=-"]),
        (["typogrify", "--report"], ["typogrify", "--report"]),
        (["--help"], ["--help"]),
        (["-q"], ["-q"]),
        ([], []),
    ],
)
def test_options_may_stand_before_the_command(arguments: list[str], expected: list[str]) -> None:
    assert arrange(arguments) == expected


def test_a_fault_of_ours(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bookforge.cli.looking.show_stats", lambda *_: 1 // 0)
    assert main(["stats"]) == 70
    err = capsys.readouterr().err
    assert "ZeroDivisionError" in err and "Please report it" in err


def test_interrupted(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("bookforge.cli.looking.show_stats", interrupt)
    assert main(["stats"]) == 130
    assert capsys.readouterr().err == "interrupted\n"


# --- books and what is wrong with them


def test_a_folder_without_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["stats"]) == 2
    assert capsys.readouterr().err.startswith("error[C020]: no book.toml in this folder")


def test_a_wrong_setting_is_shown_with_a_caret(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "book.toml").write_text('[book]\ntitel = "x"\n', encoding="utf-8")
    assert main(["stats"]) == 2
    assert capsys.readouterr().err == (
        "error[C002]: there is no key titel in [book]\n"
        " --> book.toml:2:1\n"
        "  |\n"
        '2 | titel = "x"\n'
        "  | ^^^^^\n"
        "   = hint: nearest key: title\n\n"
    )


def test_findings_in_one_line_each(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["stats", "--format", "short", "--set", "book.titel=x"]
    assert main(arguments) == 2
    expected = "--set:1:1: error[C002]: there is no key titel in [book]\n"
    assert capsys.readouterr().err == expected


def test_findings_as_json(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json", "stats", "--set", "book.titel=x"]) == 2
    streams = capsys.readouterr()
    assert streams.err == ""
    assert json.loads(streams.out) == {
        "diagnostics": [
            {
                "code": "C002",
                "severity": "error",
                "message": "there is no key titel in [book]",
                "file": "--set",
                "line": 1,
                "column": 1,
                "hints": ["nearest key: title"],
            }
        ]
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["epbu"], "C030"),
        (["kettle.md", "prnt"], "C030"),
        (["kettle.md", "other.md"], "C030"),
        (["nowhere.txt"], "R001"),
    ],
)
def test_words_of_build_that_lead_nowhere(
    book: Path, words: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = 1 if code == "R001" else 2
    assert main(["build", *words]) == expected
    assert capsys.readouterr().err.startswith(f"error[{code}]: ")


def test_nothing_to_make(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    switches = ["--set", "output.epub.enabled=false", "--set", "output.print.enabled=false"]
    assert main(["build", *switches]) == 2
    assert capsys.readouterr().err.startswith("error[C032]")


def test_a_name_that_no_system_takes(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "x" * 5000]) == 1
    assert "cannot be read: File name too long" in capsys.readouterr().err


def test_what_stops_the_work_cannot_be_ignored(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (book / "kettle.md").write_bytes(b"")
    assert main(["build", "--set", "check.ignore=['R004']"]) == 1
    assert capsys.readouterr().err.startswith("error[R004]")


# --- the small commands


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "c005"]) == 0
    assert capsys.readouterr().out.startswith("C005: wrong ISBN\n\nAn ISBN has 13 digits")
    assert main(["explain", "C0055"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("error[C035]: there is no code C0055") and "the nearest is C005" in err


def test_stats(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["words", "6", "2", "8"]
    assert main(["stats", "--json"]) == 0
    counted = json.loads(capsys.readouterr().out)
    assert counted["words"] == 8
    assert [one["title"] for one in counted["sections"]] == ["1 Steam", "2 Tea"]


def test_outline_says_that_there_are_no_chapters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    story = tmp_path / "story.txt"
    story.write_text("It rained all night, and nobody said a word about it.\n", encoding="utf-8")
    assert main(["outline", str(story)]) == 0
    assert "no chapters found: " in capsys.readouterr().out


def test_outline(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline"]) == 0
    assert "Steam" in capsys.readouterr().out
    assert main(["outline", "--json", "kettle.md"]) == 0
    sections = json.loads(capsys.readouterr().out)["sections"]
    assert [(one["label"], one["title"], one["line"]) for one in sections] == [
        ("1", "Steam", 1),
        ("2", "Tea", 5),
    ]
    assert main(["outline", "--write-config"]) == 0
    assert capsys.readouterr().out == (
        '# [manuscript] stands in line 4 of book.toml; put there: headings = "markdown"\n'
    )


def test_fonts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fonts", "--json"]) == 0
    families = json.loads(capsys.readouterr().out)["families"]
    garamond = next(one for one in families if one["name"] == "EB Garamond")
    assert garamond["styles"] == ["regular", "italic", "bold", "bold italic"]
    assert "Greek" in garamond["scripts"]


def test_check_of_a_book(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "checked: kettle.md" in capsys.readouterr().out


def test_an_ignore_that_hides_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--set", "check.ignore=['R008']"]) == 0
    assert "note[C034]: [check] ignore names R008" in capsys.readouterr().out


def test_check_of_a_pdf(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "x.pdf").write_bytes(b"%PDF-1.7\n")
    assert main(["check", "x.pdf"]) == 1
    assert capsys.readouterr().out.startswith("error[P080]")
    assert main(["check", "y.pdf"]) == 1
    assert capsys.readouterr().err.startswith("error[R001]")
    assert main(["check", "x.pdf", "--printer", "nosuch"]) == 2
    assert capsys.readouterr().err.startswith("error[C0")


def test_check_of_a_pdf_by_a_printer(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", ".", "print", "-q"]) == 0
    file = "build/The Kettle-print.pdf"
    capsys.readouterr()
    assert main(["check", file]) == 0
    assert main(["check", "--strict", file]) == 1
    assert "warning[P060]: KDP allows 24 to 776 pages" in capsys.readouterr().out
    assert main(["check", "--printer", "kdp", file, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert "P060" in [one["code"] for one in said["diagnostics"] if one["severity"] == "error"]
    assert said["checked"] == [file] and list(said["validators"]) == ["page-validation"]
    paper = ["--set", "output.print.paper=white"]
    main(["check", "--printer", "kdp", file, *paper])
    assert "KDP allows 24 to 828 pages" in capsys.readouterr().out


def test_check_of_a_book_looks_at_its_print(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", ".", "print", "-q"]) == 0
    capsys.readouterr()
    assert main(["check"]) == 0
    assert "checked: build/The Kettle-print.pdf" in capsys.readouterr().out


def test_strict_and_fail_on(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "kettle.md").write_bytes(TEXT.encode() + b"\x00bad\n")
    assert main(["check"]) == 0
    assert main(["check", "--strict"]) == 1
    assert main(["check", "--set", "check.fail-on=warning"]) == 1
    assert main(["check", "--strict", "--set", "check.ignore=['R007']"]) == 0


def test_check_says_what_validated(
    book: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bookforge.preflight.epub.validator.is_installed", lambda: False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "EPUBCheck: not installed" in lines and "Ace: not installed" in lines
    monkeypatch.setattr("bookforge.preflight.epub.validator.is_installed", lambda: True)
    assert main(["check", "--json"]) == 0
    used = json.loads(capsys.readouterr().out)["validators"]
    assert used["EPUBCheck"] == "installed; there is no finished EPUB"
    monkeypatch.setattr("bookforge.preflight.epub.validator.run_epubcheck", lambda path: [])
    assert main(["build", ".", "epub", "-q"]) == 0
    assert main(["check"]) == 0
    assert "EPUBCheck: ran on build/The Kettle.epub" in capsys.readouterr().out


def test_check_for_an_unknown_printer(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--printer", "nosuch", "--format", "short"]) == 2
    assert capsys.readouterr().err.startswith("--printer: error[C0")


# --- title and author


@pytest.mark.parametrize(
    ("settings", "name", "title", "author"),
    [
        (
            'title = "From Settings"\nauthor = "S. Etting"\n',
            "text.md",
            "From Settings",
            "S. Etting",
        ),
        ("", "the-red-kettle.md", "The Red Kettle", ""),
    ],
)
def test_outline_says_title_and_author(
    settings: str,
    name: str,
    title: str,
    author: str,
    book: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (book / name).write_text("# 1. Steam\n\nIt boils.\n\n# 2. Tea\n\nThey drank.\n", "utf-8")
    text = f'[book]\n{settings}[manuscript]\nfiles = "{name}"\n'
    (book / "book.toml").write_text(text, encoding="utf-8")
    for words in ([], [name]) if not settings else ([],):
        assert main(["outline", "--json", *words]) == 0
        data = json.loads(capsys.readouterr().out)
        assert (data["title"], data["author"]) == (title, author)
        assert main(["outline", *words]) == 0
        assert capsys.readouterr().out.startswith(f"{title} — {author or 'no author'} (en-US)\n")


# --- options that mean something


def test_output_where_nothing_is_put(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["typogrify", "kettle.md"], ["init", "new"]):
        assert main([*words, "-o", "there"]) == 2
        assert capsys.readouterr().err.startswith("error: --output means nothing here: ")
        assert main([words[0], "--help"]) == 0
        assert "--output" not in capsys.readouterr().out
    assert not (book / "new").exists()


def test_a_report_into_a_file(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", ".", "epub", "--report=r.txt", "--json"]) == 0
    assert "files" in json.loads(capsys.readouterr().out)
    assert (book / "r.txt").read_text(encoding="utf-8").startswith("Files\n")


@pytest.mark.parametrize("words", [["--report", "r.txt"], [".", "--report", "r.txt"]])
def test_a_report_with_a_blank(
    words: list[str], book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", *words]) == 2
    assert "--report=r.txt" in capsys.readouterr().err


def test_no_doubts_make_no_file(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (book / "kettle.md").write_text("# One\n\nThey drank.\n", encoding="utf-8")
    assert main(["typogrify", "--doubts", "."]) == 0
    assert capsys.readouterr().out == "there is no doubtful mark, and nothing was written\n"
    assert main(["typogrify", "--doubts", ".", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"file": None, "doubts": 0, "added": 0}
