"""Ace where it is installed: its findings with their places, and what happens when it breaks."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import novella
import pytest

from bookforge.diagnostics import Span
from bookforge.preflight.epub import ace
from bookforge.preflight.epub.places import Place, locate_nothing


def assertion(rule: str, impact: str, html: str) -> dict[str, object]:
    test = {"dct:title": rule, "earl:impact": impact}
    result = {"dct:description": "Fix it.\n  More words.", "html": html}
    return {"earl:test": test, "earl:result": result}


REPORT = {
    "assertions": [
        {
            "earl:testSubject": {"url": "text/chapter-1.xhtml"},
            "assertions": [
                assertion("image-alt", "critical", "<img/>"),
                assertion("image-alt", "critical", "<img id='2'/>"),
                assertion("metadata", "moderate", ""),
            ],
        }
    ]
}
Fake = Callable[[str], None]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Puts a program called ace-cli on the path that does what a line of shell says."""

    def make(line: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "ace-cli"
        program.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    return make


def test_findings_by_rule_with_their_places(fake: Fake, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps(REPORT), encoding="utf-8")
    fake(f'cp "{tmp_path}/report.json" "$4/report.json"')
    asked: list[Place] = []

    def locate(place: Place) -> Span | None:
        asked.append(place)
        return Span(0, 1, 2)

    found = list(ace.inspect(tmp_path / "book.epub", locate))
    told = sorted((one.code, one.message) for one in found)
    assert told == [
        ("A040", "Ace image-alt, critical: Fix it (2 times)"),
        ("A041", "Ace metadata, moderate: Fix it"),
    ]
    assert {one.span for one in found} == {Span(0, 1, 2)}
    assert Place("EPUB/text/chapter-1.xhtml", 0, "<img/>") in asked


@pytest.mark.parametrize("line", ["echo broken >&2; exit 1", 'echo "{" > "$4/report.json"'])
def test_no_answer_is_said(line: str, fake: Fake, tmp_path: Path) -> None:
    fake(line)
    (found,) = ace.inspect(tmp_path / "book.epub", locate_nothing)
    assert found.code == "A042"


def test_not_installed_counts_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ace.find_program() is None
    assert list(ace.inspect(tmp_path / "book.epub", locate_nothing)) == []


@pytest.mark.slow
@pytest.mark.skipif(ace.find_program() is None, reason="Ace is not installed (npm, @daisy/ace)")
def test_the_real_one_finds_nothing(tmp_path: Path, picture: Path) -> None:
    context, _ = novella.make_context(tmp_path)
    path = tmp_path / "book.epub"
    pages = novella.page_map(("1", 6, -1), ("2", 8, 9))
    document = novella.everything(picture)
    path.write_bytes(novella.make_book(document, novella.METADATA, context, pages))
    assert list(ace.inspect(path, locate_nothing)) == []
