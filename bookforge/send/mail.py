"""A book by mail, to a reader that has an address of its own.

In: the [send] settings, the environment, the file. Out: one message over an encrypted line. The
password comes from BOOKFORGE_SMTP_PASSWORD or the system's keyring, and from nowhere else.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING, NamedTuple

from bookforge.devices.names import name_book
from bookforge.devices.table import find_post
from bookforge.diagnostics import BookError, ConfigError, Diagnostic, Hint, Severity
from bookforge.send.deliver import ENDINGS, Parcel

if TYPE_CHECKING:
    from bookforge.config.model import Send

_SECONDS = 60.0
# The port on which the line is encrypted from the start (RFC 8314); on others STARTTLS does it.
_TLS_PORT = 465
_TYPES = {"epub": ("application", "epub+zip"), "pdf": ("application", "pdf")}
# base64 with its line ends: 4 characters for 3 bytes, 2 for each 57.
_GROWTH = 78 / 57


class Account(NamedTuple):
    """Who sends, where to, and through which server."""

    to: str
    sender: str
    host: str
    port: int
    user: str | None


def read_account(send: Send) -> Account:
    """The settings, each from the environment or book.toml.

    Raises `ConfigError`: D020 for what is missing, D024 for what is no address.
    """
    host = os.environ.get("BOOKFORGE_SMTP_HOST") or send.smtp_host
    user = os.environ.get("BOOKFORGE_SMTP_USER") or send.smtp_user
    sender = os.environ.get("BOOKFORGE_SMTP_FROM") or send.smtp_from or user
    to = os.environ.get("BOOKFORGE_MAIL_TO") or send.mail
    needed = {"mail": to, "smtp-host": host, "smtp-user or smtp-from": sender}
    missing = [name for name, value in needed.items() if not value]
    if missing:
        message = f"mail needs {', '.join(missing)} in [send] of book.toml"
        hint = "docs/e-readers.md has an example; BOOKFORGE_SMTP_HOST and the like do as well"
        raise ConfigError(_fault("D020", message, hint))
    assert host and to and sender
    account = Account(to, sender, host, _port(send), user)
    for address in (to, sender):
        _check_address(address)
    return account


def choose_format(to: str, wish: str | None) -> str:
    """EPUB, or what was wished; raises `BookError` (D025) for what the service does not take."""
    service = find_post(to)
    taken = service.formats if service else ("epub", "pdf")
    chosen = wish or "epub"
    if chosen not in taken:
        name = service.name if service else "a reader"
        message = f"{chosen} files are not taken by mail to {name}"
        raise BookError(_fault("D025", message, f"it takes {', '.join(taken)}"))
    return chosen


def write_message(account: Account, parcel: Parcel) -> EmailMessage:
    """The message with the book in it. Raises `BookError` (D022) for a book that is too big."""
    service = find_post(account.to)
    size = parcel.file.stat().st_size
    name = name_book(parcel.title, (), ENDINGS[parcel.format]).file
    if service and service.megabytes and size > service.megabytes * 1_000_000:
        message = f"{name} has {size / 1e6:.1f} MB; {service.name} takes {service.megabytes}"
        raise BookError(_fault("D022", message, "make the pictures smaller, or send it by cable"))
    # A file's name may hold anything, half characters and line ends included.
    title = " ".join(parcel.title.encode("utf-8", "ignore").decode().split())
    mail = EmailMessage()
    mail["From"], mail["To"] = account.sender, account.to
    mail["Subject"] = title
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain=account.sender.rpartition("@")[2])
    mail.set_content(f"{title}\n\nSent by bookforge.\n")
    main, sub = _TYPES[parcel.format]
    mail.add_attachment(parcel.file.read_bytes(), maintype=main, subtype=sub, filename=name)
    return mail


def send_mail(account: Account, mail: EmailMessage, size: int) -> None:
    """Hand the message to the server; `size` is the book's, in bytes.

    Raises `BookError`: D021 no password, D022 more than the server takes, D023 what it refuses.
    """
    password = _password(account) if account.user else None
    try:
        with _connect(account) as server:
            said = server.esmtp_features.get("size", "")
            limit = int(said) if said.isascii() and said.isdigit() else 0
            if limit and size * _GROWTH > limit:
                message = f"{account.host} takes messages of {limit / 1e6:.1f} MB; this is more"
                hint = "send it by cable, or through a server with a higher limit"
                raise BookError(_fault("D022", message, hint))
            if account.user and password:
                server.login(account.user, password)
            server.send_message(mail)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        raise BookError(_refused(account, error)) from error


def describe(mail: EmailMessage, size: int) -> str:
    """The message as --dry-run shows it: everything but the book's bytes."""
    body = mail.get_body()
    text = body.get_content() if body else ""
    attached = next(mail.iter_attachments())
    lines = [f"{name}: {mail[name]}" for name in ("From", "To", "Subject", "Date")]
    name, kind = attached.get_filename(), attached.get_content_type()
    return "\n".join([*lines, "", text, f"[{name}, {kind}, {size:,} bytes]"])


