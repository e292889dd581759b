"""Put the nodes of a graph into layers, each below what it needs, with few crossings of edges.

The method of Sugiyama, Tagawa and Toda (1981): layers by the longest way from a node that needs
nothing, a waypoint in every layer that an edge passes, then sweeps that put each node at the mean
place of its neighbours. The best order that was met is kept, so that the sweeps never do harm. The
edges that leave one node share their waypoints.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import NamedTuple

from curriculum.model.late_dataclasses import dataclass

_SWEEPS = 12


class Waypoint(NamedTuple):
    """A node in its own layer, or the place where edges from it pass a layer below."""

    layer: int
    node: str


class Link(NamedTuple):
    """A part of an edge, from a layer to the next one."""

    upper: Waypoint
    lower: Waypoint


@dataclass(frozen=True, slots=True)
class LayeredGraph:
    """A graph in layers.

    Attributes:
        layers: The nodes and waypoints of each layer, from left to right; what is in a layer needs
            only what is in those above it.
        levels: Node to the number of its layer.
        alone: The nodes that need nothing and that nothing needs; they are in no layer.
        links: The parts of all edges, sorted.
        turned: Edges (needed, node) whose ends need each other, drawn from the node to the needed.
        crossings: How many pairs of links cross.
        before: How many did before the sweeps.
    """

    layers: tuple[tuple[Waypoint, ...], ...]
    levels: Mapping[str, int]
    alone: tuple[str, ...]
    links: tuple[Link, ...]
    turned: frozenset[tuple[str, str]]
    crossings: int
    before: int


def layered(needs: Mapping[str, Sequence[str]]) -> LayeredGraph:
    """Return a graph in layers.

    Args:
        needs: Node to the nodes that it needs, in an order that is kept where nothing speaks
            against it; what is needed and is no key is left out.
    """
    below = _needed_by(needs)
    upward = _edges_back(below)
    for needed, node in sorted(upward):
        below[needed].remove(node)
        below[node].append(needed)
    edges = [(needed, node) for needed, after in below.items() for node in after]
    touched = {node for edge in edges for node in edge}
    alone = tuple(node for node in needs if node not in touched)
    levels = _levels({node: after for node, after in below.items() if node in touched})
    links = _links(edges, levels)
    order = _first_order(needs, levels, links)
    between = _by_layer(links, len(order))
    before = _crossings(order, between)
    order, crossings = _swept(order, between, before)
    return LayeredGraph(
        layers=tuple(map(tuple, order)),
        levels=levels,
        alone=alone,
        links=tuple(links),
        turned=frozenset(upward),
        crossings=crossings,
        before=before,
    )


_Edge = tuple[str, str]
_Order = list[list[Waypoint]]


def _needed_by(needs: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return each node to those that need it, in their order."""
    below: dict[str, list[str]] = {node: [] for node in needs}
    for node, every in needs.items():
        for needed in dict.fromkeys(every):
            if needed in below and needed != node:
                below[needed].append(node)
    return below


def _edges_back(below: Mapping[str, Sequence[str]]) -> set[_Edge]:
    """Return the edges back to where a search came from; without them nothing needs itself."""
    found: set[_Edge] = set()
    entered: set[str] = set()
    left: set[str] = set()
    for start in below:
        stack = [start]
        while stack:
            node = stack[-1]
            if node in entered:
                stack.pop()
                left.add(node)
                continue
            entered.add(node)
            for following in reversed(below[node]):
                if following not in entered:
                    stack.append(following)
                elif following not in left:
                    found.add((node, following))
    return found


