"""Explain in sentences why a unit is planned when it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from curriculum.model.formatting import clock_text, day_text, hours_text, last_day
from curriculum.model.plan import Overload, Placement, Plan, Reason, Unplaced
from curriculum.views.text.overload import overload_heading, overload_text

_PART_OF = {
    "Overload": "It is part of an overload",
    "Overdue": "It is overdue",
    "Conflict": "Its dates are in conflict",
}


def why_lines(
    placement: Placement,
    reason: Reason,
    unplaced: Unplaced | None,
    plan: Plan,
    zone: tzinfo,
) -> tuple[str, ...]:
    """Return the lines that explain a placement.

    They say when the unit is studied, what bound its start, its deadline, and any overload it is
    part of.
    """
    lines = [_when(placement, unplaced, zone)]
    if placement.start is not None:
        lines.append(_reason_text(placement, reason, zone))
    if placement.capped:
        lines.append(_cap_text(placement, zone))
    overload = [one for one in plan.overload if placement.unit in one.units]
    if placement.deadline is not None:
        lines.append(
            _deadline_text(
                placement,
                placement.deadline,
                overload,
                plan.start,
                zone,
            )
        )
    for one in overload:
        lines.append(_overload_line(one, plan, zone))
    return tuple(lines)


def _overload_line(overload: Overload, plan: Plan, zone: tzinfo) -> str:
    what = _PART_OF[overload_heading(overload, plan)]
    return f"{what}: {overload_text(overload, plan, zone)}."


def _when(
    placement: Placement,
    unplaced: Unplaced | None,
    zone: tzinfo,
) -> str:
    subject = f"'{placement.unit}' ({hours_text(placement.effort)})"
    if placement.start is not None and placement.finish is not None:
        day = day_text(placement.start, zone)
        clock = clock_text(placement.start, placement.start, zone)[:5]
        end = day_text(placement.finish - 1, zone)
        return f"{subject} starts on {day} at {clock} and is finished on {end}."
    if unplaced is None:
        return f"{subject} is not planned in full."
    return f"{subject} is not planned in full: {unplaced.reason}."


def _reason_text(
    placement: Placement,
    reason: Reason,
    zone: tzinfo,
) -> str:
    match reason:
        case Reason.PREREQUISITE:
            enabler = placement.enabler
            return f"Prerequisite: it waits for '{enabler}', which is finished just before."
        case Reason.RELEASE:
            return "Release: a goal holds it back until that day."
        case Reason.DEADLINE:
            waited = _waited(placement, reason, zone)
            return f"Deadline: {waited} first to what is due."
        case Reason.BALANCE:
            waited = _waited(placement, reason, zone)
            return f"Balance: {waited} to the other track, which was owed it."
        case Reason.QUOTA:
            waited = _waited(placement, reason, zone)
            return f"Quota: {waited} to the other track, for its quota of the week."
        case Reason.ORDER:
            waited = _waited(placement, reason, zone)
            return f"Order: {waited} to what comes before it in its own track."
        case _:
            return "Nothing holds it back: it is the first of its track."


def _cap_text(placement: Placement, zone: tzinfo) -> str:
    day = day_text(placement.available or 0, zone)
    return f"Cap: since {day}, {hours_text(placement.capped)} stay free because of 'cap'."


def _waited(
    placement: Placement,
    reason: Reason,
    zone: tzinfo,
) -> str:
    """Return since when a unit could have started, and how much time went elsewhere."""
    day = day_text(placement.available or 0, zone)
    waited = hours_text(dict(placement.waited).get(reason, 0))
    return f"it could have started on {day}, but {waited} went"


def _deadline_text(
    placement: Placement,
    deadline: int,
    overload: Sequence[Overload],
    plan_start: int,
    zone: tzinfo,
) -> str:
    verb = "was" if deadline <= plan_start else "is"
    due = f"It {verb} due by the end of {last_day(deadline, zone)}"
    # No hours are missing where the dates are in conflict.
    if placement.cushion is None or any(one.is_conflict for one in overload):
        return f"{due}."
    if placement.cushion < 0:
        missing = hours_text(-placement.cushion)
        return f"{due}; all that is due by then needs {missing} more than are free."
    return f"{due}, with a cushion of {hours_text(placement.cushion)}."
