"""What time a plan leaves free to catch up, and what of it goes to what was missed."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.formatting import counted, hours_text
from curriculum.model.plan import Plan


def catch_up_lines(plan: Plan) -> Iterator[str]:
    """Yield what stays free at the end of each week, or when it gives back what was missed."""
    weekly = plan.catch_up.weekly
    missed = plan.catch_up.missed
    if not weekly or not plan.sessions:
        return
    if not missed:
        yield f"{hours_text(weekly)} of each week stays free, to catch up"
        return
    weeks = -(-missed // weekly)
    span = "this week" if weeks == 1 else f"{counted(weeks, 'week')} from now on"
    yield f"{hours_text(missed)} missed: the time to catch up of {span} gives it back"
