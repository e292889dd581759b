"""Find the cheapest way to take decisions whose options share costs; what the decisions are about is not known.

Costs are carried by atoms (bits of an integer). An option brings a set of atoms, some of which raise further decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

EXACT = 20
"""Up to so many decisions that hang together, the answer is proved to be the best."""
PATIENCE = 5_000_000
IMPATIENCE = 30_000
"""Open decisions looked at in the search tree at most, for up to `EXACT` decisions and for more."""
SWEEP = 300_000
"""Decisions followed at most while an answer is improved step by step."""
NONE = -1
"""The atoms of no answer."""


class Alternative(NamedTuple):
    """One option of a decision: the atoms it brings, and the decisions that these raise, both as bits."""

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
        atoms: The atoms, as bits; NONE when no answer was found in time.
        exact: The decisions for which no cheaper answer exists, as bits.
    """

    atoms: int
    exact: int


Stuck = Callable[[int], int]
"""Tells of atoms that meet every decision which decisions they meet only by going in a circle, as bits."""


def bits(number: int) -> Iterator[int]:
    """Return the positions of the ones in a number, ascending.

    >>> list(bits(0b1010))
    [1, 3]
    """
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def solve(puzzle: CoverInstance, stuck: Stuck) -> Cover:
    """Return the cheapest atoms that meet every decision, without circles; the same for the same puzzle.

    Decisions that cannot share atoms are answered apart; only if that leads into a circle, all are answered together.
    """
    parts = [_answer(puzzle, group, _never_stuck) for group in _groups(puzzle)]
    atoms = _union([part.atoms for part in parts])
    if atoms == NONE or not stuck(atoms):
        return Cover(atoms, _union([part.exact for part in parts]))
    return _answer(puzzle, (1 << len(puzzle.decisions)) - 1, stuck)


def follow(puzzle: CoverInstance, picks: Mapping[int, int], *, without: int = -1) -> int:
    """Return the atoms that come of taking decisions by given picks, leaving one decision out."""
    atoms, seen, pending = 0, 0, puzzle.first
    while pending:
        lowest = pending & -pending
        seen |= lowest
        decision = lowest.bit_length() - 1
        if decision != without:
            alternative = puzzle.decisions[decision][picks[decision]]
            atoms |= alternative.atoms
            pending |= alternative.raises
        pending &= ~seen
    return atoms


def picks_of(puzzle: CoverInstance, group: Sequence[int], atoms: int) -> dict[int, int]:
    """Return for each decision of a group the cheapest alternative that some atoms bring, else the cheapest of all."""

    def rank(alternative: Alternative) -> tuple[bool, int]:
        return bool(alternative.atoms & ~atoms), puzzle.cost(alternative.atoms)

    picks = {}
    for decision in group:
        ranks = list(map(rank, puzzle.decisions[decision]))
        picks[decision] = ranks.index(min(ranks))
    return picks


def _never_stuck(atoms: int) -> int:
    return 0


def _union(numbers: Sequence[int]) -> int:
    union = 0
    for number in numbers:
        union |= number
    return union


def _groups(puzzle: CoverInstance) -> list[int]:
    """Return the sets of decisions that share atoms or raise one another, as bits."""
    groups: list[tuple[int, int]] = []  # (decisions, what they touch: atoms above, decisions below)
    shift = len(puzzle.decisions)
    for decision, options in enumerate(puzzle.decisions):
        members = 1 << decision
        touched = members | _union([option.atoms << shift | option.raises for option in options])
        apart = []
        for others, reach in groups:
            if reach & touched:
                members, touched = members | others, touched | reach
            else:
                apart.append((others, reach))
        groups = [*apart, (members, touched)]
    return [members for members, _ in groups]


def _answer(puzzle: CoverInstance, group: int, stuck: Stuck) -> Cover:
    """Return the best answer for a few decisions; for more a good one, improved step by step and by a short search."""
    part = CoverInstance(puzzle.weights, puzzle.decisions, puzzle.first & group)
    if group.bit_count() <= EXACT:
        found, is_proved = _Branching(part, stuck).run(PATIENCE, NONE)
        return Cover(found, group if is_proved else 0)
    good = _improved(part, list(bits(group)), _greedy(part))
    found, is_proved = _Branching(part, stuck).run(IMPATIENCE, NONE if stuck(good) else good)
    return Cover(found, group if is_proved else 0)


