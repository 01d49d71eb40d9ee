"""Upload to a reMarkable over the page that it serves on the USB cable.

The page's own protocol (remarkable.guide, "USB web interface"): POST /documents/ lists the top
folder and makes it the one that uploads go to; POST /upload takes one file as a form's `file`, with
Origin and Referer of the page itself. Nothing can be replaced or removed that way.
"""

from __future__ import annotations

import json
import os
from http.client import HTTPConnection, HTTPException
from pathlib import Path, PurePath
from typing import NamedTuple

from bookforge.devices.recognise import Device
from bookforge.devices.table import families
from bookforge.diagnostics import BookError, Diagnostic, Hint, Report, Severity
from bookforge.send.deliver import Parcel
from bookforge.send.disk import Progress
from bookforge.send.sent import Sent
from bookforge.store import hash_file

_USUAL = "10.11.99.1"
_KEY = "remarkable:"
# It is at the other end of a cable; a sleeping one does not answer at all.
_KNOCK = 1.0
_SECONDS = 120.0
_TYPES = {".epub": "application/epub+zip", ".pdf": "application/pdf"}
_BLOCK = 1 << 16


class _Answer(NamedTuple):
    status: int
    body: bytes


def find_remarkable() -> Device | None:
    """The tablet, if one is wired and its page answers."""
    if not (os.environ.get("BOOKFORGE_REMARKABLE") or _is_wired()):
        return None
    try:
        _ask("GET", "/", timeout=_KNOCK)
    except (OSError, ValueError, HTTPException):
        return None
    return Device(next(family for family in families() if family.reach == "web"))


def list_documents() -> list[str]:
    """The names in the top folder, which thereby becomes the one that uploads go to.

    Raises `BookError` (D030).
    """
    try:
        answer = _ask("POST", "/documents/")
        if answer.status in (404, 405):  # Older systems list with GET.
            answer = _ask("GET", "/documents/")
        if answer.status != 200:
            raise BookError(_refused(f"it answers {answer.status} when asked for its documents"))
        entries = json.loads(answer.body)
        return [str(one.get("VissibleName") or one.get("VisibleName", "")) for one in entries]
    except (OSError, HTTPException, ValueError, AttributeError) as error:
        raise BookError(_refused(str(error) or type(error).__name__)) from error


def bring(
    parcel: Parcel, name: str, sent: Sent, report: Report, progress: Progress = lambda done: None
) -> bool:
    """Upload a book unless this very edition is there; gives whether it was written.

    `report` is told of a former edition (D031). Raises `BookError` (D030) when the tablet does not
    take it.
    """
    digest = hash_file(parcel.file)
    if PurePath(name).stem in list_documents():
        if sent.is_ours(_KEY, name, digest):
            return False
        message = f"{PurePath(name).stem} is on the tablet already; this edition is added beside it"
        hint = Hint("remove the former one on the tablet: its page has no way to replace it")
        report(Diagnostic("D031", Severity.NOTE, message, hints=(hint,)))
    _upload(parcel.file, name, progress)
    sent.note(_KEY, name, parcel.book, digest)
    return True


def _upload(file: Path, name: str, progress: Progress) -> None:
    boundary = "bookforge-3f1c9a52d07b4e86"
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="file"; filename="{_quoted(name)}"\r\n'
        f"Content-Type: {_TYPES[file.suffix]}\r\n\r\n"
    ).encode()
    tail = f"\r\n--{boundary}--\r\n".encode()
    try:
        answer = _post_form(file, head, tail, boundary, progress)
    except (OSError, ValueError, HTTPException) as error:
        raise BookError(_refused(str(error) or type(error).__name__)) from error
    if answer.status not in (200, 201):
        said = answer.body.decode("utf-8", "replace").strip()[:200]
        raise BookError(_refused(f"it answers {answer.status} {said}".rstrip()))


def _post_form(file: Path, head: bytes, tail: bytes, boundary: str, progress: Progress) -> _Answer:
    host = _host()
    line = HTTPConnection(host, timeout=_SECONDS)
    try:
        line.putrequest("POST", "/upload")
        line.putheader("Content-Type", f"multipart/form-data; boundary={boundary}")
        line.putheader("Content-Length", str(len(head) + file.stat().st_size + len(tail)))
        line.putheader("Origin", f"http://{host}")
        line.putheader("Referer", f"http://{host}/")
        line.endheaders(head)
        done = 0
        with file.open("rb") as book:
            while block := book.read(_BLOCK):
                line.send(block)
                done += len(block)
                progress(done)
        line.send(tail)
        answer = line.getresponse()
        return _Answer(answer.status, answer.read())
    finally:
        line.close()


def _ask(method: str, path: str, timeout: float = _SECONDS) -> _Answer:
    host = _host()
    line = HTTPConnection(host, timeout=timeout)
    try:
        page = {"Origin": f"http://{host}", "Referer": f"http://{host}/"}
        line.request(method, path, headers=page)
        answer = line.getresponse()
        return _Answer(answer.status, answer.read())
    finally:
        line.close()


def _host() -> str:
    """Where the page is; BOOKFORGE_REMARKABLE names another host and port."""
    return os.environ.get("BOOKFORGE_REMARKABLE") or _USUAL


def _is_wired() -> bool:
    """Whether this computer has an address on the tablet's cable; nobody else is knocked at."""
    import psutil

    network = _USUAL.rpartition(".")[0] + "."
    addresses = psutil.net_if_addrs().values()
    return any(one.address.startswith(network) for group in addresses for one in group)


def _quoted(name: str) -> str:
    """A file name in a form's header, as browsers write it (HTML, multipart form data)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _refused(reason: str) -> Diagnostic:
    message = f"the reMarkable did not take the book: {reason}"
    hint = "wake it up, look at Settings > Storage > USB web interface, and send again"
    return Diagnostic("D030", Severity.ERROR, message, hints=(Hint(hint),))
