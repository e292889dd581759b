"""The person's free hours as the planner asks for them: windows and days away, minus what the busy calendars say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from curriculum.availability.busy import read_busy
from curriculum.availability.free import Availability
from curriculum.availability.intervals import merge
from curriculum.cli.gathering import Gathered
from curriculum.disk.busy import busy_files, own_calendars
from curriculum.model.plan import FreeDay
from curriculum.model.problems import Place, Problem


class Hours:
    """Free days on demand; busy calendars are expanded only as far as the planner looks.

    Attributes:
        found: The free days, as far as they were last asked for.
        problems: What was not understood of the busy calendars, as far as they were read.
    """

    def __init__(self, gathered: Gathered, output: Path, ours: frozenset[str], not_before: int) -> None:
        """Read the busy calendars' bytes; events with a UID in `ours` are not busy."""
        self._gathered, self._ours, self._not_before = gathered, ours, not_before
        root, patterns = gathered.desk.root, gathered.settings.busy
        own = own_calendars(output) | own_calendars(root / "calendars")
        self.found: tuple[FreeDay, ...] = ()
        self.problems: tuple[Problem, ...]
        self._files, self.problems = busy_files(root, patterns, own, self._place)

    def _place(self, index: int) -> Place:
        return self._gathered.source.place(("busy", index))

    def __call__(self, first: date, last: date) -> tuple[FreeDay, ...]:
        """Return the free days from first to last, both included."""
        zone, settings = self._gathered.zone, self._gathered.settings
        reads = [
            read_busy(label, data, zone=zone, first=first, last=last, ours=self._ours) for label, data in self._files
        ]
        self.problems = tuple(sorted({*self.problems, *(problem for read in reads for problem in read.problems)}))
        busy = merge(interval for read in reads for interval in read.intervals)
        availability = Availability(settings.availability, zone, settings.away, busy, self._not_before)
        self.found = availability.days(first, last)
        return self.found
