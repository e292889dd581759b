"""Say in a sentence why a unit is planned when it is; the reason itself was found by the planner."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from curriculum.model.formatting import clock_text, day_text, hours_text, last_day
from curriculum.model.plan import Overload, Placement, Reason, Unplaced


def why_lines(
    placement: Placement,
    reason: Reason,
    unplaced: Unplaced | None,
    overload: Iterable[Overload],
    zone: tzinfo,
) -> tuple[str, ...]:
    """Return the lines that explain a placement: when, the binding reason, the deadline, and any overload it is in."""
    lines = [_when(placement, unplaced, zone)]
    if placement.start is not None:
        lines.append(_reason(placement, reason, zone))
    if placement.deadline is not None:
        lines.append(_deadline(placement, zone))
    lines += [
        f"It is part of an overload: {len(one.units)} units need {hours_text(one.needed)}, and {hours_text(one.free)} are free "
        f"before the end of {last_day(one.before, zone)}."
        for one in overload
        if placement.unit in one.units
    ]
    return tuple(lines)


def _when(placement: Placement, unplaced: Unplaced | None, zone: tzinfo) -> str:
    if placement.start is None or placement.finish is None:
        rest = f": {unplaced.reason}" if unplaced else ""
        return f"'{placement.unit}' ({hours_text(placement.effort)}) is not placed in full{rest}."
    begin = f"{day_text(placement.start, zone)} at {clock_text(placement.start, placement.start, zone)[:5]}"
    end = day_text(placement.finish - 1, zone)
    return f"'{placement.unit}' ({hours_text(placement.effort)}) starts on {begin} and is finished on {end}."


def _reason(placement: Placement, reason: Reason, zone: tzinfo) -> str:
    waited = hours_text(dict(placement.waited).get(reason, 0))
    since = (
        f"it could have started on {day_text(placement.available or 0, zone)}, but {waited} went"
    )
    sentences = {
        Reason.START: "Nothing holds it back: it is the first of its track.",
        Reason.PREREQUISITE: f"Prerequisite: it waits for '{placement.enabler}', which is finished just before.",
        Reason.RELEASE: "Release: a goal holds it back until that day.",
        Reason.DEADLINE: f"Deadline: {since} first to what is due.",
        Reason.BALANCE: f"Balance: {since} to the other track, which was owed it.",
        Reason.ORDER: f"Order: {since} to what comes before it in its own track.",
    }
    return sentences[reason]


def _deadline(placement: Placement, zone: tzinfo) -> str:
    assert placement.deadline is not None
    due = f"It is due by the end of {last_day(placement.deadline, zone)}"
    if placement.cushion is None:
        return f"{due}."
    if placement.cushion < 0:
        return f"{due}; {hours_text(-placement.cushion)} are too few for all that is due by then."
    return f"{due}, with a cushion of {hours_text(placement.cushion)}."
