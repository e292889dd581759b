"""Make one choice of a plan again, with some reasons lifted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from curriculum.model.plan import Reason
from curriculum.schedule.choices import UnitChoice
from curriculum.schedule.demand import NEVER, Demand, inverted
from curriculum.schedule.fixed_sessions import FixedSession, Remaining, WorkUntil
from curriculum.schedule.planner import SharingRules, allocate
from curriculum.schedule.reasons import Trace

LIFTED = frozenset(
    {
        Reason.ORDER,
        Reason.OPEN,
        Reason.UNLOCK,
        Reason.BALANCE,
        Reason.DEADLINE,
        Reason.SESSION,
        Reason.KEPT,
    }
)
"""The reasons that can be lifted without another plan before this one."""


@dataclass(frozen=True)
class ChoiceAgain:
    """A choice of another unit while one could have been studied, to be made again.

    Attributes:
        trace: How the plan came about.
        unit: The row of the unit that was not chosen.
        choice: The choice.
        until: Work minutes before an instant, when it was planned.
    """

    trace: Trace
    unit: int
    choice: UnitChoice
    until: WorkUntil

    def chosen(self, lifted: Iterable[Reason]) -> int | None:
        """Return the row of what is studied then, all being as it was but for what is lifted."""
        away = frozenset(lifted)
        is_broken_off = self._is_running() and Reason.SESSION in away
        since = self.choice.start if is_broken_off else self.choice.slot[0]
        left = list(self.trace.demand.efforts)
        for one in self.trace.choices:
            if one.start < since:
                left[one.unit] -= one.minutes
        rows = [row for row in range(len(left)) if left[row]]
        if Reason.ORDER in away:
            rows = [self.unit, *(row for row in rows if row != self.unit)]
        place = {row: position for position, row in enumerate(rows)}
        fixed = self._fixed(since, away, place)
        reserved: Counter[int] = Counter()
        for session in fixed:
            reserved.update(dict(_summed(session)))
        demand = self._demand(rows, left, reserved, away, since)
        again: list[UnitChoice] = []
        allocate(
            Remaining(demand, ((since, self.choice.slot[1]),), _by_slot(fixed, self.choice, since)),
            self._targets(rows, demand, fixed, away, since),
            self._rules(since, away),
            again,
        )
        found = [one.unit for one in again if one.start == self.choice.start]
        return rows[found[0]] if found else None

    def lets_in(self, lifted: Iterable[Reason]) -> bool:
        """Return whether the unit could have the time, or another of its track instead of the other track."""
        found = self.chosen(lifted)
        tracks = self.trace.demand.tracks
        is_fixed = not self.trace.remaining.rest.efforts[self.unit]
        if is_fixed or self.choice.track == tracks[self.unit]:
            return found == self.unit
        return found is not None and tracks[found] == tracks[self.unit]

    def _is_running(self) -> bool:
        """Return whether the unit became available while the block of the other track was running."""
        is_other = self.choice.track != self.trace.demand.tracks[self.unit]
        return is_other and self.choice.block < self.trace.available[self.unit]

    def _fixed(
        self, since: int, away: frozenset[Reason], place: dict[int, int]
    ) -> list[FixedSession]:
        """Return what stays: what is over, the running block, and the sessions that were fixed."""
        goes_on = self._is_running() and Reason.SESSION not in away
        blocks: dict[int, list[UnitChoice]] = {}
        for one in self.trace.choices:
            is_over = one.start < self.choice.start
            is_running = goes_on and one.block == self.choice.block
            is_kept = one.is_fixed and Reason.KEPT not in away
            if one.start >= since and (is_over or is_running or is_kept):
                blocks.setdefault(one.block, []).append(one)
        found = []
        for choices in blocks.values():
            pieces = tuple((place[one.unit], one.minutes) for one in choices)
            end = choices[-1].start + choices[-1].minutes
            if choices[0].block == self.choice.block and not self.choice.is_fixed:
                # The same track goes on after the pieces that are over.
                end = self.choice.slot[1]
            found.append(
                FixedSession(choices[0].start, end, choices[0].track, Reason.BALANCE, pieces)
            )
        return found

    def _demand(
        self,
        rows: list[int],
        left: list[int],
        reserved: Counter[int],
        away: frozenset[Reason],
        since: int,
    ) -> Demand:
        whole = self.trace.remaining.rest
        place = {row: position for position, row in enumerate(rows)}
        before = tuple(
            tuple(place[other] for other in whole.before[row] if other in place) for row in rows
        )
        works = tuple(whole.works[row] for row in rows)
        opened = set(whole.opened)
        opened |= {whole.works[one.unit] for one in self.trace.choices if one.start < since}
        if Reason.OPEN in away:
            opened |= set(works)
        return replace(
            whole,
            units=tuple(whole.units[row] for row in rows),
            efforts=tuple(left[row] - reserved[place[row]] for row in rows),
            tracks=tuple(whole.tracks[row] for row in rows),
            works=works,
            before=before,
            after=inverted(before),
            releases=tuple(self._release(row) for row in rows),
            gaps=None,
            dues=tuple(whole.dues[row] for row in rows),
            reading=tuple(whole.reading[row] for row in rows),
            behind=(),
            opened=frozenset(opened & set(works)),
            goals=(),
        )

    def _release(self, row: int) -> int:
        """Return from when on a unit may be studied, by its date and the gap before it."""
        whole = self.trace.remaining.rest
        if whole.gaps is None or not whole.gaps.days[row]:
            return whole.releases[row]
        return max(whole.releases[row], self.trace.available[row])

    def _targets(
        self,
        rows: list[int],
        demand: Demand,
        fixed: list[FixedSession],
        away: frozenset[Reason],
        since: int,
    ) -> list[int]:
        """Return the targets in the work time from now on, without what is fixed only now."""
        until = self.until
        was_fixed = {one.block for one in self.trace.choices if one.is_fixed}
        newly = sum(one.minutes for one in fixed if one.start not in was_fixed)
        found = []
        for row, effort in zip(rows, demand.efforts, strict=True):
            target = self._target(row, away)
            if not effort:
                target = NEVER
            if target < NEVER:
                target = max(0, target - until(since) - newly)
            found.append(target)
        return found

    def _target(self, row: int, away: frozenset[Reason]) -> int:
        """Return a target, no earlier than that of the unit where the date before it is lifted."""
        targets = self.trace.targets
        dues = self.trace.remaining.rest.dues
        is_needed = self.trace.demand.dues[row] != dues[row]
        is_lifted = (Reason.KEPT if is_needed else Reason.DEADLINE) in away
        # Of two that are late and due at once, the targets follow from the order.
        is_ordered = Reason.ORDER in away and dues[row] == dues[self.unit]
        if is_lifted or is_ordered:
            return max(targets[row], targets[self.unit])
        return targets[row]

    def _rules(self, since: int, away: frozenset[Reason]) -> SharingRules:
        owed = next(one.owed for one in self.trace.choices if one.start >= since)
        rules = replace(self.trace.rules, owed=owed)
        if Reason.UNLOCK in away:
            rules = replace(rules, ahead=0)
        if Reason.BALANCE not in away:
            return rules
        track = self.trace.demand.tracks[self.unit]
        shares = (Fraction(1 - track), Fraction(track))
        return replace(rules, shares=shares, owed=Fraction(0))


def _summed(session: FixedSession) -> Counter[int]:
    minutes: Counter[int] = Counter()
    for row, count in session.pieces:
        minutes[row] += count
    return minutes


def _by_slot(
    fixed: list[FixedSession], choice: UnitChoice, since: int
) -> dict[int, tuple[FixedSession, ...]]:
    """Return the fixed sessions of the slot in question, and all others under a slot that is not there."""
    inside = tuple(one for one in fixed if since <= one.start < choice.slot[1])
    later = tuple(one for one in fixed if one.start >= choice.slot[1])
    return {since: inside, choice.slot[1]: later}
