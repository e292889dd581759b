"""What is said of a session: that it was held as planned or missed, or where it is held."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.following import record_followed, record_missed
from curriculum.services.pins import pin, unpin
from curriculum.web.after_recording import after_recording
from curriculum.web.fields import moment_field, required
from curriculum.web.page_request import PageRequest


def session_held(asked: PageRequest) -> Response:
    """Record that a session was held as planned, or all that were not logged."""
    return after_recording(
        asked, record_followed(asked.workspace, asked.form.get("session") or None)
    )


def session_missed(asked: PageRequest) -> Response:
    """Record that a session was missed, or all that were not logged."""
    return after_recording(asked, record_missed(asked.workspace, asked.form.get("session") or None))


def session_pinned(asked: PageRequest) -> Response:
    """Hold a session at a time, or where it is."""
    name = required(asked, "session", "session")
    at = moment_field(asked) if asked.form.get("at") else None
    return after_recording(asked, pin(asked.workspace, name, at))


def session_unpinned(asked: PageRequest) -> Response:
    """Let a session move again."""
    return after_recording(asked, unpin(asked.workspace, required(asked, "session", "session")))
