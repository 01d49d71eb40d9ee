"""Decoding the writer's files, and finding places again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.diagnostics import BookError, Diagnostic, Severity
from bookforge.source import SourceFile, SourceMap, decode, normalise

PROSE = "“Déjà vu,” she said — naïve café.\nÜber alles.\n" * 5


def load(tmp_path: Path, data: bytes) -> tuple[SourceFile, list[Diagnostic]]:
    path = tmp_path / "novel.txt"
    path.write_bytes(data)
    found: list[Diagnostic] = []
    return SourceMap().load(path, report=found.append), found


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_gives_the_same_text(
    tmp_path: Path, encoding: str, end: str
) -> None:
    file, _ = load(tmp_path, PROSE.replace("\n", end).encode(encoding))
    assert file.text == PROSE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_plain_letters_in_utf16_without_a_mark(tmp_path: Path, encoding: str) -> None:
    file, found = load(tmp_path, ("One word and another.\n" * 9).encode(encoding))
    assert (file.text, found) == ("One word and another.\n" * 9, [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(BookError, match="no ordinary file"):
        SourceMap().load(tmp_path / "pipe.txt")


def test_foreign_words_in_english_are_western(tmp_path: Path) -> None:
    plain = "The road was long, and nobody in the village knew where it went. " * 60
    text = f"{plain}They drove to mediæval times in a calèche, _à deux_; it cost £10. {plain}"
    file, _ = load(tmp_path, text.encode("cp1252"))
    assert (file.encoding, file.text) == ("cp1252", text)


def test_western_bytes_are_read_as_cp1252_and_said(tmp_path: Path) -> None:
    file, found = load(tmp_path, PROSE.encode("cp1252"))
    assert file.encoding == "cp1252"
    assert [item.code for item in found] == ["R008"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Все счастливые семьи похожи друг на друга, каждая несчастливая. " * 20),
        ("cp1253", "Η ζωή είναι ωραία και ο ήλιος λάμπει πάνω από τη θάλασσα σήμερα. " * 20),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy, říkal starý kněz. " * 20),
    ],
)
def test_other_code_pages_are_guessed(tmp_path: Path, encoding: str, text: str) -> None:
    file, found = load(tmp_path, text.encode(encoding))
    assert file.text == text
    assert "R008" in [item.code for item in found]


def test_stray_bytes_in_utf8_are_mended_and_reported(tmp_path: Path) -> None:
    file, found = load(tmp_path, (PROSE * 3).encode() + b"It\x92s late.\n")
    assert file.text.endswith("It’s late.\n")
    assert [item.code for item in found] == ["R006"]


def test_control_characters_are_left_out_with_their_place(tmp_path: Path) -> None:
    file, found = load(tmp_path, b"One\nTwo\x00 \x1b[0mthree\n")
    assert file.text == "One\nTwo [0mthree\n"
    place = file.locate(found[0].span or file.span(0, 0))
    assert (found[0].code, place.line, place.column) == ("R007", 2, 4)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "R004"),
        (b" \n\n \t\n", "R004"),
        (b"PK\x03\x04 and more", "R005"),
        (b"%PDF-1.7\n", "R005"),
        (b"\x89PNG\r\n\x1a\n", "R005"),
        (bytes(range(256)) * 8, "R005"),
        (b"\xef\xbb\xbfabc\xff\xfe\x00", "R005"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(BookError) as caught:
        load(tmp_path, data)
    assert caught.value.diagnostics[0].code == code
    assert caught.value.diagnostics[0].severity is Severity.ERROR


def test_missing_folder_and_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def code(path: Path) -> str:
        with pytest.raises(BookError) as caught:
            SourceMap().load(path)
        return caught.value.diagnostics[0].code

    assert code(tmp_path / "none.txt") == "R001"
    assert code(tmp_path) == "R002"
    locked = tmp_path / "locked.txt"
    locked.write_text("text", encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert code(locked) == "R003"


def test_a_named_encoding_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(BookError) as caught:
        decode(b"abc", tmp_path / "a.txt", "klingon", lambda found: None)
    assert caught.value.diagnostics[0].code == "R009"


@given(st.text(st.sampled_from("ab \n\r\t\x0c\x85\u2028é"), max_size=60))
def test_lines_are_those_of_the_file(text: str) -> None:
    clean = normalise(text)
    assert "\r" not in clean
    file = SourceFile(0, Path("a.txt"), clean)
    lines = clean.split("\n")
    for offset in range(len(clean)):
        place = file.locate(file.span(offset, offset + 1))
        assert lines[place.line - 1] == place.text
        if clean[offset] != "\n":
            assert place.text[place.column - 1] == clean[offset]
