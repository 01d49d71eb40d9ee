"""The archive: the same bytes for the same book, anywhere and any time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import novella
import pytest

from bookforge.diagnostics import BookError
from bookforge.render.epub.book import render

_PROGRAM = """
import hashlib, sys
from pathlib import Path
import novella
context, _ = novella.make_context(Path("."))
pages = novella.page_map(("1", 6, 0), ("2", 8, 9))
data = novella.make_book(novella.everything(), novella.METADATA, context, pages)
kepub = novella.make_kepub(novella.everything(), context, pages)
print(hashlib.sha256(data + kepub).hexdigest())
"""


_HERE = Path(__file__).parent
# Interpreters that have what bookforge needs, between colons.
PYTHONS = [path for path in os.environ.get("BOOKFORGE_PYTHONS", "").split(os.pathsep) if path]


def digest(folder: Path, seed: str, zone: str, python: str = sys.executable) -> str:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "PYTHONPATH": os.pathsep.join((str(_HERE), str(_HERE.parent.parent))),
    }
    command = [python, "-c", _PROGRAM]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def test_same_bytes_in_another_process_zone_and_folder(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    first = digest(tmp_path, "1", "UTC")
    assert first == digest(other, "77", "America/New_York")


@pytest.mark.slow
@pytest.mark.skipif(not PYTHONS, reason="BOOKFORGE_PYTHONS names no other Python")
@pytest.mark.parametrize("python", PYTHONS)
def test_same_bytes_with_another_python(python: str, tmp_path: Path) -> None:
    here = digest(tmp_path, "1", "UTC")
    assert digest(tmp_path, "2", "Asia/Tokyo", python) == here


def test_order_dates_and_modes(tmp_path: Path) -> None:
    context, _ = novella.make_context(tmp_path)
    data = novella.make_book(novella.everything(), novella.METADATA, context, None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    assert infos[0].filename == "mimetype"
    assert infos[0].compress_type == zipfile.ZIP_STORED
    assert data[38:58] == b"application/epub+zip"
    assert {info.date_time for info in infos} == {(2023, 11, 14, 22, 13, 20)}
    assert {info.external_attr >> 16 for info in infos} == {0o644}
    assert not any(info.extra for info in infos)


def test_the_file_appears_whole(tmp_path: Path) -> None:
    context, _ = novella.make_context(tmp_path)
    target = tmp_path / "book.epub"
    target.write_text("old")
    render(novella.everything(), novella.METADATA, {"epub": target}, context, None)
    assert zipfile.is_zipfile(target)
    assert [path.name for path in tmp_path.iterdir()] == ["book.epub"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    context, _ = novella.make_context(tmp_path)
    target = {"epub": tmp_path / "no/b.epub"}
    with pytest.raises(BookError) as caught:
        render(novella.everything(), novella.METADATA, target, context, None)
    assert caught.value.diagnostics[0].code == "O001"
