"""The commands that bring books to readers, as users see them; what they do stands elsewhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bookforge.cli.options import Run, command


class Form(StrEnum):
    """What a book can be sent as."""

    EPUB = "epub"
    KEPUB = "kepub"
    AZW3 = "azw3"
    PDF = "pdf"


@command(reads_book=False)
def devices(run: Run) -> int:
    """List the e-readers that are plugged in: model, firmware, room, what they open.

    \b
    Examples:
      bookforge devices
      bookforge devices --json | jq -r '.devices[].path'
    """
    from bookforge.cli import plugged

    return plugged.list_devices(run)


@command()
def send(
    run: Run,
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="BOOK|FILE.epub",
            help="A folder, a book.toml, a manuscript, or a finished file.",
            show_default=False,
        ),
    ] = None,
    device: Annotated[
        str | None,
        typer.Option(
            "--device", metavar="NAME", help="The reader, if there are several.", show_default=False
        ),
    ] = None,
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder", metavar="DIR", help="Copy to this folder instead.", show_default=False
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--as", help="Send it as this, not as the reader likes it best."),
    ] = None,
    mail: Annotated[
        bool,
        typer.Option(
            "--mail", help="Mail it to the address in [send] of book.toml.", show_default=False
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Say what would be sent, and send nothing."),
    ] = False,
    no_eject: Annotated[
        bool, typer.Option("--no-eject", help="Leave the reader mounted.", show_default=False)
    ] = False,
) -> int:
    """Build the book and put it on the e-reader that is plugged in.

    The reader gets the format it likes best. The copy is read back and compared before it takes
    the place of the former edition, so your place in the book is kept; the reader is ejected.
    Nothing is sent when the same book is there already. Only what bookforge sent is ever replaced.

    \b
    Examples:
      bookforge send                         to the reader that is plugged in
      bookforge send novel.txt --device kobo
      bookforge send --folder ~/Books --as epub
      bookforge send --mail --dry-run        show the message to a Kindle's address
    """
    from bookforge.cli import sending

    wish = sending.Wish(device, folder, form.value if form else None, mail, dry_run, not no_eject)
    return sending.send_book(run, book, wish)


@command(to="what is built goes away when the server ends")
def serve(
    run: Run,
    books: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="BOOK|FOLDER",
            help="Books, manuscripts, or folders and files of finished .epub and .pdf.",
            show_default=False,
        ),
    ] = None,
    lan: Annotated[
        bool,
        typer.Option("--lan", help="Let the whole local network read.", show_default=False),
    ] = False,
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="N",
            min=0,
            max=65_535,
            help="Listen there; 8080 or the next free one when left out.",
            show_default=False,
        ),
    ] = None,
    password: Annotated[
        bool,
        typer.Option(
            "--password",
            help="Ask readers for a password: $BOOKFORGE_PASSWORD, or the one you type now.",
            show_default=False,
        ),
    ] = False,
) -> int:
    """Hand books to e-readers, phones and computers on your network.

    Shows an address for browsers and reading apps (OPDS). A manuscript is built, and built again
    whenever it changes; Kobo readers get a kepub. Without --lan nobody but this computer can read.
    Nothing can be written through it. Ctrl-C ends it.

    \b
    Examples:
      bookforge serve --lan                  the book of the folder you stand in
      bookforge serve novel.txt              see it in this computer's browser
      bookforge serve ~/books --lan --password
    """
    from bookforge.cli import serving

    return serving.serve(run, books or [], serving.Wish(lan, port, password))
