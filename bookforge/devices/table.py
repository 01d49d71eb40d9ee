"""The table of devices as typed values; the data stand in `devices.toml` beside this file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Literal, TypeAlias

from msgspec import Struct

Reach: TypeAlias = Literal["disk", "mtp", "web", "none"]


class Family(Struct, frozen=True):
    """One entry of the table; what its fields mean stands at the head of `devices.toml`."""

    id: str
    name: str
    reach: Reach
    signs: Sequence[Sequence[str]]
    formats: Sequence[str]
    books: Sequence[str] = ("",)
    avoid: str = ""
    authors: bool = False
    facts: str = ""
    models: Mapping[str, str] = {}
    named: bool = False
    koreader: Sequence[str] = ()
    note: str = ""


class Post(Struct, frozen=True):
    """A service that takes books by mail: the kind of EPUB it likes, its limit (0: not known)."""

    name: str
    addresses: Sequence[str]
    formats: Sequence[str]
    profile: str = ""
    megabytes: int = 0
    note: str = ""


@cache
def families() -> tuple[Family, ...]:
    """Every kind of device, in the order in which their signs are tried."""
    return tuple(Family(**entry) for entry in _read()["device"])


def find_post(address: str) -> Post | None:
    """The service behind a mail address, if the table has it."""
    domain = address.rpartition("@")[2].lower()
    services = (Post(**entry) for entry in _read()["mail"])
    return next((service for service in services if domain in service.addresses), None)


@cache
def _read() -> dict[str, Any]:
    text = resources.files("bookforge.devices").joinpath("devices.toml").read_text("utf-8")
    return tomllib.loads(text)
