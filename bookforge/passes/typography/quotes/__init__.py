"""Reading quotation marks: which open, which close, which are apostrophes or primes.

In: paragraphs of one stretch of text, and what the book's marks say (see `clues`). Out: a
`Reading` for every mark. The best reading is the cheapest path through quote-nesting states (see
`path`), with costs learnt from proofread books (see `costs`); a paragraph in which every mark is
certain by its neighbours never gets there.
"""

from bookforge.passes.typography.quotes.marks import Evidence
from bookforge.passes.typography.quotes.read import Reading, Tongue, read_marks
from bookforge.passes.typography.quotes.units import Stretch

__all__ = ["Evidence", "Reading", "Stretch", "Tongue", "read_marks"]
