"""What was recorded is taken back."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.errors import UsageError
from curriculum.services.undoing import undo
from curriculum.views import text
from curriculum.web.answers import after_change
from curriculum.web.page_request import PageRequest


def change_undone(asked: PageRequest) -> Response:
    """Take back what was recorded last, or the command of a number."""
    number = asked.form.get("number", "1")
    if not number.isdecimal() or len(number) > 6:
        raise UsageError(f"'{number}' is not the number of a command")
    undone = undo(asked.workspace, int(number))
    lines = text.record.fact_lines(undone.facts, undone.workspace.library)
    news = [f"took back: {line}" for line in lines]
    if undone.timer is not None:
        news.append(text.record.running_note(undone.timer))
    return after_change(asked, news, "/undo", can_be_undone=False)
