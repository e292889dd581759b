"""Which of the free hours are filled first where not all are: those that the person prefers.

Only hours that the load or a cap leaves free are chosen among, day by day and, under a cap of the
week, within the week. A week keeps all its minutes, and a week that holds a date of a goal is left
as it is; so nothing that is due is later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta, tzinfo

from curriculum.model.intervals import Interval, subtract
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import FreeDay, instant
from curriculum.model.settings import Settings
from curriculum.model.study_hours import Week
from curriculum.model.wall_clock import instant_of, local_midnight

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PreferredHours:
    """The hours that a person prefers, and the weeks in which dates come before them.

    Attributes:
        week: The preferred hours of each weekday, in local wall time.
        zone: The zone of the days.
        dated: Mondays of the weeks that hold a date.
    """

    week: Week
    zone: tzinfo
    dated: frozenset[date]

    def counts_on(self, day: date) -> bool:
        """Return whether the preference counts on a day."""
        return _monday(day) not in self.dated

    def minutes_in(self, slots: Iterable[Interval]) -> int:
        """Return how many minutes of some slots are preferred."""
        total = 0
        for start, end in slots:
            for low, high in self._around(start):
                total += max(0, min(end, high) - max(start, low))
        return total

    def parts(self, day: FreeDay, pause: int) -> tuple[Interval, ...]:
        """Return the free time of a day in parts, the preferred ones first.

        Where a preferred part touches another, the other is shorter by a pause.
        """
        preferred: list[Interval] = []
        others: list[Interval] = []
        for start, end in day.intervals:
            inside = sorted(self._inside(start, end))
            preferred += inside
            widened = [(low - pause, high + pause) for low, high in inside]
            others += subtract((start, end), _without_overlaps(widened))
        return (*preferred, *others)

    def _inside(self, start: int, end: int) -> Iterator[Interval]:
        for low, high in self._around(start):
            if max(low, start) < min(high, end):
                yield max(low, start), min(high, end)

    def _around(self, minute: int) -> Iterator[Interval]:
        """Yield the preferred hours of the day of a minute, the day before and the day after."""
        today = instant(minute).astimezone(self.zone).date()
        for day in (today - _DAY, today, today + _DAY):
            midnight = local_midnight(day)
            for window in self.week[day.weekday()]:
                low = instant_of(midnight + 60 * window.start, self.zone) // 60
                yield low, instant_of(midnight + 60 * window.end, self.zone) // 60


def preferred_hours(settings: Settings, zone: tzinfo) -> PreferredHours | None:
    """Return the preferred hours of the settings; None without any."""
    if settings.prefer is None:
        return None
    dates = [goal.by for goal in settings.goals or ()] + [
        goal.from_ for goal in settings.goals or ()
    ]
    dated = frozenset(_monday(date(*moment.timetuple()[:3])) for moment in dates if moment)
    return PreferredHours(settings.prefer, zone, dated)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _without_overlaps(intervals: Sequence[Interval]) -> list[Interval]:
    """Return sorted intervals, each cut at the end of the one before it."""
    found: list[Interval] = []
    for start, end in intervals:
        since = max(start, found[-1][1]) if found else start
        if since < end:
            found.append((since, end))
    return found
