"""What became of the published sessions: one answer for calendars, today, week, pull and plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Stopped, Studied
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import fact_day, session_day
from curriculum.model.plan import Session, instant, minute
from curriculum.model.progress import Progress
from curriculum.progress.time_spent import credits_of

Done = tuple[tuple[UnitId, int], ...]
"""Units and the minutes that were really studied of them."""

Named = tuple[str, Session]
"""A published session with its UID."""


class SessionState(StrEnum):
    """What became of a session.

    Each of its units is done, or has been studied for as long as was planned: DONE. Something was
    studied in it: PARTLY. Nothing was, and it is over: MISSED, or not over yet: OPEN.
    """

    DONE = "done"
    PARTLY = "partly"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class SessionOutcome:
    """What became of one published session.

    Attributes:
        uid: Its UID.
        session: The session as it was published.
        state: What became of it.
        done: What was really studied in it.
        minutes_left: Minutes of it that were not studied and are still to do; 0 for a session that
            is not over.
        minutes_missed: Minutes of it that were not studied and were still to do when it ended.
    """

    uid: str
    session: Session
    state: SessionState
    done: Done
    minutes_left: int
    minutes_missed: int = 0


def session_outcomes(
    sessions: Iterable[Named],
    progress: Progress,
    efforts: Mapping[UnitId, int],
    now: int,
    zone: tzinfo,
) -> dict[str, SessionOutcome]:
    """Return what became of each published session, by UID.

    Minutes logged on a day belong to that day's sessions that hold the unit: first to the one in
    which they were logged, if any, then to all in order, and what is left over to the first of
    them. Minutes of a unit that no session of the day holds go to the day's first session in which
    nothing was studied. Minutes that marking a unit as done adds belong to its sessions up to the
    day it was marked, oldest first.

    The day of a fact is that of the zone it was recorded in, the day of a session that of the zone
    it was published in: a move leaves both where they were lived.

    Args:
        sessions: Published sessions, in calendar order.
        progress: What was done.
        efforts: Unit to its whole effort in minutes, at least for `units_without_minutes`.
        now: The minute of now: sessions that end by then are over.
        zone: The zone of the person's clock, where nothing is known of a zone.
    """
    every = tuple(sessions)
    days = {uid: session_day(session, zone) for uid, session in every}
    logged = _logged_near(every, set(days.values()), progress, zone)
    credited = _credited(progress, efforts, zone)
    # The outcome of a session that is over must not depend on those still to come that day.
    over = [named for named in every if named[1].end <= now]
    past = _Allocation(over, days)
    past.log(logged)
    done: dict[str, Done] = {}
    if len(over) < len(every):
        whole = _Allocation(every, days)
        open_days = {days[uid] for uid, session in every if session.end > now}
        whole.take_over(past, open_days)
        whole.log(one for one in logged if one.day in open_days)
        whole.credit(credited)
        done |= whole.done()
    past.credit(credited)
    done |= past.done()
    return {uid: _outcome(uid, session, done[uid], progress, now) for uid, session in every}


def units_without_minutes(sessions: Iterable[Named], progress: Progress) -> frozenset[UnitId]:
    """Return the units of some sessions that were marked as done without a word on time.

    Only for these do outcomes depend on how long a unit takes by its syllabus.
    """
    planned = {piece.unit for _, session in sessions for piece in session.pieces}
    added = credits_of(progress)
    return frozenset(unit for unit in planned if unit in added and added[unit].is_assumed)


def missed_minutes(outcomes: Iterable[SessionOutcome], now: int, zone: tzinfo) -> int:
    """Return the minutes left undone in the local week, Monday to Sunday, that holds a minute."""
    monday = _monday(instant(now).astimezone(zone).date())
    total = 0
    for outcome in outcomes:
        if session_day(outcome.session, zone) >= monday:
            total += outcome.minutes_left
    return total


def minutes_to_give_back(
    outcomes: Iterable[SessionOutcome],
    weekly: int,
    now: int,
    zone: tzinfo,
) -> int:
    """Return the minutes missed that no time for catching up gave back before the running week.

    What is done of them later does not count: the time that was given back for one unit must not be
    taken from another.

    Args:
        outcomes: What became of sessions, in calendar order.
        weekly: The minutes left free for catching up in every week, Monday to Sunday.
        now: The minute of now; its local week is the running one.
        zone: The zone of the person's clock.
    """
    today = instant(now).astimezone(zone).date()
    owed, counted = 0, today
    for outcome in outcomes:
        if not outcome.minutes_missed:
            continue
        monday = _monday(session_day(outcome.session, zone))
        owed = _after_weeks(owed, weekly, _monday(counted), monday) + outcome.minutes_missed
        counted = monday
    return _after_weeks(owed, weekly, _monday(counted), _monday(today))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _after_weeks(
    minutes: int,
    weekly: int,
    since: date,
    until: date,
) -> int:
    """Return what is left of missed minutes when the weeks from one Monday to another are over."""
    weeks = max(0, (until - since).days // 7)
    return max(0, minutes - weeks * weekly)


class _Logged(NamedTuple):
    """Study that was logged: its day, its minute since the epoch, and the minutes of a unit."""

    day: date
    at: int
    unit: UnitId
    minutes: int


_Credited = tuple[UnitId, int, date]
"""A unit, the minutes that marking it as done adds, and the day of that."""

_ABROAD = 4 * 24 * 60
"""More minutes than lie between two instants of one day, in whatever zones they were lived."""


def _logged_near(
    sessions: Sequence[Named], days: Container[date], progress: Progress, zone: tzinfo
) -> list[_Logged]:
    """Return the study that was logged on the days of some sessions, as it was recorded."""
    if not sessions:
        return []
    first = min(session.start for _, session in sessions) - _ABROAD
    last = max(session.start for _, session in sessions) + _ABROAD
    found: list[_Logged] = []
    for fact in progress.live:
        if isinstance(fact, Studied | Stopped):
            at = minute(fact.at)
            if first <= at <= last and (day := fact_day(fact, zone)) in days:
                found.append(_Logged(day, at, fact.unit, fact.minutes))
    return found


def _credited(progress: Progress, efforts: Mapping[UnitId, int], zone: tzinfo) -> list[_Credited]:
    """Return what marking units as done adds, in the order in which they were marked."""
    return [
        (unit, credit.minutes(efforts), fact_day(credit.fact, zone))
        for unit, credit in credits_of(progress).items()
    ]


class _Held:
    """A session while minutes are given to it.

    Attributes:
        start: The minute it starts.
        end: The minute it ends.
        planned: Unit to its minutes.
        done: Unit to the minutes that were really studied.
    """

    __slots__ = ("done", "end", "planned", "start")

    def __init__(self, session: Session) -> None:
        self.start = session.start
        self.end = session.end
        self.planned: dict[UnitId, int] = {}
        for piece in session.pieces:
            self.planned[piece.unit] = self.planned.get(piece.unit, 0) + piece.minutes
        self.done: Counter[UnitId] = Counter()

    def is_at(self, moment: int, unit: UnitId) -> bool:
        """Whether it is held at a moment, its end included, and holds a unit."""
        return self.start < moment <= self.end and self.planned.get(unit, 0) > 0


class _Allocation:
    """Sessions while minutes are given to them."""

    def __init__(self, sessions: Sequence[Named], days: Mapping[str, date]) -> None:
        self._held: dict[str, _Held] = {}
        self._days: defaultdict[date, list[_Held]] = defaultdict(list)
        self._day_of = days
        for uid, session in sessions:
            held = self._held[uid] = _Held(session)
            self._days[days[uid]].append(held)

    def take_over(self, other: _Allocation, but: Container[date]) -> None:
        """Take over what another one gave to the same sessions, but for those of some days."""
        for uid, held in other._held.items():
            if held.done and self._day_of[uid] not in but:
                self._held[uid].done = held.done.copy()

    def log(self, logged: Iterable[_Logged]) -> None:
        """Give what was logged on each day to the sessions of that day."""
        # First to those in which it was logged; the rest in the order in which it was recorded.
        rest: dict[tuple[date, UnitId], int] = {}
        for day, at, unit, minutes in logged:
            own = [held for held in self._days.get(day, ()) if held.is_at(at, unit)]
            left = _fill(own, unit, minutes) if own else minutes
            rest[day, unit] = rest.get((day, unit), 0) + left
        for (day, unit), minutes in rest.items():
            _give(self._days.get(day, ()), unit, minutes)

    def credit(self, credited: Iterable[_Credited]) -> None:
        """Give minutes that nobody logged to the sessions of units until they were marked."""
        holding: defaultdict[UnitId, list[tuple[date, _Held]]] = defaultdict(list)
        for day, sessions in self._days.items():
            for held in sessions:
                for unit in held.planned:
                    holding[unit].append((day, held))
        for unit, minutes, last in credited:
            found = holding.get(unit, ())
            _fill([held for day, held in found if day <= last], unit, minutes)

    def done(self) -> dict[str, Done]:
        """Return what was done in each session."""
        return {uid: tuple(sorted(held.done.items())) for uid, held in self._held.items()}


def _give(sessions: Iterable[_Held], unit: UnitId, minutes: int) -> None:
    """Give minutes that were logged on a day to the sessions of the day."""
    holding = [held for held in sessions if held.planned.get(unit, 0)]
    rest = _fill(holding, unit, minutes)
    if rest <= 0:
        return
    if holding:
        holding[0].done[unit] += rest
        return
    for held in sessions:
        if not held.done:
            held.done[unit] += rest
            return


def _fill(sessions: Iterable[_Held], unit: UnitId, minutes: int) -> int:
    """Give minutes to sessions up to what was planned in them, and return what is left over."""
    for held in sessions:
        room = held.planned.get(unit, 0) - held.done[unit]
        given = max(0, min(minutes, room))
        if given:
            held.done[unit] += given
        minutes -= given
    return minutes


def _outcome(
    uid: str, session: Session, done: Done, progress: Progress, now: int
) -> SessionOutcome:
    is_over = session.end <= now
    left = missed = 0
    if is_over:
        left = _minutes_left(session, done, progress.done)
        missed = _minutes_left(session, done, _done_by(session, progress))
    if _is_done(session, done, progress):
        state = SessionState.DONE
    elif done:
        state = SessionState.PARTLY
    elif is_over:
        state = SessionState.MISSED
    else:
        state = SessionState.OPEN
    return SessionOutcome(uid, session, state, done, left, missed)


def _is_done(session: Session, done: Done, progress: Progress) -> bool:
    studied = dict(done)
    for piece in session.pieces:
        is_studied = studied.get(piece.unit, 0) >= piece.minutes
        if piece.unit not in progress.done and not is_studied:
            return False
    return True


def _done_by(session: Session, progress: Progress) -> Container[UnitId]:
    """Return the units of a session that needed no more study when it ended."""
    facts = {**progress.finished, **progress.skipped}
    units = {piece.unit for piece in session.pieces}
    return {unit for unit in units if unit in facts and minute(facts[unit].at) <= session.end}


def _minutes_left(session: Session, done: Done, finished: Container[UnitId]) -> int:
    """Return the planned minutes still to do; studying something else makes up for them."""
    spare = Counter(dict(done))
    left = 0
    for piece in session.pieces:
        given = min(piece.minutes, spare[piece.unit])
        spare[piece.unit] -= given
        if piece.unit not in finished:
            left += piece.minutes - given
    return max(0, left - spare.total())
