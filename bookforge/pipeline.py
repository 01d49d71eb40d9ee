"""The whole way: find, read, arrange, clean, lay out, render.

The only module that knows all rooms.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec.structs import replace

from bookforge import paper, registry
from bookforge.contracts import Context, Metadata, PageMap, Reader, Reading
from bookforge.decisions import OpenDoubt
from bookforge.diagnostics import Diagnostic, Report
from bookforge.epoch import build_epoch
from bookforge.languages.base import load_language
from bookforge.ledger import read_decisions
from bookforge.locate import Book, Request, file_format, find_book
from bookforge.model.document import Document
from bookforge.model.join import join
from bookforge.naming import fill_name
from bookforge.report import BuildReport, LayoutFinding, OutputFile, PrintFacts
from bookforge.store import Outputs

if TYPE_CHECKING:
    from bookforge.cache import Cache
    from bookforge.config.model import Config, MatterItem
    from bookforge.preflight.epub import Access, Locate
    from bookforge.typeset.layout import LaidOut

__all__ = [
    "Book",
    "BuildReport",
    "Reading",
    "Request",
    "build",
    "check",
    "find_book",
    "read_document",
]

Progress: TypeAlias = Callable[[str], None]
Step: TypeAlias = Callable[[str], AbstractContextManager[None]]
# Targets in the order they are made; the EPUB's page numbers come from the print layout.
TARGETS = ("print", "screen", "proof", "cover", "epub")
_ENDINGS: Mapping[str, str] = {
    "print": "-print.pdf",
    "screen": "-screen.pdf",
    "proof": "-proof.pdf",
    "epub": ".epub",
    "kepub": ".kepub.epub",
    "cover": "-cover.pdf",
    "front": "-front.jpg",
}
# Finished files that `check` looks at, and PDFs among them that are for no printer's inside.
_CHECKED = (".epub", ".pdf")
_UNPRINTED = ("-screen.pdf", "-proof.pdf", "-cover.pdf")
# Forms of the e-book, made in one go; "kepub" comes by a setting or is asked for by programs.
_BOOKS = ("epub", "kepub")


def build(
    book: Book,
    targets: Sequence[str],
    report: Report,
    *,
    progress: Progress = lambda step: None,
    use_cache: bool = True,
    inspect: bool = False,
) -> BuildReport:
    """Make the files asked for (none named: those that `[output]` enables).

    `inspect`: look the pages over for the report's `layout`.
    Raises `BookError` when the manuscript cannot be built or a file is in the way.
    """
    run = _Run(report, progress)
    with _without_collector():
        wanted = wanted_targets(book, targets)
        cache = _remember(book, wanted) if use_cache else None
        reading = prepare(book, run.report, run.step, use_cache=use_cache, cache=cache)
        name = output_name(book, reading.metadata)
        with Outputs(book.out) as outputs:
            drafts = {target: outputs.draft(name + _ENDINGS[target]) for target in wanted}
            printed = _print(drafts, reading, run, book if inspect else None)
            if not {*drafts} & {*_BOOKS}:
                reading = _without_words(reading)
            if "print" in drafts:
                with run.step("preflight"):
                    target = book.out / (name + _ENDINGS["print"])
                    paper.inspect(drafts["print"], target, reading)
            if cache is not None:
                cache.save()
            _render_books(drafts, reading, printed.pages, run)
            files = [
                _publish(target, name + _ENDINGS[target], draft, outputs)
                for target, draft in drafts.items()
            ]
    return BuildReport(
        book.sources,
        tuple(files),
        printed.pages.pages if printed.pages else None,
        reading.document.removed,
        reading.context.counts,
        printed.findings,
        tuple(run.diagnostics),
        run.seconds,
        printed.facts,
        reading.metadata.authors,
    )


def check(book: Book, report: Report, *, use_cache: bool = True) -> Mapping[Path, Access | None]:
    """Take the manuscript through every pass, and look at the files made of it before.

    Gives the finished files looked at, and what the e-books among them offer to readers who cannot
    see them. Raises `BookError` when the manuscript cannot be built.
    """
    reading = prepare(book, report, use_cache=use_cache)
    made = [book.out / name for name in Outputs(book.out).names]
    looked: dict[Path, Access | None] = {}
    for file in made:
        if file.suffix in _CHECKED and file.is_file():
            found, looked[file] = check_file(file, book.config, locate=_locator(file, reading))
            for one in found:
                report(one)
    return looked


def _locator(file: Path, reading: Reading) -> Locate:
    """Finds places of a finished e-book in the manuscript."""
    from bookforge.render.epub.origin import Origins

    origins = Origins(file, reading.document, reading.metadata, reading.context)
    return lambda place: origins.find(place.member, place.line, place.markup)


def check_file(
    path: Path, config: Config, *, named: bool = False, locate: Locate | None = None
) -> tuple[Sequence[Diagnostic], Access | None]:
    """What is wrong with a finished file, ours or anybody's, and what an e-book offers to readers
    who cannot see it.

    `named`: the printer was named for this file, so it is meant for one. `locate` tells where
    places of an e-book come from.
    """
    if path.suffix.lower() == ".pdf":
        from bookforge.preflight.pdf.check import check_pdf

        own = path.name.endswith(tuple(_UNPRINTED))
        printing = named or (False if own else None)
        return check_pdf(path, paper.find_terms(config, path), printing=printing), None
    from bookforge.preflight.epub import check_epub

    return check_epub(path, locate or (lambda place: None))


def prepare(
    book: Book,
    report: Report,
    step: Step | None = None,
    *,
    use_cache: bool = True,
    cache: Cache | None = None,
    doubts: list[OpenDoubt] | None = None,
) -> Reading:
    """Read the manuscript and take it through every pass; `doubts` collects doubtful marks.

    `use_cache`: faces may be kept where they were cut once; `cache` holds what earlier builds of
    the book left.
    """
    from bookforge.passes import ids, images, labels, matter, metadata, notes
    from bookforge.passes.typography.clean import clean
    from bookforge.passes.typography.phrases import clean_metadata

    step = step or _plain_step
    with step("read"):
        document, context = read_document(book, report, use_cache=use_cache)
        context = replace(context, cache=cache)
    with step("arrange"):
        described = metadata.describe(context.config, document.found, document.language, context)
        extra = read_matter(book, context)
        document = matter.arrange(document, extra, described, context)
        document = images.resolve(document, context)
        document = notes.number(document, context)
    with step("clean"):
        context = replace(context, decisions=read_decisions(book, report), doubts=doubts)
        document = clean(document, context)
        described = clean_metadata(described, context.config)
    with step("name"):
        document = labels.dress(ids.assign(document, context), context)
    return Reading(document, described, context)


def read_document(
    book: Book, report: Report, *, use_cache: bool = True
) -> tuple[Document, Context]:
    """Read the manuscript as it stands: structure found, nothing cleaned or arranged."""
    language = book.config.book.language or "en-US"
    context = Context(
        book.config,
        load_language(language),
        report,
        book.sources,
        book.folder,
        build_epoch(book),
        use_cache,
        files=book.files,
    )
    parts = [
        _read_group(name, list(files), context)
        for name, files in groupby(book.files, key=book.format_of)
    ]
    document = join(parts)
    language = book.config.book.language or document.language or language
    return replace(document, language=language), replace(context, language=load_language(language))


def read_matter(book: Book, context: Context) -> Mapping[MatterItem, Document]:
    """Read the texts that `[matter]` gives by file or in place."""
    from bookforge.config.model import Manuscript
    from bookforge.passes.matter import items

    # What [manuscript] says of headings, beginning and end is about the manuscript alone.
    own = Manuscript(encoding=book.config.manuscript.encoding)
    context = replace(context, config=replace(book.config, manuscript=own))
    read: dict[MatterItem, Document] = {}
    for item in items(context.config):
        if item.file is not None:
            file = book.folder / item.file
            read[item] = _read_group(file_format(file), [file], context)
        elif item.text is not None:
            source = context.sources.add(Path(f"[matter] {item.kind}"), item.text)
            read[item] = _reader("markdown")([source], context)
    return read


def wanted_targets(book: Book, targets: Sequence[str]) -> tuple[str, ...]:
    """The targets to make, in order; without names those enabled in `[output]`.

    `kepub` may be asked for as well as `TARGETS`; it comes with `epub` where `[output.epub]` says.
    """
    output = book.config.output
    enabled = set(targets) or {name for name in TARGETS if getattr(output, name).enabled}
    if "epub" in enabled and output.epub.kepub:
        enabled.add("kepub")
    if "cover" in enabled:
        enabled.add("front")
    return tuple(name for name in _ENDINGS if name in enabled)


def output_name(book: Book, metadata: Metadata) -> str:
    """NAME of the output files."""
    series = book.config.book.series
    values = {
        "title": metadata.title,
        "author": ", ".join(metadata.authors),
        "series": series.name if series else "",
        "number": f"{series.number:g}" if series and series.number is not None else "",
        "language": metadata.language,
    }
    return fill_name(book.config.build.filename, values, book.edition)


def _read_group(name: str, files: Sequence[Path], context: Context) -> Document:
    encoding = context.config.manuscript.encoding
    if name in registry.BINARY:
        loaded = [context.sources.load_bytes(file) for file in files]
    else:
        loaded = [context.sources.load(file, encoding, context.report) for file in files]
    return _reader(name)(loaded, context)


def _reader(name: str) -> Reader:
    reader: Reader = registry.find_reader(name)
    return reader


def _remember(book: Book, wanted: Sequence[str]) -> Cache | None:
    """What earlier builds left; screens and proofs want more of a page than is kept."""
    papers = {"print"} & {*wanted} or book.config.output.epub.page_list
    if not papers or {"screen", "proof"} & {*wanted}:
        return None
    from bookforge.cache import open_cache

    return open_cache(repr((str(book.folder), str(book.out), book.edition)))


def _lay_out(reading: Reading, wanted: Sequence[str], run: _Run, *, alone: bool) -> LaidOut | None:
    context = reading.context
    shown = {*paper.PAPERS, "proof", "cover"}.intersection(wanted)
    if not context.config.output.epub.page_list and not shown:
        return None
    from bookforge.typeset.layout import lay_out

    if not shown:
        # Pages that only number the e-book's list are nobody's to mend.
        context = replace(context, report=lambda found: None)
    with run.step("lay out"):
        ahead = None if alone else paper.paint_ahead(reading, wanted)
        return lay_out(reading.document, reading.metadata, context, ahead)


class _Printed(NamedTuple):
    """What is known of the pages once they are painted."""

    pages: PageMap | None = None
    findings: tuple[LayoutFinding, ...] = ()
    facts: PrintFacts | None = None


def _print(
    drafts: Mapping[str, Path], reading: Reading, run: _Run, inspected: Book | None
) -> _Printed:
    """Lay out and paint. The layout, the largest thing in memory, is gone when this returns."""
    laid = _lay_out(reading, tuple(drafts), run, alone=inspected is not None)
    if laid is None:
        return _Printed()
    findings = _findings(laid, inspected) if inspected else ()
    facts = paper.judge(laid, reading, tuple(drafts))
    paper.paint(drafts, reading, laid, run.step)
    return _Printed(laid.pages, findings, facts)


def _render_books(
    drafts: Mapping[str, Path], reading: Reading, pages: PageMap | None, run: _Run
) -> None:
    books = {target: draft for target, draft in drafts.items() if target in _BOOKS}
    if not books:
        return
    render = registry.find_renderer("epub")
    shown = pages if reading.context.config.output.epub.page_list else None
    with run.step("epub"):
        render(reading.document, reading.metadata, books, reading.context, shown)


def _without_words(reading: Reading) -> Reading:
    """The same without the text, which nobody asks for once the pages are there."""
    return reading._replace(document=replace(reading.document, sections=(), notes=()))


def _publish(target: str, name: str, draft: Path, outputs: Outputs) -> OutputFile:
    size = draft.stat().st_size
    digest = outputs.publish(name, draft)
    return OutputFile(target, outputs.folder / name, size, digest)


def _findings(laid: LaidOut, book: Book) -> tuple[LayoutFinding, ...]:
    found = []
    for finding in laid.inspect():
        place = book.sources.locate(finding.span)
        file, line = (str(place.path), place.line) if place else ("", 0)
        found.append(LayoutFinding(finding.kind, finding.page, file, line))
    return tuple(found)


@contextmanager
def _plain_step(name: str) -> Iterator[None]:
    yield


class _Run:
    """Collects diagnostics and times while passing both on."""

    def __init__(self, report: Report, progress: Progress) -> None:
        self._report = report
        self._progress = progress
        self.diagnostics: list[Diagnostic] = []
        self._seen: set[Diagnostic] = set()
        self.seconds: dict[str, float] = {}

    def report(self, found: Diagnostic) -> None:
        # Two outputs may find the same fault: the cover's wrap and the front of it.
        if found not in self._seen:
            self._seen.add(found)
            self.diagnostics.append(found)
            self._report(found)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self._progress(name)
        begun = perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - begun


@contextmanager
def _without_collector() -> Iterator[None]:
    """The cyclic collector only costs here: nodes are immutable and die by counting."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
