"""The person's accounts on CalDAV servers: their passwords, and the busy time they hold."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from curriculum import network
from curriculum.model.busy import BusySource, Copy, authority, web_address, without_user
from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Settings
from curriculum.network.answers import HttpAnswer
from curriculum.services.snapshot import Snapshot

if TYPE_CHECKING:
    from curriculum.network.caldav import Server

PASSWORD_VARIABLE = "CURRICULUM_CALDAV_PASSWORD"
KEYRING_SERVICE = "curriculum"
BUSY_YEARS = 2
"""How many years ahead a server is asked for busy time."""

AskForCalendar: TypeAlias = Callable[[], HttpAnswer]
"""Asks for a calendar, and returns what comes."""

_NO_EVENTS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//curriculum//busy//EN\r\nEND:VCALENDAR\r\n"
)


class NoPasswordError(CurriculumError):
    """No password is known for an account."""

    def __init__(self, user: str, address: str, bound: str | None) -> None:
        """Build the sentence.

        Args:
            user: Who has the account.
            address: Where it is.
            bound: The authority for which PASSWORD_VARIABLE is; None where it is for no one.
        """
        host = _host(address)
        variable, more = password_variable(address), ""
        if bound == authority(address):
            variable = PASSWORD_VARIABLE
        elif os.environ.get(PASSWORD_VARIABLE):
            more = f" ({PASSWORD_VARIABLE} is for the server of 'caldav' alone)"
        super().__init__(
            f"no password is known for '{user}' on '{host}': put it into the keyring with "
            f"'keyring set {KEYRING_SERVICE} {user}@{host}', or into the variable {variable}{more}"
        )


def server_of(url: str, user: str | None, settings: Settings) -> Server:
    """Return an account on a server, with its password.

    Raises:
        CurriculumError: The library is missing, or no password is known.
    """
    address = web_address(url)
    server = network.Server  # before the password: without the library there is nothing to do
    if user is None:
        return server(address, None, None)
    return server(address, user, password_of(user, address, settings))


def password_of(user: str, address: str, settings: Settings) -> str:
    """Return the password for an address, from the environment or the keyring.

    A password is for one host: a variable with the name of the host is, and so is an entry of the
    keyring. `PASSWORD_VARIABLE` is for the server of `caldav` in the settings.

    Raises:
        NoPasswordError: There is none.
    """
    bound = _bound_authority(settings)
    password = os.environ.get(password_variable(address))
    if not password and bound == authority(address):
        password = os.environ.get(PASSWORD_VARIABLE)
    password = password or _from_keyring(f"{user}@{_host(address)}")
    if password is None:
        raise NoPasswordError(user, address, bound)
    return password


def password_variable(address: str) -> str:
    """Return the variable that holds the password for the host of an address.

    >>> password_variable("https://dav.my-host.org/ada/")
    'CURRICULUM_CALDAV_PASSWORD_DAV_MY__HOST_ORG'
    """
    # Hyphens are told from dots, so that no two hosts share a variable.
    name = re.sub(r"[^A-Z0-9]", "_", _host(address).upper().replace("-", "__"))
    return f"{PASSWORD_VARIABLE}_{name}"


def _host(address: str) -> str:
    return urlsplit(web_address(address)).hostname or ""


def _bound_authority(settings: Settings) -> str | None:
    """Return the authority for which the general variable is.

    It is that of the account. Without one it is that of the sources that ask for a password, if
    that is the same for all of them: the variable could be meant for no other.
    """
    if settings.caldav is not None:
        return authority(settings.caldav.url)
    calendar = settings.study_calendar
    sources = settings.busy if calendar is None else (*settings.busy, calendar.source)
    asking = [source.label for source in sources if source.user is not None]
    found = {authority(label) for label in asking}
    return found.pop() if len(found) == 1 else None


def _from_keyring(account: str) -> str | None:
    try:
        passwords = importlib.import_module("curriculum.services.keyring_passwords")
    except ImportError:  # the extra 'caldav' is not installed
        return None
    found: str | None = passwords.keyring_password(KEYRING_SERVICE, account)
    return found


def busy_collection(collection: str, user: str | None, snapshot: Snapshot) -> AskForCalendar:
    """Return a call that asks a collection for the events of the coming years, in one answer."""
    settings = snapshot.settings
    account = settings.caldav
    if user is None and account is not None and authority(account.url) == authority(collection):
        user = account.user
    # A plan may begin before today, when the settings say so.
    begin = snapshot.today
    if settings.start is not None:
        start = settings.start
        begin = min(begin, date(start.year, start.month, start.day))
    first = begin - timedelta(days=2)  # what began before and in another zone may reach in
    last = first + timedelta(days=366 * BUSY_YEARS)

    def ask() -> HttpAnswer:
        with closing(server_of(collection, user, settings)) as server:
            found = server.between(web_address(collection), first, last)
        return HttpAnswer(b"".join(found) or _NO_EVENTS)

    return ask


def asking_address(source: BusySource, settings: Settings, known: Copy | None) -> AskForCalendar:
    """Return a call that asks an address for a calendar, unless it is the one that is known."""
    address = web_address(source.label)
    etag, modified = None, None
    if known is not None:
        etag, modified = known.etag, known.modified

    def ask() -> HttpAnswer:
        credentials = None
        if source.user is not None:
            credentials = source.user, password_of(source.user, address, settings)
        return network.ask(without_user(address), etag, modified, credentials=credentials)

    return ask
