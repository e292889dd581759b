"""Say how long a unit is expected to take; when it is studied and at whose pace is not known here."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from curriculum.model.quantities import minutes, reading_minutes
from curriculum.model.settings import Speeds
from curriculum.model.works import Unit

Kind = Literal["textbook", "thesis", "paper"]

DEFAULT_EFFORT: dict[Kind, int] = {"textbook": 180, "thesis": 180, "paper": 120}
"""Minutes a unit without pages and effort is planned as: three hours for a chapter, two for a step."""


def effort(unit: Unit, kind: Kind, speeds: Speeds) -> int:
    """Return the minutes a unit is expected to need: as given, or its pages at the speed of its kind plus exercises."""
    if unit.effort is not None:
        return minutes(unit.effort)
    if unit.pages is None and unit.exercises is None:
        return DEFAULT_EFFORT[kind]
    exercises = minutes(unit.exercises) if unit.exercises is not None else 0
    return _reading(unit, kind, speeds) + exercises


def reading_part(unit: Unit, kind: Kind, speeds: Speeds) -> int:
    """Return the minutes over which a unit's pages are spread: all of a given effort, else all but the exercises."""
    return minutes(unit.effort) if unit.effort is not None else _reading(unit, kind, speeds)


def _reading(unit: Unit, kind: Kind, speeds: Speeds) -> int:
    pace: dict[Kind, Fraction] = {"textbook": speeds.textbook, "thesis": speeds.thesis, "paper": speeds.paper}
    return reading_minutes(unit.pages, pace[kind]) if unit.pages is not None else 0
