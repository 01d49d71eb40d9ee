"""The text of decisions.toml: what is understood, what is reported, what is added."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.decisions import Decision, Key, OpenDoubt, add_doubts, key_at, parse_decisions
from bookforge.diagnostics import Diagnostic, Severity, Span
from bookforge.source import SourceMap

GOOD = """\
# mine
[[decision]]
mark = "'"          # the first
before = "at the"
after = "old place"
choose = "apostrophe"
"""
KEY = Key("'", "at the", "old place")


def parse(text: str) -> tuple[tuple[Decision, ...], list[Diagnostic], SourceMap]:
    sources, said = SourceMap(), list[Diagnostic]()
    file = sources.add(Path(".bookforge/decisions.toml"), text)
    return parse_decisions(file, said.append), said, sources


def test_a_decision_is_read() -> None:
    found, said, sources = parse(GOOD)
    assert [(one.key, one.occurrence, one.choose) for one in found] == [(KEY, 1, "apostrophe")]
    place = sources.locate(found[0].span)
    assert place and place.line == 2
    assert said == []


def test_curly_marks_and_spaces_are_the_same_key() -> None:
    found, _, _ = parse(GOOD.replace('"\'"', '"’"').replace("at the", " at   the "))
    assert found[0].key == KEY


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ('"apostrophe"', '"apostroph"', "apostroph cannot be chosen", 6),
        ('"apostrophe"', "3", "choose must be a text in quotes", 6),
        ("choose =", "chose =", "a decision has no key chose", 6),
        ('choose = "apostrophe"\n', "", "this decision lacks choose", 2),
        ('"\'"', '"x"', "mark is ' or \"", 3),
        ('"\'"', "'\"'", 'the mark " is never an apostrophe', 6),
        ("choose", "occurrence = 0\nchoose", "occurrence is a whole number from 1", 6),
        ("choose", "occurrence = true\nchoose", "occurrence is a whole number from 1", 6),
        ("[[decision]]", "[decision]", "decision has no meaning here", 2),
        ("[[decision]]", "[[decisions]]", "decisions has no meaning here", 2),
        ("[[decision]]\n", "decision = [1]\n[more]\n", "more has no meaning here", 3),
        ('"old place"', '"old place', "decisions.toml is no valid TOML: illegal character", 5),
    ],
)
def test_what_is_wrong_is_said_with_its_line(old: str, new: str, message: str, line: int) -> None:
    found, said, sources = parse(GOOD.replace(old, new, 1))
    assert found == ()
    assert said and said[0].code == "T005" and said[0].severity is Severity.ERROR
    assert said[0].message.startswith(message)
    place = sources.locate(said[0].span)
    assert place and place.line == line


def test_other_decisions_hold_beside_a_bad_one() -> None:
    found, said, _ = parse(GOOD.replace("apostrophe", "opn") + "\n" + GOOD)
    assert len(found) == 1 and len(said) == 1


def test_a_mark_decided_twice() -> None:
    found, said, _ = parse(GOOD + GOOD.replace("apostrophe", "open"))
    assert [one.choose for one in found] == ["apostrophe"]
    assert said[0].message == "this mark is decided twice; the first holds"


def test_the_key_is_made_of_words_only() -> None:
    assert key_at("We sat -- *at* the 'old  place', then.", 19) == Key(
        "'", "sat at the", "old place then"
    )
    assert key_at("'Tis", 0) == Key("'", "", "Tis")


def test_doubts_are_added_at_the_end_and_read_again() -> None:
    doubt = OpenDoubt(Key('"', 'a "b\\', "c"), 2, "opening", "closing", 0.3, Span(0, 0, 1))
    text = add_doubts(GOOD.rstrip("\n"), [doubt])
    assert text.startswith(GOOD)
    assert 'reading = "open"\nsecond = "close"\nchoose = ""\n' in text
    found, said, _ = parse(text)
    assert said == []
    assert (found[1].key, found[1].occurrence, found[1].choose) == (doubt.key, 2, "")


def test_line_ends_stay() -> None:
    doubt = OpenDoubt(KEY, 1, "opening", "closing", 0.3, Span(0, 0, 1))
    text = add_doubts("# mine\r\n", [doubt])
    assert text.count("\r\n") == text.count("\n")
