"""Keep days and weeks under their caps: minutes are taken from the end of what is too full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, tzinfo
from itertools import groupby

from curriculum.availability.worktime import WorkTime
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Placement, Session, instant
from curriculum.schedule.preferred_hours import PreferredHours
from curriculum.schedule.slots import CatchUp, Slot, monday_of

NO_CAP = 7 * 24 * 60
"""More minutes than a day or a week has are no cap."""


@dataclass(frozen=True, slots=True)
class WeekSoFar:
    """What there was before a plan in the week in which it starts.

    Attributes:
        since: The minute from which on slots were planned: those before it count for nothing.
        sessions: The published sessions of the week that have begun, those in progress included.
        logged_today: Minutes of study recorded on the day on which the plan starts.
        logged: Minutes of study recorded in the week.
        missed: Minutes of the sessions that were not studied, and whose time is still free.
    """

    since: int
    sessions: tuple[Session, ...] = ()
    logged_today: int = 0
    logged: int = 0
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Caps:
    """The most minutes of study that a local day and a week, Monday to Sunday, may hold.

    A session counts for the day on which it begins. Time left for catching up lies below the cap.

    Attributes:
        day: Minutes a day.
        week: Minutes a week.
        shortest: The shortest length of a slot.
        zone: The zone of the days.
        start: The minute at which the plan starts.
        catch_up: The time left free in every week.
        so_far: What there was before it in its week.
        preferred: The hours that are given up last in a week; None without any.
    """

    day: int
    week: int
    shortest: int
    zone: tzinfo
    start: int
    catch_up: CatchUp
    so_far: WeekSoFar
    preferred: PreferredHours | None = None

    def day_of(self, minute: int) -> date:
        """Return the local day that holds a minute."""
        return instant(minute).astimezone(self.zone).date()

    def of_week(self, monday: date) -> int:
        """Return the minutes that the slots of a week may have."""
        return max(0, self.week - self.catch_up.of_week(monday))


@dataclass(frozen=True, slots=True)
class _Room:
    """A slot that may be shortened, down to its least length.

    Attributes:
        start: Minute since the epoch.
        end: Minute since the epoch.
        day: The local day it counts for.
        is_preferred: Whether it is given up after all others.
        held: Where the last session in it that stays in place ends; `start` without one.
    """

    start: int
    end: int
    day: date
    held: int
    is_preferred: bool = False

    @property
    def minutes(self) -> int:
        return self.end - self.start

    def least(self, shortest: int) -> int:
        """Return the minutes to which it may be shortened."""
        return min(self.minutes, max(shortest, self.held - self.start))


def capped(slots: Iterable[Slot], kept: Iterable[Session], caps: Caps) -> tuple[Slot, ...]:
    """Return the slots, shortened or left out where a day or a week would hold too much.

    Sessions that stay in place count, wherever they are held, and are not shortened. A week gives
    the same slots whenever the plan is made, as long as it is followed.

    Args:
        slots: Those of whole weeks, in calendar order.
        kept: Sessions that stay in place, in calendar order.
        caps: The caps, and what counts for them already.
    """
    return _Capping(tuple(slots), _each_once((*caps.so_far.sessions, *kept)), caps).slots()


def _each_once(sessions: Iterable[Session]) -> tuple[Session, ...]:
    by_place = {(session.start, session.end): session for session in sessions}
    return tuple(by_place[place] for place in sorted(by_place))


class _Capping:
    """Slots and the sessions that stay among them; it lives for one call of `capped`."""

    def __init__(self, slots: tuple[Slot, ...], sittings: tuple[Session, ...], caps: Caps) -> None:
        self._caps = caps
        self._elsewhere = Counter[date]()
        inside: dict[Slot, int] = {}
        crossed: set[Slot] = set()
        for sitting in sittings:
            around = _overlapping(slots, sitting)
            if len(around) == 1 and _is_inside(sitting, around[0]):
                inside[around[0]] = sitting.end
                continue
            crossed.update(around)
            self._elsewhere[caps.day_of(sitting.start)] += sitting.end - sitting.start
        since = min(caps.so_far.since, caps.start)
        self._rooms: list[_Room] = []
        for slot in slots:
            if slot not in crossed and slot[1] > since:
                room = _Room(*slot, caps.day_of(slot[0]), inside.get(slot, slot[0]))
                self._rooms.append(room)

    def slots(self) -> tuple[Slot, ...]:
        """Return the slots under the caps."""
        found: list[Slot] = []
        for monday, week in groupby(self._rooms, lambda room: monday_of(room.day)):
            found += ((room.start, room.end) for room in self._week(monday, list(week)))
        return tuple(found)

    def _week(self, monday: date, rooms: list[_Room]) -> list[_Room]:
        caps = self._caps
        today = caps.day_of(caps.start)
        days: list[_Room] = []
        for day, own in groupby(rooms, lambda room: room.day):
            more = self._logged_besides_today(day) if day == today else 0
            days += self._under(caps.day - self._elsewhere[day], list(own), more)
        elsewhere = sum(
            minutes for day, minutes in self._elsewhere.items() if monday_of(day) == monday
        )
        most = caps.of_week(monday) - elsewhere
        days = [self._ranked(room) for room in days]
        if monday != monday_of(today):
            return self._under(most, days, 0)
        return self._under(most + caps.so_far.missed, days, self._logged_besides())

    def _ranked(self, room: _Room) -> _Room:
        """Return a room that says whether it lies mostly in preferred hours."""
        preferred = self._caps.preferred
        if preferred is None or not preferred.counts_on(room.day):
            return room
        inside = preferred.minutes_in([(room.start, room.end)])
        return replace(room, is_preferred=2 * inside > room.minutes)

    def _under(self, most: int, rooms: list[_Room], logged_besides: int) -> list[_Room]:
        """Return rooms that have at most some minutes together, fewer by what was logged besides.

        What is over is taken from the rooms that have begun as well: they were shortened like this
        when they were planned. What was logged besides is taken from those to come.
        """
        start = self._caps.start
        shortest = self._caps.shortest
        rooms = _shortened(rooms, _minutes(rooms) - most, shortest)
        over = _minutes(rooms) + logged_besides - most
        begun = [room for room in rooms if room.start < start]
        ahead = [room for room in rooms if room.start >= start]
        ahead = _shortened(ahead, over, shortest)
        over = _minutes(begun) + _minutes(ahead) + logged_besides - most
        return [*begun, *_cut_to_what_stays(ahead, over)]

    def _logged_besides(self) -> int:
        """Return the minutes logged in the week that no session of it planned."""
        so_far = self._caps.so_far
        planned = sum(session.end - session.start for session in so_far.sessions)
        return max(0, so_far.logged + so_far.missed - planned)

    def _logged_besides_today(self, today: date) -> int:
        so_far = self._caps.so_far
        planned = 0
        for session in so_far.sessions:
            if self._caps.day_of(session.start) == today:
                planned += session.end - session.start
        return max(0, so_far.logged_today - planned)


def _overlapping(slots: Iterable[Slot], sitting: Session) -> list[Slot]:
    return [slot for slot in slots if slot[0] < sitting.end and sitting.start < slot[1]]


def _is_inside(sitting: Session, slot: Slot) -> bool:
    return slot[0] <= sitting.start and sitting.end <= slot[1]


def _minutes(rooms: Iterable[_Room]) -> int:
    return sum(room.minutes for room in rooms)


def _shortened(rooms: Sequence[_Room], taken: int, shortest: int) -> list[_Room]:
    """Return rooms without minutes at their end, the preferred ones last, and no more than needed.

    It takes them as `slots` takes time for catching up.
    """
    plain = _without_last(rooms, taken, shortest)
    ranked = sorted(rooms, key=lambda room: (not room.is_preferred, room.start))
    left = _without_last(ranked, taken, shortest)
    if _minutes(left) < _minutes(plain):
        return plain
    return sorted(left, key=lambda room: room.start)


def _without_last(rooms: Sequence[_Room], taken: int, shortest: int) -> list[_Room]:
    if taken <= 0:
        return list(rooms)
    spare = sum(room.minutes - room.least(shortest) for room in rooms)
    left: list[_Room] = []
    for room in reversed(rooms):
        most = room.minutes - room.least(shortest)
        spare -= most
        is_to_go = taken >= room.minutes or spare < taken - most
        if is_to_go and room.held == room.start:
            taken = max(0, taken - room.minutes)
            continue
        given = min(taken, most)
        left.append(replace(room, end=room.end - given))
        taken -= given
    return left[::-1]


def _cut_to_what_stays(rooms: Sequence[_Room], over: int) -> list[_Room]:
    """Return rooms without some minutes after what stays in them, from the last room on."""
    left: list[_Room] = []
    for room in reversed(rooms):
        given = max(0, min(over, room.end - room.held))
        over -= given
        if room.minutes > given:
            left.append(replace(room, end=room.end - given))
    return left[::-1]


class UnusedTime:
    """The minutes of slots that caps leave free."""

    def __init__(self, uncapped: Iterable[Slot], slots: Iterable[Slot]) -> None:
        """Compare the slots without caps with those under them."""
        self._all = WorkTime(uncapped)
        self._used = WorkTime(slots)

    def between(self, first: int, last: int) -> int:
        """Return the minutes between two others."""
        every = self._all.until(last) - self._all.until(first)
        return max(0, every - self._used.until(last) + self._used.until(first))


def with_capped(placements: Iterable[Placement], unused: UnusedTime) -> tuple[Placement, ...]:
    """Return placements that say how much free time before their starts a cap leaves free."""
    found = []
    for one in placements:
        if one.start is not None and one.available is not None:
            one = replace(one, capped=unused.between(one.available, one.start))
        found.append(one)
    return tuple(found)
