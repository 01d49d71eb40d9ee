"""The wheel alone makes books: built here, installed elsewhere, used away from the checkout."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


# What builds of the kernel leave in the checkout.
_MADE = ("__pycache__", "*.c", "*.so", "*.pyd")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout."""
    return _build(tmp_path_factory.mktemp("wheel"), {})


def _build(folder: Path, more: Mapping[str, str]) -> Path:
    """A wheel; the build backend is fetched, as by any `pip install .`."""
    copy = folder / "checkout"
    copy.mkdir()
    for name in ("bookforge", "pyproject.toml", "setup.py", "README.md", "LICENSE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns(*_MADE))
        else:
            shutil.copy(source, copy / name)
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "-w",
        folder,
        copy,
    ]
    environment = {**os.environ, **more}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("no build backend to be had: offline")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _install(wheel, tmp_path_factory.mktemp("elsewhere"))


def _install(wheel: Path, folder: Path) -> Path:
    """The command in a fresh environment that borrows only the dependencies from ours."""
    home = folder / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    packages = next(home.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    borrowed = "".join(f"{folder}\n" for folder in site.getsitepackages())
    (packages / "borrowed.pth").write_text(borrowed, encoding="utf-8")
    return python


def test_data_files_are_inside(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "bookforge/config/book.schema.json",
        "bookforge/devices/devices.toml",
        "bookforge/languages/en.toml",
        "bookforge/themes/classic/theme.toml",
        "bookforge/themes/classic/epub.css",
    ):
        assert name in names
    data = [path.relative_to(ROOT) for path in (ROOT / "bookforge").rglob("*") if path.is_file()]
    made = {".c", ".so", ".pyd"}
    ours = {path.as_posix() for path in data if "cache" not in str(path)}
    ours = {name for name in ours if Path(name).suffix not in made}
    assert sorted(ours - set(names)) == []


def test_a_book_is_built_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [installed, "-c", "import bookforge; print(bookforge.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed.parent.parent) in where.stdout
    _make_book(installed, tmp_path)


@pytest.mark.slow
def test_without_a_compiler_the_same_books_are_made(
    installed: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bare")
    wheel = _build(folder, {"CC": "no-compiler-of-this-name"})
    assert not [
        name for name in zipfile.ZipFile(wheel).namelist() if name.endswith((".so", ".pyd"))
    ]
    bare = _make_book(_install(wheel, folder), tmp_path_factory.mktemp("without"))
    assert bare == _make_book(installed, tmp_path_factory.mktemp("with"))


def _make_book(python: Path, folder: Path) -> list[tuple[str, bytes]]:
    """The books that an installation makes of a short text, by name."""
    (folder / "kettle.txt").write_text(
        'CHAPTER ONE\n\n"It boils," she said.\n\nCHAPTER TWO\n\nThey drank.\n', encoding="utf-8"
    )
    done = subprocess.run(
        [python, "-m", "bookforge", "build", "kettle.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = sorted((folder / "build").iterdir())
    assert [path.name for path in made] == [".bookforge.json", "Kettle-print.pdf", "Kettle.epub"]
    return [(path.name, path.read_bytes()) for path in made if path.suffix != ".json"]
