"""The choices of the planner one by one, for those who ask why a unit was not studied earlier."""

from __future__ import annotations

from fractions import Fraction

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Reason
from curriculum.schedule.readable_cuts import SHORTEST_PIECE


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A run of minutes given to a unit, and what spoke for it.

    Attributes:
        unit: The unit that was studied.
        track: Its track.
        start: Minute since the epoch.
        minutes: How many.
        block: The minute at which its block began.
        slot: The slot it lies in.
        pulls: Each reason that would give the time to this track if the track were chosen now;
            empty when the other track has no work.
        owed: Minutes the first track is owed then.
        may_open: Whether another work of the track might be opened now.
        is_fixed: Whether it belongs to a session that stays in place.
        ahead: What put the unit at the head of its track, besides dates, open works and need
            order; None when it was one of these.
    """

    unit: int
    track: int
    start: int
    minutes: int
    block: int
    slot: tuple[int, int]
    pulls: frozenset[Reason]
    owed: Fraction
    may_open: bool
    is_fixed: bool
    ahead: Reason | None = None

    @property
    def begins_block(self) -> bool:
        """Whether the track was chosen for this run, and not only the unit."""
        return self.start == self.block

    def could_begin(self, effort: int, least: int) -> bool:
        """Return whether a unit of so many minutes might begin here instead.

        Args:
            effort: Minutes of the unit.
            least: The minutes that a block needs, where the unit would have to begin one.
        """
        begin, end = self.slot
        room = end - self.start
        if room < least:
            return False
        return self.start == begin or room > SHORTEST_PIECE or (not least and effort <= room)
