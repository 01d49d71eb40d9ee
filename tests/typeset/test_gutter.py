"""Inside margin and number of pages: they agree, in as few layouts as can be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bookforge.config.model import Config
from bookforge.printers.load import load_printer
from bookforge.themes.load import load_theme
from bookforge.typeset.gutter import settle
from bookforge.typeset.style import Design, Sheet, resolve

_CONFIG = Config()
_THEME = load_theme("classic", None)


def _fit(pages: int) -> Design:
    return resolve(_CONFIG, _THEME, pages)


def test_a_right_guess_is_laid_out_once() -> None:
    tried = settle(200, _fit, lambda sheet: range(230)).tried
    assert len(tried) == 1


def test_a_wrong_guess_is_laid_out_twice() -> None:
    for guess, pages in ((140, range(160)), (410, range(380))):
        settled = settle(guess, _fit, lambda sheet, pages=pages: pages)  # type: ignore[misc]
        assert len(settled.tried) == 2
        assert settled.sheet == _fit(len(pages)).sheet


def test_of_two_margins_that_follow_from_each_other_the_wider_stays() -> None:
    narrow, wide = _fit(400).sheet, _fit(401).sheet

    def impose(sheet: Sheet) -> range:
        return range(402 if sheet == narrow else 398)

    assert settle(390, _fit, impose).sheet == wide
    assert settle(410, _fit, impose).sheet == wide


@given(guess=st.integers(1, 1500), width=st.floats(1, 400))
def test_every_book_comes_out_with_margin_enough(guess: int, width: float) -> None:
    seen: list[Sheet] = []

    def impose(sheet: Sheet) -> range:
        seen.append(sheet)
        return range(int(width * 1000 / sheet.measure))

    settled = settle(guess, _fit, impose)
    least = load_printer("universal").margins.inside(len(settled.pages))
    assert settled.sheet.inside >= least
    assert len(seen) == len(settled.tried) <= 3
