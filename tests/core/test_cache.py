"""Results kept for the next build: what was put in comes back, damage counts as nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bookforge import cache
from bookforge.cache import Cache, make_key, open_cache


def _filled(path: Path, **values: bytes) -> Cache:
    filled = Cache(path)
    for key, value in values.items():
        filled.put(key.encode(), value)
    filled.save()
    return filled


def test_what_was_put_in_comes_back(tmp_path: Path) -> None:
    _filled(tmp_path / "a.cache", one=b"1", two=b"2" * 100_000)
    again = Cache(tmp_path / "a.cache")
    assert again.get(b"one") == b"1"
    assert again.get(b"two") == b"2" * 100_000
    assert again.get(b"three") is None


def test_what_no_build_asks_for_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.cache"
    _filled(path, one=b"1", two=b"2")
    second = Cache(path)
    second.get(b"two")
    second.save()
    third = Cache(path)
    assert (third.get(b"one"), third.get(b"two")) == (None, b"2")


@pytest.mark.parametrize("at", [0, 10, 25, -1])
def test_a_damaged_file_counts_as_empty(tmp_path: Path, at: int) -> None:
    path = tmp_path / "a.cache"
    _filled(path, one=b"1" * 100)
    data = bytearray(path.read_bytes())
    data[at] ^= 0x55
    path.write_bytes(data)
    assert Cache(path).get(b"one") is None
    path.write_bytes(data[: len(data) // 2])
    assert Cache(path).get(b"one") is None
    path.write_bytes(b"")
    assert Cache(path).get(b"one") is None


def test_another_version_s_file_counts_as_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.cache"
    _filled(path, one=b"1")
    monkeypatch.setattr(cache, "_stamp", lambda: make_key(b"another"))
    assert Cache(path).get(b"one") is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "books").write_text("in the way", encoding="utf-8")
    _filled(tmp_path / "books" / "a.cache", one=b"1")


def test_the_books_not_built_for_longest_go_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_BOOKS", 2)
    for number, name in enumerate(("old", "middle", "new")):
        path = tmp_path / f"{name}.cache"
        if path.parent.exists() and number == 2:
            os.utime(tmp_path / "old.cache", (1, 1))
        _filled(path, one=b"1")
    assert sorted(path.stem for path in tmp_path.glob("*.cache")) == ["middle", "new"]


def test_keys_tell_their_parts_apart() -> None:
    assert make_key(b"ab", b"c") != make_key(b"a", b"bc")


def test_it_stands_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / name)
    kept = open_cache("a book")
    kept.put(b"key", b"value")
    kept.save()
    assert len([*(tmp_path / "bookforge" / "books").iterdir()]) == 1
