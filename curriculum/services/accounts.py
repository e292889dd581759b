"""The person's accounts on CalDAV servers: where the password comes from, and what is asked for busy time."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from curriculum import network
from curriculum.model.busy import web_address
from curriculum.model.problems import CurriculumError

if TYPE_CHECKING:
    from curriculum.network.caldav import Server
    from curriculum.network.http import HttpAnswer
    from curriculum.services.workspace import Workspace

PASSWORD = "CURRICULUM_CALDAV_PASSWORD"
SERVICE = "curriculum"
YEARS = 2
"""How far ahead a server is asked for busy time."""

_HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//curriculum//busy//EN\r\nEND:VCALENDAR\r\n"


class NoPasswordError(CurriculumError):
    """No password is known for an account."""

    def __init__(self, user: str, host: str) -> None:
        """Build the sentence from the account."""
        super().__init__(
            f"no password is known for '{user}' on '{host}': put it into the keyring with "
            f"'keyring set {SERVICE} {user}@{host}', or into the variable {PASSWORD}"
        )


def server_of(url: str, user: str | None) -> Server:
    """Return an account on a server, with its password.

    Raises:
        CurriculumError: The library is missing, or no password is known.
    """
    address = web_address(url)
    return network.Server(
        address, user, None if user is None else password_of(user, urlsplit(address).hostname or "")
    )


def password_of(user: str, host: str) -> str:
    """Return a password, from the environment or the keyring.

    Raises:
        NoPasswordError: There is none.
    """
    said = os.environ.get(PASSWORD)
    if said:
        return said
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        raise NoPasswordError(user, host) from None
    try:
        found = keyring.get_password(SERVICE, f"{user}@{host}")
    except (KeyringError, RuntimeError):
        found = None
    if found is None:
        raise NoPasswordError(user, host)
    return found


def busy_collection(
    collection: str, user: str | None, gathered: Workspace
) -> Callable[[], HttpAnswer]:
    """Return what asks a collection for the events of the coming years, as one file of many calendars."""
    from curriculum.network.http import HttpAnswer

    account = gathered.settings.caldav
    first = min(gathered.today, _start(gathered) or gathered.today) - timedelta(days=2)
    last = first + timedelta(days=366 * YEARS)

    def ask() -> HttpAnswer:
        with closing(
            server_of(collection, user or (account.user if account is not None else None))
        ) as server:
            found = server.between(web_address(collection), first, last)
        return HttpAnswer(b"".join(found) or _HEAD)

    return ask


def _start(gathered: Workspace) -> date | None:
    start = gathered.settings.start
    return date(start.year, start.month, start.day) if start is not None else None
