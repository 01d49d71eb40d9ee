"""Typographic clean-up: quotes, apostrophes, dashes, ellipses, ranges, primes, spaces.

In: a `Document` with the writer's marks. Out: the same document with a typesetter's, every change
counted (`Context.count`) and every doubtful or unbalanced mark reported. Letters and digits never
change (but for `symbols`), and `straighten` gives the same from both.
"""
