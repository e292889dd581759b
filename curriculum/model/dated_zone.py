"""A clock that is moved to another time zone at the end of a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property

from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True)
class DatedZone(tzinfo):
    """A time zone that is another one after some instants.

    A wall time that is skipped by a change is the instant of the change; of one that is shown
    before and after it, `fold` tells which is meant (PEP 495). Wall times that are shown three
    times, because summer time ends in that night as well, are not told apart.

    Attributes:
        zones: The zones, in the order they are lived in.
        changes: When each zone but the first begins, in UTC without a zone; sorted.
    """

    zones: tuple[tzinfo, ...]
    changes: tuple[datetime, ...]

    def __reduce__(self) -> tuple[object, ...]:
        """Return what a copy is made of: without it, one is made with no arguments at all."""
        return DatedZone, (self.zones, self.changes)

    def fromutc(self, moment: datetime) -> datetime:
        """Return the wall time of an instant, which is given in UTC with this zone."""
        index = bisect_right(self.changes, moment.replace(tzinfo=None))
        shown = moment.replace(tzinfo=UTC).astimezone(self.zones[index])
        wall = shown.replace(tzinfo=None, fold=0)
        is_second = any(self._shows(earlier, wall) for earlier in range(index))
        return wall.replace(tzinfo=self, fold=shown.fold or int(is_second))

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return how far a wall time is ahead of UTC; None without one."""
        if moment is None:
            return None
        index = self._index(moment)
        start, _ = self._spans[index]
        wall = moment.replace(tzinfo=None, fold=0)
        if wall < start:
            return wall - self.changes[index - 1]
        return moment.replace(tzinfo=self.zones[index]).utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Return how much of the offset is summer time; None without a wall time."""
        if moment is None:
            return None
        return moment.replace(tzinfo=self.zones[self._index(moment)]).dst()

    def tzname(self, moment: datetime | None) -> str | None:
        """Return the short name of the zone at a wall time; None without one."""
        if moment is None:
            return None
        return moment.replace(tzinfo=self.zones[self._index(moment)]).tzname()

    def zone_at(self, moment: datetime) -> tzinfo:
        """Return the zone in force at an instant."""
        utc = moment.astimezone(UTC).replace(tzinfo=None)
        return self.zones[bisect_right(self.changes, utc)]

    def _index(self, moment: datetime) -> int:
        """Return which zone shows a wall time; of a skipped time, the one after the change."""
        wall = moment.replace(tzinfo=None, fold=0)
        showing = [index for index in range(len(self.zones)) if self._shows(index, wall)]
        if showing:
            return showing[-1] if moment.fold else showing[0]
        later = [index for index, (start, _) in enumerate(self._spans) if wall < start]
        return later[0]

    def _shows(self, index: int, wall: datetime) -> bool:
        start, end = self._spans[index]
        return start <= wall < end or end == datetime.max == wall

    @cached_property
    def _spans(self) -> tuple[tuple[datetime, datetime], ...]:
        """The wall times at which each zone begins and ends."""
        starts, ends = [datetime.min], []
        for number, change in enumerate(self.changes):
            instant = change.replace(tzinfo=UTC)
            ends.append(instant.astimezone(self.zones[number]).replace(tzinfo=None))
            starts.append(instant.astimezone(self.zones[number + 1]).replace(tzinfo=None))
        ends.append(datetime.max)
        return tuple(zip(starts, ends, strict=True))


def dated_zone(zones: Iterable[tuple[date | None, tzinfo]]) -> tzinfo:
    """Return a clock that shows each zone until the end of a day, and the last one for ever.

    To the west, a day lasts until it is over on the new clock: so days never run backwards, and
    the last day in a zone ends at midnight there.

    Args:
        zones: The last day in each zone, which says nothing for the last of them; in order, at
            least one.
    """
    listed = tuple(zones)
    if len(listed) == 1:
        return listed[0][1]
    changes: list[datetime] = []
    for number, (until, zone) in enumerate(listed[:-1]):
        assert until is not None, "only the last zone is without an end"
        midnight = datetime.combine(until + timedelta(days=1), time())
        following = listed[number + 1][1]
        instants = [midnight.replace(tzinfo=one).astimezone(UTC) for one in (zone, following)]
        change = max(instants).replace(tzinfo=None)
        changes.append(max([change, *changes]))
    return DatedZone(tuple(zone for _, zone in listed), tuple(changes))
