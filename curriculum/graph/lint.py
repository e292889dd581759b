"""Find what is wrong or careless in syllabi and goals once they are seen together; it chooses and orders nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import NamedTuple

from curriculum.graph.catalogue import Catalogue, catalogue_of
from curriculum.graph.goals import GoalRequest, aims_of, knowledge_of
from curriculum.graph.references import find
from curriculum.graph.requirements import Needs, Requirements, references, requirements_of
from curriculum.graph.resolution import DEFAULT_SPEEDS, resolve
from curriculum.graph.transitive_reduction import above
from curriculum.model.curriculum import Curriculum
from curriculum.model.efforts import DEFAULT_EFFORT, has_effort
from curriculum.model.identifiers import work_of
from curriculum.model.library import Library
from curriculum.model.problems import Place, Problem, Severity
from curriculum.model.quantities import minutes
from curriculum.model.references import Strength, UnitReference
from curriculum.model.settings import Speeds
from curriculum.model.sources import Source


def lint(
    library: Library, request: GoalRequest, *, speeds: Speeds = DEFAULT_SPEEDS
) -> tuple[Problem, ...]:
    """Return the errors of the whole library, and warnings about the works of the workspace itself, sorted.

    Errors are those that `resolve` reports. Warnings are edges said twice or implied by others, units without effort,
    and, when there are goals, works that none of them reaches.

    Args:
        library: The works at hand.
        request: The goals, what is known and what is done.
        speeds: How fast the person reads.
    """
    resolution = resolve(library, request, zone=UTC, speeds=speeds)
    catalogue = catalogue_of(library)
    warnings = [*_without_effort(catalogue)]
    if resolution.curriculum is not None:
        warnings += _needless(catalogue, requirements_of(catalogue))
        if request.goals is not None:
            warnings += _unreached(catalogue, resolution.curriculum, request)
    return tuple(sorted({*resolution.problems, *warnings}))


def _warning(place: Place, code: str, message: str, hint: str) -> Problem:
    return Problem(place, code, message, hint, Severity.WARNING)


def _own_units(catalogue: Catalogue) -> Iterator[int]:
    for name in sorted(catalogue.library.own & catalogue.spans.keys()):
        yield from catalogue.spans[name]


def _source(catalogue: Catalogue, unit: int) -> Source:
    return catalogue.library.sources[catalogue.works[unit]]


def _without_effort(catalogue: Catalogue) -> Iterator[Problem]:
    for unit in _own_units(catalogue):
        if not has_effort(catalogue.entries[unit]):
            hours = (
                minutes(DEFAULT_EFFORT[catalogue.library.works[catalogue.works[unit]].kind]) // 60
            )
            place = _source(catalogue, unit).place((*catalogue.path(unit), "id"))
            message = f"unit '{catalogue.units[unit]}' has neither pages nor effort, so it is planned as {hours} h"
            yield _warning(place, "no-effort", message, "add 'pages' or 'effort'")


class _Edge(NamedTuple):
    """A hard reference from a unit to other units, as it was written."""

    text: str
    place: Place
    targets: frozenset[int]


def _needless(catalogue: Catalogue, requirements: Requirements) -> Iterator[Problem]:
    """Return the warnings about references that say what others of the same unit say already."""
    above_of = above([needs.hard for needs in requirements.needs])
    for unit in _own_units(catalogue):
        edges = _edges(catalogue, unit)
        if len(edges) > 1 or (edges and len(requirements.needs[unit].hard) > len(edges[0].targets)):
            yield from _repeated(catalogue, unit, edges)
            yield from _implied(catalogue, unit, edges, requirements.needs[unit], above_of)


def _edges(catalogue: Catalogue, unit: int) -> list[_Edge]:
    edges = []
    for reference, path in references(catalogue, unit):
        if isinstance(reference, UnitReference) and reference.strength is Strength.HARD:
            targets = find(catalogue, reference.ref, catalogue.works[unit])
            place = _source(catalogue, unit).place((*path, "ref"))
            edges.append(_Edge(reference.ref, place, frozenset(targets or ())))
    return edges


def _repeated(catalogue: Catalogue, unit: int, edges: list[_Edge]) -> Iterator[Problem]:
    seen: dict[frozenset[int], _Edge] = {}
    for edge in edges:
        first = seen.setdefault(edge.targets, edge)
        if first is not edge:
            message = f"unit '{catalogue.units[unit]}' requires '{edge.text}' twice"
            yield _warning(edge.place, "duplicate-edge", message, "remove one of them")


def _implied(
    catalogue: Catalogue, unit: int, edges: list[_Edge], needs: Needs, above_of: tuple[int, ...]
) -> Iterator[Problem]:
    for edge in edges:
        others = [before for before in needs.hard if before not in edge.targets]
        by = next(
            (
                other
                for other in others
                if all(above_of[other] >> target & 1 for target in edge.targets)
            ),
            None,
        )
        if by is not None:
            message = f"unit '{catalogue.units[unit]}' requires '{edge.text}', which '{catalogue.units[by]}' requires already"
            yield _warning(edge.place, "redundant-edge", message, "remove it")


def _unreached(
    catalogue: Catalogue, curriculum: Curriculum, request: GoalRequest
) -> Iterator[Problem]:
    """Return the warnings about works of which nothing is studied, named by a goal, known or done."""
    knowledge = knowledge_of(catalogue, request)
    aimed = (
        unit for aim in aims_of(catalogue, request, knowledge.topics).aims for unit in aim.units
    )
    reached = {catalogue.works[unit] for unit in (*knowledge.units, *aimed)} | set(
        map(work_of, curriculum.units)
    )
    for name in sorted(catalogue.library.own & catalogue.spans.keys() - reached):
        place = catalogue.library.sources[name].place()
        yield _warning(
            place,
            "unreached-work",
            f"no goal reaches the work '{name}'",
            "add it to 'goals', or remove it",
        )
