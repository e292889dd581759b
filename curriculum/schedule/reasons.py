"""Name what bound the start of a unit (P8): lifted, the unit may start earlier, and only then."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Binding, Placement, Reason, Wait
from curriculum.schedule.choices import UnitChoice
from curriculum.schedule.demand import NEVER, Demand
from curriculum.schedule.fixed_sessions import Remaining
from curriculum.schedule.planner import SharingRules

_PRECEDENCE = tuple(Reason)
_NOWHERE = 1 << 62


@dataclass(frozen=True, slots=True)
class Trace:
    """How a plan came about.

    Attributes:
        demand: What was to be studied.
        remaining: What fixed sessions left of it.
        targets: Work minute by which each unit was to be finished.
        rules: How the time was shared.
        available: Minute at which each unit could first be studied.
        choices: In calendar order.
    """

    demand: Demand
    remaining: Remaining
    targets: Sequence[int]
    rules: SharingRules
    available: Sequence[int]
    choices: Sequence[UnitChoice]


class Reasons:
    """What bound the start of each unit of a plan."""

    def __init__(self, trace: Trace) -> None:
        """Note when each unit and each work was begun."""
        self.trace = trace
        self._row = {name: row for row, name in enumerate(trace.demand.units)}
        works = trace.demand.works
        self._begun: dict[int, UnitChoice] = {}
        self._opened = dict.fromkeys(trace.remaining.rest.opened, -1)
        for choice in trace.choices:
            self._begun.setdefault(choice.unit, choice)
            self._opened.setdefault(works[choice.unit], choice.start)

    def of(self, placement: Placement) -> Binding:
        """Return what bound the start of a unit."""
        waited = self.waited(placement.unit)
        if waited:
            return Binding(waited[0].reason, waited)
        if self._is_held(placement):
            return Binding(Reason.KEPT)
        if placement.gap:
            return Binding(Reason.GAP)
        if placement.release is not None and placement.available == placement.release:
            return Binding(Reason.RELEASE)
        if placement.enabler is not None:
            return Binding(Reason.PREREQUISITE)
        return Binding(Reason.START)

    def waited(self, name: UnitId) -> tuple[Wait, ...]:
        """Return the minutes given to others while a unit could have been studied, by reason."""
        unit = self._row[name]
        if unit not in self._begun or self.trace.available[unit] == NEVER:
            return ()
        minutes: Counter[Reason] = Counter()
        others: dict[Reason, set[Reason]] = {}
        went_first: dict[Reason, Counter[int]] = {}
        for choice, holds in self.held(unit):
            first, *beside = sorted(holds, key=_PRECEDENCE.index)
            minutes[first] += choice.minutes
            others.setdefault(first, set()).update(beside)
            went_first.setdefault(first, Counter())[choice.unit] += choice.minutes
        waits = []
        for reason in sorted(minutes, key=lambda one: (-minutes[one], _PRECEDENCE.index(one))):
            also = sorted(others[reason], key=_PRECEDENCE.index)
            ahead = self._names(went_first[reason])
            waits.append(Wait(reason, minutes[reason], tuple(also), ahead))
        return tuple(waits)

    def _is_held(self, placement: Placement) -> bool:
        """Return whether a unit could be studied before the session that stays and begins it."""
        unit = self._row[placement.unit]
        if unit not in self._begun or not self._begun[unit].is_fixed:
            return False
        return self.trace.available[unit] < self._begun[unit].start

    def _is_fixed(self, unit: int) -> bool:
        """Return whether all of a unit belongs to sessions that stay in place."""
        return not self.trace.remaining.rest.efforts[unit]

    def _names(self, minutes: Counter[int]) -> tuple[UnitId, ...]:
        """Return units, those with the most minutes first."""
        rows = sorted(minutes, key=lambda unit: (-minutes[unit], unit))
        return tuple(self.trace.demand.units[row] for row in rows)

    def held(self, unit: int) -> Iterator[tuple[UnitChoice, frozenset[Reason]]]:
        """Yield each choice of another unit instead of this one, with all that spoke for it.

        None of the reasons alone would let the unit begin then, and all of them together do.
        """
        demand = self.trace.demand
        track = demand.tracks[unit]
        effort = demand.efforts[unit]
        is_fixed = self._is_fixed(unit)
        pulls: frozenset[Reason] = frozenset()
        for choice in self._between(unit):
            least = 0
            if choice.track == track:
                holds = self._ahead(choice, unit)
            else:
                least = self.trace.rules.shortest
                pulls = self._pulls(choice, unit, pulls)
                holds = pulls
            if choice.is_fixed or is_fixed:
                holds |= {Reason.KEPT}
            if choice.could_begin(effort, least):
                yield choice, holds

    def _between(self, unit: int) -> Iterable[UnitChoice]:
        since = self.trace.available[unit]
        until = self._begun[unit].start
        choices = self.trace.choices
        first = bisect_left(choices, since, key=_start)
        last = bisect_left(choices, until, key=_start)
        return choices[first:last]

    def _pulls(
        self,
        choice: UnitChoice,
        unit: int,
        before: frozenset[Reason],
    ) -> frozenset[Reason]:
        """Return what gave a block to the other track: it is decided where the block begins.

        A block that was running when the unit became available goes on because it was running.
        """
        since = self.trace.available[unit]
        pulls = choice.pulls
        if Reason.DEADLINE in pulls:
            pulls = pulls - {Reason.DEADLINE} | {self._why_due(choice.unit)}
        if choice.begins_block:
            return pulls or frozenset({Reason.KEPT})
        if choice.block < since == choice.start:
            return pulls | {Reason.SESSION}
        return before

    def _ahead(self, choice: UnitChoice, unit: int) -> frozenset[Reason]:
        """Return all that puts a unit ahead of another of its track."""
        found = set()
        if self._is_due_before(choice.unit, unit):
            found.add(self._why_due(choice.unit))
        lead = 0
        if not choice.may_open:
            lead = self._is_open(unit, choice.start) - self._is_open(choice.unit, choice.start)
        if lead < 0:
            found.add(Reason.OPEN)
        if lead <= 0 and choice.unit < unit:
            found.add(Reason.ORDER)
        if choice.ahead is not None or (not found and not choice.is_fixed):
            found.add(choice.ahead or Reason.OPEN)
        return frozenset(found)

    def _is_due_before(self, unit: int, other: int) -> bool:
        trace = self.trace
        dues = trace.remaining.rest.dues
        # Of two that are late and due at the same time, need order decides.
        return dues[unit] != dues[other] and trace.targets[unit] < trace.targets[other]

    def _why_due(self, unit: int) -> Reason:
        """Return whether a unit is due for a goal, or because a session that stays requires it."""
        if self.trace.remaining.rest.dues[unit] == self.trace.demand.dues[unit]:
            return Reason.DEADLINE
        return Reason.KEPT

    def _is_open(self, unit: int, now: int) -> bool:
        work = self.trace.demand.works[unit]
        return self._opened.get(work, _NOWHERE) < now


def _start(choice: UnitChoice) -> int:
    return choice.start
