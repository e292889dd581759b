"""What is written into the notebook, and what becomes of follow-ups."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.practice.followups import FollowUpState
from curriculum.services.errors import UsageError
from curriculum.services.followups import close_follow_up, list_follow_ups, park_follow_up
from curriculum.services.noting import NoteRequest, add_note
from curriculum.services.said_time import SaidTime
from curriculum.web.after_recording import after_recording
from curriculum.web.fields import day_ahead_field, past_day_field, required
from curriculum.web.page_request import PageRequest

_CLOSING = {"done": FollowUpState.DONE, "drop": FollowUpState.DROPPED}


def note_added(asked: PageRequest) -> Response:
    """Add a note to the entry of a day."""
    unit = asked.form.get("unit", "").strip() or None
    said = SaidTime(past_day_field(asked))
    request = NoteRequest(required(asked, "text", "note"), unit, said)
    return after_recording(asked, add_note(asked.workspace, request))


def follow_up_closed(asked: PageRequest) -> Response:
    """Say that a follow-up is done, or will not be; or put it on the back burner."""
    name = _follow_up(asked)
    what = required(asked, "what", "what becomes of it")
    workspace = asked.again()
    if what == "park":
        return after_recording(asked, park_follow_up(workspace, name, day_ahead_field(asked)))
    if what not in _CLOSING:
        raise UsageError(f"'{what}' is not what can become of a follow-up: done, drop or park")
    why = asked.form.get("why", "").strip()
    return after_recording(asked, close_follow_up(workspace, name, _CLOSING[what], why))


def _follow_up(asked: PageRequest) -> str:
    """Return the id of a follow-up; one that has none yet is given one where it was noted."""
    name = asked.form.get("name", "").strip()
    if name:
        return name
    words, file = required(asked, "words", "follow-up"), required(asked, "file", "file")
    for one in list_follow_ups(asked.workspace):
        if one.origin.file == file and " ".join(one.origin.text.split()) == words:
            return one.origin.id or ""
    raise UsageError("this follow-up is not where it was; load the page again")
