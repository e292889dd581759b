"""The page of where the time went."""

from __future__ import annotations

from typing import cast, get_args

from starlette.responses import Response

from curriculum.practice.time_rows import RowKind
from curriculum.services.errors import UsageError
from curriculum.services.time_audit import audit_time, days_asked
from curriculum.views.html.time_pages import time_content
from curriculum.web.answers import shown_page
from curriculum.web.fields import days_asked_for
from curriculum.web.page_request import PageRequest

_MOST_WEEKS = 520
_USUAL_WEEKS = "12"


def show_time(asked: PageRequest) -> Response:
    """Show where the time of the last weeks, or of some days, went."""
    by = asked.query.get("by", "week")
    if by not in get_args(RowKind):
        raise UsageError(f"'{by}' is not a row; the rows are {', '.join(get_args(RowKind))}")
    of = days_asked_for(asked)
    weeks = None if of is not None else _weeks(asked)
    days = days_asked(asked.workspace, of=of, since=None, until=None, weeks=weeks)
    audit = audit_time(asked.workspace, days)
    content = time_content(asked.frame, audit, cast(RowKind, by))
    command = f"curriculum time --of {days.first}..{days.last}"
    return shown_page(asked, "time", "Time", content, (command, f"{command} --by {by}"))


def _weeks(asked: PageRequest) -> int:
    text = asked.query.get("weeks", _USUAL_WEEKS)
    if not text.isdecimal() or not 1 <= len(text) <= 3 or not 1 <= int(text) <= _MOST_WEEKS:
        raise UsageError(f"'{text}' is not a number of weeks from 1 to {_MOST_WEEKS}")
    return int(text)
