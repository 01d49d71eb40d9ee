"""OpenDocument texts (.odt, .fodt): zip and lxml, paragraphs walked here.

In: files of the writer's. Out: a `Document` whose spans point into the extracted paragraphs. odfpy
would build a slower tree of its own and know nothing more of what a book needs.
"""

from bookforge.readers.odt.read import read_odt

__all__ = ["read_odt"]
