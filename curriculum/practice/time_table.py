"""The time that was planned beside the time that was really studied, day by day and unit by unit.

Of each unit on each day, what was studied up to what was planned is *as planned*; the rest of the
plan is *missed*, and the rest of the study *off plan*. So `planned - missed = real - off plan`, for
every cell and for every sum of cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import NamedTuple, TypeVar

from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass

KeyT = TypeVar("KeyT", bound=Hashable)


class UnitOnDay(NamedTuple):
    """A unit on a day, and the track whose time it takes; None when no one knows the unit."""

    day: date
    unit: UnitId
    track: Track | None


@dataclass(frozen=True, slots=True)
class PlannedAndReal:
    """Minutes that were planned and minutes that were studied.

    Attributes:
        planned: Minutes of sessions that stood in the calendar when they began.
        real: Minutes that were studied.
        as_planned: Minutes that were both.
        assumed: Minutes of `real` that nobody logged or gave: a unit was marked as done.
    """

    planned: int = 0
    real: int = 0
    as_planned: int = 0
    assumed: int = 0

    @property
    def missed(self) -> int:
        """Minutes that were planned and not studied."""
        return self.planned - self.as_planned

    @property
    def off_plan(self) -> int:
        """Minutes that were studied and not planned."""
        return self.real - self.as_planned


@dataclass(frozen=True, slots=True)
class TimeCell:
    """The time of one unit on one day."""

    where: UnitOnDay
    minutes: PlannedAndReal


def time_cells(
    planned: Iterable[tuple[UnitOnDay, int]],
    real: Iterable[tuple[UnitOnDay, int]],
    assumed: Iterable[tuple[UnitOnDay, int]] = (),
) -> tuple[TimeCell, ...]:
    """Return the time of each unit on each day, by day and unit.

    Args:
        planned: Minutes of sessions that are over, by the day on which each began.
        real: All minutes that were studied.
        assumed: Those of them that nobody logged or gave.
    """
    in_plan, studied, guessed = _summed(planned), _summed(real), _summed(assumed)
    cells: list[TimeCell] = []
    for where in sorted(in_plan.keys() | studied.keys(), key=lambda one: (one.day, one.unit)):
        both = min(in_plan[where], studied[where])
        minutes = PlannedAndReal(in_plan[where], studied[where], both, guessed[where])
        cells.append(TimeCell(where, minutes))
    return tuple(cells)


def _summed(parts: Iterable[tuple[UnitOnDay, int]]) -> Counter[UnitOnDay]:
    found: Counter[UnitOnDay] = Counter()
    for where, minutes in parts:
        found[where] += minutes
    return found


def total_time(cells: Iterable[TimeCell]) -> PlannedAndReal:
    """Return what some cells add up to."""
    every = [cell.minutes for cell in cells]
    return PlannedAndReal(
        planned=sum(one.planned for one in every),
        real=sum(one.real for one in every),
        as_planned=sum(one.as_planned for one in every),
        assumed=sum(one.assumed for one in every),
    )


def times_by(
    cells: Iterable[TimeCell], key: Callable[[UnitOnDay], KeyT]
) -> dict[KeyT, PlannedAndReal]:
    """Return what the cells add up to for each key, in the order in which keys first appear."""
    groups: dict[KeyT, list[TimeCell]] = {}
    for cell in cells:
        groups.setdefault(key(cell.where), []).append(cell)
    return {one: total_time(group) for one, group in groups.items()}