def attachment(mail: EmailMessage) -> str:
    """The name that the book has in the message."""
    return next(mail.iter_attachments()).get_filename() or ""


def approval(to: str) -> str:
    """What the service asks of new senders; "" when nothing is known."""
    service = find_post(to)
    return service.note if service else ""


def profile_of(to: str) -> str:
    """The kind of EPUB that the service likes; "" for the usual one."""
    service = find_post(to)
    return service.profile if service else ""


def _connect(account: Account) -> smtplib.SMTP:
    """A line that is encrypted before anything of the writer's goes over it."""
    context = ssl.create_default_context()
    if account.port == _TLS_PORT:
        return smtplib.SMTP_SSL(account.host, account.port, timeout=_SECONDS, context=context)
    server = smtplib.SMTP(account.host, account.port, timeout=_SECONDS)
    try:
        server.ehlo()
        if not server.has_extn("starttls"):
            reason = "it offers no encryption (STARTTLS) on this port"
            hint = "try smtp-port = 465; without encryption nothing is sent"
            raise BookError(_fault("D023", _says(account, reason), hint))
        server.starttls(context=context)
        server.ehlo()
    except BaseException:
        server.close()
        raise
    return server


def _password(account: Account) -> str:
    if password := os.environ.get("BOOKFORGE_SMTP_PASSWORD"):
        return password
    try:
        import keyring

        stored: str | None = keyring.get_password("bookforge", account.user or "")
    except Exception:  # Not installed, or no keyring on this system: its errors are of every kind.
        stored = None
    if stored:
        return stored
    message = f"there is no password for {account.user} at {account.host}"
    hint = (
        "set BOOKFORGE_SMTP_PASSWORD, or store it: pip install 'bookforge[keyring]' and "
        f"keyring set bookforge {account.user}"
    )
    raise BookError(_fault("D021", message, hint))


def _port(send: Send) -> int:
    wish = os.environ.get("BOOKFORGE_SMTP_PORT", "")
    if not wish:
        return send.smtp_port
    if wish.isascii() and wish.isdigit() and 0 < int(wish) < 65536:
        return int(wish)
    message = f"BOOKFORGE_SMTP_PORT is no port: {wish[:20]}"
    raise ConfigError(_fault("D020", message, "it is 587 or 465 with most providers"))


def _check_address(text: str) -> None:
    try:
        good = bool(Address(addr_spec=text).domain)
    except Exception:  # The parser lets its own faults through, IndexError among them.
        good = False
    if not good:
        hint = "write it as name@example.org; [send] mail and smtp-from hold one address each"
        raise ConfigError(_fault("D024", f"{text[:80]!r} is no mail address", hint))


def _refused(account: Account, error: Exception) -> Diagnostic:
    hint = "check smtp-host, smtp-port and smtp-user with your mail provider"
    if isinstance(error, smtplib.SMTPAuthenticationError):
        reason = "user name or password are wrong"
        hint = "many providers want a password made for programs (an “app password”)"
    elif isinstance(error, smtplib.SMTPRecipientsRefused):
        reason = f"it does not take mail to {account.to}"
    elif isinstance(error, ssl.SSLCertVerificationError):
        reason = f"its certificate is not to be trusted: {error.verify_message}"
    elif isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        reason = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    else:
        reason = str(error) or type(error).__name__
    return _fault("D023", _says(account, reason), hint)


def _says(account: Account, reason: str) -> str:
    return f"{account.host}:{account.port} refuses: {reason}"


def _fault(code: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hints=(Hint(hint),))
