"""Addresses outside the book: which of them a link may lead to, and how they are written."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

# Other schemes are unknown to reading systems (EPUBCheck HTM-025) or unsafe (`javascript:`).
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_NEEDS_HOST = frozenset({"http", "https"})
# Characters that stand for themselves in an address (RFC 3986, section 2.2).
_SAFE = "!#$%&'()*+,/:;=?@[]~"


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
