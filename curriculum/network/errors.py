"""What can go wrong with a calendar server, each as an error that builds its own sentence."""

from __future__ import annotations

from curriculum.model.problems import CurriculumError


class ServerError(CurriculumError):
    """A CalDAV server does not do what it is asked; the sentence never holds a password."""


class RefusedError(ServerError):
    """A server does not accept the user, or does not let the user do this.

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


class NoLibraryError(CurriculumError):
    """The library that the CalDAV client needs is not installed."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__("to talk to a CalDAV server, install 'curriculum[caldav]'")
