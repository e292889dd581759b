"""What can go wrong with a calendar server, each as an error that builds its own sentence."""

from __future__ import annotations

from enum import StrEnum

from curriculum.model.problems import CurriculumError


class Task(StrEnum):
    """What a server is asked to do."""

    FIND = "say where the calendars are"
    LIST = "say what it holds"
    READ = "give its events"
    MAKE = "make a calendar"
    WRITE = "write an event"
    REMOVE = "remove an event"


_BY_HAND = "make it by hand, and name it under 'collections' of 'caldav'"
_READ_ONLY = "is the calendar read-only?"
_UNREADABLE = "are the address and the user right?"
_HINTS = {
    (Task.FIND, 403): _UNREADABLE,
    (Task.LIST, 403): _UNREADABLE,
    (Task.READ, 403): _UNREADABLE,
    (Task.MAKE, 403): _BY_HAND,
    (Task.MAKE, 405): _BY_HAND,
    (Task.MAKE, 501): _BY_HAND,
    (Task.WRITE, 403): _READ_ONLY,
    (Task.REMOVE, 403): _READ_ONLY,
}
_PASSING = frozenset({409, 423, 500})
_LIMITED_FAULTS = frozenset({500, 501})


class ServerError(CurriculumError):
    """A CalDAV server does not do what it is asked; the sentence never holds a password."""


class RefusedError(ServerError):
    """A server does not accept the user.

    Args:
        user: Who asked; None for a request without a user.
        host: Another host, which was asked instead; the password did not go there.
    """

    def __init__(self, user: str | None, host: str | None = None) -> None:
        """Build the sentence."""
        who = f"'{user}'" if user else "a request without a user"
        sentence = f"the server refuses {who}; are user and password right?"
        if user and host:
            sentence = (
                f"'{host}' refuses {who}: it is another host than that of 'caldav', so no password "
                "is sent there; if that is your server, write its address in the settings"
            )
        super().__init__(sentence)


class RejectedError(ServerError):
    """A server refuses to do one thing; it may well do others."""

    def __init__(self, task: Task, status: int, reason: str, user: str | None) -> None:
        """Build the sentence from what was refused to whom, and what the server answers."""
        self._task = task
        self._status = status
        whom = f" for '{user}'" if user else ""
        answer = f"{status} {reason}".rstrip()
        sentence = f"the server refuses to {task}{whom}: it answers {answer}"
        hint = _HINTS.get((task, status))
        super().__init__(f"{sentence}; {hint}" if hint else sentence)

    @property
    def is_limited(self) -> bool:
        """Whether the server may do the rest all the same: not if it is full or down."""
        if self._task is Task.FIND:
            return False
        return self._status // 100 == 4 or self._status in _LIMITED_FAULTS

    @property
    def is_passing(self) -> bool:
        """Whether it may come of other requests at the same time, as a lock does."""
        return self._status in _PASSING


class OverloadedError(ServerError):
    """A server has too much to do."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("the server has too much to do; try again later")


class NoLibraryError(CurriculumError):
    """The library that the CalDAV client needs is not installed."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("to talk to a CalDAV server, install 'curriculum[caldav]'")
