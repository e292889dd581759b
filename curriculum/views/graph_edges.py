"""The edges of a prerequisite graph that a picture shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from curriculum.graph.transitive_reduction import transitive_reduction
from curriculum.model.curriculum import Curriculum, UnitEdges
from curriculum.model.first_readings import is_first_reading
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.references import Strength


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
    soft = curriculum.prefers
    kept: UnitEdges = hard
    if not all_edges:
        kept = transitive_reduction(hard)
    return (
        *_edges(curriculum, hard, Strength.HARD, kept),
        *_edges(curriculum, soft, Strength.SOFT, soft),
    )


def _edges(
    curriculum: Curriculum,
    edges: UnitEdges,
    strength: Strength,
    kept: UnitEdges,
) -> Iterator[Edge]:
    """Yield the edges that are kept, and those for which a reason was given."""
    for after in curriculum.units:
        for before in edges.get(after, ()):
            why = curriculum.reasons.get((before, after))
            if why is not None or before in kept[after]:
                yield Edge(before, after, _strength(before, strength), why)


def _strength(before: UnitId, strength: Strength) -> Strength:
    """Return the strength of an edge; a first reading is only before what asks for no more."""
    if strength is Strength.HARD and is_first_reading(before):
        return Strength.SKIM
    return strength


def units_by_work(curriculum: Curriculum) -> Mapping[str, list[UnitId]]:
    """Return the units of each work, works and units in need order."""
    groups: dict[str, list[UnitId]] = {}
    for unit in curriculum.units:
        groups.setdefault(work_of(unit), []).append(unit)
    return groups
