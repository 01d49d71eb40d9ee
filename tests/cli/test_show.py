"""How a finding looks to a person."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.diagnostics import Diagnostic, Hint, Severity
from bookforge.source import SourceMap


def _show(text: str, start: int, end: int, *hints: Hint) -> str:
    sources = SourceMap()
    file = sources.add(Path("novel.txt"), text)
    found = Diagnostic("T012", Severity.WARNING, "what is wrong", file.span(start, end), hints)
    return show.human(found, sources)


def test_line_caret_and_hint() -> None:
    text = 'One.\nHe turned away." The door was shut.\n'
    assert _show(text, 20, 21, Hint("the paragraph opens no quotation")) == (
        "warning[T012]: what is wrong\n"
        " --> novel.txt:2:16\n"
        "  |\n"
        '2 | He turned away." The door was shut.\n'
        "  |                ^\n"
        "   = hint: the paragraph opens no quotation"
    )


def test_the_caret_knows_wide_letters_accents_and_tabs() -> None:
    assert _show("日本語x", 3, 4).splitlines()[-1] == "  |       ^"
    assert _show("e\u0301x", 2, 3).splitlines()[-1] == "  |  ^"
    assert _show("\tx", 1, 2).splitlines()[-2:] == ["1 |  x", "  |  ^"]


def test_of_a_long_paragraph_only_the_place_is_shown() -> None:
    text = "word " * 400 + "HERE " + "word " * 400
    lines = _show(text, 2000, 2004).splitlines()
    quoted, caret = lines[-2], lines[-1]
    assert len(quoted) < 90
    assert quoted.startswith("1 | … word") and quoted.endswith(" …")
    assert quoted[caret.index("^") : caret.rindex("^") + 1] == "HERE"


def test_a_word_without_spaces_as_long_as_a_paragraph() -> None:
    lines = _show("x" * 5000, 2500, 5000).splitlines()
    assert all(len(line) < 100 for line in lines)


def test_a_finding_without_a_place() -> None:
    found = Diagnostic("R001", Severity.ERROR, "x.txt does not exist", file="x.txt")
    expected = "error[R001]: x.txt does not exist\n --> x.txt"
    assert show.human(found, SourceMap()) == expected
    assert show.short(found, SourceMap()) == "x.txt: error[R001]: x.txt does not exist"


def test_many_of_a_kind_are_counted() -> None:
    run = Run()
    file = run.sources.add(Path("a.txt"), "x" * 50)
    run.found = [
        Diagnostic("T012", Severity.WARNING, "odd", file.span(at, at + 1)) for at in range(40)
    ]
    stream = io.StringIO()
    show.show_findings(run, stream)
    text = stream.getvalue()
    assert text.count("warning[T012]") == 8
    assert "… and 32 more T012 (all of them: -v)\n40 warnings\n" in text


@pytest.mark.parametrize(("quiet", "shown"), [(False, 2), (True, 1)])
def test_quiet_shows_errors_alone(quiet: bool, shown: int) -> None:
    run = Run(quiet=quiet)
    run.found = [
        Diagnostic("R008", Severity.NOTE, "guessed", file="a"),
        Diagnostic("R001", Severity.ERROR, "missing", file="a"),
    ]
    stream = io.StringIO()
    show.show_findings(run, stream)
    assert stream.getvalue().count("-->") == shown


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run()
    run.found = [Diagnostic("R001", Severity.ERROR, "missing", file="a")]
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal, pipe = _Terminal(), io.StringIO()
    show.show_findings(run, terminal)
    show.show_findings(run, pipe)
    assert "\x1b[" in terminal.getvalue()
    assert "\x1b[" not in pipe.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = _Terminal()
    show.show_findings(run, plain)
    assert plain.getvalue() == pipe.getvalue()
