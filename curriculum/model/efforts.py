"""Say how long a unit takes: as given, or from pages and exercises; what the person already did is not known."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from curriculum.model.quantities import minutes, reading_minutes
from curriculum.model.settings import Speeds
from curriculum.model.works import Unit

DEFAULT_EFFORT = {
    "textbook": timedelta(hours=3),
    "thesis": timedelta(hours=3),
    "paper": timedelta(hours=2),
}
"""What a unit is planned as when its syllabus gives neither pages nor hours, by kind of work."""


def effort(unit: Unit, kind: str, speeds: Speeds) -> int:
    """Return the minutes a unit is expected to need, at least 1.

    `effort` is the whole of it when given; otherwise pages at the speed for the kind of work, plus exercises;
    with none of these, `DEFAULT_EFFORT`.

    >>> unit = Unit.model_validate({"id": 3, "title": "Finite MDPs", "pages": [47, 72], "exercises": "2h"})
    >>> effort(unit, "textbook", Speeds())
    276
    """
    if unit.effort is not None:
        return max(1, minutes(unit.effort))
    if not has_effort(unit):
        return minutes(DEFAULT_EFFORT[kind])
    exercises = minutes(unit.exercises) if unit.exercises is not None else 0
    return max(1, _pages_minutes(unit, kind, speeds) + exercises)


def reading_part(unit: Unit, kind: str, speeds: Speeds) -> int:
    """Return the first minutes of a unit's effort, those over which its pages are spread; exercises come after them.

    A given `effort` is spread over the pages as a whole. A unit without pages has nothing to spread: 0.
    """
    if unit.pages is None:
        return 0
    return (
        effort(unit, kind, speeds)
        if unit.effort is not None
        else _pages_minutes(unit, kind, speeds)
    )


def has_effort(unit: Unit) -> bool:
    """Say whether the syllabus tells how long a unit takes, by hours or by pages."""
    return not (unit.effort is None and unit.pages is None and unit.exercises is None)


def _pages_minutes(unit: Unit, kind: str, speeds: Speeds) -> int:
    return reading_minutes(unit.pages, _speed(kind, speeds)) if unit.pages is not None else 0


def _speed(kind: str, speeds: Speeds) -> Fraction:
    return {"textbook": speeds.textbook, "thesis": speeds.thesis, "paper": speeds.paper}[kind]
