"""By which names a server may be asked: a page elsewhere can give any name to any machine.

Such a page (DNS rebinding) makes its own name mean this machine, and would be allowed to read what
it gets from there. The browser still says the page's name, so a name that is not ours is refused.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from curriculum.model.late_patterns import late_pattern
from curriculum.model.problems import CurriculumError

_HOST = late_pattern(r"(?P<host>\[[0-9A-Fa-f:.]+(?:%\w+)?\]|[^\s\[\]:/?#@]+)(?::\d{0,5})?")
_NAME = late_pattern(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
_LOCAL = ("localhost",)


class BadNameError(CurriculumError):
    """A text is not the name of a host."""

    def __init__(self, text: str) -> None:
        """Build the sentence from the text."""
        super().__init__(f"'{text}' is not the name of a host; write it like 'study.example.org'")


def host_of(header: str) -> str | None:
    """Return the host of a Host header in small letters; None when it is not one (RFC 9110 §7.2).

    >>> host_of("Localhost:8117"), host_of("[::1]:8117"), host_of("[")
    ('localhost', '::1', None)
    """
    match = _HOST.fullmatch(header.strip())
    if match is None:
        return None
    return match["host"].strip("[]").lower().removesuffix(".")


def host_name(text: str) -> str:
    """Return the name of a host as clients send it.

    Raises:
        BadNameError: It is not one.

    >>> host_name("Bücher.example.")
    'xn--bcher-kva.example'
    """
    try:
        name = text.strip().removesuffix(".").encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if _NAME.fullmatch(name) is None:
        raise BadNameError(text)
    return name


def own_names(more: Iterable[str] = ()) -> frozenset[str]:
    """Return the names of this machine: those that nobody else can give it, and some more."""
    machine = socket.gethostname().lower()
    return frozenset({*_LOCAL, machine, f"{machine}.local", *more})


def is_own(host: str, names: frozenset[str]) -> bool:
    """Whether a host is this server: one of its names, or an address, which no page can make up."""
    if host in names:
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
