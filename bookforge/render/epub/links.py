"""Addresses of links: into the book, or out of it by a scheme that readers know.

In: a link as the writer wrote it. Out: an address that EPUBCheck accepts, or a diagnostic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import unquote

from bookforge.addresses import outside_address
from bookforge.diagnostics import Diagnostic, Hint, Report, Severity
from bookforge.model.inlines import Link


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


def _fault(link: Link, hint: str) -> Diagnostic:
    message = f"the link to {link.target!r} leads nowhere; its words were kept"
    return Diagnostic("E010", Severity.WARNING, message, link.span, (Hint(hint),))
