"""What scripts have, and others have not."""

from __future__ import annotations


def begins_cased(text: str) -> bool:
    """Whether a text begins in a script of great and small letters.

    Others know neither drop caps nor small capitals: a first letter would be torn from a word that
    is written joined (Arabic, Mongolian) or out of its cluster (Devanagari).
    """
    first = next((letter for letter in text if letter.isalpha()), "")
    return first.upper() != first.lower()
