"""The writer's decisions: found again by their words, obeyed, stale ones reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.cli.main import main
from bookforge.decisions import Decision, Key
from bookforge.languages.base import load_language
from bookforge.model.walk import inline_runs, plain
from bookforge.passes.typography.apply import apply_edits
from bookforge.passes.typography.decide import find_places
from bookforge.passes.typography.find import find_all
from bookforge.passes.typography.settings import Settings
from bookforge.pipeline import Request, find_book, prepare

LINE = "\"I met 'Arry at the 'old place by 'is house' and 'ome,' he said."
KEY = Key("'", "Arry at the", "old place by")
BOOK = '[book]\ntitle = "T"\nauthor = "A"\n[manuscript]\nfiles = {files}\n'
DECISION = """\
[[decision]]
mark = "'"
before = "Arry at the"
after = "old place by"
occurrence = {number}
choose = "{choose}"
"""


def set_line(text: str, choose: str, **settings: str) -> str:
    choices, stale = find_places([text], [Decision(KEY, 1, choose)])
    assert stale == []
    found = find_all([text], load_language("en-US"), Settings(**settings), choices)  # type: ignore[arg-type]
    return apply_edits(text, found.edits[0])


@pytest.mark.parametrize(
    ("choose", "glyph"), [("open", "‘"), ("close", "’"), ("apostrophe", "’"), ("prime", "′")]
)
def test_a_choice_is_obeyed(choose: str, glyph: str) -> None:
    assert f"at the {glyph}old" in set_line(LINE, choose)


def test_a_choice_turns_a_curly_mark_too() -> None:
    line = "We met 'Arry at the ‘old place by the road."
    assert set_line(line, "apostrophe") == "We met ’Arry at the ’old place by the road."


def test_spaces_do_not_matter() -> None:
    assert "at the  ’old" not in set_line(LINE.replace("the ", "the  "), "apostrophe")
    assert "at the ’old" in set_line(LINE.replace("the ", "the  "), "apostrophe")


def test_no_doubt_is_left_where_the_writer_has_chosen() -> None:
    choices, _ = find_places([LINE], [Decision(KEY, 1, "apostrophe")])
    found = find_all([LINE], load_language("en-US"), Settings(), choices)
    assert LINE.index("'old") not in [one.offset for one in found.doubts[0]]


def test_equal_places_are_counted() -> None:
    choices, stale = find_places([LINE, "Other.", LINE], [Decision(KEY, 2, "open")])
    assert list(choices) == [2] and stale == []
    _, stale = find_places([LINE], [Decision(KEY, 2, "open")])
    assert len(stale) == 1


def test_an_open_decision_changes_nothing_and_is_never_stale() -> None:
    assert find_places(["Nothing here."], [Decision(KEY, 1, "")]) == ({}, [])


# --- a book on disk


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "book.toml").write_text(BOOK.format(files='"n.txt"'), encoding="utf-8")
    (tmp_path / "n.txt").write_text(f"CHAPTER ONE\n\n{LINE}\n\nShe left.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def decide(folder: Path, choose: str, number: int = 1) -> None:
    (folder / ".bookforge").mkdir(exist_ok=True)
    text = DECISION.format(choose=choose, number=number)
    (folder / ".bookforge" / "decisions.toml").write_text(text, encoding="utf-8")


def words_of(folder: Path) -> tuple[str, list[str]]:
    codes: list[str] = []
    book = find_book(Request(folder), lambda one: None)
    done = prepare(book, lambda one: codes.append(one.code))
    runs = (run for part in done.document.sections for run in inline_runs(part.blocks))
    return "\n".join(map(plain, runs)), codes


def test_a_build_obeys(folder: Path) -> None:
    decide(folder, "apostrophe")
    assert "at the ’old" in words_of(folder)[0]
    decide(folder, "open")
    text, codes = words_of(folder)
    assert "at the ‘old" in text and "T004" not in codes


def test_edits_elsewhere_lose_nothing(folder: Path) -> None:
    decide(folder, "prime")
    typed = (folder / "n.txt").read_text(encoding="utf-8")
    (folder / "n.txt").write_text(typed.replace("\n\n", '\n\n"New," he said.\n\n', 1), "utf-8")
    assert "at the ′old" in words_of(folder)[0]


def test_a_stale_decision_is_reported(folder: Path) -> None:
    decide(folder, "open", number=2)
    assert "T004" in words_of(folder)[1]


def test_a_bare_manuscript_has_no_decisions(folder: Path) -> None:
    decide(folder, "prime")
    assert "′" not in words_of(folder / "n.txt")[0]


def test_doubts_are_listed_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["typogrify", "--doubts"]) == 0
    ledger = folder / ".bookforge" / "decisions.toml"
    text = ledger.read_text(encoding="utf-8")
    assert 'after = "and ome he"\noccurrence = 1\nreading = "apostrophe"\n' in text
    ledger.write_text("# mine\n" + text, encoding="utf-8")
    assert main(["typogrify", "--doubts", str(folder), "--json"]) == 0
    assert ledger.read_text(encoding="utf-8") == "# mine\n" + text
    assert '"added": 0' in capsys.readouterr().out


def test_a_faulty_ledger_is_not_added_to(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(folder, "opn")
    before = (folder / ".bookforge" / "decisions.toml").read_bytes()
    assert main(["typogrify", "--doubts"]) == 1
    assert (folder / ".bookforge" / "decisions.toml").read_bytes() == before
    assert "error[T005]: opn cannot be chosen" in capsys.readouterr().err


def test_a_ledger_that_is_no_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decide(folder, "open")
    (folder / ".bookforge" / "decisions.toml").write_bytes(b"\xff\xfe\x00")
    assert main(["build", ".", "epub"]) == 1
    assert "error[R005]" in capsys.readouterr().err


def test_doubts_of_a_bare_manuscript(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["typogrify", "--doubts", "n.txt"]) == 2
    assert "error[C037]" in capsys.readouterr().err
    assert not (folder / ".bookforge").exists()


def test_the_filter_obeys_the_book_that_the_file_is_part_of(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(folder, "prime")
    assert main(["typogrify", "n.txt"]) == 0
    assert "at the ′old" in capsys.readouterr().out
    (folder / "other.txt").write_text(LINE, encoding="utf-8")
    assert main(["typogrify", "other.txt"]) == 0
    assert "′" not in capsys.readouterr().out


def test_the_filter_counts_earlier_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = '["n.txt", "b.md"]'
    (folder / "book.toml").write_text(BOOK.format(files=files), encoding="utf-8")
    (folder / "b.md").write_text(f"# Two\n\n{LINE.replace('place', '*place*')}\n", encoding="utf-8")
    decide(folder, "prime", number=2)
    assert main(["typogrify", "b.md"]) == 0
    assert "at the ′old *place*" in capsys.readouterr().out
    assert main(["typogrify", "n.txt"]) == 0
    assert "′" not in capsys.readouterr().out
    assert "at the ′old" in words_of(folder)[0].split("\n")[-1]
