"""Find what requires itself in a roundabout way, as cycles that a person can mend; where edges come from is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import networkx

WIDEST = 200
"""Cycles of a tangle of up to so many units are all compared; of a larger one, those through so many of its units."""


def tangles(edges: Mapping[int, Iterable[int]]) -> tuple[frozenset[int], ...]:
    """Return the sets of units that all wait for one another, in ascending order.

    Args:
        edges: Unit to what must come before it.
    """
    components = networkx.strongly_connected_components(_graph(edges))
    return tuple(sorted((frozenset(one) for one in components if len(one) > 1), key=min))


def shortest_cycles(edges: Mapping[int, Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    """Return for each tangle its shortest cycle, each unit followed by one that it requires, beginning with the least.

    Of equally short cycles it is the least one. The last unit of a cycle requires the first.
    """
    graph = _graph(edges)
    return tuple(
        min(_cycles(graph, tangle), key=lambda cycle: (len(cycle), cycle))
        for tangle in tangles(edges)
    )


def _graph(edges: Mapping[int, Iterable[int]]) -> networkx.DiGraph[int]:
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(sorted(edges))
    graph.add_edges_from(
        (after, before) for after in sorted(edges) for before in sorted(edges[after])
    )
    return graph


def _cycles(graph: networkx.DiGraph[int], tangle: frozenset[int]) -> Iterator[tuple[int, ...]]:
    """Return a shortest cycle through each of the first units of a tangle."""
    inside = graph.subgraph(tangle)
    for start in sorted(tangle)[:WIDEST]:
        found = _cycle_through(inside, start)
        least = found.index(min(found))
        yield found[least:] + found[:least]


def _cycle_through(graph: networkx.DiGraph[int], start: int) -> tuple[int, ...]:
    """Return a shortest cycle through a unit of a tangle, by breadth-first search in ascending order."""
    came_from: dict[int, int] = {}
    layer = [start]
    while True:
        following = []
        for unit in layer:
            for before in sorted(graph.successors(unit)):
                if before == start:
                    return _traced(came_from, start, unit)
                if before not in came_from:
                    came_from[before] = unit
                    following.append(before)
        layer = following


def _traced(came_from: Mapping[int, int], start: int, last: int) -> tuple[int, ...]:
    path = [last]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))
