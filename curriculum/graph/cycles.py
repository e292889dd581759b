"""Find prerequisite cycles: the shortest one in each strongly connected component."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import networkx

from curriculum.graph.catalogue import UnitNumbers

_Requires: TypeAlias = Mapping[int, Sequence[int]]
"""Unit to what must come before it, which must be a key too."""

MOST_STARTS = 200
"""Units of a component through which the shortest cycle is looked for.

A larger component may hold a shorter one.
"""


def components(edges: _Requires) -> tuple[frozenset[int], ...]:
    """Return the sets of units that all wait for one another, by their least unit."""
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    for unit, befores in edges.items():
        graph.add_edges_from((unit, before) for before in befores)
    found = []
    for component in networkx.strongly_connected_components(graph):
        if len(component) > 1:
            found.append(frozenset(component))
    return tuple(sorted(found, key=min))


def shortest_cycles(edges: _Requires) -> tuple[UnitNumbers, ...]:
    """Return the shortest cycle of each component.

    Each unit of a cycle is followed by one that it requires, the last by the first.

    Of equally short cycles it is the least one. The last unit of a cycle requires the first.
    """
    return tuple(_shortest_cycle(edges, component) for component in components(edges))


def _shortest_cycle(edges: _Requires, component: frozenset[int]) -> UnitNumbers:
    inside = {}
    for unit in component:
        inside[unit] = sorted(component.intersection(edges[unit]))
    cycles = []
    for start in sorted(component)[:MOST_STARTS]:
        cycle = _cycle_through(inside, start)
        least = cycle.index(min(cycle))
        cycles.append(cycle[least:] + cycle[:least])
    return min(cycles, key=lambda cycle: (len(cycle), cycle))


def _cycle_through(edges: _Requires, start: int) -> UnitNumbers:
    """Return a shortest cycle through a unit, by breadth-first search in ascending order."""
    came_from: dict[int, int] = {}
    layer = [start]
    while True:
        following = []
        for unit in layer:
            for before in edges[unit]:
                if before == start:
                    return _traced(came_from, start, unit)
                if before not in came_from:
                    came_from[before] = unit
                    following.append(before)
        layer = following


def _traced(
    came_from: Mapping[int, int],
    start: int,
    last: int,
) -> UnitNumbers:
    path = [last]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))
