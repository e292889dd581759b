"""The goals that are together worth most per minute, what they share counted once."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from fractions import Fraction

_SOURCE, _SINK = -1, -2
_Capacities = dict[int, dict[int, Fraction]]


def densest_goals(values: Mapping[int, Fraction], parts: Mapping[int, int]) -> frozenset[int]:
    """Return a set of goals with the highest ratio of value to minutes; not an empty one.

    Dinkelbach's method: the goals that are worth more than their minutes at the best ratio found so
    far have a better one. They are one side of a minimum cut (Picard 1976).

    Args:
        values: Goals with what they are worth.
        parts: Minutes of the units that the same goals need, by the set of these goals as bits.
    """
    free = frozenset(goal for goal in values if not _minutes(frozenset({goal}), parts))
    if free:
        return free
    found = frozenset(values)
    while True:
        ratio = sum(values[goal] for goal in found) / Fraction(_minutes(found, parts))
        better = _worth_more(values, parts, ratio)
        if not better:
            return found
        found = better


def _minutes(goals: frozenset[int], parts: Mapping[int, int]) -> int:
    chosen = sum(1 << goal for goal in goals)
    return sum(minutes for part, minutes in parts.items() if part & chosen)


def _worth_more(
    values: Mapping[int, Fraction], parts: Mapping[int, int], ratio: Fraction
) -> frozenset[int]:
    """Return the goals whose value exceeds their minutes times a ratio the most; perhaps none."""
    capacities = _network(values, parts, ratio)
    while True:
        reached = _reached(capacities)
        if _SINK not in reached:
            break
        _augment(capacities, reached)
    return frozenset(reached.keys() & values.keys())


def _network(
    values: Mapping[int, Fraction], parts: Mapping[int, int], ratio: Fraction
) -> _Capacities:
    """Return the edges from the source to goals, on to what they need, and on to the sink."""
    unlimited = sum(values.values(), Fraction(1))
    capacities: _Capacities = {_SOURCE: dict(values), _SINK: {}}
    for goal in values:
        capacities[goal] = {_SOURCE: Fraction(0)}
    first_part = max(values) + 1
    for part, (bits, minutes) in enumerate(sorted(parts.items()), start=first_part):
        needing = [goal for goal in values if bits >> goal & 1]
        if not needing:
            continue
        capacities[part] = {_SINK: minutes * ratio}
        capacities[_SINK][part] = Fraction(0)
        for goal in needing:
            capacities[goal][part] = unlimited
            capacities[part][goal] = Fraction(0)
    return capacities


def _reached(capacities: _Capacities) -> dict[int, int]:
    """Return what can be reached from the source, each with what comes before it, nearest first."""
    before = {_SOURCE: _SOURCE}
    waiting = deque([_SOURCE])
    while waiting:
        node = waiting.popleft()
        for other, left in capacities[node].items():
            if left and other not in before:
                before[other] = node
                waiting.append(other)
    return before


def _augment(capacities: _Capacities, before: Mapping[int, int]) -> None:
    """Send as much as possible along the way that was found to the sink."""
    path = []
    node = _SINK
    while node != _SOURCE:
        path.append((before[node], node))
        node = before[node]
    amount = min(capacities[start][end] for start, end in path)
    for start, end in path:
        capacities[start][end] -= amount
        capacities[end][start] += amount
