"""What has to be studied, as rows of numbers in need order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import TRACKS, UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import Pages
from curriculum.model.settings import Goal
from curriculum.schedule.gaps import Gaps, gap_waits, gaps_of

NEVER = 1 << 60
"""A later minute than any: the due minute of what has none."""


@dataclass(frozen=True, slots=True)
class GoalDemand:
    """What a goal asks for.

    Attributes:
        goal: The goal.
        units: Indices of the units to be studied that it names.
        due: Minute by which the goal itself is due; NEVER when it is not.
    """

    goal: Goal
    units: tuple[int, ...]
    due: int


@dataclass(frozen=True, slots=True)
class Demand:
    """The units to be studied, in need order (a topological order).

    Every sequence but `goals` has one entry per unit.

    Attributes:
        units: Full names.
        efforts: Minutes, at least 1.
        tracks: Index into `TRACKS`.
        works: Index of the unit's work; equal for units of the same work.
        before: Indices of the units that must be finished first.
        after: Indices of the units that wait for this one.
        releases: Minute before which the unit may not start; 0 when it may start at once.
        dues: Minute by which the unit is due, inherited from what requires it; NEVER when it is
            not.
        reading: The unit's pages with the minutes over which they are spread; None when it has no
            pages.
        opened: Indices of works already begun.
        behind: Minutes of the unit's whole effort that were studied before.
        goals: The goals, in the user's order.
        turns: The positions of the goals in the order of their value; empty where none has one.
        gaps: The gaps between units of one work; None when there are none.
    """

    units: tuple[UnitId, ...]
    efforts: tuple[int, ...]
    tracks: tuple[int, ...]
    works: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    releases: tuple[int, ...]
    dues: tuple[int, ...]
    reading: tuple[tuple[Pages, int] | None, ...]
    opened: frozenset[int] = frozenset()
    behind: tuple[int, ...] = ()
    goals: tuple[GoalDemand, ...] = ()
    turns: tuple[int, ...] = ()
    gaps: Gaps | None = None

    @property
    def total(self) -> int:
        """All minutes of effort."""
        return sum(self.efforts)

    @property
    def first_goal(self) -> GoalDemand | None:
        """The first goal in need order with anything to be studied."""
        turns = self.turns or range(len(self.goals))
        return next((self.goals[turn] for turn in turns if self.goals[turn].units), None)

    @property
    def goal_dues(self) -> set[int]:
        """The minutes by which goals are due, NEVER for those that are not."""
        return {goal.due for goal in self.goals}


def demand_of(curriculum: Curriculum) -> Demand:
    """Return the rows of a curriculum."""
    units = curriculum.units
    row_of = {unit: row for row, unit in enumerate(units)}
    work_row = _work_rows(units)
    releases = releases_of(curriculum)
    goals = _goals(curriculum, row_of)
    before = _before(curriculum, row_of)
    efforts = []
    tracks = []
    works = []
    reading = []
    for unit in units:
        efforts.append(curriculum.efforts[unit])
        tracks.append(TRACKS.index(curriculum.details[unit].track))
        works.append(work_row[work_of(unit)])
        reading.append(curriculum.reading(unit))
    opened = curriculum.opened & work_row.keys()
    gaps = gaps_of(curriculum, tuple(works))
    return Demand(
        units=units,
        efforts=tuple(efforts),
        tracks=tuple(tracks),
        works=tuple(works),
        before=before,
        after=inverted(before),
        releases=tuple(releases.get(unit, 0) for unit in units),
        dues=inherited(own_dues(goals, len(units)), before, gaps),
        reading=tuple(reading),
        opened=frozenset(work_row[name] for name in opened),
        behind=tuple(curriculum.behind.get(unit, 0) for unit in units),
        goals=goals,
        turns=curriculum.turns,
        gaps=gaps,
    )


def _work_rows(units: Iterable[UnitId]) -> dict[str, int]:
    """Return an index for the work of each unit, in the order of their names."""
    names = sorted(set(map(work_of, units)))
    return {name: row for row, name in enumerate(names)}


def _before(curriculum: Curriculum, row_of: Mapping[UnitId, int]) -> tuple[tuple[int, ...], ...]:
    before = []
    for unit in curriculum.units:
        required = curriculum.requires.get(unit, ())
        rows = [row_of[other] for other in required]
        before.append(tuple(rows))
    return tuple(before)


def _goals(curriculum: Curriculum, row_of: Mapping[UnitId, int]) -> tuple[GoalDemand, ...]:
    goals = []
    for reached in curriculum.goals:
        rows = [row_of[unit] for unit in reached.units if unit in row_of]
        due = reached.due
        if due is None:
            due = NEVER
        goals.append(GoalDemand(reached.goal, tuple(rows), due))
    return tuple(goals)


def own_dues(goals: Iterable[GoalDemand], count: int) -> list[int]:
    """Return the earliest minute by which a goal asks for each unit by name."""
    dues = [NEVER] * count
    for goal in goals:
        for unit in goal.units:
            dues[unit] = min(dues[unit], goal.due)
    return dues


def inherited(
    dues: list[int],
    before: tuple[tuple[int, ...], ...],
    gaps: Gaps | None = None,
) -> tuple[int, ...]:
    """Return due minutes passed backward through the graph: the minimum only (Theorem 1).

    No effort is subtracted: the order of EDF would otherwise depend on how late a plan is. Gaps
    are, since they are as long however late it is.
    """
    earliest = list(dues)
    for unit in reversed(range(len(before))):
        due = earliest[unit]
        for other in before[unit]:
            needed = due
            if gaps is not None and due < NEVER:
                needed = gaps.latest_finish(other, unit, due)
            earliest[other] = min(earliest[other], needed)
    return tuple(earliest)


def releases_of(curriculum: Curriculum) -> dict[UnitId, int]:
    """Return the minute before which each unit may not start, for units that have one."""
    releases = gap_waits(curriculum)
    for reached in curriculum.goals:
        if reached.release is None:
            continue
        for unit in reached.units:
            if unit in curriculum.efforts:
                releases[unit] = max(reached.release, releases.get(unit, 0))
    return releases


def inverted(before: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Return for each unit the units that wait for it, given those that it waits for."""
    after: list[list[int]] = [[] for _ in before]
    for unit, others in enumerate(before):
        for other in others:
            after[other].append(unit)
    return tuple(map(tuple, after))
