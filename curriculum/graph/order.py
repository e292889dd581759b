"""Put the chosen units in need order: each goal after just what it requires; how they were chosen is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from curriculum.graph.catalogue import Catalogue, UnitNumbers

Edges = Mapping[int, UnitNumbers]
"""Unit to the units that come before it."""


def need_order(
    catalogue: Catalogue,
    wanted: Sequence[int],
    requires: Edges,
    prefers: Edges,
    finish: Mapping[int, int],
) -> UnitNumbers:
    """Return the units that lead to the wanted ones, depth first: a topological order of both kinds of edges.

    Before a unit come first the units of its own work, then those of textbooks and theses by name, then papers: first
    the one whose missing prerequisites are shortest. The units of a work stay together, in reading order.

    Args:
        catalogue: The numbered units.
        wanted: What the goals name, in the user's order; units that need no study are passed over.
        requires: Hard edges between units to be studied; its keys are all these units.
        prefers: Soft edges between units to be studied; together with the hard ones they make no cycle.
        finish: The longest path of efforts up to and with each unit, in a topological order of the hard edges.
    """
    waits = _waits(catalogue, requires, finish)
    return _depth_first(
        (unit for unit in wanted if unit in requires),
        lambda unit: _siblings(catalogue, unit, (*requires[unit], *prefers.get(unit, ())), waits),
    )


def _depth_first(starts: Iterable[int], before: Callable[[int], Iterable[int]]) -> UnitNumbers:
    """Return everything that leads to the starts, each after what comes before it; without recursion."""
    order: dict[int, None] = {}
    entered: set[int] = set()
    for start in starts:
        if start in entered:
            continue
        entered.add(start)
        stack = [(start, iter(before(start)))]
        while stack:
            unit, remaining = stack[-1]
            following = next((other for other in remaining if other not in entered), None)
            if following is None:
                order[unit] = None
                stack.pop()
            else:
                entered.add(following)
                stack.append((following, iter(before(following))))
    return tuple(order)


def _siblings(
    catalogue: Catalogue, unit: int, before: UnitNumbers, waits: Mapping[int, int]
) -> Sequence[int]:
    """Return what comes before a unit, in the order in which it is to be studied."""
    if len(before) < 2:
        return before
    home = catalogue.works[unit]
    longest: dict[str, int] = {}
    for other in before:
        work = catalogue.works[other]
        if work in catalogue.are_papers:
            longest[work] = max(longest.get(work, 0), waits[other])

    def key(other: int) -> tuple[int, int, str, int, int]:
        work = catalogue.works[other]
        kind = 0 if work == home else 2 if work in longest else 1
        return kind, longest.get(work, 0), work, catalogue.turns[other], other

    return sorted(set(before), key=key)


def _waits(catalogue: Catalogue, requires: Edges, finish: Mapping[int, int]) -> Mapping[int, int]:
    """Return the longest path of efforts that a unit of a paper waits for, its own paper not counted."""
    waits: dict[int, int] = {}
    works, papers = catalogue.works, catalogue.are_papers
    for unit in finish:
        work = works[unit]
        if work in papers:
            waits[unit] = max(
                (waits[one] if works[one] == work else finish[one] for one in requires[unit]),
                default=0,
            )
    return waits
