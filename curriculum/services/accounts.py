"""The person's accounts on CalDAV servers: their passwords, and the busy time they hold."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from curriculum import network
from curriculum.model.busy import web_address
from curriculum.model.problems import CurriculumError
from curriculum.network.answers import HttpAnswer
from curriculum.services.snapshot import Snapshot

if TYPE_CHECKING:
    from curriculum.network.caldav import Server

PASSWORD_VARIABLE = "CURRICULUM_CALDAV_PASSWORD"
KEYRING_SERVICE = "curriculum"
BUSY_YEARS = 2
"""How many years ahead a server is asked for busy time."""

_NO_EVENTS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//curriculum//busy//EN\r\nEND:VCALENDAR\r\n"
)


class NoPasswordError(CurriculumError):
    """No password is known for an account."""

    def __init__(self, user: str, host: str) -> None:
        """Build the sentence from the account."""
        super().__init__(
            f"no password is known for '{user}' on '{host}': put it into the keyring with "
            f"'keyring set {KEYRING_SERVICE} {user}@{host}', or into the variable "
            f"{PASSWORD_VARIABLE}"
        )


def server_of(url: str, user: str | None) -> Server:
    """Return an account on a server, with its password.

    Raises:
        CurriculumError: The library is missing, or no password is known.
    """
    address = web_address(url)
    server = network.Server  # before the password: without the library there is nothing to do
    if user is None:
        return server(address, None, None)
    return server(address, user, password_of(user, urlsplit(address).hostname or ""))


def password_of(user: str, host: str) -> str:
    """Return a password, from the environment or the keyring.

    Raises:
        NoPasswordError: There is none.
    """
    password = os.environ.get(PASSWORD_VARIABLE) or _from_keyring(f"{user}@{host}")
    if password is None:
        raise NoPasswordError(user, host)
    return password


def _from_keyring(account: str) -> str | None:
    try:
        passwords = importlib.import_module("curriculum.services.keyring_passwords")
    except ImportError:  # the extra 'caldav' is not installed
        return None
    found: str | None = passwords.keyring_password(KEYRING_SERVICE, account)
    return found


def busy_collection(
    collection: str, user: str | None, snapshot: Snapshot
) -> Callable[[], HttpAnswer]:
    """Return a call that asks a collection for the events of the coming years, in one answer."""
    settings = snapshot.settings
    if user is None and settings.caldav is not None:
        user = settings.caldav.user
    # A plan may begin before today, when the settings say so.
    begin = snapshot.today
    if settings.start is not None:
        start = settings.start
        begin = min(begin, date(start.year, start.month, start.day))
    first = begin - timedelta(days=2)  # what began before and in another zone may reach in
    last = first + timedelta(days=366 * BUSY_YEARS)

    def ask() -> HttpAnswer:
        with closing(server_of(collection, user)) as server:
            found = server.between(web_address(collection), first, last)
        return HttpAnswer(b"".join(found) or _NO_EVENTS)

    return ask
