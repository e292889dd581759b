"""The gated share: which unit comes next when nothing was published (theorems T1 to T3)."""

from __future__ import annotations

from typing import NamedTuple

from curriculum.model.plan import Reason
from curriculum.schedule.backlog import Backlog, BacklogEntry
from curriculum.schedule.deadlines import DeadlineGate
from curriculum.schedule.lag import Lag
from curriculum.schedule.quotas import NO_QUOTA
from curriculum.schedule.unlock_first import NO_UNIT, UnlockFirst

NO_TRACK = -1

Heads = tuple[BacklogEntry | None, BacklogEntry | None]
"""The next unit of each track, where it has one."""


class Pick(NamedTuple):
    """What comes next.

    Attributes:
        unit: The unit to study; NO_UNIT to leave the time free.
        because: Why its track has the time.
        until: It is to be chosen again at this minute at the latest.
        minutes: For how long the unit is studied; 0 for as long as reads well.
    """

    unit: int
    because: Reason
    until: int
    minutes: int = 0


class GatedShare:
    """Gives the time to the track that is owed most, as long as every deadline can bear it."""

    def __init__(
        self,
        backlog: Backlog,
        deadlines: DeadlineGate,
        lag: Lag,
        unlock_first: UnlockFirst,
        most: int,
    ) -> None:
        """Start with what is to be studied, due and owed.

        Args:
            backlog: What is to be studied.
            deadlines: What can wait.
            lag: What the tracks are owed.
            unlock_first: What a track studies early because the other one will wait for it.
            most: It is fair when no track is owed more minutes than this.
        """
        self._backlog = backlog
        self._deadlines = deadlines
        self._lag = lag
        self._unlock_first = unlock_first
        self._most = most

    @property
    def most_owed(self) -> int:
        """The track that is owed something."""
        return self._lag.most_owed()

    def choose(
        self,
        track: int,
        now: int,
        end: int,
        quota: int,
    ) -> Pick:
        """Return the unit to study next and why its track has the time.

        Args:
            track: The track whose block goes on; NO_TRACK when a new one begins.
            now: The minute.
            end: The minute at which the time ends that can be given.
            quota: The track that must have the time for the sake of its week; NO_QUOTA without one.
        """
        unit, because = self._chosen(track, end - now, quota)
        return Pick(unit, because, end)

    def _chosen(
        self,
        track: int,
        room: int,
        quota: int,
    ) -> tuple[int, Reason]:
        first, second = self.heads()
        if first is None or second is None:
            alone = first or second
            if alone is None:
                return NO_UNIT, Reason.ORDER
            return self._unlocking_or(alone[1], int(first is None), room), self.why_alone()
        if track == NO_TRACK:
            # The gate asks for the whole room, so that no block is broken off for a deadline.
            owed = self._of_track((first, second), self.preferred((first, second)), room, room)
            if quota in (NO_QUOTA, self._backlog.track_of(owed[0])):
                return owed
            return self._for_quota((first, second)[quota][1], quota, owed[0], room)
        needed = min(room, self._backlog.left[(first, second)[track][1]])
        return self._of_track((first, second), track, room, needed)

    def heads(self) -> Heads:
        """Return the next unit of each track; None where it has none."""
        return self._backlog.head(0), self._backlog.head(1)

    def why_alone(self) -> Reason:
        """Return why a track has the time where there is no unit of the other."""
        return Reason.ORDER

    def preferred(self, heads: tuple[BacklogEntry, BacklogEntry]) -> int:
        """Return the track that gets the time if every deadline can bear it."""
        return self._lag.most_owed()

    def _for_quota(
        self,
        due: int,
        track: int,
        owed: int,
        room: int,
    ) -> tuple[int, Reason]:
        """Return the next unit of a track that lacks time this week, if deadlines allow it."""
        if not self._deadlines.allow(due, room):
            return owed, Reason.DEADLINE
        return self._unlocking_or(due, track, room), Reason.QUOTA

    def _unlocking_or(
        self,
        head: int,
        track: int,
        room: int,
    ) -> int:
        """Return the unit of a track that must come first for the other one, else its head."""
        unlocking = self._unlock_first.unit(track, room)
        if unlocking == NO_UNIT:
            return head
        return unlocking

    def _of_track(
        self,
        heads: tuple[BacklogEntry, BacklogEntry],
        preferred: int,
        room: int,
        needed: int,
    ) -> tuple[int, Reason]:
        """Return what a track studies if every deadline allows its head the minutes needed."""
        unlocking = self._unlock_first.unit(preferred, room)
        if unlocking == NO_UNIT:
            return self.gated(heads, preferred, needed)
        return unlocking, Reason.BALANCE

    def gated(
        self,
        heads: tuple[BacklogEntry, BacklogEntry],
        preferred: int,
        minutes: int,
    ) -> tuple[int, Reason]:
        """Return the head of a track if every deadline allows it the minutes, else the urgent."""
        head = heads[preferred]
        urgent = min(heads)
        if head is urgent or self._deadlines.allow(head[1], minutes):
            return head[1], Reason.BALANCE
        return urgent[1], Reason.DEADLINE

    def may_study(
        self,
        unit: int,
        track: int,
        minutes: int,
    ) -> bool:
        """Return whether a ready unit of a track may have minutes that it would not get by itself.

        All deadlines must bear it, and no track may be owed more than is fair in the end, unless
        the minutes go to the track that is owed something.
        """
        first = self._backlog.head(0)
        second = self._backlog.head(1)
        urgent = min(entry for entry in (first, second) if entry is not None)
        if unit != urgent[1] and not self._deadlines.allow(unit, minutes):
            return False
        if first is None or second is None or track == self._lag.most_owed():
            return True
        return self.is_fair(track, minutes)

    def is_fair(self, track: int, minutes: int) -> bool:
        """Return whether no track is owed more than is fair once a track had the minutes."""
        return self._lag.stays_within(self._most, track, minutes)
