"""Where the time of some days went, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.pace import PaceNote
from curriculum.model.settings import DayRange
from curriculum.practice.switches import Stretch
from curriculum.practice.time_table import PlannedAndReal, TimeCell, total_time
from curriculum.practice.work_states import StudiedWork


@dataclass(frozen=True, slots=True)
class TimeAudit:
    """Where the time of some days went.

    Attributes:
        days: The days.
        cells: The time of each unit on each day.
        planned_switches: Day to the switches of its sessions.
        real_switches: Day to the switches of what was studied, as far as its order is known.
        unordered: Minutes of study of which only the day is known.
        longest: The longest stretch on one work; None when nothing was studied.
        works: The works of the last twelve weeks up to the last day, by time.
        pace: What the journal shows of the person's pace.
        share: The share of study time that textbooks should get.
        exploration: The time of exploration, which belongs to no track.
        week: Minutes of a working week; None when the settings do not say.
        development: The share of it that is meant for study; None likewise.
        overlap: Minutes that two timers measured at once; they are counted once.
    """

    days: DayRange
    cells: tuple[TimeCell, ...]
    planned_switches: Mapping[date, int]
    real_switches: Mapping[date, int]
    unordered: int
    longest: Stretch | None
    works: tuple[StudiedWork, ...]
    pace: tuple[PaceNote, ...]
    share: Fraction
    exploration: PlannedAndReal = field(default_factory=PlannedAndReal)
    week: int | None = None
    development: Fraction | None = None
    overlap: int = 0

    @property
    def total(self) -> PlannedAndReal:
        """What all cells add up to."""
        return total_time(self.cells)

    @property
    def working_minutes(self) -> Fraction | None:
        """Minutes of work in as many days as these; None when a working week is not known."""
        if self.week is None:
            return None
        count = (self.days.last - self.days.first).days + 1
        return Fraction(self.week * count, 7)
