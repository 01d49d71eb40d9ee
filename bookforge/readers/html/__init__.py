"""Web pages (.html, .xhtml): parsed by lxml, walked into paragraphs.

In: files of the writer's. Out: a `Document` whose spans point into the extracted paragraphs.
"""

from bookforge.readers.html.read import read_html

__all__ = ["read_html"]
