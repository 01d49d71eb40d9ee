"""The diff of a clean-up: a valid patch, and the changed characters marked on a terminal."""

from __future__ import annotations

from bookforge.cli.comparing import compare, paint

BEFORE = 'One.\n\n"It\'s so."\n\nTwo.\n'
AFTER = "One.\n\n“It’s so.”\n\nTwo.\n"


def test_a_patch() -> None:
    assert "".join(compare(BEFORE, AFTER, "n.txt")) == (
        '--- n.txt\n+++ n.txt (clean)\n@@ -2,3 +2,3 @@\n \n-"It\'s so."\n+“It’s so.”\n \n'
    )


def test_a_last_line_without_an_end() -> None:
    lines = list(compare('"a"', "“a”", "n.txt"))
    assert lines[-1] == "+“a”\n\\ No newline at end of file\n"


def test_changed_characters_are_turned_round() -> None:
    painted = "".join(paint(list(compare(BEFORE, AFTER, "n.txt"))))
    assert "\x1b[31m-\x1b[7m\"\x1b[27mIt\x1b[7m'\x1b[27ms so." in painted
    assert "\x1b[32m+\x1b[7m“\x1b[27mIt\x1b[7m’\x1b[27ms so." in painted
    plain = "".join(compare(BEFORE, AFTER, "n.txt"))
    for code in ("31m", "32m", "7m", "27m", "0m"):
        painted = painted.replace(f"\x1b[{code}", "")
    assert painted == plain


def test_nothing_to_change() -> None:
    assert list(paint(list(compare("a", "a", "n.txt")))) == []
