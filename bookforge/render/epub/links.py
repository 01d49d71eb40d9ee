"""Addresses of links: into the book, or out of it by a scheme that readers know.

In: a link as the writer wrote it. Out: an address that EPUBCheck accepts, or a diagnostic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote, urlsplit

from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.model.inlines import Link

# Other schemes are unknown to reading systems (EPUBCheck HTM-025) or unsafe (`javascript:`).
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_NEEDS_HOST = frozenset({"http", "https"})
# Characters that stand for themselves in an address (RFC 3986, section 2.2).
_SAFE = "!#$%&'()*+,/:;=?@[]~"


def link_resolver(addresses: Mapping[str, str], report: Report) -> Callable[[Link], str]:
    """A function from a link to its address; links that lead nowhere are reported and become text.

    `addresses` maps the ids of sections to their files.
    """

    def resolve(link: Link) -> str:
        target = link.target.strip()
        if target.startswith("#"):
            file = addresses.get(target[1:]) or addresses.get(unquote(target[1:]))
            address = file.rsplit("/", 1)[-1] if file else ""
            fault = "no section of the book has this id"
        else:
            address = outside_address(target)
            fault = "a link leads to a web or mail address, or to `#id` in the book"
        if not address:
            report(_fault(link, fault))
        return address

    return resolve


def outside_address(target: str) -> str:
    """A web or mail address with everything escaped that must be; "" for any other."""
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in _SCHEMES or (scheme in _NEEDS_HOST and not _is_host(host)):
        return ""
    if not target[len(scheme) + 1 :].strip("/"):
        return ""
    rest = quote(target[len(scheme) + 1 :], safe=_SAFE)
    if scheme in _NEEDS_HOST:
        rest = rest.replace("[", "%5B").replace("]", "%5D")
    return f"{scheme}:{_escape_percent(rest)}"


def _is_host(host: str) -> bool:
    return bool(host) and all(char.isalnum() or char in "-._" for char in host)


def _escape_percent(address: str) -> str:
    """A per cent sign that begins no escape is one itself."""
    first, *rest = address.split("%")
    digits = "0123456789abcdefABCDEF"
    return first + "".join(
        f"%{part}" if len(part) > 1 and part[0] in digits and part[1] in digits else f"%25{part}"
        for part in rest
    )


def _fault(link: Link, hint: str) -> Diagnostic:
    message = f"the link to {link.target!r} leads nowhere; its words were kept"
    return Diagnostic("E010", Severity.WARNING, message, link.span, (Hint(hint),))
