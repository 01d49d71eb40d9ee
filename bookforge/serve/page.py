"""The page for browsers: links as large as fingers, without scripts, for screens of six inches
and browsers of fifteen years ago as for a phone.
"""

from __future__ import annotations

from contextlib import suppress
from html import escape

from bookforge.naming import show_size
from bookforge.serve import address, opds1, opds2
from bookforge.serve.accept import Client
from bookforge.serve.shelf import Entry, Kind, Page

__all__ = ["write_page"]

# Old WebKit knows neither flexible boxes nor grids nor variables: floats and blocks do.
_STYLE = """
body { margin: 0 auto; max-width: 42em; padding: 0.6em 1em 2em; background: #fff; color: #000;
  font: 1.1em/1.4 Georgia, serif; -webkit-text-size-adjust: 100%; }
h1 { font-size: 1.5em; margin: 0.3em 0 0.6em; }
h1 a { color: #000; text-decoration: none; }
form { margin: 0 0 1em; overflow: hidden; }
input { font: inherit; height: 3em; box-sizing: border-box; -webkit-box-sizing: border-box;
  border: 1px solid #000; border-radius: 0; background: #fff; color: #000;
  -webkit-appearance: none; }
input.words { width: 68%; padding: 0 0.6em; float: left; }
input.go { width: 30%; float: right; }
.book { border-top: 2px solid #000; padding: 1em 0; overflow: hidden; }
.book img { float: left; width: 112px; margin: 0 1em 0.5em 0; border: 1px solid #999; }
.book h2 { font-size: 1.25em; line-height: 1.2; margin: 0 0 0.4em; }
.book p { margin: 0 0 0.7em; }
.text { overflow: hidden; }
a.get, .pages a { display: block; border: 2px solid #000; padding: 0.6em 0.8em; margin: 0 0 0.6em;
  color: #000; text-decoration: none; font-weight: bold; }
a.get span { font-weight: normal; white-space: nowrap; }
.pages { border-top: 2px solid #000; padding-top: 1em; text-align: center; }
.note { border: 1px solid #000; padding: 0.6em 0.8em; }
.foot { border-top: 1px solid #999; padding-top: 0.8em; font-size: 0.85em; }
""".strip()
_NAMES = {Kind.EPUB: "EPUB", Kind.KEPUB: "Kobo EPUB", Kind.AZW3: "Kindle book", Kind.PDF: "PDF"}
# A single shelf needs no search.
_SEARCHED = 5
_LONGEST = 400
_EMPTY = {True: "No book has these words.", False: "No books yet."}
_APPS = "For reading apps, the catalogue (OPDS):"
_KINDLE = (
    "A Kindle’s browser takes neither EPUB nor PDF. On the computer, install calibre, and the book "
    "can be had here; or mail it to your Kindle: <b>bookforge send --mail</b>."
)


def write_page(page: Page, title: str, url: str, client: Client) -> bytes:
    """The page of a list; `url` is the server's address without a last slash."""
    titles = [entry.about.title for entry in page.entries]
    barred = client.kindle and not any(address.offer(entry, client) for entry in page.entries)
    parts = [
        _head(title),
        "" if titles == [title] else f'<h1><a href="/">{escape(title)}</a></h1>',
        _search(page),
        f'<p class="note">{_KINDLE}</p>' if barred else "",
        *(_book(entry, client) for entry in page.entries),
        "" if page.entries else f"<p>{_EMPTY[bool(page.query)]}</p>",
        _pages(page),
        f'<p class="foot">{_APPS} <b>{escape(url)}{address.OPDS}</b></p>',
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part).encode()


def _head(title: str) -> str:
    links = "".join(
        f'<link rel="alternate" type="{kind}" href="{address.OPDS}">'
        for kind in (opds1.FEED, opds2.FEED)
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>{links}"
        f'<link rel="search" type="{opds1.OPENSEARCH}" href="{address.OPENSEARCH}">'
        f"<style>{_STYLE}</style></head><body>"
    )


def _search(page: Page) -> str:
    if page.total <= _SEARCHED and not page.query:
        return ""
    return (
        '<form action="/" method="get"><input class="words" type="text" name="query" '
        f'aria-label="Title or author" value="{escape(page.query)}">'
        '<input class="go" type="submit" value="Search"></form>'
    )


def _book(entry: Entry, client: Client) -> str:
    about = entry.about
    lang = f' lang="{escape(about.language)}"' if about.language else ""
    series = " ".join((about.series, about.number)).strip()
    lines = [
        f'<div class="book"><img src="{address.thumbnail_path(entry)}" alt="">',
        f'<div class="text"><h2 dir="auto"{lang}>{escape(about.title)}</h2>',
        _paragraph(", ".join(about.authors)),
        _paragraph(series),
        *(_get(entry, kind) for kind in address.offer(entry, client)),
        _paragraph(_shorten(about.description), lang),
        "</div></div>",
    ]
    return "".join(lines)


def _paragraph(text: str, lang: str = "") -> str:
    return f'<p dir="auto"{lang}>{escape(text)}</p>' if text else ""


def _get(entry: Entry, kind: Kind) -> str:
    size = ""
    with suppress(OSError, KeyError):  # Gone meanwhile, or not made yet.
        size = f" <span>{show_size(entry.files[kind].stat().st_size)}</span>"
    path = escape(address.file_path(entry, kind))
    return f'<a class="get" href="{path}">Get the {_NAMES[kind]}{size}</a>'


def _pages(page: Page) -> str:
    if page.pages == 1:
        return ""
    steps = (("Previous page", page.number - 1), ("Next page", page.number + 1))
    links = [
        f'<a href="{escape(address.page_path("/", page, number))}">{word}</a>'
        for word, number in steps
        if 1 <= number <= page.pages
    ]
    return f'<div class="pages">{"".join(links)}Page {page.number} of {page.pages}</div>'


def _shorten(text: str) -> str:
    """The beginning of a description, whole words."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
