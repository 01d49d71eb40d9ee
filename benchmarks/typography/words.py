"""Make the word table that the quotation reader asks, from SCOWL's lists.

    words.py /usr/share/dict/scowl > bookforge/passes/typography/data/words.txt

SCOWL (Debian package `scowl`) is free for any purpose when its notice stays, see
data/README.md. Each line is a word and its tier: 1 (most common) to 4.
"""

from __future__ import annotations

import sys
from pathlib import Path

_TIERS = {10: 1, 20: 2, 35: 3, 40: 4, 50: 4}
_KINDS = ("english-words", "american-words", "british-words")


def main(folder: Path) -> None:
    found: dict[str, int] = {}
    for size, tier in sorted(_TIERS.items()):
        for kind in _KINDS:
            path = folder / f"{kind}.{size}"
            if not path.exists():
                continue
            for word in path.read_text(encoding="latin-1").split():
                if word.isascii() and word.isalpha() and word.islower():
                    found.setdefault(word, tier)
    for word in sorted(found):
        print(f"{word} {found[word]}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
