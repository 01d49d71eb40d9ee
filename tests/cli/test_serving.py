"""`bookforge serve` as a writer runs it: what it says, what it refuses, how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from bookforge.cli.main import main
from bookforge.diagnostics import Diagnostic, Severity
from bookforge.serve import network
from bookforge.serve.guard import Guard
from bookforge.serve.server import make_server
from tests.serve.asking import KOBO
from tests.serve.books import metadata, write_epub

TEXT = "The Red Kettle\n\nby A. Writer\n\nCHAPTER ONE\n\nIt boiled.\n\nCHAPTER TWO\n\nIt {}.\n"


@pytest.fixture
def kettle(tmp_path: Path) -> Path:
    path = tmp_path / "kettle.txt"
    path.write_text(TEXT.format("cooled"))
    return path


def _fails(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["serve", *arguments])
    return code, capsys.readouterr().err


def test_without_the_packages(
    kettle: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, said = _fails([str(kettle)], capsys)
    assert code == 1
    assert "error[D060]" in said
    assert "pip install 'bookforge[serve]'" in said


def test_a_folder_without_books(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.epub").write_bytes(b"x")
    code, said = _fails([str(tmp_path), "--port", "0"], capsys)
    assert code == 1
    assert "error[D061]" in said
    assert "warning[D065]: broken.epub is not served: it is damaged" in said


def test_a_port_that_is_taken(kettle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with network.open_socket(lan=False, port=0) as taken:
        code, said = _fails([str(kettle), "--port", str(taken.getsockname()[1])], capsys)
    assert code == 1
    assert "error[D062]" in said


def test_a_password_from_nowhere(
    kettle: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BOOKFORGE_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: PTH123, SIM115
    code, said = _fails([str(kettle), "--password"], capsys)
    assert code == 2
    assert "error[D063]" in said


def test_what_is_shown_on_a_network(
    kettle: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything but the server itself."""

    @contextmanager
    def announce(
        addresses: list[str], port: int, title: str, report: Callable[[Diagnostic], None]
    ) -> Iterator[str]:
        report(Diagnostic("D064", Severity.NOTE, "nobody hears us"))
        yield "bookforge.local"

    monkeypatch.setattr("bookforge.serve.server.run", lambda app, listening: None)
    monkeypatch.setattr(network, "list_addresses", lambda: ["192.168.1.20", "10.0.0.2"])
    monkeypatch.setattr(network, "announce", announce)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert main(["serve", str(kettle), "--lan", "--port", "0"]) == 0
    said = capsys.readouterr()
    lines = [line.split()[0] for line in said.out.splitlines() if line.startswith("  http")]
    assert [line.split("//")[1].split(":")[0] for line in lines] == [
        "192.168.1.20",
        "10.0.0.2",
        "bookforge.local",
        "192.168.1.20",
    ]
    assert lines[-1].endswith("/opds")
    assert said.out.count("█") > 100
    assert "note[D064]: nobody hears us" in said.err


def test_without_a_network(
    kettle: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bookforge.serve.server.run", lambda app, listening: None)
    monkeypatch.setattr(network, "list_addresses", list)
    assert main(["serve", str(kettle), "--lan", "--port", "0", "-q"]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")
    assert main(["serve", str(kettle), "--lan", "--port", "0"]) == 0
    assert "warning[D066]" in capsys.readouterr().err


def test_a_book_that_breaks_while_it_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_epub(tmp_path / "good.epub", metadata("Good"))

    def run(app: Guard, listening: socket.socket) -> None:
        (tmp_path / "bad.epub").write_bytes(b"bad")
        server = make_server(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        assert b"Good" in _get(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        server.should_exit = True
        thread.join()

    monkeypatch.setattr("bookforge.serve.server.run", run)
    assert main(["serve", str(tmp_path), "--port", "0"]) == 0
    assert "bad.epub is not served: it is damaged" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--port", "70000"], 2), (["--output", "x"], 2), (["nowhere.txt", "--port", "0"], 1)],
)
def test_wrong_command_lines(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _fails(arguments, capsys)[0] == code


Served = tuple[Any, subprocess.Popen[str]]


@contextmanager
def _served(folder: Path, *arguments: str, **environment: str) -> Iterator[Served]:
    """The command in a process of its own, and what it says on standard output."""
    command = [sys.executable, "-m", "bookforge", "serve", *arguments, "--port", "0", "--json"]
    root = Path(__file__).parents[2]
    variables = {**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(folder), **environment}
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command, cwd=folder, env=variables, stdout=pipe, stderr=pipe, text=True
    )
    try:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line == "}\n":
                break
        yield json.loads(said), process
    finally:
        process.kill()
        process.communicate()


def _get(url: str, **headers: str) -> bytes:
    with urlopen(Request(url, headers=headers), timeout=30) as answer:
        data = answer.read()
        assert isinstance(data, bytes)
        return data


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_from_manuscript_to_reader_and_again(kettle: Path) -> None:
    folder = kettle.parent
    before = _names(folder)
    with _served(folder, "kettle.txt") as (said, process):
        url = said["urls"][0]
        assert url.startswith("http://127.0.0.1:")
        (book,) = said["books"]
        assert (book["title"], book["authors"]) == ("The Red Kettle", ["A. Writer"])
        assert sorted(book["formats"]) == ["epub", "kepub", "pdf"]
        page = _get(url, Accept="text/html").decode()
        assert "The Red Kettle" in page
        assert "/The-Red-Kettle.kepub.epub" in _get(url, **KOBO).decode()
        path = page.partition('class="get" href="/')[2].partition('"')[0]
        assert path.endswith("/The-Red-Kettle.epub")
        first = _get(url + path)
        assert first == _get(url + path)
        kettle.write_text(TEXT.format("froze"))
        for _ in range(40):
            if _get(url + path) != first:
                break
            time.sleep(0.25)
        assert _get(url + path) != first
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 130
        assert errors.strip() == "interrupted"
    assert _names(folder) == before  # Nothing is left, beside the manuscript or for ourselves.


def test_a_library_with_a_password_ends_when_it_is_told_to(tmp_path: Path) -> None:
    write_epub(tmp_path / "a.epub", metadata("One"))
    write_epub(tmp_path / "b.epub", metadata("Two"))
    with _served(tmp_path, "--password", ".", BOOKFORGE_PASSWORD="x") as (said, process):
        assert [book["title"] for book in said["books"]] == ["One", "Two"]
        port = int(said["opds"].rpartition(":")[2].partition("/")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert line.recv(100).startswith(b"HTTP/1.1 401")
        feed = _get(said["opds"], Authorization="Basic Ong=")
        assert b"<title>Two</title>" in feed
        process.terminate()
        process.communicate(timeout=30)
        assert process.returncode == 130


def test_it_ends_though_somebody_is_reading(tmp_path: Path) -> None:
    with (tmp_path / "long.pdf").open("wb") as file:
        file.truncate(60_000_000)
    with _served(tmp_path, "long.pdf") as (said, process):
        port = int(said["opds"].rpartition(":")[2].partition("/")[0])
        path = f"/books/{said['books'][0]['id']}/long.pdf"
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert line.recv(100).startswith(b"HTTP/1.1 200")
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors.strip()) == (130, "interrupted")
