"""The days that must pass between a unit and the next one of the same work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta, tzinfo

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import instant, midnight


@dataclass(frozen=True, slots=True)
class Spacing:
    """Which units wait for how many days after a unit of the same work that they require.

    A unit that is finished on Monday, with a gap of 3 days, lets the next one begin on Thursday.

    Attributes:
        days: Unit to the gap of its work, for units that were not begun, of works that have one.
        finished: Unit to the local day on which it was finished, for done units of such works.
        zone: The zone of the days that are still to come.
    """

    days: Mapping[UnitId, int]
    finished: Mapping[UnitId, date]
    zone: tzinfo

    def opening(self, finish: int, days: int) -> int:
        """Return the minute from which a unit may start, so many days after a finish.

        What is finished at midnight was finished on the day before.
        """
        return midnight(self._day_before(finish) + timedelta(days=days), self.zone)

    def latest_finish(self, start: int, days: int) -> int:
        """Return the last minute by which a unit may be finished so that another may run by then.

        The other one has at least its first minute before `start`.
        """
        day = self._day_before(start) - timedelta(days=days - 1)
        return min(start, midnight(day, self.zone))

    def _day_before(self, end: int) -> date:
        """Return the local day of the last minute before an instant."""
        return instant(end - 1).astimezone(self.zone).date()
