"""What is said of a unit: time studied, that it is finished, left out or open again; the timer."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.services.marking import estimate_left, log_study, mark_done, reopen, skip
from curriculum.services.said_time import SaidTime
from curriculum.services.timer import start_timer, stop_timer
from curriculum.web.after_recording import after_recording
from curriculum.web.fields import hours_field, pages_field, past_day_field, required
from curriculum.web.page_request import PageRequest


def time_logged(asked: PageRequest) -> Response:
    """Log time that a unit was studied."""
    said = SaidTime(past_day_field(asked))
    recorded = log_study(
        asked.workspace, _unit(asked), hours_field(asked), pages_field(asked), said
    )
    return after_recording(asked, recorded)


def unit_finished(asked: PageRequest) -> Response:
    """Mark a unit as done."""
    return after_recording(
        asked, mark_done(asked.workspace, _unit(asked), SaidTime(past_day_field(asked)))
    )


def left_estimated(asked: PageRequest) -> Response:
    """Say how long a unit still takes."""
    return after_recording(asked, estimate_left(asked.workspace, _unit(asked), hours_field(asked)))


def unit_skipped(asked: PageRequest) -> Response:
    """Leave a unit out of the plan."""
    return after_recording(asked, skip(asked.workspace, _unit(asked)))


def unit_reopened(asked: PageRequest) -> Response:
    """Mark a unit as not done again."""
    return after_recording(asked, reopen(asked.workspace, _unit(asked)))


def timer_started(asked: PageRequest) -> Response:
    """Start the timer on a unit."""
    return after_recording(asked, start_timer(asked.workspace, _unit(asked)))


def timer_stopped(asked: PageRequest) -> Response:
    """Stop the timer and log its time, or what it took instead."""
    took = hours_field(asked, "took") if asked.form.get("took") else None
    return after_recording(asked, stop_timer(asked.workspace, took))


def _unit(asked: PageRequest) -> tuple[str, ...]:
    return tuple(required(asked, "unit", "unit").split())
