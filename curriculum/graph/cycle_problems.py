"""Report circles of requirements with the places at which they are written; how cycles are found is known elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from curriculum.graph.catalogue import Catalogue
from curriculum.graph.cycles import shortest_cycles
from curriculum.graph.references import meaning
from curriculum.graph.requirements import (
    ProviderDecision,
    Requirements,
    WrittenReference,
    is_first,
    references,
    work_references,
)
from curriculum.model.problems import Place, Problem


def circle_problems(
    catalogue: Catalogue, requirements: Requirements, finished: Container[int]
) -> tuple[Problem, ...]:
    """Return one problem for every tangle of units that wait for one another: its shortest circle.

    Args:
        catalogue: The numbered units.
        requirements: What they need.
        finished: The units that wait for no circle.
    """
    edges = {}
    for unit, (hard, _, decisions) in enumerate(requirements.needs):
        if unit not in finished:
            edges[unit] = {
                before
                for before in (*hard, *_undecided(decisions, finished))
                if before not in finished
            }
    return tuple(_problem(catalogue, requirements, cycle) for cycle in shortest_cycles(edges))


def _undecided(decisions: Iterable[ProviderDecision], finished: Container[int]) -> Iterator[int]:
    """Return the units of decisions that no option meets; a decision that one option meets waits for no circle."""
    for decision in decisions:
        if not any(
            all(before in finished for before in option.units) for option in decision.options
        ):
            yield from (before for option in decision.options for before in option.units)


def _problem(catalogue: Catalogue, requirements: Requirements, cycle: tuple[int, ...]) -> Problem:
    pairs = zip(cycle, (*cycle[1:], cycle[0]), strict=True)
    places = [_place(catalogue, requirements, after, before) for after, before in pairs]
    walk = " -> ".join(f"'{catalogue.units[unit]}'" for unit in (*cycle, cycle[0]))
    hint = f"remove one of: {', '.join(map(str, dict.fromkeys(places)))}"
    return Problem(places[0], "cycle", f"{walk} require each other", hint)


def _place(catalogue: Catalogue, requirements: Requirements, after: int, before: int) -> Place:
    """Return where it is written that a unit requires another; the unit itself when nothing is written."""
    source = catalogue.library.sources[catalogue.works[after]]
    for reference, path in _written(catalogue, requirements, after):
        found = meaning(catalogue, reference, catalogue.works[after], path)
        if any(before in option.units for option in found.options):
            return source.place(path)
    return source.place((*catalogue.path(after), "id"))


def _written(
    catalogue: Catalogue, requirements: Requirements, unit: int
) -> Iterator[WrittenReference]:
    yield from references(catalogue, unit)
    if is_first(catalogue, unit, requirements.needs[unit]):
        yield from work_references(catalogue, catalogue.works[unit])
