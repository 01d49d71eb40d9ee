"""What archives of fan fiction put round a story: facts to metadata, notes and wrappers apart."""

from __future__ import annotations

from bookforge.model.blocks import Quote, QuoteRole
from tests.readers.plain.reading import Read, read

_PROSE = (
    "The lock had been oiled, which nobody who lived in the house would have done, and Marta put "
    "her palm flat on the door and felt it give a little, like the lid of a biscuit tin."
)
_AO3 = f"""Preface

Salt and Bees
Posted originally on the Archive of Our Own at http://archiveofourown.org/works/1.

Rating:
Teen And Up Audiences
Archive Warning:
No Archive Warnings Apply
Fandom:
The Lighthouse
Relationship:
Marta/Otto
Additional Tags:
Slow Burn, Bees

Salt and Bees

by keeper

Summary

Marta comes home.

Chapter 1: Ebb

Chapter Summary

In which nothing happens.

Chapter Notes

Sorry for the wait!

{_PROSE}

Chapter 2: Flood

{_PROSE}

Afterword

End Notes

Thank you for reading!

Please drop by the Archive and comment to let the creator know if you enjoyed their work!
"""
_FFN = f"""Salt and Bees
By: keeper

Rated: Fiction T - English - Romance/Adventure - Chapters: 2 - Words: 12,345 - id: 7012345

Disclaimer: I own nothing but the bees.



1. Ebb

A/N: Sorry for the wait!

{_PROSE}



2. Flood

**Author's Note: Please review.**

{_PROSE}
"""


def _notes(book: Read) -> int:
    return sum(
        isinstance(block, Quote) and block.role is QuoteRole.NOTE
        for section in book.document.sections
        for block in section.blocks
    )


def test_the_form_of_ao3() -> None:
    book = read(_AO3)
    assert [one[1:] for one in book.headings] == [("Chapter 1", "Ebb"), ("Chapter 2", "Flood")]
    facts = dict(book.document.found.extra)
    assert book.document.found.title == "Salt and Bees"
    assert book.document.found.authors == ("keeper",)
    assert facts["rating"] == "Teen And Up Audiences"
    assert facts["warnings"] == "No Archive Warnings Apply"
    assert facts["fandom"] == "The Lighthouse"
    assert facts["tags"] == "Marta/Otto, Slow Burn, Bees"
    assert _notes(book) == 4
    assert "archive's own words" in {gone.what for gone in book.document.removed}


def test_the_form_of_fanfiction_net() -> None:
    book = read(_FFN)
    assert [one[1:] for one in book.headings] == [("1", "Ebb"), ("2", "Flood")]
    facts = dict(book.document.found.extra)
    assert (facts["rating"], facts["language"]) == ("T", "English")
    assert facts["tags"] == "Romance, Adventure"
    assert facts["disclaimer"].startswith("I own nothing")
    assert _notes(book) == 2


def test_a_preface_of_the_writers_stays() -> None:
    text = f"Preface\n\n{_PROSE}\n\n\nChapter 1\n\n{_PROSE}\n\n\nChapter 2\n\n{_PROSE}\n"
    assert [one[2] for one in read(text).headings] == ["Preface", "", ""]
