"""Between which two minutes each unit must be studied, and which units cannot be."""

from __future__ import annotations

from bisect import bisect_right

from curriculum.model.late_dataclasses import dataclass
from curriculum.schedule.demand import NEVER, Demand


@dataclass(frozen=True, slots=True)
class Windows:
    """The minutes between which each unit must be studied.

    Attributes:
        opens: Minute before which a unit cannot start: the latest of the plan's start, its own
            release and those of all it requires.
        dues: Minute by which it is due; NEVER when it is not.
        closes: The same, but for a unit that is due before it can start the next due minute of any
            unit: what is overdue goes first, and takes its minutes from all that is due then.
    """

    opens: tuple[int, ...]
    dues: tuple[int, ...]
    closes: tuple[int, ...]

    def is_conflict(self, unit: int) -> bool:
        """Return whether a unit is due before it can start, so that no hours would mend it."""
        return self.dues[unit] <= self.opens[unit]


def windows_of(demand: Demand, start: int) -> Windows:
    """Return the windows of a demand whose plan starts at a minute."""
    opens = [max(start, release) for release in demand.releases]
    for unit, required in enumerate(demand.before):
        for other in required:
            opening = opens[other]
            if demand.gaps is not None:
                opening = demand.gaps.earliest(other, unit, opening)
            opens[unit] = max(opens[unit], opening)
    dates = sorted({*demand.dues, NEVER})
    closes = []
    for due, opening in zip(demand.dues, opens, strict=True):
        if due <= opening:
            due = dates[bisect_right(dates, opening)]
        closes.append(due)
    return Windows(tuple(opens), demand.dues, tuple(closes))
