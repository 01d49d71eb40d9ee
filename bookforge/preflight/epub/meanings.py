"""What EPUBCheck's messages mean, for whom XML and packages are no daily bread.

In: the id of a message. Out: a hint in plain words; "" where EPUBCheck's own words are plain.
"""

from __future__ import annotations

_XML = "a tag that is not closed, a bare & or <, or a name like &nbsp;"
_MEANINGS = {
    "CSS-008": "readers skip the rule, or all that follows it",
    "HTM-011": "XHTML knows &amp; &lt; &gt; &quot; and numbers: &#160; in place of &nbsp;",
    "NAV-011": "the contents name the files in another order than the book has them",
    "OPF-003": "readers never open it: list it in the package, or leave it out",
    "OPF-014": "the manifest has to say what is in the file (properties)",
    "OPF-029": "the file is something else than its name or entry says, or it is damaged",
    "OPF-033": "there is nothing to read from front to back",
    "OPF-043": "only XHTML and SVG can be read everywhere",
    "OPF-049": "the reading order names an entry that the manifest does not have",
    "OPF-096": 'a file outside the reading order (linear="no") that no link leads to',
    "PKG-005": "pack again: mimetype first, stored, without extra fields",
    "PKG-006": "pack again: a file called mimetype has to come first (zip -X0)",
    "PKG-007": "pack again: mimetype stored, and nothing in it but application/epub+zip",
    "PKG-008": "the archive is damaged there: copy or build the book again",
    "PKG-021": "save the picture again",
    "RSC-001": "the package lists a file that is not in the archive",
    "RSC-004": "copy protection, or fonts made unreadable",
    "RSC-006": "a book has to bring along what it shows; only sound and film may stay on the web",
    "RSC-007": "a link or picture leads to a file that is not in the archive",
    "RSC-008": "the file is in use, but the package does not list it",
    "RSC-011": "a link leads to a file that is not in the reading order",
    "RSC-012": "a link leads to a place (#…) that its file does not have",
    "RSC-016": f"the file cannot be read from there on: {_XML}",
    "RSC-020": "blanks and special letters in addresses are written as %20 and the like",
}


def explain(identifier: str) -> str:
    """A message in plain words, "" for one that needs none."""
    return _MEANINGS.get(identifier, "")
