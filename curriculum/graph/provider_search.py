"""The cheapest way to meet decisions whose options share costs: an exact branch-and-bound search.

Costs are carried by atoms, which are bits of an integer. An option brings a set of atoms, and some
of these atoms raise further decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from curriculum.model.late_dataclasses import dataclass

MOST_STEPS = 500_000
"""Open decisions looked at before the search gives up.

The best cover found by then is not proved the cheapest.
"""

NO_COVER = -1
"""The atoms of a search that found no cover."""


class Alternative(NamedTuple):
    """One option of a decision, as bits: the atoms it brings, and the decisions they raise."""

    atoms: int
    raises: int


@dataclass(frozen=True, slots=True)
class CoverInstance:
    """Decisions to be taken.

    Attributes:
        weights: Atom to its cost.
        decisions: Decision to its alternatives.
        first: The decisions that are raised from the start, as bits.
    """

    weights: tuple[int, ...]
    decisions: tuple[tuple[Alternative, ...], ...]
    first: int

    def cost(self, atoms: int) -> int:
        """Return the cost of a set of atoms."""
        return sum([self.weights[atom] for atom in bits(atoms)])


@dataclass(frozen=True, slots=True)
class Cover:
    """A set of atoms that meets every decision raised.

    Attributes:
        atoms: The atoms, as bits; NO_COVER when the search found none.
        is_exact: Whether no cheaper cover exists.
    """

    atoms: int
    is_exact: bool


CircularDecisions = Callable[[int], int]
"""Given a cover, returns the decisions that it meets only by going in a circle, as bits."""


def bits(number: int) -> Iterator[int]:
    """Return the positions of the ones in a number, ascending.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def follow(
    instance: CoverInstance,
    picks: Mapping[int, int],
    *,
    without: int = -1,
) -> int:
    """Return the atoms that taking decisions by given picks brings, leaving one decision out."""
    atoms = 0
    seen = 0
    pending = instance.first
    while pending:
        lowest = pending & -pending
        seen |= lowest
        decision = lowest.bit_length() - 1
        if decision != without:
            alternative = instance.decisions[decision][picks[decision]]
            atoms |= alternative.atoms
            pending |= alternative.raises
        pending &= ~seen
    return atoms


def cheapest_cover(
    instance: CoverInstance,
    circular: CircularDecisions,
    most_steps: int = MOST_STEPS,
) -> Cover:
    """Return the cheapest cover without circles; the same instance always gives the same cover."""
    return _Search(instance, circular).run(most_steps)


class _Node(NamedTuple):
    """A partial cover: its atoms, their cost, and the decisions they raise."""

    atoms: int
    cost: int
    raised: int


class _OpenDecision(NamedTuple):
    """A decision that a partial cover does not meet, and the least cost of meeting it."""

    least: int
    decision: int


class _Search:
    """Branch and bound.

    It takes the decision whose cheapest option is dearest, and tries its options from the cheapest
    up.
    """

    def __init__(self, instance: CoverInstance, circular: CircularDecisions) -> None:
        self._instance = instance
        self._circular = circular
        self._costs: dict[int, int] = {}
        self._reach = [_all_atoms(options) for options in instance.decisions]

    def run(self, steps: int) -> Cover:
        best: _Node | None = None
        stack = [_Node(0, 0, self._instance.first)]
        visited: set[int] = set()
        while stack and steps > 0:
            node = stack.pop()
            if node.atoms in visited or not _is_cheaper(node.cost, best):
                continue
            visited.add(node.atoms)
            open_decisions = self._open_decisions(node)
            steps -= 1 + len(open_decisions)
            if open_decisions:
                if _is_cheaper(node.cost + self._bound(node, open_decisions), best):
                    stack += self._children(node, open_decisions)
                continue
            circular = self._circular(node.atoms)
            if circular:
                stack += self._detours(node, circular)
            else:
                best = node
        if best is None:
            return Cover(NO_COVER, is_exact=False)
        return Cover(best.atoms, is_exact=not stack)

    def _open_decisions(self, node: _Node) -> list[_OpenDecision]:
        found = []
        for decision in bits(node.raised):
            missing = []
            for option in self._instance.decisions[decision]:
                missing.append(option.atoms & ~node.atoms)
            if all(missing):
                least = min(map(self._cost, missing))
                found.append(_OpenDecision(least, decision))
        return found

    def _bound(self, node: _Node, open_decisions: list[_OpenDecision]) -> int:
        """Return a cost that every completion adds.

        Each of the open decisions that share nothing adds its least.
        """
        bound = 0
        counted = 0
        for least, decision in sorted(open_decisions, key=lambda one: -one.least):
            reach = self._reach[decision] & ~node.atoms
            if not reach & counted:
                bound += least
                counted |= reach
        return bound

    def _children(self, node: _Node, open_decisions: list[_OpenDecision]) -> list[_Node]:
        """Return the nodes in which a decision is taken, the dearest first.

        The stack hands out the last one first.
        """
        _, decision = max(open_decisions, key=lambda one: one.least)
        children = []
        for option in reversed(self._instance.decisions[decision]):
            children.append(self._with(node, option))
        return sorted(children, key=lambda child: -child.cost)

    def _detours(self, node: _Node, circular: int) -> list[_Node]:
        """Return the nodes that meet in another way what is now met only by going in a circle."""
        detours = []
        for decision in bits(circular):
            for option in self._instance.decisions[decision]:
                if option.atoms & ~node.atoms:
                    detours.append(self._with(node, option))
        return detours

    def _with(self, node: _Node, option: Alternative) -> _Node:
        missing = option.atoms & ~node.atoms
        cost = node.cost + self._cost(missing)
        return _Node(node.atoms | missing, cost, node.raised | option.raises)

    def _cost(self, atoms: int) -> int:
        cost = self._costs.get(atoms)
        if cost is None:
            cost = self._costs[atoms] = self._instance.cost(atoms)
        return cost


def _is_cheaper(cost: int, best: _Node | None) -> bool:
    return best is None or cost < best.cost


def _all_atoms(options: tuple[Alternative, ...]) -> int:
    union = 0
    for option in options:
        union |= option.atoms
    return union
