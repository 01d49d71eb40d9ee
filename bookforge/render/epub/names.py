"""How titles and names are sorted: "Sample Novel, The", "Author, Jane".

In: a name as printed. Out: its form for lists (Chicago Manual of Style 16.71-16.84, in short).
"""

from __future__ import annotations

# Articles that sorting passes over, by language.
_ARTICLES = {
    "en": ("a", "an", "the"),
    "de": ("der", "die", "das", "ein", "eine"),
    "fr": ("le", "la", "les", "un", "une"),
    "es": ("el", "la", "los", "las", "un", "una"),
    "it": ("il", "lo", "la", "i", "gli", "le", "un", "uno", "una"),
    "nl": ("de", "het", "een"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
    "sv": ("en", "ett"),
}
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d."})
# Written with a capital they belong to the surname ("Le Guin"), in small letters they do not
# ("van Gogh", sorted under G).
_PARTICLES = frozenset({"De", "Del", "Della", "Des", "Di", "Du", "La", "Le", "Mac", "St.", "Van"})
# Family name first: nothing to turn round.
_FAMILY_FIRST = frozenset({"zh", "ja", "ko", "hu", "vi"})


def sort_title(title: str, language: str) -> str:
    """The title with its article behind."""
    first, _, rest = title.partition(" ")
    articles = _ARTICLES.get(language.split("-")[0].lower(), ())
    return f"{rest}, {first}" if rest and first.lower() in articles else title


def sort_name(name: str, language: str) -> str:
    """The name with the surname first."""
    words = name.split()
    if len(words) < 2 or "," in name or language.split("-")[0].lower() in _FAMILY_FIRST:
        return name
    suffix = words.pop() if words[-1].lower().rstrip(",") in _SUFFIXES and len(words) > 2 else ""
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    turned = f"{' '.join(words[start:])}, {' '.join(words[:start])}"
    return f"{turned}, {suffix}" if suffix else turned
