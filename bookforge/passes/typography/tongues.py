"""Several languages in one book: each text, and each passage marked as foreign, by its own rules.

The texts of a language are read as one book, with the others as breaks in it. A foreign passage
inside a paragraph is read alone; for the paragraph around it its marks are as if they were not
there, unless they only make sense together with those around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bookforge.languages.base import Language, known_languages, load_language
from bookforge.model.edits import Doubt, Edit
from bookforge.passes.typography.collect import Collected, Passage
from bookforge.passes.typography.find import Choices, Keep, find_all
from bookforge.passes.typography.settings import Settings
from bookforge.passes.typography.stretch import Findings
from bookforge.regex import regex

_MARKS = regex("(?<![^\\W_])[\"'“”‘’„‟‚‛«»‹›]|[\"'“”‘’„‟‚‛«»‹›](?![^\\W_])")
_OF_QUOTES = ("quote", "apostrophe", "prime")


def find_in_tongues(
    collected: Collected,
    language: Language,
    settings: Settings,
    choices: Choices,
    keep: Keep | None = None,
) -> Findings:
    """The edits of every text, each found by the rules of its language."""
    known = {tag.split("-")[0] for tag in known_languages()} if collected.passages else set()
    passages = [one for one in collected.passages if one.tag.split("-")[0] in known]
    if not passages and set(collected.tags) == {""}:
        return find_all(collected.texts, language, settings, choices, keep)
    own = _find_passages(collected, passages, settings, choices)
    texts = list(collected.texts)
    for passage, found in zip(passages, own, strict=True):
        if not found.lonely:
            texts[passage.index] = _hide_marks(texts[passage.index], passage)
    whole = _find_texts(texts, collected.tags, language, (settings, choices, keep))
    for passage, found in zip(passages, own, strict=True):
        _merge(whole, passage, found)
    return whole


def _find_texts(
    texts: Sequence[str],
    tags: Sequence[str],
    language: Language,
    asked: tuple[Settings, Choices, Keep | None],
) -> Findings:
    settings, choices, keep = asked
    whole = Findings([[] for _ in texts], [[] for _ in texts], [])
    for tag in sorted(set(tags)):
        own = [text if mine == tag else "" for text, mine in zip(texts, tags, strict=True)]
        # What book.toml says of quotes is about the book's own language.
        wish = settings._replace(quotes="auto") if tag else settings
        part = find_all(own, load_language(tag) if tag else language, wish, choices, keep)
        for index, mine in enumerate(tags):
            if mine == tag:
                whole.edits[index], whole.doubts[index] = part.edits[index], part.doubts[index]
        whole.lonely.extend(part.lonely)
    whole.lonely.sort()
    return whole


def _find_passages(
    collected: Collected, passages: Sequence[Passage], settings: Settings, choices: Choices
) -> list[Findings]:
    found = []
    for one in passages:
        text = collected.texts[one.index][one.start : one.end]
        chosen = {
            at - one.start: reading
            for at, reading in choices.get(one.index, {}).items()
            if one.start <= at < one.end
        }
        wish = settings._replace(quotes="auto")
        found.append(find_all([text], load_language(one.tag), wish, {0: chosen}))
    return found


def _hide_marks(text: str, passage: Passage) -> str:
    inside = _MARKS.sub("_", text[passage.start : passage.end])
    return text[: passage.start] + inside + text[passage.end :]


def _merge(whole: Findings, passage: Passage, found: Findings) -> None:
    """Put the findings of a passage in place of those the text around it has there."""
    index, start, end = passage.index, passage.start, passage.end
    joined = bool(found.lonely)
    kept = [
        edit
        for edit in whole.edits[index]
        if edit.start < start or edit.end > end or (joined and edit.rule in _OF_QUOTES)
    ]
    fresh = [
        Edit(start + edit.start, start + edit.end, edit.new, edit.rule)
        for edit in found.edits[0]
        if not (joined and edit.rule in _OF_QUOTES)
    ]
    taken = [(edit.start, edit.end) for edit in kept]
    fresh = [edit for edit in fresh if not any(_overlap(edit, one) for one in taken)]
    whole.edits[index] = sorted(kept + fresh, key=lambda edit: (edit.start, edit.end))
    if not joined:
        whole.doubts[index] += _moved(found.doubts[0], start)


def _overlap(edit: Edit, taken: tuple[int, int]) -> bool:
    return edit.start < taken[1] and taken[0] < edit.end


def _moved(doubts: Sequence[Doubt], by: int) -> Iterator[Doubt]:
    for one in doubts:
        yield one._replace(offset=one.offset + by)
