"""What can be studied now, and what finishing a unit unlocks."""

from __future__ import annotations

from curriculum.model.curriculum import Curriculum, dependants
from curriculum.model.identifiers import UnitId


def ready_units(curriculum: Curriculum) -> tuple[UnitId, ...]:
    """Return the units whose prerequisites are all done, in need order."""
    return tuple(unit for unit in curriculum.units if not curriculum.requires.get(unit))


def unlocks(curriculum: Curriculum, unit: UnitId) -> tuple[UnitId, ...]:
    """Return the units that directly require a unit, in need order."""
    return dependants(curriculum).get(unit, ())
