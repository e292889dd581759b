"""Where the nodes of a layered graph are drawn, in pixels: near what they need, none over another.

Sweeps move each layer as near to its neighbours as its order allows: the places with the least sum
of squares, found by pooling (R. Barlow and others, "Statistical Inference under Order
Restrictions", 1972).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from curriculum.graph.layers import LayeredGraph, Link, Waypoint
from curriculum.model.late_dataclasses import dataclass
from curriculum.views.html.shapes import Spot

NODE_WIDTH, NODE_HEIGHT = 188.0, 42.0
_WAYPOINT_WIDTH = 6.0
_GAP, _LAYER_GAP = 14.0, 42.0
_EDGE = 8.0
_ROUNDS = 6
_FEWEST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """Where a graph is drawn.

    Attributes:
        width: Pixels of the whole.
        height: Pixels of the whole.
        corners: Node to its upper left corner.
        edges: Each link with where it begins and where it ends, between two rows of nodes.
        passes: Where edges pass a row of nodes, from its top to its bottom.
    """

    width: float
    height: float
    corners: Mapping[str, Spot]
    edges: Sequence[tuple[Link, Spot, Spot]]
    passes: Sequence[tuple[Spot, Spot]]


def graph_layout(graph: LayeredGraph) -> GraphLayout:
    """Return where a graph is drawn, layer below layer, and below them the nodes that are alone."""
    middles = _from_the_left(graph, _middles(graph))
    corners: dict[str, Spot] = {}
    passes: list[tuple[Spot, Spot]] = []
    for point, middle in middles.items():
        top = _top(point.layer)
        if _is_node(graph, point):
            corners[point.node] = (middle - NODE_WIDTH / 2, top)
        else:
            passes.append(((middle, top), (middle, top + NODE_HEIGHT)))
    corners |= _corners_alone(graph, max((x for x, _ in corners.values()), default=0))
    return GraphLayout(
        width=max((x + NODE_WIDTH for x, _ in corners.values()), default=0) + _EDGE,
        height=max((y + NODE_HEIGHT for _, y in corners.values()), default=0) + _EDGE,
        corners=corners,
        edges=[_ends(link, middles) for link in graph.links],
        passes=passes,
    )


def _from_the_left(graph: LayeredGraph, middles: Mapping[Waypoint, float]) -> dict[Waypoint, float]:
    """Return the places moved so that the first of them begins at the left edge."""
    left = min((middle - _width(graph, one) / 2 for one, middle in middles.items()), default=0)
    return {one: middle - left + _EDGE for one, middle in middles.items()}


def _corners_alone(graph: LayeredGraph, right: float) -> dict[str, Spot]:
    """Return the corners of the nodes that are alone, in rows as wide as the rest, or as a page."""
    columns = max(_FEWEST_COLUMNS, int(right // (NODE_WIDTH + _GAP)) + 1)
    found: dict[str, Spot] = {}
    for number, node in enumerate(graph.alone):
        row, column = divmod(number, columns)
        top = _top(len(graph.layers)) + row * (NODE_HEIGHT + _GAP)
        found[node] = (_EDGE + column * (NODE_WIDTH + _GAP), top)
    return found


def _top(layer: int) -> float:
    return _EDGE + layer * (NODE_HEIGHT + _LAYER_GAP)


def _is_node(graph: LayeredGraph, point: Waypoint) -> bool:
    return graph.levels[point.node] == point.layer


def _width(graph: LayeredGraph, point: Waypoint) -> float:
    return NODE_WIDTH if _is_node(graph, point) else _WAYPOINT_WIDTH


def _ends(link: Link, middles: Mapping[Waypoint, float]) -> tuple[Link, Spot, Spot]:
    """Return a link with its ends: below the row above it, and above the row below it."""
    upper, lower = link
    start = (middles[upper], _top(upper.layer) + NODE_HEIGHT)
    return link, start, (middles[lower], _top(lower.layer))


def _middles(graph: LayeredGraph) -> dict[Waypoint, float]:
    """Return the middle of each node and waypoint, from left to right."""
    offsets = [_offsets(graph, layer) for layer in graph.layers]
    middles: dict[Waypoint, float] = {}
    for layer, places in zip(graph.layers, offsets, strict=True):
        middles.update(zip(layer, places, strict=True))
    neighbours = _neighbours(graph.links)
    for round_number in range(_ROUNDS):
        numbers = range(len(graph.layers))
        for number in numbers if round_number % 2 == 0 else reversed(numbers):
            layer = graph.layers[number]
            wanted = [_wanted(middles, neighbours[one], middles[one]) for one in layer]
            middles.update(zip(layer, _apart(wanted, offsets[number]), strict=True))
    return middles


def _offsets(graph: LayeredGraph, layer: Sequence[Waypoint]) -> list[float]:
    """Return the places of a layer that is as narrow as it can be."""
    places = [0.0]
    for left, right in pairwise(layer):
        places.append(places[-1] + (_width(graph, left) + _width(graph, right)) / 2 + _GAP)
    return places[: len(layer)]


def _neighbours(links: Iterable[Link]) -> dict[Waypoint, list[Waypoint]]:
    found: dict[Waypoint, list[Waypoint]] = {}
    for upper, lower in links:
        found.setdefault(upper, []).append(lower)
        found.setdefault(lower, []).append(upper)
    return found


def _wanted(
    middles: Mapping[Waypoint, float], beside: Sequence[Waypoint], otherwise: float
) -> float:
    return sum(middles[one] for one in beside) / len(beside) if beside else otherwise


def _apart(wanted: Sequence[float], offsets: Sequence[float]) -> list[float]:
    """Return the places nearest to those wanted that are as far apart as the offsets.

    >>> _apart([5.0, 5.0, 20.0], [0.0, 4.0, 8.0])
    [3.0, 7.0, 20.0]
    """
    pools: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=True):
        mean, count = place - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        pools.append((mean, count))
    starts = [mean for mean, count in pools for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
