"""Which soft edges order units: none that would put off a goal for long."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.graph.order import Edges

MOST_AHEAD = 5 * 60
"""Minutes. A goal may wait for a short paper or a chapter that it would rather follow. A whole book
of which it requires nothing would put it off for weeks."""


def ordering_soft_edges(
    catalogue: Catalogue,
    goals: Iterable[UnitNumbers],
    requires: Edges,
    prefers: Edges,
    efforts: Sequence[int],
) -> Edges:
    """Return the soft edges that order units.

    These are all among what a goal and the goals before it require, and of the others those that
    put little ahead of the goal: what a unit would rather follow in one work comes whole or not at
    all.

    Args:
        catalogue: The numbered units.
        goals: What each goal names, in the user's order.
        requires: Hard edges between units to be studied; its keys are all these units.
        prefers: Soft edges between units to be studied.
        efforts: Minutes of every unit.
    """
    if not prefers:
        return prefers
    reached: set[int] = set()
    found: dict[int, UnitNumbers] = {}
    for units in goals:
        named = [unit for unit in units if unit in requires]
        own = _added(named, reached, requires)
        reached |= own
        left = MOST_AHEAD
        for unit, wished in _wishes(catalogue, own, prefers):
            ahead = _added(wished, reached, requires)
            minutes = sum(efforts[other] for other in ahead)
            if minutes <= left:
                reached |= ahead
                left -= minutes
                found[unit] = (*found.get(unit, ()), *wished)
    return found


def _wishes(
    catalogue: Catalogue,
    own: Collection[int],
    prefers: Edges,
) -> Iterator[tuple[int, UnitNumbers]]:
    """Yield each unit with what it would rather follow in one work."""
    for unit in sorted(own):
        for _, units in groupby(prefers.get(unit, ()), key=catalogue.works.__getitem__):
            yield unit, tuple(units)


def _added(
    units: Iterable[int],
    reached: Collection[int],
    requires: Edges,
) -> set[int]:
    """Return the units, and all that they require, that are not reached yet."""
    added: set[int] = set()
    waiting = list(units)
    while waiting:
        unit = waiting.pop()
        if unit not in reached and unit not in added:
            added.add(unit)
            waiting += requires[unit]
    return added
