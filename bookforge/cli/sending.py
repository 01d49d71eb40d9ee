"""What `send` does: find where the book goes, make it, bring it there, and say how it went."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from bookforge.cli import show
from bookforge.cli.options import Run
from bookforge.devices.recognise import Device, recognise
from bookforge.devices.volumes import look_at
from bookforge.diagnostics import ConfigError, Diagnostic, Hint, Severity
from bookforge.send import choose, deliver, mail, make, remarkable
from bookforge.send.deliver import Parcel, Shelf
from bookforge.send.disk import Progress
from bookforge.send.eject import eject
from bookforge.send.mail import Account
from bookforge.send.sent import Sent

if TYPE_CHECKING:
    from bookforge.config.model import Send


class Wish(NamedTuple):
    """What the command line asks for beside the book."""

    device: str | None = None
    folder: Path | None = None
    form: str | None = None
    mail: bool = False
    dry_run: bool = False
    eject: bool = True


class Outcome(NamedTuple):
    """How it went: "sent", "up-to-date" or "would-send"; `unplug` whether that is safe now."""

    status: str
    to: str
    place: str
    unplug: bool | None = None


def send_book(run: Run, path: Path | None, wish: Wish) -> int:
    """Send; 0 when the book is there, be it that it was there before."""
    kind = make.finished_format(path)
    if kind is None:
        run.open_book(path)
    settings = _read_settings(run)
    wish = _settle(wish, settings, run.book.folder if run.book else Path())
    with _folder(run, wish):
        if wish.mail:
            return _mail(mail.read_account(settings), run, path, kind, wish)
        if wish.folder is not None:
            device = _device_at(wish.folder)
        else:
            device = choose.choose_device(choose.find_devices(), wish.device)
        return _send_to(device, run, path, kind, wish)


def _read_settings(run: Run) -> Send:
    """[send] of the book; for a finished file that of --config, or of the folder one stands in."""
    if run.book is not None:
        return run.book.config.send
    from bookforge.config.read import default_config, read_config

    beside = Path("book.toml")
    file = run.config or (beside if beside.is_file() else None)
    if file is not None:
        return read_config(file, run.sources, run.settings, run.edition, run.report).send
    return default_config(run.settings, run.sources, run.edition).send


def _settle(wish: Wish, settings: Send, base: Path) -> Wish:
    """The wish with what [send] says; the command line comes first. Raises `ConfigError` (D016)."""
    asked = [bool(wish.device), wish.folder is not None, wish.mail]
    if sum(asked) == 0:
        folder = base / Path(settings.folder).expanduser() if settings.folder else None
        wish = wish._replace(device=settings.device, folder=folder)
        asked = [bool(wish.device), wish.folder is not None]
    if sum(asked) > 1:
        message = "a book is sent to one place: a reader, a folder or an address"
        hint = "name one of --device, --folder and --mail; or one of device and folder in [send]"
        raise ConfigError(_fault("D016", message, hint))
    return wish


@contextmanager
def _folder(run: Run, wish: Wish) -> Iterator[None]:
    """Where the book is built when the user says so; a dry run leaves nothing behind."""
    if not wish.dry_run:
        yield
        return
    with TemporaryDirectory(prefix="bookforge-") as folder:
        run.output = Path(folder)
        yield


def _device_at(folder: Path) -> Device | Shelf:
    """The reader that a folder is or looks like, else the folder itself."""
    if not folder.is_dir():
        message = f"there is no folder {folder}"
        raise ConfigError(_fault("D018", message, "make it first, or check the spelling"))
    return recognise(look_at(folder)) or deliver.shelf_at(folder)


def _send_to(
    place: Device | Shelf, run: Run, path: Path | None, kind: str | None, wish: Wish
) -> int:
    """To a reader, or into a folder."""
    if isinstance(place, Shelf):
        return _copy(place, _parcel(run, path, kind, wish.form or kind or "epub"), run, wish)
    choose.check_reach(place)
    form = choose.choose_format(place, wish.form, kind)
    parcel = _parcel(run, path, kind, form)
    if place.family.reach == "web":
        return _upload(place, parcel, run, wish)
    return _copy(place, parcel, run, wish)


def _parcel(run: Run, path: Path | None, kind: str | None, form: str, profile: str = "") -> Parcel:
    """The file to send, built or as it is; `profile` is what a mail service likes."""
    if kind is not None:
        assert path is not None
        return make.take_finished(path, kind, form)
    assert run.book is not None
    with show.progress(run) as step:
        making = make.Making(run.report, step, run.use_cache, run.output)
        return make.build_parcel(run.book, form, making, profile)


def _copy(place: Device | Shelf, parcel: Parcel, run: Run, wish: Wish) -> int:
    """Onto a reader with a drive, or into a folder."""
    device, shelf = (None, place) if isinstance(place, Shelf) else (place, deliver.shelf_of(place))
    name = device.name if device else str(shelf.root)
    sent = Sent()
    if wish.dry_run:
        target, same = deliver.look_ahead(parcel, shelf, sent, run.report)
        status = "up-to-date" if same else "would-send"
        return _tell(run, parcel, Outcome(status, name, str(target)))
    if device is not None and device.family.reach == "mtp":
        _warn_of_mtp(device, run)
    with _bar(run, parcel.file.stat().st_size) as progress:
        target, copied = deliver.deliver(parcel, shelf, sent, run.report, progress)
    status = "sent" if copied.written else "up-to-date"
    free = _let_go(device, run, wish.eject) if device is not None else None
    return _tell(run, parcel, Outcome(status, name, str(target), free))


def _let_go(device: Device, run: Run, wanted: bool) -> bool | None:
    """Eject if wanted; gives whether the reader may be unplugged, None for a mere folder."""
    volume = device.volume
    if volume is None or volume.reach == "mtp":
        return True  # MTP has no cache to flush: what it has taken it has.
    if not volume.device:
        return None
    if not wanted:
        return False
    reason = eject(volume)
    if reason is not None:
        message = f"the book is on the {device.name}, but the system did not eject it: {reason}"
        hint = Hint("eject it as you usually do before you unplug it")
        run.report(Diagnostic("D013", Severity.NOTE, message, hints=(hint,)))
    return reason is None


def _warn_of_mtp(device: Device, run: Run) -> None:
    message = f"the {device.name} speaks MTP: a new edition cannot take the old one's place at once"
    hint = Hint("leave the cable in until bookforge says so")
    run.report(Diagnostic("D017", Severity.NOTE, message, hints=(hint,)))


def _upload(device: Device, parcel: Parcel, run: Run, wish: Wish) -> int:
    name = f"{parcel.title}{deliver.ENDINGS[parcel.format]}"
    if wish.dry_run:
        return _tell(run, parcel, Outcome("would-send", device.name, name))
    with _bar(run, parcel.file.stat().st_size) as progress:
        written = remarkable.bring(parcel, name, Sent(), run.report, progress)
    status = "sent" if written else "up-to-date"
    return _tell(run, parcel, Outcome(status, device.name, name, unplug=True))


def _mail(account: Account, run: Run, path: Path | None, kind: str | None, wish: Wish) -> int:
    form = mail.choose_format(account.to, wish.form or kind)
    parcel = _parcel(run, path, kind, form, mail.profile_of(account.to))
    letter = mail.write_message(account, parcel)
    if not wish.dry_run:
        with show.progress(run) as step:
            step(f"mailing to {account.to}")
            mail.send_mail(account, letter, parcel.file.stat().st_size)
    elif not run.json:
        print(mail.describe(letter, parcel.file.stat().st_size))
    status = "would-send" if wish.dry_run else "sent"
    code = _tell(run, parcel, Outcome(status, account.to, mail.attachment(letter)))
    if (note := mail.approval(account.to)) and not run.json and not run.quiet:
        print(note)
    return code


def _tell(run: Run, parcel: Parcel, done: Outcome) -> int:
    """Findings on standard error, the outcome on standard output."""
    if run.json:
        show.write_json(_as_json(run, parcel, done))
        return run.exit_code()
    show.show_findings(run, sys.stderr)
    if not run.quiet:
        size = show.show_size(parcel.file.stat().st_size)
        said = {
            "sent": f"sent to {done.to}: {done.place} ({size})",
            "up-to-date": f"up to date on {done.to}: {done.place}",
            "would-send": f"would be sent to {done.to}: {done.place} ({size})",
        }
        print(said[done.status])
        if done.unplug:
            print("You can unplug it.")
        elif done.unplug is False:
            print("Eject it before you unplug it.")
    return run.exit_code()


def _as_json(run: Run, parcel: Parcel, done: Outcome) -> dict[str, Any]:
    return {
        "status": done.status,
        "to": done.to,
        "path": done.place,
        "title": parcel.title,
        "format": parcel.format,
        "bytes": parcel.file.stat().st_size,
        "unplug": done.unplug,
        "diagnostics": show.as_json(run.findings(), run.sources),
    }


@contextmanager
def _bar(run: Run, size: int) -> Iterator[Progress]:
    """A bar on a terminal; nothing on a pipe."""
    if run.quiet or run.json or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("copying"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("copying", total=size)
        yield lambda done: bar.update(task, completed=done)


def _fault(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),))
