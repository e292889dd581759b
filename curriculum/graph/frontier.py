"""Say what can be studied now and what it opens; what was studied when is not known here."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId


def ready_units(curriculum: Curriculum) -> tuple[UnitId, ...]:
    """Return the units whose prerequisites are all done, in need order."""
    return tuple(unit for unit in curriculum.units if not curriculum.requires.get(unit))


def unlocks(curriculum: Curriculum, unit: UnitId) -> tuple[UnitId, ...]:
    """Return the units that wait for a unit, in need order; not those that need it only through others."""
    return tuple(other for other in curriculum.units if unit in curriculum.requires.get(other, ()))


def dependants(curriculum: Curriculum) -> Mapping[UnitId, tuple[UnitId, ...]]:
    """Return for every unit those that wait for it directly, in need order."""
    found: dict[UnitId, list[UnitId]] = {unit: [] for unit in curriculum.units}
    for unit in curriculum.units:
        for before in curriculum.requires.get(unit, ()):
            found[before].append(unit)
    return {unit: tuple(others) for unit, others in found.items()}


def held_back(curriculum: Curriculum, unit: UnitId) -> tuple[UnitId, ...]:
    """Return everything that cannot be finished before a unit is, in need order."""
    waiting = {unit}
    for other in curriculum.units:
        if any(before in waiting for before in curriculum.requires.get(other, ())):
            waiting.add(other)
    return tuple(other for other in curriculum.units if other in waiting and other != unit)


def still_missing(curriculum: Curriculum, unit: UnitId) -> tuple[UnitId, ...]:
    """Return everything that must be finished before a unit starts, in need order."""
    missing = set(curriculum.requires.get(unit, ()))
    for other in reversed(curriculum.units):
        if other in missing:
            missing.update(curriculum.requires.get(other, ()))
    return tuple(other for other in curriculum.units if other in missing)
