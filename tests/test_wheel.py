"""The wheel alone makes books: built here, installed elsewhere, used away from the checkout."""

from __future__ import annotations

import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout; the build backend is fetched, as by any `pip install .`."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    copy.mkdir()
    for name in ("bookforge", "pyproject.toml", "README.md", "LICENSE"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
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
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("no build backend to be had: offline")
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in a fresh environment that borrows only the dependencies from ours."""
    home = tmp_path_factory.mktemp("elsewhere") / "venv"
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
    ours = {path.as_posix() for path in data if "cache" not in str(path)}
    assert sorted(ours - set(names)) == []


def test_a_book_is_built_away_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "kettle.txt").write_text(
        'CHAPTER ONE\n\n"It boils," she said.\n\nCHAPTER TWO\n\nThey drank.\n', encoding="utf-8"
    )
    where = subprocess.run(
        [installed, "-c", "import bookforge; print(bookforge.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(installed.parent.parent) in where.stdout
    done = subprocess.run(
        [installed, "-m", "bookforge", "build", "kettle.txt"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = sorted(path.name for path in (tmp_path / "build").iterdir())
    assert made == [".bookforge.json", "Kettle-print.pdf", "Kettle.epub"]
