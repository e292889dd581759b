"""What a report promised, remembered for the next one: its days, and what was to be done next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.settings import DayRange
from curriculum.practice.followups import FollowUp

REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class ReportMemory:
    """A report that was made.

    Attributes:
        days: The days that it was about.
        next: The id of each follow-up that it listed as next, or its words where it had no id.
    """

    days: DayRange
    next: frozenset[str]


def memory_file(last: date) -> str:
    """Return the file of a report that ends with a day.

    >>> memory_file(date(2027, 1, 17))
    'reports/2027-01-17.json'
    """
    return f"{REPORTS}/{last.isoformat()}.json"


def memory_text(days: DayRange, listed: Iterable[FollowUp]) -> str:
    """Return what is kept of a report."""
    kept = {
        "from": days.first.isoformat(),
        "to": days.last.isoformat(),
        "next": sorted(map(follow_up_key, listed)),
    }
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def read_memory(text: str) -> ReportMemory | None:
    """Return a report that was made; None for a text that is not of one."""
    try:
        kept = json.loads(text)
        days = DayRange(date.fromisoformat(kept["from"]), date.fromisoformat(kept["to"]))
        return ReportMemory(days, frozenset(map(str, kept["next"])))
    except (ValueError, KeyError, TypeError):
        return None


def last_before(every: Iterable[ReportMemory], last: date) -> ReportMemory | None:
    """Return the last report that ended before a day; None when there is none."""
    before = [one for one in every if one.days.last < last]
    return max(before, key=lambda one: one.days, default=None)


def days_to_report(previous: ReportMemory | None, today: date, every: timedelta) -> DayRange:
    """Return the days since a report up to today; without one, as many as a review has."""
    if previous is None:
        return DayRange(today - every + timedelta(days=1), today)
    return DayRange(previous.days.last + timedelta(days=1), today)


def follow_up_key(one: FollowUp) -> str:
    """Return the id of a follow-up, or its words where it has none."""
    return one.origin.id or one.origin.text


def since_met(
    every: Iterable[FollowUp], previous: ReportMemory | None, first: date
) -> Sequence[FollowUp]:
    """Return what the last report listed as next, and what became of it.

    Without a report, what was noted before a day.
    """
    if previous is None:
        return [one for one in every if one.origin.day < first]
    listed = previous.next
    return [one for one in every if one.origin.text in listed or one.origin.id in listed]