def _levels(below: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the layer of each node; one without needs is just above the first that needs it."""
    levels = dict.fromkeys(below, 0)
    for node in reversed(list(TopologicalSorter(below).static_order())):
        for following in below[node]:
            levels[following] = max(levels[following], levels[node] + 1)
    for node, level in levels.items():
        if not level:
            levels[node] = min(levels[one] for one in below[node]) - 1
    return levels


def _links(edges: Iterable[_Edge], levels: Mapping[str, int]) -> list[Link]:
    """Return the parts of all edges, sorted."""
    return sorted({link for edge in edges for link in _parts(edge, levels)})


def _parts(edge: _Edge, levels: Mapping[str, int]) -> Iterable[Link]:
    """Yield the parts of an edge, over the waypoints that all edges of its upper end share."""
    upper, lower = edge
    for layer in range(levels[upper], levels[lower] - 1):
        yield Link(Waypoint(layer, upper), Waypoint(layer + 1, upper))
    last = levels[lower] - 1
    yield Link(Waypoint(last, upper), Waypoint(last + 1, lower))


def _first_order(needs: Iterable[str], levels: Mapping[str, int], links: Iterable[Link]) -> _Order:
    turns = {node: turn for turn, node in enumerate(needs)}
    points = {Waypoint(layer, node) for node, layer in levels.items()}
    for link in links:
        points |= {link.upper, link.lower}
    order: _Order = [[] for _ in range(max(levels.values(), default=-1) + 1)]
    for point in sorted(points, key=lambda one: turns[one.node]):
        order[point.layer].append(point)
    return order


def _by_layer(links: Iterable[Link], count: int) -> list[list[Link]]:
    """Return the links below each layer."""
    between: list[list[Link]] = [[] for _ in range(count)]
    for link in links:
        between[link.upper.layer].append(link)
    return between


def _crossings(order: _Order, between: Sequence[Iterable[Link]]) -> int:
    total = 0
    for layer, links in enumerate(between[:-1]):
        upper = _places(order[layer])
        lower = _places(order[layer + 1])
        total += _inversions(sorted((upper[one.upper], lower[one.lower]) for one in links))
    return total


def _places(points: Iterable[Waypoint]) -> dict[Waypoint, int]:
    return {point: place for place, point in enumerate(points)}


def _inversions(ends: Iterable[tuple[int, int]]) -> int:
    """Return how many pairs cross; two that share an end do not.

    >>> _inversions([(0, 1), (1, 0), (1, 1)])
    1
    """
    total = 0
    seen: list[int] = []
    for _, lower in ends:
        total += len(seen) - bisect_right(seen, lower)
        insort(seen, lower)
    return total


def _swept(order: _Order, between: Sequence[Iterable[Link]], before: int) -> tuple[_Order, int]:
    """Return the order with the fewest crossings that sweeps down and up meet."""
    best, fewest = order, before
    upper, lower = _neighbours(between)
    current = [list(points) for points in order]
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        is_down = sweep % 2 == 0
        layers = range(1, len(order)) if is_down else range(len(order) - 2, -1, -1)
        for layer in layers:
            beside = current[layer - 1 if is_down else layer + 1]
            current[layer] = _by_mean(current[layer], beside, upper if is_down else lower)
        crossings = _crossings(current, between)
        if crossings < fewest:
            best, fewest = [list(points) for points in current], crossings
    return best, fewest


_Neighbours = dict[Waypoint, list[Waypoint]]


def _neighbours(between: Iterable[Iterable[Link]]) -> tuple[_Neighbours, _Neighbours]:
    """Return each point to its neighbours above it, and to those below it."""
    upper: _Neighbours = {}
    lower: _Neighbours = {}
    for links in between:
        for link in links:
            upper.setdefault(link.lower, []).append(link.upper)
            lower.setdefault(link.upper, []).append(link.lower)
    return upper, lower


def _by_mean(
    points: Sequence[Waypoint], beside: Sequence[Waypoint], neighbours: _Neighbours
) -> list[Waypoint]:
    """Return points by the mean place of their neighbours; one without any keeps its place."""
    places = _places(beside)
    scale = len(beside) / max(1, len(points))
    means: dict[Waypoint, float] = {}
    for place, point in enumerate(points):
        near = [places[one] for one in neighbours.get(point, ())]
        means[point] = sum(near) / len(near) if near else place * scale
    return sorted(points, key=means.__getitem__)
