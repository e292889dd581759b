"""An overload in words: what is needed, what is free, and what would be enough."""

from __future__ import annotations

from datetime import tzinfo

from curriculum.model.formatting import counted, day_text, hours_text, last_day
from curriculum.model.plan import Overload, Plan


def overload_heading(overload: Overload, plan: Plan) -> str:
    """Return what kind of overload a certificate is about, in one word."""
    if overload.gaps:
        return "Gaps"
    if not overload.is_conflict or overload.kept:
        return "Overload"
    if overload.after <= plan.start:
        return "Overdue"
    return "Conflict"


def overload_text(overload: Overload, plan: Plan, zone: tzinfo) -> str:
    """Return a certificate of overload as a sentence without its full stop."""
    if not overload.more_per_week:
        return _without_hours(overload, plan, zone)
    shortage = _shortage(overload, zone)
    sentence = f"{shortage}; {_more_text(overload)} would be enough"
    if overload.kept:
        sentence += " (sessions that stay in place take part of the time)"
    if overload.habits:
        sentence += f" (habits take {hours_text(overload.habits)} of the study time)"
    return sentence


def _shortage(overload: Overload, zone: tzinfo) -> str:
    verb = _agreeing(overload, "needs", "need")
    needed = hours_text(overload.needed)
    free = hours_text(overload.free)
    span = f"from {_first_day(overload, zone)} to the end of {last_day(overload.before, zone)}"
    if overload.by_track:
        free += " of the hours open to them"
    return f"{_units_text(overload)} {verb} {needed}, but only {free} are free {span}"


def _without_hours(overload: Overload, plan: Plan, zone: tzinfo) -> str:
    """Return a certificate that only other dates or other sessions would mend."""
    units = _units_text(overload)
    due = f"by the end of {last_day(overload.before, zone)}"
    if overload.gaps:
        gaps = f"gaps between units of one work keep {units} from being finished {due}"
        return f"{gaps}; shorten 'gap', or change the date"
    if overload.kept:
        held = f"sessions that stay in place keep {units} from being finished {due}"
        return f"{held}; move or unpin them, or plan with '--unfreeze'"
    if overload.after <= plan.start:
        verb = _agreeing(overload, "was", "were")
        return f"{units} {verb} due {due}, before this plan starts; only a later date would help"
    verb = _agreeing(overload, "is", "are")
    start = day_text(overload.after, zone)
    return f"{units} {verb} due {due}, but may not start before {start}; change one of the dates"


def short_overload_text(overload: Overload, plan: Plan, zone: tzinfo) -> str:
    """Return a certificate of overload in few words."""
    day = last_day(overload.before, zone)
    if overload.more_per_week:
        short = hours_text(overload.missing)
        span = f"by {day}"
        if overload.after > plan.start:
            span = f"from {_first_day(overload, zone)} to {day}"
        return f"{short} short {span}; {_more_text(overload)} would be enough"
    units = _units_text(overload)
    if overload.gaps:
        return f"gaps between units of one work make {units} late, due {day}"
    if overload.kept:
        return f"sessions that stay in place make {units} late, due {day}"
    if overload.after <= plan.start:
        verb = _agreeing(overload, "was", "were")
        return f"{units} {verb} due {day}, before this plan starts"
    return f"{units} due {day} may not start before {day_text(overload.after, zone)}"


def _more_text(overload: Overload) -> str:
    """Return the hours that would be enough, as `3 h more per week`."""
    more = hours_text(overload.more_per_week)
    span = "per week" if overload.weeks else "in that time"
    if overload.capped:
        return f"{more} more {span}, with 'cap' raised by as much,"
    return f"{more} more {span}"


def _first_day(overload: Overload, zone: tzinfo) -> str:
    """Return the day an overload begins, without the year that its end has, too."""
    year = last_day(overload.before, zone)[-5:]
    return day_text(overload.after, zone).removesuffix(year)


def _units_text(overload: Overload) -> str:
    """Return how many units an overload is about."""
    return counted(len(overload.units), "unit")


def _agreeing(overload: Overload, one: str, several: str) -> str:
    """Return the form of a verb that agrees with the units of an overload."""
    if len(overload.units) == 1:
        return one
    return several
