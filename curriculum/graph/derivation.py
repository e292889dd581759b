"""Work through a graph with choices from its beginnings: what can be reached, how soon, and by which options.

It is Knuth's generalisation of Dijkstra's algorithm (1977) to rules: a unit is finished once all it needs for certain
and one option of each of its decisions are finished. It does not minimise the total effort, nor know who wants what.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from curriculum.graph.references import Option
from curriculum.graph.requirements import Needs, ProviderDecision


@dataclass(frozen=True, slots=True)
class Derivation:
    """What can be finished.

    Attributes:
        finish: Unit to the minutes after which it is finished if everything goes on side by side: the longest path of
            efforts up to and with it. In order of finishing, a topological order; what waits for itself is left out.
        picks: Decision to the option that is finished first.
    """

    finish: Mapping[int, int]
    picks: Mapping[ProviderDecision, Option]


@dataclass(slots=True)
class _State:
    """What is still waited for."""

    waiting: dict[int, int]
    dependents: dict[int, list[int]]
    memberships: dict[int, list[tuple[ProviderDecision, int]]] = field(default_factory=dict)
    askers: dict[ProviderDecision, list[int]] = field(default_factory=dict)
    left: dict[tuple[ProviderDecision, int], int] = field(default_factory=dict)
    picks: dict[ProviderDecision, Option] = field(default_factory=dict)


def derive(
    within: Collection[int],
    needs: Sequence[Needs],
    efforts: Sequence[int],
    cut: Container[int] = frozenset(),
    extra: Collection[ProviderDecision] = (),
) -> Derivation:
    """Return which of some units can be finished without waiting for themselves, and how.

    Args:
        within: The units to finish; whatever they need that is neither here nor cut is never finished.
        needs: What every unit needs.
        efforts: Minutes of every unit.
        cut: Units that are finished already.
        extra: Decisions to be taken that no unit asks for.
    """
    state = _prepared(within, needs, cut, extra)
    finish: dict[int, int] = {}
    heap = [(efforts[unit], unit) for unit, count in state.waiting.items() if not count]
    heapify(heap)
    while heap:
        moment, unit = heappop(heap)
        finish[unit] = moment
        freed = state.dependents[unit]
        if unit in state.memberships:
            freed = freed + _decided(state, unit)
        for dependent in freed:
            state.waiting[dependent] -= 1
            if not state.waiting[dependent]:
                heappush(heap, (moment + efforts[dependent], dependent))
    return Derivation(finish, state.picks)


def _prepared(
    within: Collection[int],
    needs: Sequence[Needs],
    cut: Container[int],
    extra: Collection[ProviderDecision],
) -> _State:
    state = _State({}, {unit: [] for unit in within})
    for unit in within:
        count = 0
        hard, _, decisions = needs[unit]
        for before in hard:
            if before not in cut:
                count += 1
                if before in state.dependents:
                    state.dependents[before].append(unit)
        for decision in decisions:
            _ask(state, decision, cut)
            if decision not in state.picks:
                state.askers[decision].append(unit)
                count += 1
        state.waiting[unit] = count
    for decision in extra:
        _ask(state, decision, cut)
    return state


def _ask(state: _State, decision: ProviderDecision, cut: Container[int]) -> None:
    """Enter a decision once: what each of its options still waits for."""
    if decision in state.askers:
        return
    state.askers[decision] = []
    for position, option in enumerate(decision.options):
        missing = [unit for unit in option.units if unit not in cut]
        state.left[decision, position] = len(missing)
        if not missing:
            state.picks[decision] = option
            return
        for unit in missing:
            state.memberships.setdefault(unit, []).append((decision, position))


def _decided(state: _State, unit: int) -> list[int]:
    """Take the options that a finished unit completes, and return the units that waited for such a decision."""
    freed = []
    for decision, position in state.memberships[unit]:
        state.left[decision, position] -= 1
        if not state.left[decision, position] and decision not in state.picks:
            state.picks[decision] = decision.options[position]
            freed += state.askers[decision]
    return freed
