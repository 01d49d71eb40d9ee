"""The way from pieces to a document, the same for every format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from bookforge.contracts import Context
from bookforge.diagnostics import BookError, Diagnostic, Hint, Severity, Span
from bookforge.languages.base import load_language
from bookforge.model.document import Document, Found, Removed, Section, SectionKind
from bookforge.model.join import join_found
from bookforge.readers.blocks import Block
from bookforge.readers.doubts import doubt_page, find_doubts
from bookforge.readers.draft import Draft
from bookforge.readers.flow.dress import heed_dress
from bookforge.readers.flow.free import Filler, build_free
from bookforge.readers.flow.lay import Script, lay_out
from bookforge.readers.flow.nodes import Seat
from bookforge.readers.flow.pieces import Flow
from bookforge.readers.flow.remarks import Remarks
from bookforge.readers.flow.styled import build_styled
from bookforge.readers.front import Known, TitlePage, read_title_page
from bookforge.readers.headings.contents import fold_title
from bookforge.readers.headings.find import Headings, find_headings
from bookforge.readers.lexicon import load_lexicon
from bookforge.readers.markdown.titles import part_title
from bookforge.readers.override import bar_blocks, cut_ends, put_over
from bookforge.readers.scenes import find_scenes
from bookforge.readers.tongue import guess_language, named_language, settle_language
from bookforge.source import SourceFile

__all__ = ["Source", "assemble"]

_TITLES = ("title", "subtitle", "author")


class Source(Struct, frozen=True):
    """What a format's reader found in one file: its flows in order, and what it left out."""

    file: SourceFile
    flows: Sequence[Flow]
    remarks: Remarks


def assemble(sources: Sequence[Source], context: Context) -> Document:
    """One document from the flows of several files.

    Raises `BookError` (R004) when there is not one word in them.
    """
    drop = context.config.manuscript.contents == "drop"
    scripts = [lay_out(one.file, one.flows, context.sources, drop=drop) for one in sources]
    for source, script in zip(sources, scripts, strict=True):
        for finding in source.remarks.findings(source.file, script.places):
            context.report(finding)
    flows = [flow for source in sources for flow in source.flows]
    if not any(script.blocks for script in scripts):
        raise BookError(_empty(sources[0].file))
    found = join_found([flow.found for flow in flows])
    language = _find_language(scripts, flows, found, context)
    return _Book(scripts, found, language, context).read()


def _empty(file: SourceFile) -> Diagnostic:
    hint = Hint("write something first")
    message = f"{file.path.name} holds no text"
    return Diagnostic("R004", Severity.ERROR, message, hints=(hint,), file=str(file.path))


def _find_language(
    scripts: Sequence[Script], flows: Sequence[Flow], found: Found, context: Context
) -> str:
    """As book.toml or the file's metadata say; else guessed, with the file's region."""
    if context.config.book.language:
        return context.config.book.language
    if not _is_manuscript(scripts, context):
        return context.language.tag
    if found.language:
        return named_language(found.language) or found.language
    hint = next((flow.language for flow in flows if flow.language), "")
    text = "\n".join(script.file.text for script in scripts)
    # Word processors mark text with the language of their menus; the words know better.
    if hint and (guess_language(text) or hint).split("-")[0] == hint.split("-")[0]:
        return hint
    return settle_language(text, scripts[0].file.id, context)


def _is_manuscript(scripts: Sequence[Script], context: Context) -> bool:
    """Whether these files are the manuscript, not a text that `[matter]` gives."""
    return not context.files or scripts[0].file.path in context.files


