"""Word documents (.docx): packages and styles by python-docx, paragraphs walked here.

In: files of the writer's. Out: a `Document` whose spans point into the extracted paragraphs.
"""

from bookforge.readers.docx.read import read_docx

__all__ = ["read_docx"]
