"""Books by mail, to a real mail server on loopback, encrypted and with a password."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from bookforge.config.model import Send
from bookforge.diagnostics import BookError, ConfigError, Diagnostic
from bookforge.send import mail
from bookforge.send.deliver import Parcel
from bookforge.send.mail import Account, choose_format, describe, read_account, write_message

trustme = pytest.importorskip("trustme")
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

_USER, _PASSWORD = "ann@example.org", "correct horse"


class _Box:
    """What the server took, and whom it takes mail for."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], EmailMessage]] = []

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.endswith("@refused.example"):
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, message))
        return "250 taken"


class _Server:
    """A mail server of one kind, and what it took."""

    def __init__(self, tls: ssl.SSLContext | None, from_the_start: bool, size: int) -> None:
        self.box = _Box()
        options: dict[str, Any] = {
            "authenticator": _check,
            "auth_required": True,
            "data_size_limit": size,
        }
        if from_the_start:
            options |= {"ssl_context": tls, "auth_require_tls": False}
        else:
            options |= {"tls_context": tls, "require_starttls": tls is not None}
        if tls is None:
            options["auth_require_tls"] = False
        self.port = _free_port()
        self.controller = Controller(self.box, hostname="127.0.0.1", port=self.port, **options)
        self.controller.start()


def _check(server: Any, session: Any, envelope: Any, how: str, data: Any) -> AuthResult:
    good = isinstance(data, LoginPassword) and data.password == _PASSWORD.encode()
    good = good and data.login == _USER.encode()
    # Not handled: the server itself says 535.
    return AuthResult(success=good, handled=good)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.fixture(scope="module")
def authority() -> Any:
    return trustme.CA()


