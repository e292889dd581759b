"""Slots that are open to one track or to both, and what may be studied in them (THEORY.md §4a)."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.availability.track_hours import EITHER, TrackHours
from curriculum.model.plan import Reason
from curriculum.schedule.backlog import Backlog, BacklogEntry
from curriculum.schedule.fixed_sessions import Remaining
from curriculum.schedule.gated_share import GatedShare, Heads
from curriculum.schedule.lag import Lag
from curriculum.schedule.slots import Slot
from curriculum.schedule.track_deadlines import TrackDeadlines, TrackWork
from curriculum.schedule.track_targets import track_clocks
from curriculum.schedule.unlock_first import UnlockFirst


class SlotsByTrack:
    """To which tracks the slot of now is open, and what the deadlines can bear in it.

    Attributes:
        deadlines: What can wait.
        kind: To which tracks the slot is open; see `track_hours`.
        is_strict: Whether dates alone decide which track goes first.
    """

    def __init__(
        self,
        remaining: Remaining,
        targets: Sequence[int],
        hours: TrackHours,
        *,
        is_strict: bool,
    ) -> None:
        """Start before the first slot.

        Args:
            remaining: What is to be allocated, and where.
            targets: Minute by which each unit must be finished.
            hours: The hours of each track.
            is_strict: Whether the track goes first whose next unit is due first, whatever is owed.
        """
        self.is_strict = is_strict
        work = TrackWork(targets, remaining.rest.efforts, remaining.rest.tracks)
        self.deadlines = TrackDeadlines(work, track_clocks(remaining, hours))
        self.kind = EITHER
        self._kinds = hours.open_to(remaining.slots)
        self._slot: Slot = (0, 0)
        self._hours = hours

    def enter(self, slot: Slot) -> None:
        """Come to the next slot."""
        self._slot = slot
        self.kind = self._kinds[slot[0]]
        self.deadlines.enter(self.kind)

    @property
    def is_shared(self) -> bool:
        """Whether the slot is open to both tracks."""
        return self.kind == EITHER

    def is_open(self, track: int) -> bool:
        """Return whether the slot is open to a track."""
        return self.kind in (EITHER, track)

    def longest_run(self, unit: int, minutes: int) -> int:
        """Return for how many minutes a unit may be studied before it is to be chosen again."""
        most = self.deadlines.most(unit)
        if not self.is_shared or most <= 0:
            return minutes
        return min(most, minutes)

    def shared(self, now: int, minutes: int) -> int:
        """Return how many minutes from now on are open to both tracks."""
        start, end = self._slot
        if self.is_shared and start <= now and now + minutes <= end:
            return minutes
        return self._hours.shared(now, now + minutes)


class ShareByTrack(GatedShare):
    """The gated share in slots that are open to one track or to both."""

    def __init__(
        self,
        backlog: Backlog,
        slots: SlotsByTrack,
        lag: Lag,
        unlock_first: UnlockFirst,
        most: int,
    ) -> None:
        """Start with what is to be studied and owed, and the slots with what is due."""
        super().__init__(backlog, slots.deadlines, lag, unlock_first, most)
        self._slots = slots

    def heads(self) -> Heads:
        """Return the next unit of each track to which the slot is open."""
        first, second = super().heads()
        return (
            first if self._slots.is_open(0) else None,
            second if self._slots.is_open(1) else None,
        )

    def why_alone(self) -> Reason:
        """Return HOURS where the other track has a unit, but may not have the time."""
        if not self._slots.is_shared and None not in super().heads():
            return Reason.HOURS
        return Reason.ORDER

    def preferred(self, heads: tuple[BacklogEntry, BacklogEntry]) -> int:
        """Return the track that is owed most, or the one whose unit is due first."""
        if self._slots.is_strict:
            return heads.index(min(heads))
        return super().preferred(heads)

    def gated(
        self,
        heads: tuple[BacklogEntry, BacklogEntry],
        preferred: int,
        minutes: int,
    ) -> tuple[int, Reason]:
        """Return the head of a track if all that is due allows it the minutes, else the other.

        Where neither may have all of them, it is the one that may have more, and `longest_run` says
        how many.
        """
        head, other = heads[preferred], heads[1 - preferred]
        deadlines = self._slots.deadlines
        most = deadlines.most(head[1])
        if most >= minutes or most >= deadlines.most(other[1]):
            return head[1], Reason.BALANCE
        return other[1], Reason.DEADLINE

    def may_study(
        self,
        unit: int,
        track: int,
        minutes: int,
    ) -> bool:
        """Return whether a ready unit of a track may have minutes that it would not get by itself.

        What one track studies in hours of its own is not counted for the balance.
        """
        if not self._slots.is_open(track) or not self._slots.deadlines.allow(unit, minutes):
            return False
        if not self._slots.is_shared or None in self.heads() or track == self.most_owed:
            return True
        return self.is_fair(track, minutes)
