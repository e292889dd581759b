"""The edges of a prerequisite graph that a picture shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from curriculum.graph.transitive_reduction import transitive_reduction
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.library import Library
from curriculum.model.references import Strength
from curriculum.model.works import Unit


class Edge(NamedTuple):
    """One unit before another, and why."""

    before: UnitId
    after: UnitId
    strength: Strength
    why: str | None


def graph_edges(curriculum: Curriculum, *, all_edges: bool = False) -> tuple[Edge, ...]:
    """Return the edges of a curriculum in need order: hard ones, then soft ones.

    Args:
        curriculum: What is to be studied.
        all_edges: Return also the edges that others imply and for which no reason was given.
    """
    hard = {unit: curriculum.requires.get(unit, ()) for unit in curriculum.units}
    kept = hard if all_edges else transitive_reduction(hard)
    return (
        *_edges(curriculum, hard, Strength.HARD, kept),
        *_edges(curriculum, curriculum.prefers, Strength.SOFT, curriculum.prefers),
    )


def _edges(
    curriculum: Curriculum,
    edges: Mapping[UnitId, tuple[UnitId, ...]],
    strength: Strength,
    kept: Mapping[UnitId, tuple[UnitId, ...]],
) -> Iterator[Edge]:
    for after in curriculum.units:
        for before in edges.get(after, ()):
            why = curriculum.reasons.get((before, after))
            if why is not None or before in kept[after]:
                yield Edge(before, after, strength, why)


def units_by_work(curriculum: Curriculum) -> Mapping[str, list[UnitId]]:
    """Return the units of each work, works and units in need order."""
    groups: dict[str, list[UnitId]] = {}
    for unit in curriculum.units:
        groups.setdefault(work_of(unit), []).append(unit)
    return groups


def entries_of(library: Library, work: str, units: list[UnitId]) -> Iterator[tuple[UnitId, Unit]]:
    """Yield the units of a work that are among some, in file order, with what the syllabus says of them."""
    entries = {f"{work}/{unit.id}": unit for unit in library.works[work].units}
    return ((unit, entries[unit]) for unit in units)
