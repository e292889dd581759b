"""How long units take: as their syllabi say, or from their pages and exercises."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from curriculum.model.curriculum import StudyUnit
from curriculum.model.first_readings import FIRST_READING_SHARE, is_first_reading
from curriculum.model.identifiers import UnitId, unit_id
from curriculum.model.library import Library
from curriculum.model.quantities import minutes, reading_minutes
from curriculum.model.settings import Speeds
from curriculum.model.works import Unit, Work

DEFAULT_EFFORT = {
    "textbook": timedelta(hours=3),
    "thesis": timedelta(hours=3),
    "paper": timedelta(hours=2),
}
"""The effort of a unit whose syllabus gives neither pages nor hours, by kind of work."""


def study_unit(unit: Unit, work: Work, speeds: Speeds) -> StudyUnit:
    """Return what the syllabus says about a unit of a work, its pages turned into minutes."""
    return StudyUnit(
        title=unit.title,
        kind=work.kind,
        track=work.track,
        effort=effort(unit, work.kind, speeds),
        pages=unit.pages,
        reading=reading_part(unit, work.kind, speeds),
        exercises=_exercises_minutes(unit),
    )


def study_units(library: Library, speeds: Speeds) -> dict[UnitId, StudyUnit]:
    """Return what the syllabi say about every unit of the library."""
    found = {}
    for name, work in library.works.items():
        for unit in work.units:
            found[unit_id(name, unit.id)] = study_unit(unit, work, speeds)
    return found


def efforts_of(
    library: Library, speeds: Speeds, read_once: Collection[str] = ()
) -> dict[UnitId, int]:
    """Return the minutes of every unit of the library, as the syllabi and the speeds give them.

    Args:
        library: The works.
        speeds: How fast the person reads.
        read_once: Works of which first readings were recorded, besides those that ask for some.
    """
    found: dict[UnitId, int] = {}
    for name, work in library.works.items():
        for unit in work.units:
            found[unit_id(name, unit.id)] = effort(unit, work.kind, speeds)
    for name, units in library.first_readings(read_once).items():
        for unit in units:
            found[unit_id(name, unit.id)] = effort(unit, library.works[name].kind, speeds)
    return found


def effort(unit: Unit, kind: str, speeds: Speeds) -> int:
    """Return the minutes a unit is expected to need, at least 1.

    That of a first reading is what the unit says with `skim`, or a quarter of the reading.
    `effort` is the whole of it when given; otherwise pages at the unit's speed, or that for the
    kind of work, plus exercises; with none of these, `DEFAULT_EFFORT`.

    >>> fields = {"id": 3, "title": "Finite MDPs", "pages": [47, 72], "exercises": "2h"}
    >>> unit = Unit.model_validate(fields)
    >>> effort(unit, "textbook", Speeds())
    276
    """
    if is_first_reading(unit.id):
        return _first_reading_minutes(unit, kind, speeds)
    return _whole_minutes(unit, kind, speeds)


def _whole_minutes(unit: Unit, kind: str, speeds: Speeds) -> int:
    if unit.effort is not None:
        return max(1, minutes(unit.effort))
    if not has_effort(unit):
        return minutes(DEFAULT_EFFORT[kind])
    return max(1, _pages_minutes(unit, kind, speeds) + _exercises_minutes(unit))


def _first_reading_minutes(unit: Unit, kind: str, speeds: Speeds) -> int:
    """Return what a unit says of its first reading, or its share of what the reading takes."""
    if unit.skim is not None:
        return max(1, minutes(unit.skim))
    return -(-_whole_minutes(unit, kind, speeds) // FIRST_READING_SHARE)


def reading_part(unit: Unit, kind: str, speeds: Speeds) -> int:
    """Return the first minutes of a unit's effort, over which its pages are spread.

    Exercises come after them.

    A given `effort` is spread over the pages as a whole. A unit without pages has nothing to
    spread: 0.
    """
    if unit.pages is None:
        return 0
    if unit.effort is not None or is_first_reading(unit.id):
        return effort(unit, kind, speeds)
    return _pages_minutes(unit, kind, speeds)


def has_effort(unit: Unit) -> bool:
    """Say whether the syllabus tells how long a unit takes, by hours or by pages."""
    given = (unit.effort, unit.pages, unit.exercises)
    return any(part is not None for part in given)


def _pages_minutes(unit: Unit, kind: str, speeds: Speeds) -> int:
    if unit.pages is None:
        return 0
    return reading_minutes(unit.pages, unit.speed or speeds.pages_per_hour(kind))


def _exercises_minutes(unit: Unit) -> int:
    if unit.exercises is None:
        return 0
    return minutes(unit.exercises)
