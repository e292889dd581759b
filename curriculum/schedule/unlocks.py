"""What each track must still study before units of the other track no longer wait for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from curriculum.progress.supply import Supply
from curriculum.schedule.demand import Demand


class Unlock(NamedTuple):
    """A unit that waits for units of the other track.

    Attributes:
        minutes: Minutes left of them.
        unit: The unit that waits.
        ahead: The units that it waits for, in need order.
    """

    minutes: int
    unit: int
    ahead: Sequence[int]


class Unlocks:
    """Finds the unit of the other track that a track can unlock in the fewest minutes.

    A unit that waits for one of its own track, which waits for the other track itself, takes no
    fewer minutes than that one. So only the first such unit on each way is looked at. Of one that
    takes too long, only as much is looked at as says so, beginning with what is studied last: it is
    looked at again when it may take less. So a unit is looked at a few times, whatever the size of
    the curriculum.
    """

    def __init__(
        self,
        demand: Demand,
        supply: Supply,
        efforts: Sequence[int],
        most: int,
    ) -> None:
        """Start with nothing studied.

        Args:
            demand: The units.
            supply: Says which units wait for nothing of the other track.
            efforts: Minutes of each unit.
            most: An unlock that takes more minutes is passed over.
        """
        self._before = demand.before
        self._tracks = demand.tracks
        self._releases = demand.releases
        self._supply = supply
        self._left = list(efforts)
        self._most = most
        self._ahead: dict[int, Sequence[int]] = {}
        self._minutes: dict[int, int] = {}
        self._starts: dict[int, int] = {}
        self._near: tuple[set[int], set[int]] = (set(), set())
        # Unit to the units whose minutes it is counted in.
        self._counted_in: defaultdict[int, set[int]] = defaultdict(set)
        # Unit to the units of its own track that are to be looked at once it waits no longer.
        self._behind: defaultdict[int, list[int]] = defaultdict(list)
        self._to_look_at = [unit for unit in range(len(self._left)) if not supply.is_free(unit)]

    def study(self, unit: int, minutes: int) -> None:
        """Take minutes from what is left of a unit."""
        self._left[unit] -= minutes
        for waiting in self._counted_in.get(unit, ()):
            before = self._minutes[waiting]
            left = before - minutes
            self._minutes[waiting] = left
            if not left or left <= self._most < before:
                self._to_look_at.append(waiting)

    def nearest(self, track: int, now: int) -> Unlock | None:
        """Return what a track unlocks in the fewest minutes, the first of equals in need order.

        What may not start yet, for a date of its own or of a unit that it waits for, is passed
        over.
        """
        while self._to_look_at:
            self._look_at(self._to_look_at.pop())
        minutes = self._minutes
        near = [unit for unit in self._near[track] if self._starts[unit] <= now]
        if not near:
            return None
        unit = min(near, key=lambda unit: (minutes[unit], unit))
        return Unlock(minutes[unit], unit, self._ahead[unit])

    def _look_at(self, unit: int) -> None:
        self._forget(unit)
        if self._supply.is_free(unit):
            self._to_look_at += self._behind.pop(unit, ())
            return
        ahead = self._waits_for(unit)
        if not ahead:
            return
        minutes = sum(self._left[other] for other in ahead)
        self._ahead[unit] = sorted(ahead)
        self._minutes[unit] = minutes
        self._starts[unit] = max(self._releases[other] for other in (unit, *ahead))
        for other in ahead:
            self._counted_in[other].add(unit)
        if minutes <= self._most:
            self._near[1 - self._tracks[unit]].add(unit)

    def _forget(self, unit: int) -> None:
        self._near[1 - self._tracks[unit]].discard(unit)
        for other in self._ahead.pop(unit, ()):
            self._counted_in[other].discard(unit)

    def _waits_for(self, unit: int) -> set[int]:
        """Return the units of the other track that a unit waits for, or some that take too long.

        None, if it waits for a unit of its own track that waits itself.
        """
        track = self._tracks[unit]
        ahead: set[int] = set()
        minutes = 0
        # Units are in need order: the largest index is that of the one that is studied last.
        heap = [-other for other in self._before[unit]]
        heapify(heap)
        while heap and minutes <= self._most:
            other = -heappop(heap)
            if other in ahead or not self._left[other]:
                continue
            if self._tracks[other] != track:
                ahead.add(other)
                minutes += self._left[other]
                for before in self._before[other]:
                    heappush(heap, -before)
            elif not self._supply.is_free(other):
                self._behind[other].append(unit)
                return set()
        return ahead
