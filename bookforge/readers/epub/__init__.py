"""E-books (.epub): zip and lxml; the pages of the spine in order, read as web pages are.

In: files of the writer's. Out: a `Document` whose spans point into the extracted paragraphs. The
navigation document is evidence for headings and their levels.
"""

from bookforge.readers.epub.read import read_epub

__all__ = ["read_epub"]
