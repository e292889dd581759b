"""The time of looking at papers that came in: planned in sittings, recorded, counted as papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from curriculum.calendars.habit_events import published_sittings
from curriculum.model.habits import SittingKind
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Skimmed
from curriculum.model.lived_days import fact_day
from curriculum.model.settings import DayRange
from curriculum.practice.time_table import UnitOnDay
from curriculum.services.workspace import Workspace

_SKIMS = UnitId("skim")


def skimming_planned(workspace: Workspace, days: DayRange) -> Iterator[tuple[UnitOnDay, int]]:
    """Yield the minutes of some days that stood in the calendar and are over."""
    for one in published_sittings(workspace.ledger, workspace.zone, SittingKind.SKIM):
        if one.end <= workspace.minute and days.first <= one.day <= days.last:
            yield _of_day(one.day), one.end - one.start


def skimming_recorded(workspace: Workspace, days: DayRange) -> Iterator[tuple[UnitOnDay, int]]:
    """Yield the minutes that were recorded on some days."""
    for fact in workspace.progress.live:
        if isinstance(fact, Skimmed):
            day = fact_day(fact, workspace.zone)
            if days.first <= day <= days.last:
                yield _of_day(day), fact.minutes


def _of_day(day: date) -> UnitOnDay:
    return UnitOnDay(day, _SKIMS, "papers")
