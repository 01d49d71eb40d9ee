"""Word manuscripts as writers and their programs make them, and parts that python-docx lacks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml

from tests.readers.files import STORY

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def save(document: Any, folder: Path, name: str = "novel.docx") -> Path:
    path = folder / name
    document.save(str(path))
    return path


def make_strict(path: Path, target: Path) -> Path:
    """A saved document with the names of ISO 29500 Strict."""
    usual, strict = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
    names = {
        f"{usual}wordprocessingml/2006/main": f"{strict}wordprocessingml/main",
        f"{usual}officeDocument/2006/relationships": f"{strict}officeDocument/relationships",
        f"{usual}drawingml/2006/": f"{strict}drawingml/",
    }
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith((".xml", ".rels")):
                text = data.decode("utf-8")
                for old, new in names.items():
                    text = text.replace(old, new)
                data = text.encode("utf-8")
            made.writestr(name, data)
    return target


def tell(document: Any, first: int = 0) -> None:
    """Some paragraphs of story."""
    for number in range(first, first + 3):
        document.add_paragraph(STORY[number % len(STORY)])


def centre(document: Any, text: str, *, bold: bool = False) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = bold or None
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def append(document: Any, xml: str) -> Any:
    """Put raw WordprocessingML before the end of the body."""
    element = parse_xml(xml.replace("<w:p>", f"<w:p {_NS}>", 1))
    document.element.body.insert(len(document.element.body) - 1, element)
    return element


def add_notes(path: Path, notes: dict[int, str], kind: str = "footnote") -> None:
    """Give a saved document footnotes or endnotes."""
    body = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve">'
        f" {text}</w:t></w:r></w:p></w:{kind}>"
        for number, text in notes.items()
    )
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    part = f"<w:{kind}s {_NS}>{separator}{body}</w:{kind}s>"
    mime = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    relation = f'<Relationship Id="rIdN{kind}" Type="{_REL}/{kind}s" Target="{kind}s.xml"/>'
    change(
        path,
        {
            f"word/{kind}s.xml": lambda _: part,
            "[Content_Types].xml": lambda text: text.replace(
                "</Types>",
                f'<Override PartName="/word/{kind}s.xml" ContentType="{mime}"/></Types>',
            ),
            "word/_rels/document.xml.rels": lambda text: text.replace(
                "</Relationships>", f"{relation}</Relationships>"
            ),
        },
    )


def change(path: Path, changes: dict[str, Callable[[str], str]]) -> None:
    """Write members of an archive anew."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, mend in changes.items():
        members[name] = mend(members.get(name, b"").decode()).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


# --- whole manuscripts


def styled() -> Any:
    """As the handbook wants it: Title, Subtitle, Heading 1 for parts, Heading 2 for chapters."""
    document = Document()
    document.add_heading("The Salt Road", 0)
    document.add_paragraph("A Novel of the Coast", style="Subtitle")
    for part, chapters in (("Part One", (1, 2)), ("Part Two", (3, 4))):
        document.add_heading(part, 1)
        for number in chapters:
            document.add_heading(f"Chapter {number}: Tide {number}", 2)
            tell(document, number)
    return document


def unstyled() -> Any:
    """Everything in one style; title page and headings bold and centred."""
    document = Document()
    centre(document, "THE SALT ROAD", bold=True)
    centre(document, "by Anna Weaver")
    for number, title in enumerate(("Rain", "The Quay", "Letters Home", "Low Water"), 1):
        heading = centre(document, f"Chapter {number}", bold=True)
        heading.paragraph_format.page_break_before = True
        centre(document, title, bold=True)
        tell(document, number)
        centre(document, "* * *")
        tell(document, number + 1)
    return document


def titles() -> Any:
    """No numbers: short bold lines, not even centred, with an empty paragraph before."""
    document = Document()
    for title in ("The Ferry", "A Light in the Loft", "What Marta Knew", "Home"):
        document.add_paragraph("")
        document.add_paragraph().add_run(title).bold = True
        for number in range(4):
            document.add_paragraph(STORY[number % 3])
    return document


def paged() -> Any:
    """Nothing but page breaks and plain words: ONE, TWO, THREE."""
    document = Document()
    for number, name in enumerate(("ONE", "TWO", "THREE", "FOUR")):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph(name)
        tell(document, number)
        tell(document, number + 1)
    return document


def google() -> Any:
    """As Google Docs exports: headings by style, their looks set on every run, ids unlike names."""
    document = Document()
    document.core_properties.author = ""
    title = document.add_paragraph(style="Title")
    title.add_run("The Salt Road").bold = True
    for number in (1, 2, 3):
        heading = document.add_paragraph(style="Heading 1")
        run = heading.add_run(f"Chapter {number}")
        run.bold, run.italic = False, None
        for line in STORY:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.space_after = 0
            paragraph.add_run(line[:20])
            paragraph.add_run(line[20:])
        document.add_paragraph("")
    return document


def scrivener() -> Any:
    """As Scrivener compiles: a facts page, page breaks, centred headings, # between scenes."""
    document = Document()
    document.add_paragraph("Anna Weaver\t\tabout 90,000 words")
    for _ in range(4):
        document.add_paragraph("")
    centre(document, "THE SALT ROAD")
    centre(document, "by Anna Weaver")
    for number, name in enumerate(("Chapter One", "Chapter Two", "Chapter Three"), 1):
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for _ in range(3):
            document.add_paragraph("")
        centre(document, name)
        document.add_paragraph("")
        tell(document, number)
        centre(document, "#")
        tell(document, number + 1)
    return document


def german() -> Any:
    """Word in German: ids in German, invariant names replaced as other programs write them."""
    document = Document()
    for style in document.styles:
        if style.name.startswith("Heading "):
            style.element.set(
                "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId",
                f"berschrift{style.name[8:]}",
            )
    for number in (1, 2, 3):
        paragraph = document.add_paragraph(f"Kapitel {number}")
        paragraph.style = document.styles["Heading 1"]
        for _ in range(3):
            document.add_paragraph(
                "Die Fähre kam an jenem Abend spät, und niemand auf dem Kai sagte dem Kapitän "
                "ein Wort davon, der mit dem Hut in der Hand an der Reling stand und die Lichter "
                "der Stadt ansah, als wären es nicht die seinen."
            )
    return document


def auto_numbered() -> Any:
    """Headings whose numbers Word writes by itself: "Chapter 1" is nowhere in the text."""
    document = styled_chapters(("Rain", "The Quay", "Letters Home"))
    numbering = document.part.numbering_part.element
    kind = parse_xml(
        f'<w:abstractNum {_NS} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="Chapter %1."/></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, kind)
    numbering.append(parse_xml(f'<w:num {_NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {_NS}><w:numId w:val="77"/></w:numPr>'))
    return document


def styled_chapters(names: tuple[str, ...]) -> Any:
    document = Document()
    for number, name in enumerate(names):
        document.add_heading(name, 1)
        tell(document, number)
    return document
