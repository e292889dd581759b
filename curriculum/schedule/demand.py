"""What has to be studied, as rows of numbers in need order; when it will be studied is not known here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from fractions import Fraction

from curriculum.model.curriculum import Curriculum, ReachedGoal
from curriculum.model.efforts import reading_part
from curriculum.model.identifiers import TRACKS, UnitId, unit_id, work_of
from curriculum.model.library import Library
from curriculum.model.plan import due_minute, release_minute
from curriculum.model.quantities import Moment, Pages
from curriculum.model.settings import Goal, Speeds

NEVER = 1 << 60
"""A later minute than any: the due instant of what has none."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The units to be studied; every sequence has one entry per unit, in need order (a topological order).

    Attributes:
        units: Full names.
        efforts: Minutes, at least 1.
        tracks: Index into `TRACKS`.
        works: Index of the unit's work; equal for units of the same work.
        before: Indices of the units that must be finished first.
        after: Indices of the units that wait for this one.
        releases: Minute before which the unit may not start; 0 when it may start at once.
        dues: Minute by which the unit is due, inherited from what requires it; NEVER when it is not.
        reading: The unit's pages with the minutes over which they are spread; None when it has no pages.
        opened: Indices of works already begun.
        behind: Minutes of the unit's whole effort that were studied before.
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

    @property
    def total(self) -> int:
        """All minutes of effort."""
        return sum(self.efforts)


def demand_of(curriculum: Curriculum, library: Library, speeds: Speeds, zone: tzinfo) -> Demand:
    """Return the rows of a curriculum; dates of its goals are taken as local to `zone`."""
    units = curriculum.units
    index = {unit: position for position, unit in enumerate(units)}
    before = tuple(
        tuple(index[other] for other in curriculum.requires.get(unit, ())) for unit in units
    )
    work_names = sorted({work_of(unit) for unit in units})
    work_index = {name: position for position, name in enumerate(work_names)}
    works = tuple(work_index[work_of(unit)] for unit in units)
    track_of = [TRACKS.index(library.works[name].track) for name in work_names]
    own_dues = _own_dues(curriculum.goals, index, zone)
    return Demand(
        units=units,
        efforts=tuple(curriculum.efforts[unit] for unit in units),
        tracks=tuple(track_of[work] for work in works),
        works=works,
        before=before,
        after=_turned(before),
        releases=_releases(curriculum.goals, index, zone),
        dues=inherited(own_dues, before),
        reading=_reading(units, library, speeds, curriculum.paces),
        opened=frozenset(work_index[name] for name in curriculum.opened if name in work_index),
        behind=tuple(curriculum.behind.get(unit, 0) for unit in units),
    )


def inherited(dues: list[int], before: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    """Return due minutes passed backward through the graph: the minimum only, nothing subtracted (Theorem 1)."""
    earliest = list(dues)
    for unit in range(len(before) - 1, -1, -1):
        for other in before[unit]:
            earliest[other] = min(earliest[other], earliest[unit])
    return tuple(earliest)


def _own_dues(goals: tuple[ReachedGoal, ...], index: dict[UnitId, int], zone: tzinfo) -> list[int]:
    dues = [NEVER] * len(index)
    for unit, moment in _dated(goals, index, lambda goal: goal.by):
        dues[unit] = min(dues[unit], due_minute(moment, zone))
    return dues


def _releases(
    goals: tuple[ReachedGoal, ...], index: dict[UnitId, int], zone: tzinfo
) -> tuple[int, ...]:
    releases = [0] * len(index)
    for unit, moment in _dated(goals, index, lambda goal: goal.from_):
        releases[unit] = max(releases[unit], release_minute(moment, zone))
    return tuple(releases)


def releases_of(curriculum: Curriculum, zone: tzinfo) -> dict[UnitId, int]:
    """Return the minute before which each unit may not start, for units that have one."""
    rows = _releases(
        curriculum.goals, {unit: row for row, unit in enumerate(curriculum.units)}, zone
    )
    return {unit: release for unit, release in zip(curriculum.units, rows, strict=True) if release}


def _dated(
    goals: tuple[ReachedGoal, ...],
    index: dict[UnitId, int],
    moment_of: Callable[[Goal], Moment | None],
) -> Iterator[tuple[int, Moment]]:
    """Yield each unit that a goal with a date names, with that date."""
    for reached in goals:
        moment = moment_of(reached.goal)
        if moment is not None:
            yield from ((index[unit], moment) for unit in reached.units if unit in index)


def _turned(before: tuple[tuple[int, ...], ...]) -> tuple[tuple[int, ...], ...]:
    after: list[list[int]] = [[] for _ in before]
    for unit, others in enumerate(before):
        for other in others:
            after[other].append(unit)
    return tuple(map(tuple, after))


def _reading(
    units: tuple[UnitId, ...], library: Library, speeds: Speeds, paces: Mapping[UnitId, Fraction]
) -> tuple[tuple[Pages, int] | None, ...]:
    rows: dict[UnitId, tuple[Pages, int]] = {}
    for name in {work_of(unit) for unit in units}:
        work = library.works[name]
        for unit in work.units:
            if unit.pages is not None:
                full = unit_id(name, unit.id)
                minutes = max(
                    1, round(reading_part(unit, work.kind, speeds) * paces.get(full, Fraction(1)))
                )
                rows[full] = (unit.pages, minutes)
    return tuple(rows.get(unit) for unit in units)
