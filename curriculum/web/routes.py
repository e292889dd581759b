"""Which page or action is at which address."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.web.actions.notes import follow_up_closed, note_added
from curriculum.web.actions.sessions import (
    session_held,
    session_missed,
    session_pinned,
    session_unpinned,
)
from curriculum.web.actions.study import (
    left_estimated,
    time_logged,
    timer_started,
    timer_stopped,
    unit_finished,
    unit_reopened,
    unit_skipped,
)
from curriculum.web.actions.undoing import change_undone
from curriculum.web.handlers import Handler
from curriculum.web.pages.problems import show_problems_found
from curriculum.web.pages.today import show_today
from curriculum.web.pages.undo import show_undo

SHOWN: Mapping[str, Handler] = {
    "/": show_today,
    "/undo": show_undo,
    "/problems": show_problems_found,
}
"""What is shown at an address."""

ACTIONS: Mapping[str, Handler] = {
    "/done": session_held,
    "/missed": session_missed,
    "/pin": session_pinned,
    "/unpin": session_unpinned,
    "/log": time_logged,
    "/finish": unit_finished,
    "/left": left_estimated,
    "/skip": unit_skipped,
    "/reopen": unit_reopened,
    "/start": timer_started,
    "/stop": timer_stopped,
    "/note": note_added,
    "/followup": follow_up_closed,
    "/undo": change_undone,
}
"""What is done when a form is sent to an address."""
