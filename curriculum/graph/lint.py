"""Find what is wrong or careless in syllabi and goals once they are seen together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import NamedTuple

from curriculum.graph.built_on import idea_source_problems
from curriculum.graph.careless_values import careless_values
from curriculum.graph.catalogue import Catalogue, catalogue_of
from curriculum.graph.goals import GoalRequest, aims_of, knowledge_of
from curriculum.graph.references import find
from curriculum.graph.requirements import Needs, Requirements, references, requirements_of
from curriculum.graph.resolution import DEFAULT_SPEEDS, resolve
from curriculum.graph.transitive_reduction import ancestors
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
    library: Library,
    request: GoalRequest,
    *,
    speeds: Speeds = DEFAULT_SPEEDS,
) -> tuple[Problem, ...]:
    """Return the errors of the whole library and the warnings of the workspace's works, sorted.

    Errors are those that `resolve` reports. Warnings are edges that are written twice or implied by
    others, units without effort, ideas of works that are not there, and, when there are goals,
    works that none of them reaches.

    Args:
        library: The works at hand.
        request: The goals, what is known and what is done.
        speeds: How fast the person reads.
    """
    # The zone only matters for the dates of goals, which are not looked at here.
    resolution = resolve(library, request, zone=UTC, speeds=speeds)
    catalogue = catalogue_of(library)
    problems = {*resolution.problems, *_without_effort(catalogue)}
    problems.update(idea_source_problems(catalogue))
    problems.update(careless_values(library))
    if resolution.curriculum is not None:
        problems.update(_needless(catalogue, requirements_of(catalogue)))
        if request.goals is not None:
            problems.update(_unreached(catalogue, resolution.curriculum, request))
    return tuple(sorted(problems))


def _warning(
    place: Place,
    code: str,
    message: str,
    hint: str,
) -> Problem:
    return Problem(place, code, message, hint, Severity.WARNING)


def _own_units(catalogue: Catalogue) -> Iterator[int]:
    for name in sorted(catalogue.library.own & catalogue.spans.keys()):
        yield from catalogue.spans[name]


def _source(catalogue: Catalogue, unit: int) -> Source:
    return catalogue.library.sources[catalogue.works[unit]]


def _without_effort(catalogue: Catalogue) -> Iterator[Problem]:
    for unit in _own_units(catalogue):
        if has_effort(catalogue.entries[unit]):
            continue
        kind = catalogue.library.works[catalogue.works[unit]].kind
        hours = minutes(DEFAULT_EFFORT[kind]) // 60
        name = catalogue.units[unit]
        message = f"unit '{name}' has neither pages nor effort, so it is planned as {hours} h"
        place = _source(catalogue, unit).place((*catalogue.path(unit), "id"))
        yield _warning(place, "no-effort", message, "add 'pages' or 'effort'")


class _Edge(NamedTuple):
    """A hard reference from a unit to other units, as it was written."""

    text: str
    place: Place
    targets: frozenset[int]


class _Redundant(NamedTuple):
    """A reference of a unit to another work that another unit which is required implies."""

    unit: int
    edge: _Edge
    by: int


def _needless(catalogue: Catalogue, requirements: Requirements) -> Iterator[Problem]:
    """Yield the warnings about references that other references of the same unit make needless."""
    ancestors_of = ancestors([needs.hard for needs in requirements.needs])
    found: dict[str, list[_Redundant]] = {}
    for unit in _own_units(catalogue):
        needs = requirements.needs[unit]
        edges = _edges(catalogue, unit)
        has_others = bool(edges) and len(needs.hard) > len(edges[0].targets)
        if len(edges) > 1 or has_others:
            yield from _repeated(catalogue.units[unit], edges)
            redundant = _implied(catalogue, unit, edges, needs, ancestors_of)
            found.setdefault(catalogue.works[unit], []).extend(redundant)
    for several in found.values():
        if several:
            yield _redundant_edges(catalogue, several)


def _edges(catalogue: Catalogue, unit: int) -> list[_Edge]:
    edges = []
    for reference, path in references(catalogue, unit):
        if isinstance(reference, UnitReference) and reference.strength is Strength.HARD:
            targets = find(catalogue, reference.ref, catalogue.works[unit])
            place = _source(catalogue, unit).place((*path, "ref"))
            edges.append(_Edge(reference.ref, place, frozenset(targets or ())))
    return edges


def _repeated(name: str, edges: list[_Edge]) -> Iterator[Problem]:
    seen: set[frozenset[int]] = set()
    for edge in edges:
        if edge.targets in seen:
            message = f"unit '{name}' requires '{edge.text}' twice"
            yield _warning(
                edge.place,
                "duplicate-edge",
                message,
                "remove one of them",
            )
        seen.add(edge.targets)


def _implied(
    catalogue: Catalogue,
    unit: int,
    edges: list[_Edge],
    needs: Needs,
    ancestors_of: tuple[int, ...],
) -> Iterator[_Redundant]:
    """Yield the references to other works that something else which is required implies.

    Within a work a reference tells what a chapter builds on, so it is never too much.
    """
    span = catalogue.spans[catalogue.works[unit]]
    for edge in edges:
        if not edge.targets or any(target in span for target in edge.targets):
            continue
        by = _implying(edge, needs, ancestors_of)
        if by is not None:
            yield _Redundant(unit, edge, by)


def _redundant_edges(catalogue: Catalogue, found: Sequence[_Redundant]) -> Problem:
    """Return the one warning about all needless references of a work."""
    first = found[0]
    name = catalogue.units[first.unit]
    other = catalogue.units[first.by]
    message = f"unit '{name}' requires '{first.edge.text}', which '{other}' already requires"
    if len(found) > 1:
        lines = ", ".join(str(one.edge.place.line) for one in found[1:])
        return _warning(
            first.edge.place,
            "redundant-edge",
            f"{message}; {len(found) - 1} more such references in lines {lines}",
            "remove them",
        )
    return _warning(first.edge.place, "redundant-edge", message, "remove it")


def _implying(
    edge: _Edge,
    needs: Needs,
    ancestors_of: tuple[int, ...],
) -> int | None:
    """Return the first other unit required that itself requires everything an edge names."""
    named = sum(1 << target for target in edge.targets)
    for other in needs.hard:
        if other not in edge.targets and named & ~ancestors_of[other] == 0:
            return other
    return None


def _unreached(
    catalogue: Catalogue,
    curriculum: Curriculum,
    request: GoalRequest,
) -> Iterator[Problem]:
    """Yield a warning for each work with no unit that is studied, named, known or done."""
    knowledge = knowledge_of(catalogue, request)
    reached = set(map(work_of, curriculum.units))
    reached.update(catalogue.works[unit] for unit in knowledge.units)
    for aim in aims_of(catalogue, request, knowledge.topics).aims:
        reached.update(catalogue.works[unit] for unit in aim.units)
    for name in sorted(catalogue.library.own & catalogue.spans.keys() - reached):
        place = catalogue.library.sources[name].place()
        message = f"no goal reaches the work '{name}'"
        yield _warning(
            place,
            "unreached-work",
            message,
            "add it to 'goals', or remove it",
        )
