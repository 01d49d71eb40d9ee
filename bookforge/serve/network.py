"""This machine on its network: a socket to listen on, addresses to tell, a name to be found by."""

from __future__ import annotations

import errno
import io
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from bookforge.diagnostics import BookError, Diagnostic, Hint, Report, Severity

if TYPE_CHECKING:
    from zeroconf import Zeroconf

__all__ = ["announce", "draw_code", "list_addresses", "list_names", "open_socket"]

# The port that calibre's server made usual for books, and the next ones if it is taken.
_FIRST, _TRIES = 8080, 20
_SERVICE = "_http._tcp.local."


def open_socket(lan: bool, port: int | None) -> socket.socket:
    """A socket for readers of the network, or of this machine alone.

    Raises `BookError` (D062) when the port, or every usual one, is taken or not allowed.
    """
    host = "" if lan else "127.0.0.1"
    wished = (port,) if port is not None else range(_FIRST, _FIRST + _TRIES)
    for number in wished:
        try:
            return socket.create_server((host, number), backlog=512)
        except OSError as error:
            fault = error
            if error.errno != errno.EADDRINUSE:
                break
    raise BookError(_refused(wished[0], port is not None, fault))


def _refused(port: int, named: bool, error: OSError) -> Diagnostic:
    taken = error.errno == errno.EADDRINUSE
    reason = "another program has it" if taken else error.strerror or str(error)
    message = f"cannot listen on port {port}: {reason}"
    other = "name another" if named else "name a free one"
    hint = Hint(f"{other}, for example: bookforge serve --port 8500")
    return Diagnostic("D062", Severity.ERROR, message, hints=(hint,))


def list_addresses() -> list[str]:
    """The IPv4 addresses that others on the network reach this machine by, the likeliest first."""
    import ifaddr

    found = [str(one.ip) for adapter in ifaddr.get_adapters() for one in adapter.ips if one.is_IPv4]
    usable = [one for one in dict.fromkeys(found) if _is_usable(one)]
    first = _find_route()
    return sorted(usable, key=lambda one: one != first)


def list_names() -> frozenset[str]:
    """The names of this machine, in small letters."""
    names = {socket.gethostname()}
    with suppress(OSError):
        names.add(socket.getfqdn())
    return frozenset(name.lower().rstrip(".") for name in names)


def _is_usable(address: str) -> bool:
    known = ip_address(address)
    return not (known.is_loopback or known.is_link_local)


def _find_route() -> str:
    """The address that this machine has on the way out; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # RFC 5737: nobody has this address.
        return str(probe.getsockname()[0])
    return ""


def draw_code(url: str) -> str:
    """The address as a QR code in half blocks, for a terminal with light letters."""
    import segno

    drawn = io.StringIO()
    segno.make(url, error="m", micro=False).terminal(drawn, compact=True, border=2)
    return drawn.getvalue().rstrip("\n")


@contextmanager
def announce(addresses: Sequence[str], port: int, title: str, report: Report) -> Iterator[str]:
    """Let the server be found by multicast DNS (RFC 6762, RFC 6763) for as long as it runs.

    Gives the name it got, such as `bookforge.local`; "" when the network does not let us.
    """
    import zeroconf

    version = zeroconf.IPVersion.V4Only
    try:
        network = zeroconf.Zeroconf(interfaces=list(addresses), ip_version=version)
    except (OSError, zeroconf.Error) as error:
        report(_unheard(error))
        yield ""
        return
    try:
        name = _register(network, addresses, port, title)
    except (OSError, zeroconf.Error) as error:
        report(_unheard(error))
        name = ""
    try:
        yield name
    finally:
        network.close()


def _register(network: Zeroconf, addresses: Sequence[str], port: int, title: str) -> str:
    import zeroconf

    host = _free_host(network)
    label = title.replace(".", " ").encode()[:50].decode("utf-8", "ignore").strip() or "Books"
    info = zeroconf.ServiceInfo(
        _SERVICE,
        f"{label}.{_SERVICE}",
        addresses=[socket.inet_aton(one) for one in addresses],
        port=port,
        properties={"path": "/"},
        server=f"{host}.",
    )
    network.register_service(info, allow_name_change=True)
    return host


def _free_host(network: Zeroconf) -> str:
    """A name that nobody else on the network answers to."""
    from zeroconf import AddressResolverIPv4  # type: ignore[attr-defined]

    names = ("bookforge.local", *(f"bookforge-{number}.local" for number in range(2, 10)))
    for name in names:
        if not AddressResolverIPv4(f"{name}.").request(network, 500):
            return name
    return names[-1]


def _unheard(error: Exception) -> Diagnostic:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    message = f"this network takes no announcements ({reason})"
    hint = Hint("readers need the address with numbers")
    return Diagnostic("D064", Severity.NOTE, message, hints=(hint,))
