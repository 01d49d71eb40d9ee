"""A heading of the manuscript with what stands below it: what the outline is made of."""

from __future__ import annotations

from msgspec import Struct, field

from bookforge.model.blocks import Block
from bookforge.model.document import Finding, SectionKind
from bookforge.model.walk import plain
from bookforge.readers.markdown.blocks import Head
from bookforge.readers.markdown.titles import Title


class Node(Struct):
    """A heading with the blocks below it; `head` is None for text before the first heading."""

    head: Head | None
    title: Title
    kind: SectionKind | None
    rank: int = 1
    blocks: list[Block] = field(default_factory=list)
    finding: Finding | None = None

    @property
    def words(self) -> str:
        return plain(self.head.children).strip() if self.head else ""

    @property
    def is_keyed(self) -> bool:
        """Named by a keyword or by the writer, not by a bare number or free words."""
        return self.kind is not None and not self.title.is_bare
