"""Where busy time is read from, and which events do not count."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit, urlunsplit

from curriculum.model.checks import After, Before, Limited, whole_check
from curriculum.model.fields import EMPTY, Frozen, Line, as_list
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.quantities import UnreadableError, quoted

_MAIL = late_pattern(r"[^@\s<>]+@[^@\s<>]+")
_PORTS = {"http": 80, "https": 443}
_SCHEMES = {"https": "https", "webcal": "https", "webcals": "https", "http": "http"}


def is_address(text: str) -> bool:
    """Say whether a text names something on a network rather than a file.

    >>> is_address("webcal://example.org/me.ics"), is_address("calendars/busy/*.ics")
    (True, False)
    """
    return "://" in text


def web_address(text: str) -> str:
    """Return an address as it is fetched: `webcal:` is `https:`.

    Raises:
        ValueError: It is not an address, holds a password, or would be fetched unencrypted.

    >>> web_address("webcal://example.org/me.ics")
    'https://example.org/me.ics'
    """
    scheme, mark, rest = text.partition("://")
    parts = None
    if mark and scheme.lower() in _SCHEMES:
        parts = _split(f"{_SCHEMES[scheme.lower()]}://{rest}")
    if parts is None or any(letter.isspace() for letter in text):
        message = f"{quoted(masked(text))} is not an address"
        raise UnreadableError("bad-address", message, "write it like 'https://example.org/me.ics'")
    if parts.password is not None:
        hint = "take it out; 'curriculum push --help' says where it is kept"
        raise UnreadableError("bad-address", "an address holds a password", hint)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        message = f"{quoted(masked(text))} would be fetched unencrypted"
        raise UnreadableError("bad-address", message, "write it with 'https:' in front")
    return f"{parts.scheme}://{rest}"


_HIDDEN = "***"
_ADDRESS = late_pattern(r"([^:/\s]*://)(?:[^/?#@\s]*@)?([^/?#\s]*)(.*)", re.DOTALL)


def masked(address: str) -> str:
    """Return an address without what may be secret: those of calendars often hold a token.

    >>> masked("webcal://example.org/private-5f3a/me.ics")
    'webcal://example.org/***'
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return address
    scheme, host, rest = match.groups()
    return f"{scheme}{host}{rest}" if rest in ("", "/") else f"{scheme}{host}/{_HIDDEN}"


def without_user(address: str) -> str:
    """Return an address without a user in it."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host))


def authority(address: str) -> str:
    """Return the host and port of an address, by which what may be sent there is decided.

    >>> authority("webcal://DAV.example.org/me.ics")
    'dav.example.org:443'
    """
    parts = urlsplit(web_address(address))
    port = parts.port or _PORTS[parts.scheme]
    return f"{parts.hostname}:{port}"


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None when it has no host, or a port that is not a number."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    return parts


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine, which nobody else reaches.

    >>> is_loopback("localhost"), is_loopback("::1"), is_loopback("192.168.0.7")
    (True, True, False)
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    # Python before 3.13 does not look into ::ffff:127.0.0.1 (RFC 4291 §2.5.5.2).
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


Lines = Annotated[tuple[Line, ...], Before(as_list)]


def _mail_address(value: str) -> str:
    address = value.strip()
    if address[:7].lower() == "mailto:":
        address = address[7:]
    if _MAIL.fullmatch(address) is None:
        message = f"{quoted(value)} is not a mail address"
        raise UnreadableError("bad-address", message, "write it like 'ada@example.org'")
    return address


MailAddresses = Annotated[tuple[Annotated[Line, After(_mail_address)], ...], Before(as_list)]


class Ignored(Frozen):
    """Events that do not count as busy, by category or title; `*` and `?` stand for letters."""

    categories: Lines = ()
    title: Lines = ()


class BusySource(Frozen):
    """A source of busy time: a file, folder, pattern, address or CalDAV collection.

    Attributes:
        from_: A path or pattern, or an `https:` or `webcal:` address.
        caldav: The address of a collection on a CalDAV server.
        user: The user name of the address or collection; by default that of the account, for a
            collection on its server.
        ignore: Which events do not count.
        tentative: Whether tentative events take time.
    """

    from_: Line | None = None
    caldav: Line | None = None
    user: Line | None = None
    ignore: Ignored = Ignored.model_construct()
    tentative: Literal["busy", "free"] = "busy"

    @whole_check
    def _names_one_thing(self) -> BusySource:
        if (self.from_ is None) == (self.caldav is None):
            message = "busy time comes either 'from' a file or address or from 'caldav'"
            raise UnreadableError("bad-value", message, "name one of the two")
        if self.user is not None and not self.is_asked:
            message = "a file does not ask for a user"
            raise UnreadableError("bad-value", message, "remove 'user'")
        return self

    @whole_check
    def _has_an_address(self) -> BusySource:
        if self.caldav is not None:
            web_address(self.caldav)
        if self.from_ is not None and is_address(self.from_):
            web_address(self.from_)
        return self

    @property
    def is_asked(self) -> bool:
        """Whether it is on a network, and not a file."""
        return self.caldav is not None or is_address(self.label)

    @property
    def label(self) -> str:
        """What the source is called: its path or address, as written in the settings."""
        return self.caldav or self.from_ or ""


class StudyCalendar(Frozen):
    """A calendar that says when the person can study.

    Attributes:
        ics: A path or pattern, or an `https:` or `webcal:` address.
        title: The titles of events that are time for studying; `*` and `?` stand for letters. Where
            the calendar has a VAVAILABILITY, that says the hours.
        user: The user name of the address.
    """

    ics: Line
    title: Annotated[tuple[Line, ...], Limited(min_length=1), Before(as_list)] = ("Study*",)
    user: Line | None = None

    @whole_check
    def _can_be_read(self) -> StudyCalendar:
        _source_of(self.ics, self.user)
        return self

    @property
    def source(self) -> BusySource:
        """The same place as a source that is gathered as those of busy time are."""
        return _source_of(self.ics, self.user)


def _source_of(place: str, user: str | None) -> BusySource:
    return BusySource.model_validate({"from": place, "user": user})


EVERYTHING_COUNTS = BusySource.model_construct(from_="calendar")
"""A source whose events all count."""


def _source(value: Any) -> Any:  # Any: see as_list()
    if isinstance(value, str):
        return {"from": value}
    return value


_Collection = Literal[
    "textbooks", "papers", "deadlines", "habits", "review", "exploration", "todos"
]

BusyEntry = Annotated[BusySource, Before(_source)]


class Account(Frozen):
    """A person's account on a CalDAV server; the password is never among the settings.

    Attributes:
        url: The server, or the person's folder on it.
        user: The person's user name there.
        todos: Whether every unit is also a to-do there.
        collections: Name of a calendar, as `papers` or `habits`, to the address of a collection
            that exists; the others are made.
    """

    url: Line
    user: Line | None = None
    todos: bool = False
    collections: Mapping[_Collection, Line] = EMPTY

    @whole_check
    def _has_addresses(self) -> Account:
        for text in (self.url, *self.collections.values()):
            web_address(text)
        return self


@dataclass(frozen=True, slots=True)
class Copy:
    """The last good answer of an address, kept for when the network fails.

    Attributes:
        label: The source, as it is written in the settings.
        data: The bytes.
        at: When they were fetched, or last found unchanged.
        asked: When the address was last asked.
        etag: The entity tag of the bytes.
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
