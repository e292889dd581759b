"""Tell edges that others imply from those that matter; why an edge was written is not known here."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def above(requires: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return for each unit all that it requires, directly or through others, as bits.

    Args:
        requires: Unit to the units that it requires; without circles.
    """
    found = [0] * len(requires)
    for unit in TopologicalSorter(dict(enumerate(requires))).static_order():
        for before in requires[unit]:
            found[unit] |= found[before] | 1 << before
    return tuple(found)


def transitive_reduction(requires: Mapping[Node, Sequence[Node]]) -> dict[Node, tuple[Node, ...]]:
    """Return the edges without those that a detour through others implies.

    >>> reduced({"a": (), "b": ("a",), "c": ("a", "b")})
    {'a': (), 'b': ('a',), 'c': ('b',)}
    """
    numbers = {name: number for number, name in enumerate(requires)}
    above_of = above([[numbers[before] for before in befores] for befores in requires.values()])
    return {
        name: tuple(
            before
            for before in befores
            if not any(
                above_of[numbers[other]] >> numbers[before] & 1
                for other in befores
                if other != before
            )
        )
        for name, befores in requires.items()
    }
