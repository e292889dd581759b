"""Gaps between units of one work, for the rows of a demand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import midnight
from curriculum.model.spacing import Spacing


@dataclass(frozen=True, slots=True)
class Gaps:
    """How many days each unit waits after a unit of its work that it requires.

    Attributes:
        days: The days of each unit; 0 for one without a gap, or that was begun.
        works: Index of the work of each unit.
        waits: Minute before which each unit may not start because of a unit that is done; 0 without
            one.
        spacing: Turns days into minutes.
    """

    days: tuple[int, ...]
    works: tuple[int, ...]
    waits: tuple[int, ...]
    spacing: Spacing

    def between(self, before: int, after: int) -> int:
        """Return the days between a unit and one that requires it; 0 without a gap."""
        if self.works[before] != self.works[after]:
            return 0
        return self.days[after]

    def opening(self, before: int, after: int, finish: int) -> int:
        """Return the minute from which a unit may start when one that it requires is finished."""
        days = self.between(before, after)
        if not days:
            return finish
        return max(finish, self.spacing.opening(finish, days))

    def earliest(self, before: int, after: int, start: int) -> int:
        """Return the minute before which a unit cannot start if one that it requires cannot.

        The other one is finished a minute after it starts, or later.
        """
        if not self.between(before, after):
            return start
        return self.opening(before, after, start + 1)

    def needed_by(self, before: int, after: int, start: int) -> int:
        """Return by when a unit must be finished so that one that requires it may start then."""
        return (
            self.latest_finish(before, after, start + 1) if self.between(before, after) else start
        )

    def latest_finish(self, before: int, after: int, start: int) -> int:
        """Return by when a unit must be finished so that one that requires it may run by then."""
        days = self.between(before, after)
        if not days:
            return start
        return self.spacing.latest_finish(start, days)


def gaps_of(curriculum: Curriculum, works: tuple[int, ...]) -> Gaps | None:
    """Return the gaps of a curriculum, given the index of each unit's work; None without any."""
    spacing = curriculum.spacing
    if spacing is None:
        return None
    begun = curriculum.behind
    days = tuple(0 if unit in begun else spacing.days.get(unit, 0) for unit in curriculum.units)
    waits = gap_waits(curriculum)
    if not any(days) and not waits:
        return None
    return Gaps(days, works, tuple(waits.get(unit, 0) for unit in curriculum.units), spacing)


def gap_waits(curriculum: Curriculum) -> dict[UnitId, int]:
    """Return the minute before which units may not start, because of units that are done."""
    waits: dict[UnitId, int] = {}
    spacing = curriculum.spacing
    if spacing is None:
        return waits
    for unit, required in curriculum.met.items():
        days = spacing.days.get(unit, 0)
        if not days or unit in curriculum.behind:
            continue
        for other in required:
            finished = spacing.finished.get(other)
            if finished is not None and work_of(other) == work_of(unit):
                minute = midnight(finished + timedelta(days=days), spacing.zone)
                waits[unit] = max(minute, waits.get(unit, 0))
    return waits


class Openings:
    """From when on each unit may start while those it requires are finished, one after another.

    Attributes:
        gap_until: Minute before which the gap of its work holds each unit back; 0 where none does.
        gap_after: The unit after which it does; -1 where that is done, or where none does.
    """

    def __init__(self, gaps: Gaps, after: Sequence[Sequence[int]]) -> None:
        """Start with what units wait for because of those that are done."""
        self._gaps = gaps
        self._after = after
        self.gap_until = list(gaps.waits)
        self.gap_after = [-1] * len(gaps.days)

    def finish(self, unit: int, now: int) -> None:
        """Note that a unit is finished."""
        for other in self._after[unit]:
            if not self._gaps.between(unit, other):
                continue
            until = self._gaps.opening(unit, other, now)
            if until > self.gap_until[other]:
                self.gap_until[other] = until
                self.gap_after[other] = unit
