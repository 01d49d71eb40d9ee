"""Covers: the front for shops and e-books, and the whole wrap for the printer."""
