"""How many hours more a week give the minutes that are missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta, tzinfo

from curriculum.model.formatting import local
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import FreeDay, midnight
from curriculum.model.quantities import minutes
from curriculum.model.settings import UNCAPPED, Settings
from curriculum.schedule.slots import cut_slots

_STEP = 5
"""Hours are said in steps of so many minutes."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExtraHours:
    """What is added to the hours of a week: sessions have lengths and breaks, and days are away.

    Attributes:
        settings: The settings of the plan.
        zone: The zone of its days.
    """

    settings: Settings
    zone: tzinfo

    @property
    def is_capped(self) -> bool:
        """Whether days or weeks are capped, so that the caps must rise by what is added."""
        return self.settings.cap != UNCAPPED

    def whole_weeks(self, after: int, before: int) -> int:
        """Return how often any weekday comes between two minutes, days away left out."""
        first = local(after, self.zone).date()
        if midnight(first, self.zone) < after:
            first += _DAY
        end = local(before, self.zone).date()
        count = max(0, (end - first).days)
        away = Counter(day.weekday() for day in set(self._away(first, end)))
        often = []
        for offset in range(7):
            weekday = (first.weekday() + offset) % 7
            often.append((count - offset + 6) // 7 - away[weekday])
        return min(often)

    def _away(self, first: date, end: date) -> Iterator[date]:
        for away_first, away_last in self.settings.away:
            day = max(first, away_first)
            while day < end and day <= away_last:
                yield day
                day += _DAY

    def stretch_for(self, missing: int) -> int:
        """Return the free minutes, added to the hours of a day, in which some minutes are studied.

        They are enough as hours of their own, and as hours that make others longer, where they may
        need one more break.
        """
        length = self.settings.session
        needed = missing / self.settings.load
        stretch = _rounded_up(int(needed))
        while self._studied_in(stretch) < missing:
            stretch += _STEP
        return _rounded_up(stretch + minutes(length.break_))

    def _studied_in(self, stretch: int) -> int:
        day = FreeDay(date.min, ((0, stretch),))
        slots = cut_slots([day], self.settings.session, self.settings.load)
        return sum(end - start for start, end in slots)


def _rounded_up(count: int) -> int:
    return -(-count // _STEP) * _STEP
