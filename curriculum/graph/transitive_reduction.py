"""Tell the edges that others imply from those that matter."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import TypeVar

Vertex = TypeVar("Vertex", bound=Hashable)


def ancestors(requires: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return for each unit all that it requires, directly or through others, as bits.

    Args:
        requires: Unit to the units that it requires; without cycles.
    """
    found = [0] * len(requires)
    for unit in TopologicalSorter(dict(enumerate(requires))).static_order():
        for before in requires[unit]:
            found[unit] |= found[before] | 1 << before
    return tuple(found)


def transitive_reduction(
    requires: Mapping[Vertex, Sequence[Vertex]],
) -> dict[Vertex, tuple[Vertex, ...]]:
    """Return the edges without those that a detour through others implies.

    >>> transitive_reduction({"a": (), "b": ("a",), "c": ("a", "b")})
    {'a': (), 'b': ('a',), 'c': ('b',)}
    """
    numbers = {name: number for number, name in enumerate(requires)}
    numbered = []
    for edges in requires.values():
        numbered.append([numbers[before] for before in edges])
    ancestors_of = ancestors(numbered)

    reduced = {}
    for name, edges in requires.items():
        implied = _union(ancestors_of[numbers[before]] for before in edges)
        reduced[name] = tuple(before for before in edges if not implied >> numbers[before] & 1)
    return reduced


def _union(sets: Iterable[int]) -> int:
    union = 0
    for one in sets:
        union |= one
    return union
