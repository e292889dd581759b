"""Need order: the chosen units, each goal after just what it requires."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from curriculum.graph.catalogue import Catalogue, UnitNumbers

Edges = Mapping[int, UnitNumbers]
"""Unit to the units that come before it."""


def need_order(
    catalogue: Catalogue,
    wanted: Iterable[int],
    requires: Edges,
    prefers: Edges,
    finish: Mapping[int, int],
) -> UnitNumbers:
    """Return the units that lead to the wanted ones, in a topological order of all edges.

    The order is that of a depth-first walk.

    Before a unit come first the units of its own work, then those of textbooks and theses by name,
    then papers: first the one whose missing prerequisites are shortest. The units of a work stay
    together, in reading order.

    Args:
        catalogue: The numbered units.
        wanted: What the goals name, in the user's order; units that need no study are passed over.
        requires: Hard edges between units to be studied; its keys are all these units.
        prefers: Soft edges between units to be studied; together with the hard ones they make no
            cycle.
        finish: The longest path of efforts up to and with each unit, in a topological order of the
            hard edges.
    """
    waits = _waits(catalogue, requires, finish)
    starts = [unit for unit in wanted if unit in requires]

    def before(unit: int) -> Sequence[int]:
        candidates = requires[unit]
        if unit in prefers:
            candidates += prefers[unit]
        if len(candidates) < 2:
            return candidates
        return _in_order(catalogue, unit, candidates, waits)

    return depth_first(starts, before)


def depth_first(starts: Iterable[int], before: Callable[[int], Iterable[int]]) -> UnitNumbers:
    """Return everything that leads to the starts, each after what comes before it.

    An explicit stack takes the place of recursion: a chain of prerequisites may be longer than
    Python's stack.
    """
    order: list[int] = []
    entered: set[int] = set()
    for start in starts:
        if start in entered:
            continue
        entered.add(start)
        stack = [(start, iter(before(start)))]
        while stack:
            unit, remaining = stack[-1]
            following = _next_outside(remaining, entered)
            if following is None:
                order.append(unit)
                stack.pop()
            else:
                entered.add(following)
                stack.append((following, iter(before(following))))
    return tuple(order)


def _next_outside(remaining: Iterator[int], entered: set[int]) -> int | None:
    for unit in remaining:
        if unit not in entered:
            return unit
    return None


def _in_order(
    catalogue: Catalogue,
    unit: int,
    before: UnitNumbers,
    waits: Mapping[int, int],
) -> Sequence[int]:
    """Return what comes before a unit, in the order in which it is to be studied."""
    home = catalogue.works[unit]
    longest: dict[str, int] = {}
    for other in before:
        work = catalogue.works[other]
        if work in catalogue.are_papers:
            longest[work] = max(longest.get(work, 0), waits[other])

    def key(other: int) -> tuple[int, int, str, int, int]:
        work = catalogue.works[other]
        rank = 1
        if work == home:
            rank = 0
        elif work in longest:
            rank = 2
        return rank, longest.get(work, 0), work, catalogue.turns[other], other

    return sorted(set(before), key=key)


def _waits(
    catalogue: Catalogue,
    requires: Edges,
    finish: Mapping[int, int],
) -> Mapping[int, int]:
    """Return the longest path of efforts before each unit of a paper, outside its own paper."""
    waits: dict[int, int] = {}
    works = catalogue.works
    for unit in finish:
        work = works[unit]
        if work not in catalogue.are_papers:
            continue
        longest = 0
        for before in requires[unit]:
            path = waits[before] if works[before] == work else finish[before]
            longest = max(longest, path)
        waits[unit] = longest
    return waits
