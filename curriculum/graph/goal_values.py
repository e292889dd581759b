"""The order of goals of which some are worth more: the most value for the least time first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import compress, product
from math import lcm

from curriculum.graph.densest_goals import densest_goals
from curriculum.model.late_dataclasses import dataclass

MOST_EXACT = 9
"""Goals of which every order is compared."""

_WINDOW, _STEP = 6, 3
"""Of more goals, every order of six that follow one another, and of those three further on."""

TrackMinutes = tuple[int, int]
"""Minutes of textbooks and of papers."""


@dataclass(frozen=True, slots=True)
class GoalNeeds:
    """What goals are worth, and what they need.

    Attributes:
        values: What each goal is worth, above zero.
        parts: Minutes of the units that the same goals need, by the set of these goals as bits.
    """

    values: tuple[Fraction, ...]
    parts: Mapping[int, TrackMinutes]


def order_by_value(needs: GoalNeeds, shares: tuple[Fraction, Fraction]) -> tuple[int, ...]:
    """Return the positions of the goals in the order in which to study for them.

    The sum of value times time of completion is the least of all orders for a few goals. For more,
    the order begins with the set of goals that is worth most per minute (Sidney 1975), and so on,
    and is improved where goals that follow one another should do so in another order. Of equal
    orders, the one nearest to the user's is taken.

    Args:
        needs: The goals.
        shares: The share of the study time that textbooks and papers get.
    """
    costs = _Costs(needs, shares)
    goals = range(len(needs.values))
    if len(goals) <= MOST_EXACT:
        return _best_order(costs, goals, 0)
    return _improved(_densest_first(needs), costs)


def cost_of(order: Sequence[int], needs: GoalNeeds, shares: tuple[Fraction, Fraction]) -> Fraction:
    """Return the sum of value times minute of completion for an order of the goals."""
    costs = _Costs(needs, shares)
    return Fraction(costs.of(order), costs.scale)


class _Costs:
    """What goals cost that are finished last of a set of goals.

    Each track is studied at its share, and has all the time when the other has nothing left. Costs
    are whole numbers: the real ones times `scale`.
    """

    def __init__(self, needs: GoalNeeds, shares: tuple[Fraction, Fraction]) -> None:
        self._parts = needs.parts
        unit = lcm(*(value.denominator for value in needs.values))
        self._values = [int(value * unit) for value in needs.values]
        whole = lcm(shares[0].denominator, shares[1].denominator)
        weights = (int(shares[0] * whole), int(shares[1] * whole))
        self._sum = sum(weights)
        self._weights = weights
        self._time = max(weights[0], 1) * max(weights[1], 1)
        self.scale = unit * self._time
        self._known: dict[int, TrackMinutes] = {}
        self._total = self._minutes((1 << len(self._values)) - 1)

    def of(self, order: Sequence[int]) -> int:
        """Return the cost of an order."""
        cost = 0
        studied = 0
        for goal in order:
            studied |= 1 << goal
            cost += self.last(goal, studied)
        return cost

    def last(self, goal: int, studied: int) -> int:
        """Return the cost of a goal that is finished last of some goals."""
        minutes = self._minutes(studied)
        own = self._minutes(1 << goal)
        times = [self._finish(track, minutes[track]) for track in (0, 1) if own[track]]
        return self._values[goal] * max(times, default=0)

    def _minutes(self, goals: int) -> TrackMinutes:
        """Return the minutes of all that some goals need."""
        if goals not in self._known:
            needed = [minutes for part, minutes in self._parts.items() if part & goals]
            textbooks = sum(minutes[0] for minutes in needed)
            papers = sum(minutes[1] for minutes in needed)
            self._known[goals] = (textbooks, papers)
        return self._known[goals]

    def _finish(self, track: int, minutes: int) -> int:
        """Return when the first minutes of a track are studied."""
        other = self._total[1 - track]
        alone = (minutes + other) * self._time
        weight = self._weights[track]
        if not weight:
            return alone
        return min(alone, minutes * self._sum * self._time // weight)


def _best_order(costs: _Costs, goals: Sequence[int], studied: int) -> tuple[int, ...]:
    """Return the best of all orders: what is best after some goals does not depend on their order.

    Args:
        costs: What an order costs.
        goals: The goals to be put in order; of equal orders the one nearest to this is taken.
        studied: The goals before them, as a set.
    """
    ways: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    bits = [1 << goal for goal in goals]
    chosen = [sum(compress(bits, choice)) for choice in product((0, 1), repeat=len(goals))]
    for remaining in sorted(chosen, key=int.bit_count)[1:]:
        best: tuple[int, tuple[int, ...]] | None = None
        after = studied | sum(bits) & ~remaining
        for place, goal in enumerate(goals):
            if not remaining & bits[place]:
                continue
            cost, following = ways[remaining & ~bits[place]]
            cost += costs.last(goal, after | bits[place])
            if best is None or cost < best[0]:
                best = cost, (goal, *following)
        assert best is not None, "some goal is the next one"
        ways[remaining] = best
    return ways[sum(bits)][1]


def _densest_first(needs: GoalNeeds) -> list[int]:
    """Return the goals, those first that are together worth most per minute."""
    parts = {part: sum(minutes) for part, minutes in needs.parts.items()}
    order: list[int] = []
    left = set(range(len(needs.values)))
    while left:
        values = {goal: needs.values[goal] for goal in sorted(left)}
        block = densest_goals(values, parts)
        order += _densest_each(block, values, parts)
        left -= block
        studied = sum(1 << goal for goal in order)
        parts = {part: minutes for part, minutes in parts.items() if not part & studied}
    return order


def _densest_each(
    block: frozenset[int], values: Mapping[int, Fraction], parts: Mapping[int, int]
) -> list[int]:
    """Return the goals of a set, always the one next that is worth most per minute it adds."""
    order: list[int] = []
    studied = 0
    while len(order) < len(block):

        def slowness(goal: int, studied: int = studied) -> tuple[Fraction, int]:
            added = sum(
                minutes
                for part, minutes in parts.items()
                if part >> goal & 1 and not part & studied
            )
            return added / values[goal], goal

        following = min(block.difference(order), key=slowness)
        order.append(following)
        studied |= 1 << following
    return order


def _improved(order: Sequence[int], costs: _Costs) -> tuple[int, ...]:
    """Return an order in which no goals that follow one another should do so in another order."""
    best = list(order)
    is_better = True
    while is_better:
        before = list(best)
        for start in range(0, len(best), _STEP):
            studied = sum(1 << goal for goal in best[:start])
            part = best[start : start + _WINDOW]
            best[start : start + _WINDOW] = _best_order(costs, part, studied)
        is_better = costs.of(best) < costs.of(before)
    return tuple(best)
