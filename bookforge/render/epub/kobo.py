"""Kobo's form of the e-book: each sentence in a span of its own.

In: our own content files. Out: the same files with the spans by which Kobo's better renderer keeps
positions, bookmarks and statistics (calibre, polish/kepubify; kobolabs/epub-spec). Text is not
changed. Spans hold text only, so that they always nest well.
"""

from __future__ import annotations

import re

from bookforge.regex import regex
from bookforge.render.epub.sentences import Sentences

# The largest of Kobo's screens with a book's shape, in pixels (Sage); more is thrown away.
SCREEN = (1440, 1920)
_TOKEN = regex(r"<(/?)(\w+)[^>]*>|[^<]+")
# Each begins a paragraph, the first number of a span's id.
_PARAGRAPHS = frozenset({"p", "ol", "ul", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
# Text in these is left alone.
_UNTOUCHED = frozenset({"pre", "script", "style", "audio", "video", "svg", "math"})
# What others write into each file's head ("kobostylehacks"): once, in the style sheet that every
# file links, it saves 50 bytes a file, which is 1 % of a book of many short chapters.
STYLE = b"div#book-inner { margin-top: 0; margin-bottom: 0; }\n"
_COLUMNS = '<div id="book-columns">\n<div id="book-inner">\n'


def dress(data: bytes, sentences: Sentences) -> bytes:
    """One content file, as `markup.frame` made it, with Kobo's spans and columns."""
    head, start, rest = data.decode().partition("<body")
    attributes, _, rest = rest.partition(">\n")
    body, end, _ = rest.rpartition("\n</body>")
    spanned = _Spans(sentences).write(body)
    page = f"{head}{start}{attributes}>\n{_COLUMNS}{spanned}\n</div>\n</div>{end}\n</html>\n"
    return page.encode()


class _Spans:
    """Puts the text of one body into spans, numbered by paragraph and sentence."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._open = ["body"]
        self._paragraph = self._sentence = 0
        self._untouched = 0

    def write(self, body: str) -> str:
        """The body with its spans."""
        return _TOKEN.sub(self._write_token, body)

    def _write_token(self, found: re.Match[str]) -> str:
        token, name = found[0], found[2]
        if name is None:
            return self._write_text(token)
        if name == "img":
            self._begin()
            return token if self._untouched else self._wrap(token)
        if found[1]:
            self._open.pop()
            self._untouched -= name in _UNTOUCHED
        elif not token.endswith("/>"):
            self._open.append(name)
            self._untouched += name in _UNTOUCHED
            if name in _PARAGRAPHS:
                self._begin()
        return token

    def _write_text(self, text: str) -> str:
        """White space alone is text only between words; what ends a line of markup is none."""
        blank = text.isspace() and (self._open[-1] != "p" or "\n" in text)
        if blank or self._untouched:
            return text
        return "".join([self._wrap(sentence) for sentence in self._sentences.cut(text)])

    def _begin(self) -> None:
        self._paragraph += 1
        self._sentence = 0

    def _wrap(self, markup: str) -> str:
        self._sentence += 1
        place = f"kobo.{self._paragraph}.{self._sentence}"
        return f'<span class="koboSpan" id="{place}">{markup}</span>'
