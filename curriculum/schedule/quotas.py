"""Give a track its least time a week, where deadlines allow it, and say where it gets less."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, tzinfo

from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import (
    QuotaShortfall,
    Reason,
    Session,
    ShortfallCause,
    instant,
)
from curriculum.schedule.fixed_sessions import Remaining
from curriculum.schedule.readable_cuts import SHORTEST_PIECE
from curriculum.schedule.slots import Slot, monday_of

NO_QUOTA = -1


@dataclass(frozen=True, slots=True)
class Quotas:
    """The least minutes of study that each track should get in every week, Monday to Sunday.

    Attributes:
        least: Minutes for each track; 0 without a quota.
        zone: The zone of the weeks.
        today: A day of the week in which the plan starts.
        studied: Minutes of each track that were recorded in that week.
    """

    least: tuple[int, int]
    zone: tzinfo
    today: date
    studied: tuple[int, int] = (0, 0)

    def week_of(self, minute: int) -> date:
        """Return the Monday of the local week that holds a minute."""
        return monday_of(instant(minute).astimezone(self.zone).date())


class WeeksToFill:
    """What each track still lacks in each week, while slots are given away.

    A slot must go to a track when the slots after it in its week are too few for what it lacks. So
    a quota changes nothing where the balance gives as much anyway, and asks for a slot as late as
    it can. A quarter of an hour of each slot is not counted, since it may stay free at the end.
    """

    def __init__(self, quotas: Quotas, remaining: Remaining) -> None:
        """Count the slots of each week, and the fixed sessions as studied."""
        self._least = quotas.least
        self._studied = Counter[tuple[date, int]]()
        self._week = {start: quotas.week_of(start) for start, _ in remaining.slots}
        this_week = monday_of(quotas.today)
        for track, minutes in enumerate(quotas.studied):
            self._studied[this_week, track] = minutes
        fixed = Counter[int]()
        for slot, sessions in remaining.fixed.items():
            for session in sessions:
                self._studied[self._week[slot], session.track] += session.minutes
                fixed[slot] += session.minutes
        self._later = _minutes_later(remaining.slots, self._week, fixed)

    def must_have(self, slot: int) -> int:
        """Return the track that must have the slot that starts at a minute; NO_QUOTA for none.

        Where both must, neither can have its quota, and none is returned.
        """
        week = self._week[slot]
        found = NO_QUOTA
        for track, least in enumerate(self._least):
            if least - self._studied[week, track] <= self._later[slot] or not least:
                continue
            if least <= self._studied[week, track]:
                continue
            if found != NO_QUOTA:
                return NO_QUOTA
            found = track
        return found

    def study(self, slot: int, track: int, minutes: int) -> None:
        """Count minutes of a track in the slot that starts at a minute."""
        self._studied[self._week[slot], track] += minutes


def _minutes_later(
    slots: Sequence[Slot], week: Mapping[int, date], fixed: Mapping[int, int]
) -> dict[int, int]:
    """Return for each slot the minutes that surely can be studied after it in its week."""
    total = Counter[date]()
    later: dict[int, int] = {}
    for start, end in reversed(slots):
        monday = week[start]
        later[start] = total[monday]
        total[monday] += max(0, end - start - fixed[start] - SHORTEST_PIECE)
    return later


def shortfalls(
    quotas: Quotas, sessions: Sequence[Session], slots: Iterable[Slot]
) -> Iterator[QuotaShortfall]:
    """Yield each whole week in which a track gets less than its quota, although it has work left.

    Args:
        quotas: The quotas.
        sessions: The sessions of the plan.
        slots: All that could be studied, those of fixed sessions included.
    """
    room = Counter[date]()
    for start, end in slots:
        room[quotas.week_of(start)] += end - start
    weeks: dict[date, list[Session]] = defaultdict(list)
    for session in sessions:
        weeks[quotas.week_of(session.start)].append(session)
    for track, least in zip(TRACKS, quotas.least, strict=True):
        for monday in _weeks_before_last(track, weeks, quotas):
            held = weeks[monday]
            minutes = sum(one.end - one.start for one in held if one.track == track)
            if minutes < least:
                cause = _cause(track, held, room[monday], quotas)
                yield QuotaShortfall(monday, track, minutes, least, cause)


def _weeks_before_last(
    track: Track, weeks: Mapping[date, Sequence[Session]], quotas: Quotas
) -> list[date]:
    """Return the whole weeks with sessions, before the last one with some of a track."""
    own = [monday for monday, held in weeks.items() if any(one.track == track for one in held)]
    if not own:
        return []
    return sorted(monday for monday in weeks if quotas.today < monday < max(own))


def _cause(track: Track, held: Iterable[Session], room: int, quotas: Quotas) -> ShortfallCause:
    """Return why a track gets less than its quota in a week with some minutes of slots."""
    if room < quotas.least[TRACKS.index(track)]:
        return ShortfallCause.HOURS
    others = {session.because for session in held if session.track != track}
    if Reason.ORDER in others or not others:
        return ShortfallCause.NOTHING_READY
    if Reason.DEADLINE in others:
        return ShortfallCause.DEADLINE
    if Reason.KEPT in others:
        return ShortfallCause.KEPT
    if room < sum(quotas.least) + SHORTEST_PIECE:
        return ShortfallCause.OTHER_QUOTA
    return ShortfallCause.SITTINGS
