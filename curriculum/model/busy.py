"""Where busy time is read from, and what of it does not count; how it is fetched is not known here."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from curriculum.model.fields import Frozen, Line
from curriculum.model.quantities import UnreadableError, quoted

_SCHEMES = {"https": "https", "webcal": "https", "webcals": "https", "http": "http"}


def is_address(text: str) -> bool:
    """Whether a text names something on a network rather than a file.

    >>> is_address("webcal://example.org/me.ics"), is_address("calendars/busy/*.ics")
    (True, False)
    """
    return "://" in text


def web_address(text: str) -> str:
    """Return an address as it is asked for: `webcal:` is `https:`.

    Raises:
        ValueError: It is no address, holds a password, or would be asked for in the clear.

    >>> web_address("webcal://example.org/me.ics")
    'https://example.org/me.ics'
    """
    scheme, mark, rest = text.partition("://")
    kind = _SCHEMES.get(scheme.lower()) if mark else None
    try:
        parts = urlsplit(f"{kind}://{rest}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host = ""
    if kind is None or not host or any(letter.isspace() for letter in text):
        raise UnreadableError(
            "bad-address",
            f"{quoted(text)} is no address",
            "write it like 'https://example.org/me.ics'",
        )
    if parts.password is not None:
        raise UnreadableError(
            "bad-address",
            "an address holds a password",
            "take it out; 'curriculum push --help' says where it is kept",
        )
    if kind == "http" and not _is_this_machine(host):
        raise UnreadableError(
            "bad-address",
            f"{quoted(text)} would be asked for unencrypted",
            "write it with 'https:' in front",
        )
    return f"{kind}://{rest}"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listed(value: Any) -> Any:  # Any: pydantic hands over whatever the file holds
    return [value] if isinstance(value, str) else value


Lines = Annotated[tuple[Line, ...], BeforeValidator(_listed)]


class Ignored(Frozen):
    """Events that do not count as busy: those of a category, and those with a title; `*` and `?` stand for letters."""

    categories: Lines = ()
    title: Lines = ()


class BusySource(Frozen):
    """A file, folder, pattern or address that says when the person is busy, or a collection of a CalDAV server.

    Attributes:
        from_: A path or pattern, or an `https:` or `webcal:` address.
        caldav: The address of a collection on a CalDAV server.
        user: Who asks there; the account's own user by default.
        ignore: What does not count.
        tentative: Whether tentative events take time.
    """

    from_: Annotated[Line | None, Field(alias="from")] = None
    caldav: Line | None = None
    user: Line | None = None
    ignore: Ignored = Ignored()
    tentative: Literal["busy", "free"] = "busy"

    @model_validator(mode="after")
    def _names_one_thing(self) -> BusySource:
        if (self.from_ is None) == (self.caldav is None):
            raise UnreadableError(
                "bad-value",
                "busy time comes either 'from' a file or address or from 'caldav'",
                "name one of the two",
            )
        if self.user is not None and self.caldav is None:
            raise UnreadableError(
                "bad-value", "only a CalDAV server asks for a user", "remove 'user'"
            )
        for text in (self.from_, self.caldav):
            if text is not None and (is_address(text) or text is self.caldav):
                web_address(text)
        return self

    @property
    def label(self) -> str:
        """How the source is called: as it is written in the settings."""
        return self.caldav or self.from_ or ""


EVERYTHING_COUNTS = BusySource.model_validate({"from": "calendar"})
"""A source of which everything counts."""


def _source(value: Any) -> Any:  # Any: see _listed()
    return {"from": value} if isinstance(value, str) else value


BusyEntry = Annotated[BusySource, BeforeValidator(_source)]


class Account(Frozen):
    """A person's account on a CalDAV server; the password is never among the settings.

    Attributes:
        url: The server, or the person's place on it.
        user: Who the person is there.
        todos: Whether every unit is a to-do there, too.
        collections: Track, `deadlines` or `todos` to the address of a collection that exists; the others are made.
    """

    url: Line
    user: Line | None = None
    todos: bool = False
    collections: dict[Literal["textbooks", "papers", "deadlines", "todos"], Line] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _has_addresses(self) -> Account:
        for text in (self.url, *self.collections.values()):
            web_address(text)
        return self


@dataclass(frozen=True, slots=True)
class Copy:
    """The last good answer of an address, kept for when there is none.

    Attributes:
        label: The source, as it is written in the settings.
        data: The bytes.
        at: When they were fetched, or last said to be unchanged.
        asked: When the address was last asked.
        etag: The mark of the bytes.
        modified: When they last changed, as the server writes it.
        fault: Why the last answer could not be used; None when it could.
    """

    label: str
    data: bytes
    at: datetime
    asked: datetime
    etag: str | None = None
    modified: str | None = None
    fault: str | None = None
