"""Components by what reaches what, and their shortest cycles among all simple cycles."""

from __future__ import annotations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from curriculum.graph.cycles import components, shortest_cycles

graphs = st.integers(1, 9).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, size - 1), max_size=3, unique=True), min_size=size, max_size=size
    )
)


@given(graphs)
def test_components_are_the_strongly_connected_ones(befores: list[list[int]]) -> None:
    reach = [reached_from(unit, befores) for unit in range(len(befores))]
    expected = {
        frozenset(other for other in reach[unit] if unit in reach[other])
        for unit in range(len(befores))
    }

    found = components(dict(enumerate(befores)))

    assert set(found) == {one for one in expected if len(one) > 1}
    assert list(found) == sorted(found, key=min)


def reached_from(start: int, befores: list[list[int]]) -> set[int]:
    """Return the units that a unit waits for, itself among them."""
    found = {start}
    while more := {one for unit in found for one in befores[unit]} - found:
        found |= more
    return found


@given(graphs)
def test_a_cycle_is_the_shortest_and_then_the_least_of_its_component(
    befores: list[list[int]],
) -> None:
    edges = {unit: [one for one in some if one != unit] for unit, some in enumerate(befores)}
    graph = networkx.DiGraph([(unit, one) for unit, others in edges.items() for one in others])
    cycles = [tuple(cycle) for cycle in networkx.simple_cycles(graph)]
    turned = [
        cycle[cycle.index(min(cycle)) :] + cycle[: cycle.index(min(cycle))] for cycle in cycles
    ]

    expected = tuple(
        min((one for one in turned if set(one) <= whole), key=lambda cycle: (len(cycle), cycle))
        for whole in components(edges)
    )

    assert shortest_cycles(edges) == expected


def test_a_chain_longer_than_the_stack_of_python_is_followed() -> None:
    chain: dict[int, list[int]] = {unit: [unit + 1] for unit in range(5_000)}
    chain[5_000] = [0]

    (found,) = components(chain)

    assert len(found) == 5_001
