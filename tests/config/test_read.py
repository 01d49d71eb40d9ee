"""book.toml to settings, and what is wrong in it as diagnostics."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookforge.config.model import Config, Margins
from bookforge.config.read import default_config, read_config
from bookforge.diagnostics import ConfigError, Diagnostic
from bookforge.source import SourceMap


def _read(folder: Path, text: str, *overrides: str, edition: str | None = None) -> Config:
    path = folder / "book.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path, SourceMap(), overrides, edition)


def _faults(folder: Path, text: str, *overrides: str, edition: str | None = None) -> list[str]:
    """Each diagnostic as `code line:column marked text | message | hint`."""
    path = folder / "book.toml"
    path.write_text(text, encoding="utf-8")
    sources = SourceMap()
    with pytest.raises(ConfigError) as caught:
        read_config(path, sources, overrides, edition)
    return [_show(found, sources) for found in caught.value.diagnostics]


def _show(found: Diagnostic, sources: SourceMap) -> str:
    location = sources.locate(found.span)
    place = found.file
    if location:
        marked = location.text[location.column - 1 :][: location.width]
        place = f"{location.line}:{location.column} {marked}"
    hints = "; ".join(hint.message for hint in found.hints)
    return " | ".join((f"{found.code} {place}", found.message, hints))


# --- what is right


def test_two_lines_are_enough(tmp_path: Path) -> None:
    config = _read(tmp_path, '[book]\ntitle = "Emma"\nauthor = "Jane Austen"\n')
    assert config.book.title == "Emma"
    assert config.book.all_authors == ("Jane Austen",)
    assert config.output.print.trim == "5.5x8.5"


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert _read(tmp_path, "") == default_config() == Config()


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes(b'\xef\xbb\xbf[book]\r\ntitle = "Emma"\r\n')
    assert read_config(path, SourceMap()).book.title == "Emma"


def test_blank_texts_are_none(tmp_path: Path) -> None:
    book = _read(tmp_path, "[book]\nauthor = ' '\nsubtitle = ''\n").book
    assert (book.author, book.subtitle) == (None, None)


def test_dates_and_isbns_may_stand_without_quotes(tmp_path: Path) -> None:
    text = "[book]\ndate = 2024-05-31\nisbn = { epub = 9780306406157 }\n"
    book = _read(tmp_path, text).book
    assert (book.date, book.isbn.epub) == ("2024-05-31", "978-0-306-40615-7")
    assert _read(tmp_path, "[book]\ndate = 2024").book.date == "2024"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en-gb", "en-GB"), ("PT_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("grc", "grc")],
)
def test_language_tags_get_their_usual_case(tag: str, expected: str) -> None:
    assert default_config([f"book.language={tag}"]).book.language == expected


def test_margins_may_be_a_table(tmp_path: Path) -> None:
    config = _read(tmp_path, '[output.print.margins]\ninside = "20mm"\n')
    assert config.output.print.margins == Margins(inside="20mm")


# --- editions and --set


def test_an_edition_overrides_single_keys(tmp_path: Path) -> None:
    text = """
