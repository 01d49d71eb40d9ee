"""The installed command in processes of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_RUN = [sys.executable, "-m", "bookforge"]
_HEAVY = (
    "pydantic",
    "reportlab",
    "ebooklib",
    "lxml",
    "PIL",
    "rich",
    "uharfbuzz",
    "fontTools",
    "psutil",
)


def _run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*_RUN, *arguments], input=stdin, capture_output=True, check=False)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from bookforge.cli.main import main; main(['--help']); "
        "main(['build', '--help']); main(['send', '--help']); "
        f"heavy = [name for name in {_HEAVY!r} if name in sys.modules]; "
        "sys.exit(' '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# What a book of plain text has no use for: web clients, other formats, what is not asked for.
_NEEDLESS = (
    "annotated_types",
    "bookforge.cli.sideload",
    "bookforge.config.wording",
    "bookforge.devices",
    "bookforge.readers.docx",
    "bookforge.readers.html",
    "bookforge.send",
    "bookforge.serve",
    "charset_normalizer",
    "docx",
    "email",
    "fontTools",
    "http.client",
    "psutil",
    "pydantic",
    "rich",
    "ssl",
    "stdnum",
    "urllib.request",
    "xml.sax",
)
_FOR_PAPER = ("bookforge.render.epub", "ebooklib", "lxml", "PIL.ImageMath", "PIL.ImageOps")
_FOR_READERS = ("bookforge.preflight", "bookforge.render.pdf", "bookforge.typeset", "pikepdf")


@pytest.mark.parametrize(
    ("target", "needless"),
    [("print", _NEEDLESS + _FOR_PAPER), ("epub", (*_NEEDLESS, *_FOR_READERS, "reportlab"))],
)
def test_a_build_loads_what_it_needs(
    target: str, needless: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "emma.md").write_text('# One\n\nShe had "two" words.\n', encoding="utf-8")
    settings = "[manuscript]\nfiles = 'emma.md'\n[output.epub]\npage-list = false\n"
    (tmp_path / "book.toml").write_text(settings, encoding="utf-8")
    code = (
        "import sys; from bookforge.cli.main import main; "
        f"done = main(['build', {str(tmp_path)!r}, {target!r}, '--no-cache', '-q']); "
        f"heavy = [name for name in {needless!r} if name in sys.modules]; "
        "sys.exit(' '.join(heavy) or done)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_version_loads_no_parser() -> None:
    code = (
        "import sys; from bookforge.cli.main import main; main(['--version']); "
        "sys.exit('typer' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_typogrify_is_a_filter() -> None:
    text = 'He said "no" -- twice...\r\n\r\nIt\'s 1914-1918.\r\n'
    done = _run("typogrify", "--report", "--json", stdin=text.encode())
    assert done.returncode == 0
    assert done.stdout.decode() == "He said “no”—twice…\r\n\r\nIt’s 1914–1918.\r\n"
    report = json.loads(done.stderr)
    assert set(report) == {"rules", "doubts"}


def test_a_pipe_that_closes_early_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("Some words.\n\n" * 20_000, encoding="utf-8")
    command = f"{sys.executable} -m bookforge typogrify {tmp_path / 'long.txt'} | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"Some words.\n", b"")


def test_typogrify_knows_markdown_by_its_ending(tmp_path: Path) -> None:
    text = '# "One" -- two\n\n    code = "as it is"\n\nShe said "*no*".\n'
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    done = _run("typogrify", str(tmp_path / "a.md"))
    assert 'code = "as it is"' in done.stdout.decode()
    assert "She said “*no*”." in done.stdout.decode()
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == text


def test_typogrify_shows_what_would_change(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Plain.\n\n'Tis so.\n", encoding="utf-8")
    lines = _run("typogrify", str(tmp_path / "a.txt"), "--diff").stdout.decode().splitlines()
    assert lines[-3:] == [" ", "-'Tis so.", "+’Tis so."]


def test_typogrify_refuses_unknown_quotes_and_languages() -> None:
    done = _run("typogrify", "--quotes", "triple", stdin=b"x")
    assert (done.returncode, done.stderr[:12]) == (2, b"error[C036]:")
    done = _run("typogrify", "--language", "Klingon", stdin=b"x")
    assert (done.returncode, done.stderr[:12]) == (2, b"error[C006]:")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("bookforge bui", ["build"]),
        ("bookforge build . pr", ["print", "proof"]),
        ("bookforge explain C00", 9),
    ],
)
def test_completion(line: str, expected: list[str] | int) -> None:
    settings = {
        "_BOOKFORGE_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - 1),
    }
    done = subprocess.run(
        _RUN, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )
    found = done.stdout.split()
    assert found == expected or len(found) == expected


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is Linux's to imitate")
@pytest.mark.parametrize("arguments", [("explain", "C005"), ("fonts", "--json")])
def test_a_full_disk_behind_the_output_is_said(arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*_RUN, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "error: the output cannot be written: No space left on device\n"
    )


# --- streams that take nothing


@pytest.fixture
def kettle(tmp_path: Path) -> Path:
    text = "".join(f"CHAPTER {n}\n\n{'It boiled. ' * 40}\n\n" for n in ("ONE", "TWO", "THREE"))
    (tmp_path / "kettle.txt").write_text(text, encoding="utf-8")
    return tmp_path


def _shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = command.replace("bookforge", f"{sys.executable} -m bookforge", 1)
    line = ["bash", "-o", "pipefail", "-c", command]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "command",
    [
        "bookforge outline kettle.txt >&-",
        "bookforge outline kettle.txt > /dev/full",
        "bookforge typogrify kettle.txt > /dev/full",
        "bookforge build kettle.txt epub --json > /dev/full",
        "bookforge explain C001 >&-",
        "bookforge --help > /dev/full",
        "bookforge --version > /dev/full",
    ],
)
def test_output_that_cannot_be_written(command: str, kettle: Path) -> None:
    done = _shell(command, kettle)
    assert done.returncode == 1
    assert done.stderr.startswith("error: the output cannot be written: ")
    assert done.stderr.count("\n") == 1


def test_output_needed_by_none(kettle: Path) -> None:
    assert _shell("bookforge build kettle.txt epub -q >&-", kettle).returncode == 0


@pytest.mark.parametrize("stream", ["2>&-", "0<&-", "0<&- 2>&-"])
def test_messages_may_go_nowhere(stream: str, kettle: Path) -> None:
    done = _shell(f"bookforge build kettle.txt epub {stream}", kettle)
    assert (done.returncode, done.stderr) == (0, "")
    assert (kettle / "build" / "Kettle.epub").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("end", ["2>&-", "2>/dev/full", "> /dev/full 2>&1"])
def test_a_failure_that_cannot_be_told(end: str, kettle: Path) -> None:
    done = _shell(f"bookforge build nowhere.txt {end}", kettle)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")


def test_a_reader_that_goes_away_is_no_failure(kettle: Path) -> None:
    text = "".join(f"CHAPTER {n}\n\n{'It boiled. ' * 40}\n\n" for n in range(1, 2000))
    (kettle / "long.txt").write_text(text, encoding="utf-8")
    done = _shell("bookforge outline long.txt --json | head -n 1", kettle)
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")


# --- progress


def test_no_progress_on_a_pipe(kettle: Path) -> None:
    done = _shell("bookforge build kettle.txt epub 2>&1", kettle)
    assert done.returncode == 0
    assert "…" not in done.stdout and "\x1b" not in done.stdout


@pytest.mark.skipif(shutil.which("script") is None, reason="needs script(1)")
def test_progress_on_a_terminal(kettle: Path) -> None:
    line = f"{sys.executable} -m bookforge build kettle.txt epub > out.txt"
    done = subprocess.run(
        ["script", "-qec", line, "/dev/null"],
        cwd=kettle,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TERM": "xterm"},
    )
    assert done.returncode == 0
    assert "epub …" in done.stdout
    assert (kettle / "out.txt").read_text(encoding="utf-8").startswith("build/Kettle.epub  (")