def _greedy(puzzle: CoverInstance) -> int:
    """Return the atoms that come of taking each decision, as it is raised, by the option that adds the least."""
    atoms, seen, pending = 0, 0, puzzle.first
    while pending:
        lowest = pending & -pending
        seen |= lowest
        options = puzzle.decisions[lowest.bit_length() - 1]
        costs = [puzzle.cost(option.atoms & ~atoms) for option in options]
        chosen = options[costs.index(min(costs))]
        atoms |= chosen.atoms
        pending = (pending | chosen.raises) & ~seen
    return atoms


def _improved(puzzle: CoverInstance, group: Sequence[int], atoms: int) -> int:
    """Return an answer no dearer, from which no change of one pick leads to a cheaper one as far as patience goes."""
    picks = picks_of(puzzle, group, atoms)
    found = follow(puzzle, picks)
    best, budget, better = puzzle.cost(found), SWEEP, True
    while better:
        better = False
        for decision in group:
            for option in range(len(puzzle.decisions[decision])):
                budget -= len(picks)
                if budget < 0:
                    return found
                changed = {**picks, decision: option}
                cost = puzzle.cost(atoms := follow(puzzle, changed))
                if cost < best:
                    best, found, picks, better = cost, atoms, changed, True
    return found


class _Node(NamedTuple):
    """A partial answer: its atoms, their cost, and the decisions they raise."""

    atoms: int
    cost: int
    raised: int


@dataclass(frozen=True, slots=True)
class _Branching:
    """Branch and bound: take the decision whose cheapest option is dearest, try its options from the cheapest up."""

    puzzle: CoverInstance
    stuck: Stuck
    costs: dict[int, int] = field(default_factory=dict)

    def run(self, patience: int, incumbent: int) -> tuple[int, bool]:
        """Return the best atoms found, the incumbent when nothing is better, and whether nothing better exists."""
        best = incumbent
        best_cost = self._cost(best) if best != NONE else 1 << 62
        stack = [_Node(0, 0, self.puzzle.first)]
        visited: set[int] = set()
        while stack and patience > 0:
            node = stack.pop()
            if node.cost >= best_cost or node.atoms in visited:
                continue
            visited.add(node.atoms)
            offers = self._offers(node)
            patience -= 1 + len(offers)
            if offers:
                if node.cost + self._bound(node, offers) < best_cost:
                    stack += self._children(node, max(offers, key=lambda offer: offer[0])[1])
            elif circles := self.stuck(node.atoms):
                stack += self._detours(node, circles)
            else:
                best, best_cost = node.atoms, node.cost
        return best, not stack

    def _offers(self, node: _Node) -> list[tuple[int, int]]:
        """Return the open decisions, each after the least it adds."""
        offers = []
        for decision in bits(node.raised):
            missing = [option.atoms & ~node.atoms for option in self.puzzle.decisions[decision]]
            if all(missing):
                offers.append((min(map(self._cost, missing)), decision))
        return offers

    def _bound(self, node: _Node, offers: list[tuple[int, int]]) -> int:
        """Return a cost that every completion adds: of open decisions that share nothing, each adds its least."""
        bound, touched = 0, 0
        for least, decision in sorted(offers, key=lambda offer: -offer[0]):
            reach = (
                _union([option.atoms for option in self.puzzle.decisions[decision]]) & ~node.atoms
            )
            if not reach & touched:
                bound += least
                touched |= reach
        return bound

    def _children(self, node: _Node, decision: int) -> list[_Node]:
        """Return the nodes in which a decision is taken, the dearest first, so that the cheapest is visited first."""
        children = [
            self._with(node, alternative)
            for alternative in reversed(self.puzzle.decisions[decision])
        ]
        return sorted(children, key=lambda child: -child.cost)

    def _detours(self, node: _Node, circles: int) -> list[_Node]:
        """Return the nodes that meet in another way what is now met only by going in a circle."""
        return [
            self._with(node, alternative)
            for decision in bits(circles)
            for alternative in self.puzzle.decisions[decision]
            if alternative.atoms & ~node.atoms
        ]

    def _with(self, node: _Node, alternative: Alternative) -> _Node:
        missing = alternative.atoms & ~node.atoms
        return _Node(
            node.atoms | missing, node.cost + self._cost(missing), node.raised | alternative.raises
        )

    def _cost(self, atoms: int) -> int:
        cost = self.costs.get(atoms)
        if cost is None:
            cost = self.costs[atoms] = self.puzzle.cost(atoms)
        return cost
