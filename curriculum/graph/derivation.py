"""What can be finished in a graph with choices, how soon, and by which options.

This is Knuth's generalisation of Dijkstra's algorithm ("A generalization of Dijkstra's algorithm",
1977) to rules: a unit is finished once everything it requires and one option of each of its
decisions are finished. It finds what is finished first, which is not the least total effort.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import field
from heapq import heapify, heappop, heappush

from curriculum.graph.references import Option
from curriculum.graph.requirements import Needs, ProviderDecision
from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Derivation:
    """What can be finished.

    Attributes:
        finish: Unit to the minutes after which it is finished if everything goes on side by side:
            the longest path of efforts up to and with it. In order of finishing, which is a
            topological order; units that wait for themselves are left out.
        picks: Decision to the option that is finished first.
    """

    finish: Mapping[int, int]
    picks: Mapping[ProviderDecision, Option]


@dataclass(slots=True)
class _State:
    """What is still waited for.

    Attributes:
        waiting: Unit to how many requirements it still waits for.
        dependants: Unit to the units that wait for it.
        memberships: Unit to the options it is part of, each as a decision and a position in it.
        askers: Decision to the units that wait for it.
        left: Option to how many of its units are not finished.
        picks: Decision to the option that is finished first.
    """

    waiting: dict[int, int]
    dependants: dict[int, list[int]]
    memberships: dict[int, list[tuple[ProviderDecision, int]]] = field(default_factory=dict)
    askers: dict[ProviderDecision, list[int]] = field(default_factory=dict)
    left: dict[tuple[ProviderDecision, int], int] = field(default_factory=dict)
    picks: dict[ProviderDecision, Option] = field(default_factory=dict)


def derive(
    within: Collection[int],
    needs: Sequence[Needs],
    efforts: Sequence[int],
    cut: Container[int] = frozenset(),
    first: Collection[ProviderDecision] = (),
) -> Derivation:
    """Return which of some units can be finished without waiting for themselves, and how.

    Args:
        within: The units to finish; whatever they need that is neither here nor cut is never
            finished.
        needs: What every unit needs.
        efforts: Minutes of every unit.
        cut: Units that are finished already.
        first: Decisions to be taken that no unit asks for.
    """
    state = _initial_state(within, needs, cut, first)
    finish: dict[int, int] = {}
    heap = [(efforts[unit], unit) for unit, count in state.waiting.items() if not count]
    heapify(heap)
    while heap:
        moment, unit = heappop(heap)
        finish[unit] = moment
        freed = state.dependants[unit]
        if unit in state.memberships:
            freed = freed + _decided(state, unit)
        for dependant in freed:
            state.waiting[dependant] -= 1
            if not state.waiting[dependant]:
                heappush(heap, (moment + efforts[dependant], dependant))
    return Derivation(finish, state.picks)


def _initial_state(
    within: Collection[int],
    needs: Sequence[Needs],
    cut: Container[int],
    first: Collection[ProviderDecision],
) -> _State:
    state = _State({}, {unit: [] for unit in within})
    for unit in within:
        count = 0
        hard, _, decisions = needs[unit]
        for before in hard:
            if before not in cut:
                count += 1
                if before in state.dependants:
                    state.dependants[before].append(unit)
        for decision in decisions:
            _add_decision(state, decision, cut)
            if decision not in state.picks:
                state.askers[decision].append(unit)
                count += 1
        state.waiting[unit] = count
    for decision in first:
        _add_decision(state, decision, cut)
    return state


def _add_decision(
    state: _State,
    decision: ProviderDecision,
    cut: Container[int],
) -> None:
    """Enter a decision once, with what each of its options still waits for."""
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
    """Take the options that a finished unit completes, and return the units that it frees."""
    freed = []
    for decision, position in state.memberships[unit]:
        state.left[decision, position] -= 1
        if not state.left[decision, position] and decision not in state.picks:
            state.picks[decision] = decision.options[position]
            freed += state.askers[decision]
    return freed
