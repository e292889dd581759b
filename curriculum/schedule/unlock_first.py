"""Choose what a track studies next by what the other track will soon wait for."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from curriculum.schedule.backlog import Backlog
from curriculum.schedule.deadlines import DeadlineGate
from curriculum.schedule.demand import Demand
from curriculum.schedule.unlocks import Unlock, Unlocks

NO_UNIT = -1


class UnlockFirst:
    """Names a unit of a track that must be studied now so that the other track does not run dry.

    The other track runs dry if, at its share, it has studied all that is ready for it before this
    track, at its own share, can unlock more.

    Attributes:
        is_used: Whether a unit was named that would not have been next.
    """

    def __init__(
        self,
        demand: Demand,
        backlog: Backlog,
        deadlines: DeadlineGate,
        shares: tuple[Fraction, Fraction],
        most: int,
    ) -> None:
        """Start with nothing studied.

        Args:
            demand: What is to be studied.
            backlog: What is left of it.
            deadlines: What can wait.
            shares: The share of each track.
            most: The most minutes that are studied ahead for one unlock; with 0, none are.
        """
        self.is_used = False
        self._backlog = backlog
        self._deadlines = deadlines
        # Whole numbers in the ratio of the shares: fractions would be slow.
        scale = lcm(shares[0].denominator, shares[1].denominator)
        self._shares = (int(shares[0] * scale), int(shares[1] * scale))
        self._most = most
        self._unlocks: Unlocks | None = None
        if most:
            self._unlocks = Unlocks(demand, backlog.supply, backlog.outstanding, most)

    def study(self, unit: int, minutes: int) -> None:
        """Take minutes from what is left of a unit."""
        if self._unlocks is not None:
            self._unlocks.study(unit, minutes)

    def unit(self, track: int, minutes: int) -> int:
        """Return a unit of a track that is urgent and may have some minutes; NO_UNIT without one.

        All that is due before it must be able to wait for so long.
        """
        if self._unlocks is None or not self._runs_dry_within(track, self._most):
            return NO_UNIT
        nearest = self._unlocks.nearest(track, self._backlog.now)
        if nearest is None or not self._runs_dry_within(track, nearest.minutes):
            return NO_UNIT
        unit = self._first_to_begin(nearest)
        if unit == NO_UNIT or not self._deadlines.allow(unit, minutes):
            return NO_UNIT
        head = self._backlog.head(track)
        self.is_used |= head is not None and head[1] != unit
        return unit

    def _runs_dry_within(self, track: int, minutes: int) -> bool:
        """Return whether the other track runs dry before a track has studied some minutes."""
        other = 1 - track
        ready = self._backlog.supply.minutes[other]
        return ready * self._shares[track] < minutes * self._shares[other]

    def _first_to_begin(self, unlock: Unlock) -> int:
        for unit in unlock.ahead:
            if self._backlog.is_ready(unit) and self._backlog.may_begin(unit):
                return unit
        return NO_UNIT
