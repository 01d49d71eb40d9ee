"""Finding headings: candidates parsed, scored by family and sequence, levelled and named."""
