"""The diff of a clean-up: a valid patch, and the changed characters marked on a terminal."""

from __future__ import annotations

from bookforge.cli.comparing import compare

BEFORE = 'One.\n\n"It\'s so."\n\nTwo.\n'
AFTER = "One.\n\n“It’s so.”\n\nTwo.\n"


def test_a_patch() -> None:
    assert "".join(compare(BEFORE, AFTER, "n.txt")) == (
        '--- n.txt\n+++ n.txt (clean)\n@@ -2,3 +2,3 @@\n \n-"It\'s so."\n+“It’s so.”\n \n'
    )


def test_a_last_line_without_an_end() -> None:
    lines = list(compare('"a"', "“a”", "n.txt"))
    assert lines[-1] == "+“a”\n\\ No newline at end of file\n"


def test_old_and_new_stand_together() -> None:
    lines = list(compare("\"a\"\n\n'b'\nc\nd\ne\n'f'\n", "“a”\n\n‘b’\nc\nd\ne\n‘f’\n", "n"))
    assert lines[2:] == [
        *("@@ -1,4 +1,4 @@\n", '-"a"\n', "+“a”\n", " \n", "-'b'\n", "+‘b’\n", " c\n"),
        *("@@ -6,2 +6,2 @@\n", " e\n", "-'f'\n", "+‘f’\n"),
    ]


def test_changed_characters_are_turned_round() -> None:
    painted = "".join(compare(BEFORE, AFTER, "n.txt", coloured=True))
    assert "\x1b[31m-\x1b[7m\"\x1b[27mIt\x1b[7m'\x1b[27ms so." in painted
    assert "\x1b[32m+\x1b[7m“\x1b[27mIt\x1b[7m’\x1b[27ms so." in painted
    for code in ("31m", "32m", "7m", "27m", "0m"):
        painted = painted.replace(f"\x1b[{code}", "")
    assert painted == "".join(compare(BEFORE, AFTER, "n.txt"))


def test_nothing_to_change() -> None:
    assert list(compare("a", "a", "n.txt")) == []