[output.print]
trim = "A5"
font-size = 10
[edition.large-print.output.print]
font-size = 16
"""
    assert _read(tmp_path, text).output.print.font_size == 10
    large = _read(tmp_path, text, edition="large-print").output.print
    assert (large.font_size, large.trim) == (16, "A5")


def test_an_unknown_edition_names_the_known(tmp_path: Path) -> None:
    faults = _faults(tmp_path, "[edition.large]\n", edition="larg")
    assert faults == [
        f"C007 {tmp_path}/book.toml | there is no edition larg | editions: large",
    ]
    with pytest.raises(ConfigError):
        default_config(edition="large")


def test_faults_in_an_edition_that_is_not_built_are_found_too(tmp_path: Path) -> None:
    text = "[edition.large.output.print]\nfont-size = 99\n"
    expected = "C004 2:13 99 | output.print.font-size must be a number (above 4 and at most 36)"
    assert _faults(tmp_path, text)[0].startswith(expected)
    assert _faults(tmp_path, text, edition="large")[0].startswith(expected)


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        ("book.title=Emma", "Emma"),
        ('book.title="Emma"', "Emma"),
        ("book.title = Emma ", "Emma"),
        ("book.title=1984", "1984"),
        ("book.title=true", "true"),
        ("book.title=a = b", "a = b"),
        ("book.title=[Emma", "[Emma"),
        ("book.title=-", "-"),
    ],
)
def test_set_takes_toml_or_text(override: str, expected: str) -> None:
    assert default_config([override]).book.title == expected


def test_the_last_set_wins_over_the_file(tmp_path: Path) -> None:
    overrides = ("output.print.trim=A6", "output.print.trim=A4", "book.authors=['A', 'B']")
    config = _read(tmp_path, "[output.print]\ntrim = 'A5'\nfont-size = 10", *overrides)
    assert (config.output.print.trim, config.output.print.font_size) == ("A4", 10)
    assert config.book.all_authors == ("A", "B")


@pytest.mark.parametrize("override", ["book.title", "=x", "a b=x", "book.=x", ""])
def test_set_without_a_setting(override: str) -> None:
    with pytest.raises(ConfigError) as caught:
        default_config([override])
    assert [found.code for found in caught.value.diagnostics] == ["C008"]


def test_unknown_keys_in_set_are_errors() -> None:
    sources = SourceMap()
    with pytest.raises(ConfigError) as caught:
        default_config(["book.titel=x", "book.date=May"], sources)
    assert [_show(found, sources) for found in caught.value.diagnostics] == [
        "C002 1:1 book.titel | there is no key titel in [book] | nearest key: title",
        "C004 1:11 May | May is no date | write 2024, 2024-05 or 2024-05-31: year, month, day",
    ]


# --- what is wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("titel = 1", "C002 1:1 titel | there is no key titel at the top of book.toml"),
        ("[book]\nshort_title = 'x'", "C002 2:1 short_title | there is no key short_title in [boo"),
        ("[book]\ntrim = 'A5'", "C002 2:1 trim | there is no key trim in [book] | trim belongs in"),
        ("[book]\nisbn.ebook = 'x'", "C002 2:6 ebook | there is no key ebook in [book.isbn]"),
        (
            "[book]\ntitle = 5",
            'C003 2:9 5 | book.title must be text, not 5 | put it in quotes: "5"',
        ),
        ("book = 5", "C003 1:8 5 | book must be a table with the keys title,"),
        (
            "[book]\nsubjects = 'x'",
            "C003 2:12 'x' | book.subjects must be a list of texts, not \"x\"",
        ),
        (
            "[book]\nauthor = ['x']",
            "C003 2:10 ['x'] | book.author must be text, not a list | several",
        ),
        (
            "[[book.contributor]]\nrole = 'edt'",
            "C003 1:1 [[book.contributor]] | book.contributor n",
        ),
        (
            "[output.epub]\nenabled = 'yes'",
            "C003 2:11 'yes' | output.epub.enabled must be true or f",
        ),
        (
            "[output.print]\nfont-size = '11'",
            "C003 2:13 '11' | output.print.font-size must be a num",
        ),
        (
            "[output.print]\npaper = 'creme'",
            "C004 2:9 'creme' | output.print.paper must be \"cream\"",
        ),
        ("[output.print]\ntrim = 'A55'", "C004 2:8 'A55' | A55 is no page size | nearest: \"A5\""),
        ("[output.print]\ntrim = '5by8!'", "C004 2:8 '5by8!' | 5by8! is no page size"),
        ("[output.print]\ntrim = '50x80'", "C004 2:8 '50x80' | no book has pages of 50x80"),
        ("[output.print.margins]\ntop = 'x'", "C004 2:7 'x' | x is no length"),
        (
            "[output.print.margins]\ntop = 500",
            "C004 2:7 500 | a margin of 500 fits no book | margins are at most 5 inches",
        ),
        (
            "[output.print.margins]\ntop = 0",
            "C004 2:7 0 | a page needs margins | printers print nothing nearer to the edge",
        ),
        (
            "[output.print]\ntrim = 'kdpp'",
            "C004 2:8 'kdpp' | kdpp is no page size | nearest: \"kdp\"",
        ),
        ("[output.print]\ntrim = ''", "C004 2:8 '' | an empty text is no page size | write"),
        ("[book]\ntitle = ' '", "C004 2:9 ' ' | the title is empty | write the title, or put #"),
        ("[book]\nlanguage = ''", "C006 2:12 '' | the language is empty | write a tag such as"),
        ("[build]\nfilename = ''", "C004 2:12 '' | the name of the files is empty | write a na"),
        (
            "[typography]\nquotes = 'klingon'",
            "C004 2:10 'klingon' | klingon is no way of setting quotes | write one of auto, "
            "double, single, guillemets, low, nested-guillemets, single-inner, swiss, ",
        ),
        (
            "[typography]\nquotes = 'guillemet'",
            "C004 2:10 'guillemet' | guillemet is no way of setting quotes | nearest: \"guillemets",
        ),
        (
            "[matter]\nfront = [{kind='preface', editions=['nonsense']}]",
            "C004 2:37 'nonsense' | there is no edition nonsense | editions: epub, print, screen",
        ),
        (
            "[matter]\nfront = [{kind='preface', editions=['prnt']}]\n[edition.gift]",
            "C004 2:37 'prnt' | there is no edition prnt | nearest: \"print\"",
        ),
        (
            "[style]\ndrop-cap = 7",
            "C004 2:12 7 | style.drop-cap must be true or false or a whole n",
        ),
        ("[book]\ndate = '2024-13-01'", "C004 2:8 '2024-13-01' | 2024-13-01 is no date | write"),
        ("[book]\ndate = 'May'", "C004 2:8 'May' | May is no date | write 2024"),
        (
            "[matter]\nfront = ['halftitle']",
            "C004 2:10 'halftitle' | halftitle is no kind of secti",
        ),
        (
            "[matter]\nfront = [{kind='text', x=1}]",
            "C002 2:24 x | there is no key x in [matter.fro",
        ),
        ("[manuscript]\nencoding = 'utf-9'", "C004 2:12 'utf-9' | utf-9 is no known encoding"),
        ("[manuscript]\nnot-a-heading = ['(']", "C004 2:18 '(' | the pattern is broken: missing )"),
        ("[check]\nignore = ['R0001']", "C004 2:11 'R0001' | R0001 is no code of a diagnostic | n"),
        ("[build]\nfilename = '{name}'", "C004 2:12 '{name}' | file names know no {name}"),
        ("[build]\nfilename = '{'", "C004 2:12 '{' | file names know no {}}"),
        (
            "[[book.contributor]]\nname='X'\nrole = 'editor'",
            "C004 3:8 'editor' | editor is no role",
        ),
        (
            "[book]\nisbn.epub = '9780306406158'",
            "C005 2:13 '9780306406158' | the check digit of IS",
        ),
        (
            "[book]\nisbn.print = 'soon'",
            "C005 2:14 'soon' | soon is no ISBN | an ISBN has 13 digits",
        ),
        (
            "[book]\nlanguage = 'English'",
            "C006 2:12 'English' | English is no language tag | write",
        ),
        (
            "[book]\nlanguage = 'en-UK'",
            "C006 2:12 'en-UK' | en-UK is no language tag | write \"en-",
        ),
        (
            "[output.print]\nmargins = { inside = '4in' }",
            "C009 1:1 [output.print] | margins",
        ),
        ("[book]\nauthor='A'\nauthors=['B']", "C009 1:1 [book] | author and authors are both set"),
    ],
)
def test_each_mistake_is_shown_where_it_stands(tmp_path: Path, text: str, expected: str) -> None:
    faults = _faults(tmp_path, text)
    assert [fault[: len(expected)] for fault in faults] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[book]\ntitle = My Book",
            "C001 2:9 M | broken TOML: invalid value | put text in quotes: ",
        ),
        (
            "[book]\ntitle = “My Book”",
            "C001 2:9 “ | broken TOML: invalid value | use straight quote",
        ),
        ("[book]\ntitle =", "C001 2:7 = | broken TOML: invalid value | give the key a value"),
        ("[book\ntitle = 'x'", "C001 1:5 k | broken TOML: expected ']' at the end of a table decl"),
        (
            '[build]\ndir = "C:\\Users"',
            "C001 2:12 s | broken TOML: invalid hex value | a backslash",
        ),
        (
            "[book]\njust words",
            "C001 2:6 w | broken TOML: expected '=' after a key in a key/value p",
        ),
        ("[book]\n[book]\n", "C001 2:"),
        ("x = " + "[" * 5000, "C001"),
        ("x = " + "9" * 5000, "C001"),
        ("x = '\0'", "C001 1:6"),
    ],
)
def test_broken_toml(tmp_path: Path, text: str, expected: str) -> None:
    faults = _faults(tmp_path, text)
    assert [fault[: len(expected)] for fault in faults] == [expected]


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_bytes(b"[book]\ntitle = '\xe9t\xe9'\n")
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "book.toml", SourceMap())
    assert caught.value.diagnostics[0].message == "book.toml is not UTF-8 (line 2)"


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path / "book.toml", SourceMap())
    assert caught.value.diagnostics[0].code == "R001"


def test_everything_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """
[book]
titel = "x"
language = "xx"
[output.print]
trim = "?"
[edition.large.style]
drop-cap = "no"
"""
    codes = [fault[:9] for fault in _faults(tmp_path, text, "book.isbn.epub=1")]
    assert codes == ["C002 3:1 ", "C006 4:12", "C004 6:8 ", "C003 8:12", "C005 1:16"]


def test_nothing_of_the_library_shows(tmp_path: Path) -> None:
    text = "[book]\ntitle = 1\nseries = 3\n[output.print]\nmargins = 3\nfont-size = true\n"
    for fault in _faults(tmp_path, text):
        assert not any(word in fault.lower() for word in ("msgspec", "expected", "input", "http"))
