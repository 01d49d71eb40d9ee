"""The same input gives the same bytes: whatever the hash seed, time zone or folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.whole.books import run_bookforge

ROOT = Path(__file__).parents[2]
TARGETS = ("epub", "print", "screen")


def build_all(folder: Path, **environment: str) -> dict[str, bytes]:
    done = run_bookforge("build", str(folder), *TARGETS, "--no-cache", **environment)
    assert done.returncode == 0, done.stderr.decode()
    made = sorted((folder / "build").glob("[!.]*"))
    return {path.name: path.read_bytes() for path in made}


def copy_sample(folder: Path) -> Path:
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "book.toml", folder)
    shutil.copytree(ROOT / "manuscripts", folder / "manuscripts")
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = copy_sample(tmp_path_factory.mktemp("one") / "book")
    return build_all(folder, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")


def test_another_seed_zone_and_folder(first: dict[str, bytes], tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "elsewhere with spaces" / "bücher")
    again = build_all(folder, PYTHONHASHSEED="4242", TZ="Pacific/Kiritimati")
    assert sorted(first) == sorted(again) and first
    assert [name for name in first if first[name] != again[name]] == []


def test_source_date_epoch_is_honoured(first: dict[str, bytes], tmp_path: Path) -> None:
    folder = copy_sample(tmp_path / "book")
    dated = build_all(folder, SOURCE_DATE_EPOCH="1234567890")
    assert all(first[name] != dated[name] for name in first)
    pdf = next(data for name, data in dated.items() if name.endswith(".pdf"))
    assert b"20090213233130" in pdf
