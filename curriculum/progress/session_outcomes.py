"""Say what was really done in published sessions that are over, from the log; the plan that comes is not known here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Stopped, Studied
from curriculum.model.plan import Session, instant
from curriculum.model.progress import Progress

Done = tuple[tuple[UnitId, int], ...]
"""Units and the minutes that were really studied of them."""

Named = tuple[str, Session]
"""A published session with its UID."""


class MissedSession(NamedTuple):
    """A published session that is over, with the minutes of it that were not done and are still to do."""

    uid: str
    session: Session
    minutes: int


def actual_minutes(
    sessions: Sequence[Named], progress: Progress, efforts: Mapping[UnitId, int], zone: tzinfo
) -> dict[str, Done]:
    """Return for each session that is over what was really done in it.

    Minutes logged on a local day belong to that day's sessions that hold the unit, in order, and what is left over to
    the first of them; what no session of the day holds, to the day's first session of which nothing was done. What a
    finished unit took and nobody logged belongs to its sessions up to the day it was finished, oldest first.

    Args:
        sessions: The published sessions that are over, in calendar order.
        progress: What was done.
        efforts: Unit to its whole effort in minutes.
        zone: The zone of the person's clock.
    """
    return _Telling(sessions, zone).told(progress, efforts)


class _Telling:
    """The sessions while minutes are given to them; it lives for one call of `happened`."""

    def __init__(self, sessions: Sequence[Named], zone: tzinfo) -> None:
        self._zone = zone
        self._sessions = sessions
        self._done: dict[str, Counter[UnitId]] = {uid: Counter() for uid, _ in sessions}
        self._days: defaultdict[date, list[Named]] = defaultdict(list)
        for uid, session in sessions:
            self._days[instant(session.start).astimezone(zone).date()].append((uid, session))

    def told(self, progress: Progress, efforts: Mapping[UnitId, int]) -> dict[str, Done]:
        """Return what was done in each session."""
        for (day, unit), minutes in _logged(progress, self._zone).items():
            self._give(self._days.get(day, []), unit, minutes)
        for unit, fact in progress.finished.items():
            took = efforts.get(unit, 0) if fact.minutes is None else fact.minutes
            self._credit(
                unit, took - progress.studied.get(unit, 0), fact.at.astimezone(self._zone).date()
            )
        return {uid: tuple(sorted(done.items())) for uid, done in self._done.items()}

    def _give(self, sessions: Sequence[Named], unit: UnitId, minutes: int) -> None:
        own = [(uid, session) for uid, session in sessions if _planned(session, unit)]
        rest = self._fill(own, unit, minutes)
        idle = [uid for uid, _ in sessions if not self._done[uid]]
        into = own[0][0] if own else next(iter(idle), None)
        if rest > 0 and into is not None:
            self._done[into][unit] += rest

    def _credit(self, unit: UnitId, minutes: int, last: date) -> None:
        until = [
            (uid, one)
            for day, sessions in self._days.items()
            if day <= last
            for uid, one in sessions
        ]
        self._fill(
            [(uid, session) for uid, session in until if _planned(session, unit)], unit, minutes
        )

    def _fill(self, sessions: Iterable[Named], unit: UnitId, minutes: int) -> int:
        """Give minutes to sessions up to what was planned in them, and return what is left over."""
        for uid, session in sessions:
            given = max(0, min(minutes, _planned(session, unit) - self._done[uid][unit]))
            if given:
                self._done[uid][unit] += given
            minutes -= given
        return minutes


def _planned(session: Session, unit: UnitId) -> int:
    return sum(piece.minutes for piece in session.pieces if piece.unit == unit)


def _logged(progress: Progress, zone: tzinfo) -> Counter[tuple[date, UnitId]]:
    """Return the minutes logged for each unit on each local day, in the order of the days they were recorded for."""
    found: Counter[tuple[date, UnitId]] = Counter()
    for fact in progress.live:
        if isinstance(fact, Studied | Stopped):
            found[(fact.at.astimezone(zone).date(), fact.unit)] += fact.minutes
    return found


def missed(
    sessions: Sequence[Named], done: Mapping[str, Done], progress: Progress
) -> tuple[MissedSession, ...]:
    """Return the sessions of which something was not done that is still to do, in calendar order."""
    found = []
    for uid, session in sessions:
        real = Counter(dict(done.get(uid, ())))
        open_minutes = 0
        for piece in session.pieces:
            given = min(piece.minutes, real[piece.unit])
            real[piece.unit] -= given
            open_minutes += 0 if piece.unit in progress.done else piece.minutes - given
        open_minutes = max(0, open_minutes - sum(real.values()))
        if open_minutes:
            found.append(MissedSession(uid, session, open_minutes))
    return tuple(found)


def missed_minutes(found: Iterable[MissedSession], now: int, zone: tzinfo) -> int:
    """Return the minutes missed in the local week, Monday to Sunday, that holds a minute."""
    today = instant(now).astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return sum(
        one.minutes for one in found if instant(one.session.start).astimezone(zone).date() >= monday
    )