@pytest.fixture
def tls(authority: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """The server's side; this process trusts its authority, as a system does."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return context


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "USER", "FROM", "PASSWORD"):
        monkeypatch.delenv(f"BOOKFORGE_SMTP_{name}", raising=False)
    monkeypatch.delenv("BOOKFORGE_MAIL_TO", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)


@pytest.fixture
def servers() -> Iterator[list[_Server]]:
    running: list[_Server] = []
    yield running
    for one in running:
        one.controller.stop()


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    book = tmp_path / "Low Water.epub"
    book.write_bytes(b"PK" + bytes(range(256)) * 200)
    return Parcel(book, "epub", "Low Wäter: A Novel", ("Ann Author",), "/books/low-water")


def _account(server: _Server, to: str = "ann@kindle.com") -> Account:
    return Account(to, _USER, "localhost", server.port, _USER)


def _send(account: Account, parcel: Parcel) -> None:
    letter = write_message(account, parcel)
    mail.send_mail(account, letter, parcel.file.stat().st_size)


def _fault(error: pytest.ExceptionInfo[BookError]) -> Diagnostic:
    return error.value.diagnostics[0]


@pytest.mark.parametrize("from_the_start", [False, True], ids=["STARTTLS", "TLS"])
def test_a_book_arrives(
    tls: ssl.SSLContext,
    servers: list[_Server],
    parcel: Parcel,
    monkeypatch: pytest.MonkeyPatch,
    from_the_start: bool,
) -> None:
    servers.append(_Server(tls, from_the_start, 10_000_000))
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", _PASSWORD)
    if from_the_start:
        monkeypatch.setattr(mail, "_TLS_PORT", servers[0].port)
    _send(_account(servers[0]), parcel)
    ((sender, to, message),) = servers[0].box.taken
    assert (sender, to) == (_USER, ["ann@kindle.com"])
    assert message["Subject"] == "Low Wäter: A Novel"
    assert message["Date"] and message["Message-ID"].endswith("@example.org>")
    (book,) = message.iter_attachments()
    assert book.get_content_type() == "application/epub+zip"
    assert book.get_filename() == "Low Wäter - A Novel.epub"
    assert book.get_content() == parcel.file.read_bytes()


def test_a_wrong_password(
    tls: ssl.SSLContext, servers: list[_Server], parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.append(_Server(tls, False, 10_000_000))
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", "wrong")
    with pytest.raises(BookError) as refused:
        _send(_account(servers[0]), parcel)
    assert _fault(refused).code == "D023"
    assert "password" in _fault(refused).message
    assert "wrong" not in _fault(refused).message.replace("are wrong", "")
    assert servers[0].box.taken == []


def test_a_server_without_encryption_gets_nothing(
    servers: list[_Server], parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.append(_Server(None, False, 10_000_000))
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", _PASSWORD)
    with pytest.raises(BookError) as refused:
        _send(_account(servers[0]), parcel)
    assert "no encryption" in _fault(refused).message
    assert servers[0].box.taken == []


def test_a_server_that_is_not_who_it_says(
    tls: ssl.SSLContext, servers: list[_Server], parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.append(_Server(tls, False, 10_000_000))
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", _PASSWORD)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(BookError) as refused:
        _send(_account(servers[0]), parcel)
    assert "certificate" in _fault(refused).message
    assert servers[0].box.taken == []


@pytest.mark.parametrize("host", ["", "a" * 80 + ".example", "h\nx", "nowhere.invalid"])
def test_a_host_that_is_none(parcel: Parcel, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", _PASSWORD)
    with pytest.raises(BookError) as refused:
        _send(Account("a@kindle.com", _USER, host, 587, _USER), parcel)
    assert _fault(refused).code == "D023"


def test_a_file_name_of_half_characters_and_lines(parcel: Parcel) -> None:
    account = Account("a@kindle.com", _USER, "localhost", 587, _USER)
    letter = write_message(account, parcel._replace(title="Low\nBcc: x@y\udcffWater"))
    assert letter["Subject"] == "Low Bcc: x@yWater"
    assert mail.attachment(letter) == "Low Bcc - x@yWater.epub"
    assert b"Low Bcc" in bytes(letter)


def test_a_reader_that_the_server_does_not_know(
    tls: ssl.SSLContext, servers: list[_Server], parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.append(_Server(tls, False, 10_000_000))
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", _PASSWORD)
    with pytest.raises(BookError) as refused:
        _send(_account(servers[0], "x@refused.example"), parcel)
    assert "x@refused.example" in _fault(refused).message


def test_a_server_that_is_not_there(parcel: Parcel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", _PASSWORD)
    with pytest.raises(BookError) as refused:
        _send(Account("a@kindle.com", _USER, "localhost", 9, _USER), parcel)
    assert _fault(refused).code == "D023"


def test_more_than_the_server_takes(
    tls: ssl.SSLContext, servers: list[_Server], parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.append(_Server(tls, False, 60_000))
    monkeypatch.setenv("BOOKFORGE_SMTP_PASSWORD", _PASSWORD)
    with pytest.raises(BookError) as too_big:
        _send(_account(servers[0]), parcel)
    assert _fault(too_big).code == "D022"


def test_more_than_the_service_takes(parcel: Parcel) -> None:
    with parcel.file.open("r+b") as file:
        file.truncate(51_000_000)
    with pytest.raises(BookError) as too_big:
        write_message(Account("a@kindle.com", _USER, "localhost", 587, _USER), parcel)
    assert _fault(too_big).code == "D022"
    assert "Kindle takes 50" in _fault(too_big).message


def test_no_password(parcel: Parcel) -> None:
    with pytest.raises(BookError) as missing:
        _send(Account("a@kindle.com", _USER, "localhost", 587, _USER), parcel)
    assert _fault(missing).code == "D021"
    assert "BOOKFORGE_SMTP_PASSWORD" in _fault(missing).hints[0].message


def test_the_password_from_the_keyring(
    tls: ssl.SSLContext, servers: list[_Server], parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = ModuleType("keyring")
    asked: list[tuple[str, str]] = []

    def get_password(service: str, user: str) -> str:
        asked.append((service, user))
        return _PASSWORD

    keyring.get_password = get_password  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    servers.append(_Server(tls, False, 10_000_000))
    _send(_account(servers[0]), parcel)
    assert len(servers[0].box.taken) == 1
    assert asked == [("bookforge", _USER)]


def test_settings_from_book_toml_and_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    send = Send(mail="a@kindle.com", smtp_host="smtp.example.org", smtp_user=_USER, smtp_port=465)
    assert read_account(send) == Account("a@kindle.com", _USER, "smtp.example.org", 465, _USER)
    monkeypatch.setenv("BOOKFORGE_SMTP_PORT", "2525")
    monkeypatch.setenv("BOOKFORGE_SMTP_HOST", "other.example.org")
    monkeypatch.setenv("BOOKFORGE_SMTP_FROM", "pen@example.org")
    monkeypatch.setenv("BOOKFORGE_MAIL_TO", "b@pbsync.com")
    assert read_account(send) == Account(
        "b@pbsync.com", "pen@example.org", "other.example.org", 2525, _USER
    )


@pytest.mark.parametrize(
    ("settings", "code", "words"),
    [
        ({}, "D020", "mail, smtp-host, smtp-user or smtp-from"),
        ({"mail": "a@kindle.com", "smtp_host": "h"}, "D020", "smtp-from"),
        ({"mail": "no address", "smtp_host": "h", "smtp_user": _USER}, "D024", "no address"),
        ({"mail": "a@b\r\nBcc: c@d", "smtp_host": "h", "smtp_user": _USER}, "D024", "Bcc"),
        ({"mail": "a@kindle.com", "smtp_host": "h", "smtp_user": "ann"}, "D024", "'ann'"),
    ],
)
def test_settings_that_are_missing_or_wrong(
    settings: dict[str, Any], code: str, words: str
) -> None:
    with pytest.raises(ConfigError) as wrong:
        read_account(Send(**settings))
    assert _fault(wrong).code == code
    assert words in _fault(wrong).message


def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOKFORGE_SMTP_PORT", "smtp")
    send = Send(mail="a@kindle.com", smtp_host="h", smtp_user=_USER)
    with pytest.raises(ConfigError) as wrong:
        read_account(send)
    assert "smtp" in _fault(wrong).message


def test_formats_by_mail() -> None:
    assert choose_format("a@kindle.com", None) == "epub"
    assert choose_format("a@example.org", "pdf") == "pdf"
    with pytest.raises(BookError) as wrong:
        choose_format("a@kindle.com", "azw3")
    assert _fault(wrong).code == "D025"


def test_the_message_shown_holds_all_but_the_book(parcel: Parcel) -> None:
    account = Account("a@kindle.com", _USER, "localhost", 587, _USER)
    shown = describe(write_message(account, parcel), 51_202)
    assert "To: a@kindle.com" in shown
    assert "Subject: Low Wäter: A Novel" in shown
    assert "[Low Wäter - A Novel.epub, application/epub+zip, 51,202 bytes]" in shown
    assert len(shown) < 500
    assert "list" in mail.approval("a@Kindle.com")
    assert mail.approval("a@example.org") == ""
