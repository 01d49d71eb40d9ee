"""Markdown manuscripts: CommonMark with footnotes, attributes, line blocks and front matter.

In: files of the writer's. Out: a `Document` whose spans point into them. Block structure and
inline markup are parsed by markdown-it-py; what it does not place (inline tokens) or does not know
(line blocks, letters, sections) is done here. Text is never lost: what is not understood is kept
with a diagnostic.
"""

from bookforge.readers.markdown.read import read_markdown

__all__ = ["read_markdown"]
