"""Report prerequisite cycles with the places at which their edges are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from curriculum.graph.catalogue import Catalogue
from curriculum.graph.cycles import shortest_cycles
from curriculum.graph.references import meaning
from curriculum.graph.requirements import (
    Needs,
    ProviderDecision,
    Requirements,
    WrittenReference,
    is_first,
    references,
    work_references,
)
from curriculum.model.problems import Place, Problem

_MOST_SHOWN = 12
"""Units of a cycle that are named: more are not read."""


def cycle_problems(
    catalogue: Catalogue,
    requirements: Requirements,
    finished: Set[int],
) -> tuple[Problem, ...]:
    """Return one problem for every set of units that wait for one another: its shortest cycle.

    Args:
        catalogue: The numbered units.
        requirements: What they need.
        finished: The units that wait for no cycle.
    """
    edges = {}
    for unit, needs in enumerate(requirements.needs):
        if unit not in finished:
            edges[unit] = _unfinished(needs, finished)
    return tuple(_problem(catalogue, requirements, cycle) for cycle in shortest_cycles(edges))


def _unfinished(needs: Needs, finished: Set[int]) -> list[int]:
    """Return the units that a unit waits for in vain, ascending."""
    required = {*needs.hard, *_unmet_options(needs.decisions, finished)}
    return sorted(before for before in required if before not in finished)


def _unmet_options(decisions: Iterable[ProviderDecision], finished: Set[int]) -> Iterator[int]:
    """Yield the units of decisions that no option meets.

    A decision that is met by some option is part of no cycle.
    """
    for decision in decisions:
        if not _is_met(decision, finished):
            for option in decision.options:
                yield from option.units


def _is_met(decision: ProviderDecision, finished: Set[int]) -> bool:
    return any(set(option.units) <= finished for option in decision.options)


def _problem(
    catalogue: Catalogue,
    requirements: Requirements,
    cycle: tuple[int, ...],
) -> Problem:
    closed = (*cycle, cycle[0])
    places = []
    for after, before in pairwise(closed):
        places.append(_place(catalogue, requirements, after, before))
    names = [f"'{catalogue.units[unit]}'" for unit in closed]
    choices = list(map(str, dict.fromkeys(places)))
    return Problem(
        places[0],
        "cycle",
        f"{' -> '.join(_shortened(names))} require each other",
        f"remove one of: {', '.join(_shortened(choices))}",
    )


def _shortened(names: Sequence[str]) -> list[str]:
    """Return the first and the last names of a long cycle, and how many are between them."""
    if len(names) <= _MOST_SHOWN:
        return list(names)
    ends = _MOST_SHOWN // 2
    left_out = len(names) - 2 * ends
    return [*names[:ends], f"... {left_out:,} more ...", *names[-ends:]]


def _place(
    catalogue: Catalogue,
    requirements: Requirements,
    after: int,
    before: int,
) -> Place:
    """Return where it is written that a unit requires another; else the place of the unit."""
    work = catalogue.works[after]
    source = catalogue.library.sources[work]
    for reference, path in _written(catalogue, requirements, after):
        for option in meaning(catalogue, reference, work, path).options:
            if before in option.units:
                return source.place(path)
    return source.place((*catalogue.path(after), "id"))


def _written(
    catalogue: Catalogue,
    requirements: Requirements,
    unit: int,
) -> Iterator[WrittenReference]:
    yield from references(catalogue, unit)
    if is_first(catalogue, unit, requirements.needs[unit]):
        yield from work_references(catalogue, catalogue.works[unit])
