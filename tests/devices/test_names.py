"""Names of books on a reader: FAT's rules, 5,000 nasty titles, the same at every send."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookforge.devices.names import clean, fold, name_book

_ENDINGS = (".epub", ".kepub.epub", ".azw3", ".pdf")
_KOBO = "%;'!$"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Emma: A Novel", "Emma - A Novel"),
        ("Who Goes There?", "Who Goes There"),
        ("CON", "_CON"),
        ("con.tales", "_con.tales"),
        ("Console", "Console"),
        ("LPT¹", "_LPT¹"),
        ("...And Justice", "And Justice"),
        ("The End. . .", "The End"),
        ("1/2 a Life", "1-2 a Life"),
        ('The "Best"', "The 'Best'"),
        ("a\tb\nc", "a b c"),
        ("שלום \u202eevil", "שלום evil"),
        ("Übermut", "Übermut"),
        ("e\u0301t\u0301", "ét\u0301"),
        ("战争与和平", "战争与和平"),
        ("", "Untitled"),
        ("???", "Untitled"),
        (" . ", "Untitled"),
    ],
)
def test_titles(title: str, name: str) -> None:
    assert name_book(title, (), ".epub").file == f"{name}.epub"


def test_what_a_kobo_stumbles_over() -> None:
    assert name_book("It's 100% $5!", (), ".kepub.epub", _KOBO).file == "It’s 100_ _5.kepub.epub"


def test_authors_make_the_folder() -> None:
    assert name_book("Emma", ("Jane Austen",), ".epub").path == "Jane Austen/Emma.epub"
    assert name_book("X", ("A. B.", "C/D", "E"), ".epub").path == "A. B. & C-D/X.epub"
    assert name_book("X", ("..",), ".epub").path == "X.epub"
    assert name_book("X", (".kobo",), ".epub").path == "kobo/X.epub"


def test_a_long_title_is_cut_between_whole_signs() -> None:
    family = "👨‍👩‍👧‍👦"
    name = name_book(family * 60, (), ".epub").stem
    assert name == family * (len(name) // len(family))
    assert name_book("e\u0331" * 200, (), ".epub").stem.endswith("\u0331")


@pytest.mark.parametrize("pair", ["aA", "éÉ", "ıI", "ẞß", "ſs", "ςΣ", "Kk"])
def test_case_is_not_seen(pair: str) -> None:
    assert fold(pair[0]) == fold(pair[1])


def test_tags_keep_books_apart_and_stay_the_same() -> None:
    name = name_book("Emma", (), ".epub")
    assert name.tagged("one").file != name.tagged("two").file
    assert name.tagged("one") == name.tagged("one")


def test_five_thousand_nasty_titles() -> None:
    titles = _nasty(5000)
    assert len(set(titles)) == 5000
    for avoid in ("", _KOBO):
        first = _send_all(titles, avoid)
        assert len({fold(name) for name in first.values()}) == 5000
        for name in first.values():
            _assert_legal(name, avoid)
        # Each book's name, plain or tagged, depends on the book alone.
        for title, name in first.items():
            wish = name_book(title, ("Ann Author",), ".kepub.epub", avoid)
            assert name in (wish.path, wish.tagged(title).path)
        assert _send_all(titles, avoid) == first


def _send_all(titles: list[str], avoid: str) -> dict[str, str]:
    """Each title's path on one reader: the plain name, or tagged when another book has it."""
    taken: set[str] = set()
    paths = {}
    for title in titles:
        name = name_book(title, ("Ann Author",), ".kepub.epub", avoid)
        if fold(name.path) in taken:
            name = name.tagged(title)
        taken.add(fold(name.path))
        paths[title] = name.path
    return paths


def _nasty(count: int) -> list[str]:
    """Titles of every bad sort, the same ones in each run."""
    dice = random.Random(8)
    letters = "aAbBeEéÉßẞıİłŁ ..  ''\"\"::??**<>|\\/%;!$\t\n\x07\u00a0\u200b\u202e\u200d\ufeff"
    letters += "שלוםمرحبا战争πЖ😀👍🏽👩\u200d🚀🇩🇪\ue000\ud83d\u0301\u0308ﬁ½①"
    reserved = ["CON", "con", "Nul", "AUX.", "com1", "LPT9 ", "PRN.txt", "CLOCK$", "COM²"]
    made: dict[str, None] = dict.fromkeys((*reserved, "", " ", ".", "..", "~", "-"))
    while len(made) < count:
        sort = dice.randrange(6)
        text = "".join(dice.choices(letters, k=dice.choice((1, 3, 8, 20, 60))))
        if sort == 0:
            text = "The Same Long Beginning " * 14 + text
        elif sort == 1:
            text = "".join(dice.choices(letters, k=300))
        elif sort == 2:
            text = dice.choice(("emma", "Emma", "EMMA", "eMMa")) + "." * dice.randrange(300)
        elif sort == 3:
            text = dice.choice(reserved) + dice.choice((" ", ".", "…", "")) + text
        elif sort == 4:
            text = "".join(dice.choice((str.upper, str.lower))(char) for char in "Low Water Mark")
        made[text] = None
    return list(made)


def _assert_legal(path: str, avoid: str = "") -> None:
    parts = path.split("/")
    assert len(parts) <= 2
    for part in parts:
        assert part and part[0] not in ". " and part[-1] not in ". "
        assert not re.search(r'[\x00-\x1f\x7f"*/:<>?\\|]', part)
        assert not set(part) & set(avoid)
        assert len(part.encode("utf-16-le")) // 2 <= 255
        assert len(part.encode("utf-8")) <= 255  # No lone surrogates, either.
        stem = part.split(".")[0].rstrip().upper()
        assert not re.fullmatch(r"CON|PRN|AUX|NUL|CLOCK\$|(COM|LPT)[0-9¹²³]", stem)
    assert len(path.encode("utf-16-le")) // 2 <= 250


@given(
    st.text(max_size=400), st.lists(st.text(max_size=100), max_size=3), st.sampled_from(_ENDINGS)
)
def test_any_name_is_legal(title: str, authors: list[str], ending: str) -> None:
    name = name_book(title, tuple(authors), ending, _KOBO)
    _assert_legal(name.path, _KOBO)
    _assert_legal(name.tagged(title).path, _KOBO)
    assert name.file.endswith(ending)


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once(title: str) -> None:
    once = clean(title, _KOBO, 140)
    assert clean(once, _KOBO, 140) == once
