"""Graphs are put into layers that run downwards, and sweeps never add a crossing."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.graph.layers import LayeredGraph, Waypoint, layered

Needs = dict[str, tuple[str, ...]]


@st.composite
def graphs(draw: st.DrawFn, *, cyclic: bool = False) -> Needs:
    """Return nodes with what they need; without circles unless they are asked for."""
    count = draw(st.integers(0, 14))
    names = [f"n{number}" for number in range(count)]
    needs: Needs = {}
    for number, name in enumerate(names):
        pool = names if cyclic else names[:number]
        needs[name] = tuple(
            draw(st.lists(st.sampled_from(pool), unique=True, max_size=4)) if pool else ()
        )
    return needs


def crossings(graph: LayeredGraph) -> int:
    """Count the crossings of all pairs of links, one by one."""
    places = {point: place for layer in graph.layers for place, point in enumerate(layer)}
    total = 0
    for one, other in combinations(graph.links, 2):
        if one.upper.layer == other.upper.layer:
            above = places[one.upper] - places[other.upper]
            below = places[one.lower] - places[other.lower]
            total += above * below < 0
    return total


@settings(max_examples=60)
@given(graphs())
def test_no_edge_runs_upwards_and_none_is_lost(needs: Needs) -> None:
    graph = layered(needs)

    assert not graph.turned
    below: dict[Waypoint, set[Waypoint]] = {}
    for link in graph.links:
        assert link.lower.layer == link.upper.layer + 1
        below.setdefault(link.upper, set()).add(link.lower)
    for node, every in needs.items():
        for needed in every:
            place = Waypoint(graph.levels[needed], needed)
            while Waypoint(graph.levels[node], node) not in below[place]:
                place = Waypoint(place.layer + 1, needed)
                assert place in below


@settings(max_examples=60)
@given(graphs(cyclic=True))
def test_sweeps_never_add_a_crossing_and_crossings_are_counted_right(needs: Needs) -> None:
    graph = layered(needs)

    assert graph.crossings == crossings(graph) <= graph.before
    shown = [
        point.node
        for layer in graph.layers
        for point in layer
        if graph.levels[point.node] == point.layer
    ]
    assert sorted([*shown, *graph.alone]) == sorted(needs)


def test_a_tangle_of_two_layers_is_undone() -> None:
    graph = layered({"a": (), "b": (), "c": ("b",), "d": ("a",)})

    assert (graph.before, graph.crossings) == (1, 0)


def test_what_needs_itself_in_a_circle_is_drawn_with_one_edge_turned() -> None:
    graph = layered({"a": ("c",), "b": ("a",), "c": ("b",)})

    assert len(graph.turned) == 1
    assert sorted(graph.levels.values()) == [0, 1, 2]
