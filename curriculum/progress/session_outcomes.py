"""What became of the published sessions: one answer for calendars, today, week, pull and plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta, tzinfo
from enum import StrEnum

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
    over = [named for named in every if named[1].end <= now]
    # The outcome of a session that is over must not depend on those still to come that day.
    days = {uid: session_day(session, zone) for uid, session in every}
    logged = _logged_near(every, set(days.values()), progress, zone)
    credited = [
        (unit, credit.minutes(efforts), fact_day(credit.fact, zone))
        for unit, credit in credits_of(progress).items()
    ]
    done: dict[str, Done] = {}
    for allocated in (every, over) if len(over) < len(every) else (over,):
        done |= _Allocation(allocated, days).done(logged, credited)
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


_Logged = tuple[date, Studied | Stopped]
"""Study that was logged, with its day."""

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
        if isinstance(fact, Studied | Stopped) and first <= minute(fact.at) <= last:
            day = fact_day(fact, zone)
            if day in days:
                found.append((day, fact))
    return found


class _Allocation:
    """Sessions while minutes are given to them."""

    def __init__(self, sessions: Sequence[Named], days: Mapping[str, date]) -> None:
        self._done: dict[str, Counter[UnitId]] = {}
        self._days: defaultdict[date, list[Named]] = defaultdict(list)
        for uid, session in sessions:
            self._done[uid] = Counter()
            self._days[days[uid]].append((uid, session))

    def done(
        self, logged: Iterable[_Logged], credited: Iterable[tuple[UnitId, int, date]]
    ) -> dict[str, Done]:
        """Return what was done in each session.

        Args:
            logged: What was logged, in the order in which it was recorded.
            credited: Units, the minutes that marking them as done adds, and the day of that.
        """
        for (day, unit), minutes in self._logged_besides(logged).items():
            self._give(self._days.get(day, ()), unit, minutes)
        holding = self._days_by_unit()
        for unit, minutes, last in credited:
            held = holding.get(unit, ())
            self._fill([named for day, named in held if day <= last], unit, minutes)
        return {uid: tuple(sorted(done.items())) for uid, done in self._done.items()}

    def _days_by_unit(self) -> Mapping[UnitId, Sequence[tuple[date, Named]]]:
        """Return the sessions that hold each unit, day by day, with their days."""
        found: defaultdict[UnitId, list[tuple[date, Named]]] = defaultdict(list)
        for day, sessions in self._days.items():
            for named in sessions:
                for unit in {piece.unit for piece in named[1].pieces}:
                    found[unit].append((day, named))
        return found

    def _logged_besides(self, logged: Iterable[_Logged]) -> Counter[tuple[date, UnitId]]:
        """Fill the sessions in which minutes were logged, and return the others by day and unit.

        They are in the order in which they were recorded.
        """
        rest: Counter[tuple[date, UnitId]] = Counter()
        for day, fact in logged:
            own = _sessions_at(minute(fact.at), fact.unit, self._days.get(day, ()))
            rest[(day, fact.unit)] += self._fill(own, fact.unit, fact.minutes)
        return rest

    def _give(self, sessions: Sequence[Named], unit: UnitId, minutes: int) -> None:
        """Give minutes that were logged on a day to the sessions of the day."""
        holding = [(uid, session) for uid, session in sessions if _planned(session, unit)]
        rest = self._fill(holding, unit, minutes)
        if rest <= 0:
            return
        if holding:
            first, _ = holding[0]
            self._done[first][unit] += rest
            return
        for uid, _ in sessions:
            if not self._done[uid]:
                self._done[uid][unit] += rest
                return

    def _fill(self, sessions: Iterable[Named], unit: UnitId, minutes: int) -> int:
        """Give minutes to sessions up to what was planned in them, and return what is left over."""
        for uid, session in sessions:
            room = _planned(session, unit) - self._done[uid][unit]
            given = max(0, min(minutes, room))
            if given:
                self._done[uid][unit] += given
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


def _planned(session: Session, unit: UnitId) -> int:
    return sum(piece.minutes for piece in session.pieces if piece.unit == unit)


def _sessions_at(moment: int, unit: UnitId, sessions: Iterable[Named]) -> list[Named]:
    """Return the sessions with a unit that are held at a moment; their ends belong to them."""
    return [
        (uid, session)
        for uid, session in sessions
        if session.start < moment <= session.end and _planned(session, unit)
    ]
