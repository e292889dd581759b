"""The time of each week, planned and real, by track; weeks without any are there as well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from curriculum.model.identifiers import Track
from curriculum.model.late_dataclasses import dataclass
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.time_table import PlannedAndReal, times_by


@dataclass(frozen=True, slots=True)
class WeekTime:
    """The time of a week.

    Attributes:
        monday: Its first day.
        tracks: Track to its time; None is the time of works that nobody knows.
    """

    monday: date
    tracks: Mapping[Track | None, PlannedAndReal]

    @property
    def planned(self) -> int:
        """Minutes that were planned."""
        return sum(one.planned for one in self.tracks.values())

    @property
    def real(self) -> int:
        """Minutes that were studied."""
        return sum(one.real for one in self.tracks.values())


def weekly_time(audit: TimeAudit) -> tuple[WeekTime, ...]:
    """Return the time of every week of an audit, in order."""
    cells = times_by(audit.cells, lambda where: (monday_before(where.day), where.track))
    weeks: dict[date, dict[Track | None, PlannedAndReal]] = {}
    monday = monday_before(audit.days.first)
    while monday <= audit.days.last:
        weeks[monday] = {}
        monday += timedelta(weeks=1)
    for (week, track), time in cells.items():
        weeks[week][track] = time
    return tuple(WeekTime(week, tracks) for week, tracks in weeks.items())


def monday_before(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