@dataclass
class _Book:
    """A book between its pieces and its sections."""

    scripts: Sequence[Script]
    found: Found
    language: str
    context: Context
    seats: list[Seat] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)

    @property
    def _is_whole(self) -> bool:
        return _is_manuscript(self.scripts, self.context)

    def read(self) -> Document:
        for script in self.scripts:
            self.seats += [seat for seats in script.flows for seat in seats]
            self.removed += [Removed(what, span) for what, span in _runs(script.removed)]
        self._settle_titles()
        self._find_title()
        draft = self._draft()
        styled = [seat for seat in self.seats if seat.piece.level or seat.piece.kind]
        headings = None
        if len(styled) < 2:
            headings = self._find(draft)
            if styled and len(headings.found) < 2:
                headings = None
        if headings is None and styled:
            return self._read_styled(draft)
        return self._read_free(draft, headings or self._find(draft))

    def _settle_titles(self) -> None:
        """One title is the book's; several are headings above the others."""
        titles = [seat for seat in self.seats if seat.piece.role == "title"]
        if not self._is_whole:
            for seat in titles:
                seat.piece.role, seat.piece.level = "", 1
            return
        if len({seat.piece.line for seat in titles}) < 2 or not any(
            seat.piece.level for seat in self.seats
        ):
            return
        for seat in self.seats:
            if seat.piece.role == "title":
                seat.piece.role, seat.piece.level = "", 1
            elif seat.piece.level:
                seat.piece.level += 1

    def _find_title(self) -> None:
        """A single highest heading above all others, without a number or a name, is the title."""
        heads = [seat for seat in self.seats if seat.piece.level]
        if (
            not self._is_whole
            or len(heads) < 3
            or any(seat.piece.role == "title" for seat in self.seats)
        ):
            return
        first, others = heads[0], [seat.piece.level for seat in heads[1:]]
        plain_words = part_title(first.inlines(), load_lexicon(self.language)).kind is None
        if plain_words and first.piece.kind is None and first.piece.level < min(others):
            first.piece.role, first.piece.level = "title", 0

    def _draft(self) -> Draft:
        blocks: list[Block] = [block for script in self.scripts for block in script.blocks]
        lines = [seat.piece.line for seat in self.seats if seat.piece.role in _TITLES]
        known = {fold_title(line) for line in (*lines, self.found.title, *self.found.authors)}
        lexicon = load_lexicon(self.language)
        return Draft(blocks, lexicon, 0, len(blocks), known=frozenset(known - {""}))

    def _find(self, draft: Draft) -> Headings:
        settings, report = self.context.config.manuscript, self.context.report
        cut_ends(draft, settings, report)
        bar_blocks(draft, settings, report)
        titles = {at for at, seat in enumerate(self.seats) if seat.piece.role in _TITLES}
        draft.barred = draft.barred | titles
        found = heed_dress(find_headings(draft), draft, self.seats)
        return put_over(draft, found, settings, report)

    # --- both ways

    def _read_page(self, draft: Draft, limit: int) -> TitlePage:
        """The title page: by its styles, and as it is read in plain text."""
        if not self._is_whole:
            return TitlePage()
        titles = [at for at in range(min(limit, len(self.seats))) if self._role(at) in _TITLES]
        said = self._line(titles, "title") or self.found.title
        known = Known.of(self.context.config.book, said)
        small = Draft(draft.blocks, draft.lexicon, draft.first, min(limit + 1, draft.last))
        small.kept = draft.kept
        page = read_title_page(small, min(limit, draft.last), known)
        kept = frozenset(at for at in page.indexes if not self.seats[at].piece.is_picture)
        found = TitlePage(
            self._line(titles, "title") or page.title,
            self._line(titles, "subtitle") or page.subtitle,
            tuple(filter(None, [self._line(titles, "author")])) or page.authors,
            page.facts,
            kept | frozenset(titles),
        )
        gone = {at: self.seats[at].span for at in found.indexes}
        for doubt in doubt_page(draft, gone, known.tell(found)):
            self.context.report(doubt)
        return found

    def _role(self, at: int) -> str:
        return self.seats[at].piece.role

    def _line(self, indexes: Sequence[int], role: str) -> str:
        lines = [self.seats[at].piece.line for at in indexes if self._role(at) == role]
        return " ".join(" ".join(lines).split())

    def _mark_scenes(self, draft: Draft, headed: set[int], starts: set[int]) -> None:
        """Gaps count as the writer made them: bold or centred words are no pause."""
        gaps = [gap for script in self.scripts for gap in script.gaps]
        for block, gap in zip(draft.blocks, gaps, strict=True):
            block.gap = gap
        own = self.context.config.manuscript.scene_breaks
        scenes = find_scenes(draft, headed, starts, None if own == "auto" else own)
        ruled = {at for at, seat in enumerate(self.seats) if seat.piece.role == "rule"}
        for at in scenes.marks | (ruled if own == "auto" else frozenset()):
            self.seats[at].mark = True
        for at in scenes.gaps:
            self.seats[at].pause = True
        self.scenes = scenes

    def _document(self, sections: tuple[Section, ...], page: TitlePage) -> Document:
        spans = [("title page", self.seats[at].span) for at in sorted(page.indexes)]
        self.removed += [Removed(what, span) for what, span in _runs(spans)]
        lists = [one.span for one in self.removed if one.what == "contents list"]
        first, last = self.seats[0].span, self.seats[-1].span
        if not sections:
            sections = (Section(SectionKind.TEXT, (), (), self.seats[0].point),)
        return Document(
            sections,
            self.language,
            tuple(note for script in self.scripts for note in script.notes),
            Found(
                self._find_name(page),
                page.subtitle or self.found.subtitle,
                self.found.authors if self.found.title else page.authors or self.found.authors,
                self.language,
                (*self.found.extra, *page.facts),
            ),
            tuple(sorted(self.removed, key=lambda one: (one.span.source, one.span.start))),
            lists[0] if lists else None,
            first.to(last) if first.source == last.source else None,
        )

    def _find_name(self, page: TitlePage) -> str:
        """An e-book's metadata are right; a word processor's are often those of another text."""
        if self.found.language:
            return self.found.title or page.title
        return page.title or self.found.title

    # --- by styles

    def _read_styled(self, draft: Draft) -> Document:
        headed = {at for at, seat in enumerate(self.seats) if seat.piece.level}
        declared = {at for at, seat in enumerate(self.seats) if seat.piece.kind}
        page = self._read_page(draft, min(headed | declared))
        self._mark_scenes(draft, headed | page.indexes, {at + 1 for at in headed})
        gone = {id(self.seats[at]) for at in page.indexes}
        flows = [
            [seat for seat in seats if id(seat) not in gone]
            for script in self.scripts
            for seats in script.flows
        ]
        title = self.context.config.book.title or page.title or self.found.title
        spoken = replace(self.context, language=load_language(self.language))
        outline, ends = build_styled(flows, title, spoken)
        self.removed += [*ends, *outline.removed]
        document = self._document(outline.sections, page)
        found = replace(
            document.found,
            title=document.found.title or outline.title,
            subtitle=document.found.subtitle or outline.subtitle,
            authors=document.found.authors or outline.authors,
        )
        return replace(document, found=found, contents=document.contents or outline.contents)

    # --- without styles

    def _read_free(self, draft: Draft, headings: Headings) -> Document:
        settings = self.context.config.manuscript
        for doubt in find_doubts(draft, headings, settings.expect):
            self.context.report(doubt)
        limits = [one.index for one in headings.found[:1]]
        if headings.contents.indexes:
            limits.append(min(headings.contents.indexes))
        page = self._read_page(draft, min(limits, default=draft.last))
        listed = headings.contents.indexes if settings.contents == "drop" else frozenset()
        left_out = listed | page.indexes
        headed = {one.index for one in headings.found if one.after > one.index}
        headed |= {one.index + 1 for one in headings.found if one.below is not None}
        self._mark_scenes(draft, headed | left_out, {one.after for one in headings.found})
        filler = Filler(draft, self.scenes, left_out, seats=self.seats)
        outside = [*range(draft.first), *range(draft.last, len(self.seats))]
        for what, indexes in (("contents list", listed), ("outside the work", outside)):
            spans = [(what, self.seats[at].span) for at in sorted(indexes)]
            self.removed += [Removed(name, span) for name, span in _runs(spans)]
        return self._document(build_free(draft, headings, filler), page)


def _runs(spans: Sequence[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """Neighbouring spans of one sort as one."""
    joined: list[tuple[str, Span]] = []
    for what, span in spans:
        if joined and joined[-1][0] == what and joined[-1][1].source == span.source:
            before = joined[-1][1]
            if span.start - before.end <= 2:
                joined[-1] = (what, before.to(span))
                continue
        joined.append((what, span))
    return joined
