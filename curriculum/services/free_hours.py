"""The person's free hours as the planner asks for them: windows and days away, minus what the busy calendars say."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path

from curriculum.availability.busy_time import BusyQuestion, read_busy
from curriculum.availability.free import Availability, with_extra_time
from curriculum.model.intervals import Intervals, merge
from curriculum.model.plan import FreeDay
from curriculum.services.busy_sources import busy_texts
from curriculum.services.context import LATER
from curriculum.services.workspace import Workspace


class Hours:
    """Free days on demand; busy calendars are expanded only as far as the planner looks.

    Attributes:
        found: The free days, as far as they were last asked for.
        problems: What was not understood of the busy calendars, as far as they were read.
    """

    def __init__(
        self,
        gathered: Workspace,
        output: Path,
        ours: frozenset[str],
        not_before: int,
        oldest: timedelta = LATER,
        taken: Intervals = (),
        pinned: Intervals = (),
    ) -> None:
        """Get the busy calendars' bytes; events with a UID in `ours` are not busy.

        Copies of what addresses answered are used until they are older than `oldest`. What is `taken` is not free,
        whatever the calendars say; where a session is `pinned` is free, whatever the week says.
        """
        self._gathered, self._ours, self._not_before = gathered, ours, not_before
        self._taken, self._pinned = taken, merge(pinned)
        self.found: tuple[FreeDay, ...] = ()
        found = busy_texts(gathered, output, oldest)
        self._texts, self.problems = found.texts, found.problems

    def __call__(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the free days from first to last, both included."""
        zone, settings = self._gathered.zone, self._gathered.settings
        question = BusyQuestion(zone, first, last, self._ours)
        reads = [read_busy(one.label, one.data, question, one.source) for one in self._texts]
        self.problems = tuple(
            sorted({*self.problems, *(problem for read in reads for problem in read.problems)})
        )
        busy = merge([*self._taken, *(interval for read in reads for interval in read.intervals)])
        availability = Availability(
            settings.availability, zone, settings.away, busy, self._not_before
        )
        days = availability.days(first, last)
        asked = [one for one in self._pinned if _touches(one, first, last, zone)]
        self.found = with_extra_time(days, tuple(asked), busy, zone)
        return self.found


def _touches(interval: tuple[int, int], first: date, last: date, zone: tzinfo) -> bool:
    return first <= datetime.fromtimestamp(60 * interval[0], zone).date() <= last
