"""Explain in sentences why a unit is planned when it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from curriculum.model.formatting import (
    clock_text,
    counted,
    day_text,
    hours_text,
    last_day,
    names_text,
)
from curriculum.model.plan import Binding, Overload, Placement, Plan, Reason, Unplaced, Wait
from curriculum.views.text.overload import overload_heading, overload_text

_MOST_AHEAD = 2
_WENT = {
    Reason.ORDER: ("Order", "to what comes before it in its own track"),
    Reason.OPEN: ("Open works", "to works of its track that were begun before"),
    Reason.HOURS: ("Hours", "to the other track, in hours that are for it alone"),
    Reason.QUOTA: ("Quota", "to the other track, for its quota of the week"),
    Reason.BALANCE: ("Balance", "to the other track, whose turn it was by the balance"),
    Reason.DEADLINE: ("Deadline", "first to what is due"),
    Reason.UNLOCK: ("Unlock first", "to what the other track will soon wait for"),
    Reason.SESSION: ("Session", "to the rest of a session of the other track"),
    Reason.PUBLISHED: ("Published plan", "to the other track, which had this time before"),
    Reason.KEPT: ("Kept", "to sessions that stay in place, or to what they require"),
}
_ALSO = {
    Reason.ORDER: "the order of its track",
    Reason.OPEN: "works begun before",
    Reason.UNLOCK: "what the other track will soon wait for",
    Reason.HOURS: "hours that are for the other track",
    Reason.QUOTA: "the quota of the other track",
    Reason.BALANCE: "the balance",
    Reason.DEADLINE: "a deadline",
    Reason.SESSION: "a running session",
    Reason.PUBLISHED: "the published plan",
    Reason.KEPT: "sessions that stay in place",
}
_PART_OF = {
    "Overload": "It is part of an overload",
    "Overdue": "It is overdue",
    "Conflict": "Its dates are in conflict",
    "Gaps": "It is late because of gaps",
}


def why_lines(
    placement: Placement,
    bound: Binding,
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
        lines.append(_reason_text(placement, bound, zone))
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
    bound: Binding,
    zone: tzinfo,
) -> str:
    if bound.waited:
        return _waited(placement, bound.waited[0], zone)
    match bound.reason:
        case Reason.PREREQUISITE:
            enabler = placement.enabler
            return f"Prerequisite: it waits for '{enabler}', which is finished just before."
        case Reason.GAP:
            return _gap_text(placement, zone)
        case Reason.RELEASE:
            return "Release: a goal holds it back until that day."
        case Reason.KEPT:
            return "Kept: its session stays where it is, because it is pinned or begins soon."
        case _:
            return "Nothing holds it back: it is the first of its track."


def _gap_text(placement: Placement, zone: tzinfo) -> str:
    day = day_text(placement.available or 0, zone)
    gap = counted(placement.gap, "day")
    before = "the unit before it"
    if placement.enabler is not None:
        before = f"'{placement.enabler}'"
    return f"Gap: its work leaves {gap} after {before}, so it may not start before {day}."


def _cap_text(placement: Placement, zone: tzinfo) -> str:
    day = day_text(placement.available or 0, zone)
    return f"Cap: since {day}, {hours_text(placement.capped)} stay free because of 'cap'."


def _waited(
    placement: Placement,
    wait: Wait,
    zone: tzinfo,
) -> str:
    """Return since when a unit could have started, and how much time went elsewhere."""
    head, where = _WENT[wait.reason]
    day = day_text(placement.available or 0, zone)
    waited = hours_text(wait.minutes)
    first = names_text([f"'{unit}'" for unit in wait.ahead], _MOST_AHEAD)
    text = f"{head}: it could have started on {day}, but {waited} went {where} ({first})."
    if not wait.also:
        return text
    also = " and ".join(_ALSO[reason] for reason in wait.also)
    return f"{text} Without that, {also} would have held it back."


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
