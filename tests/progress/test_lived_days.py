"""Days belong to the zone they were lived in: laws over people who move between two zones."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Studied
from curriculum.model.plan import Piece, Session, minute
from curriculum.progress.attendance import attendance_of
from curriculum.progress.session_outcomes import Named, missed_minutes, session_outcomes
from curriculum.progress.state import replay
from tests.facts import stamp

UNITS = tuple(UnitId(f"book/{number}") for number in range(3))
FIRST = date(2027, 1, 4)
HALF_A_YEAR = 182
ZONES = st.sampled_from(
    ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Pago_Pago"]
)
MINUTES = st.integers(0, 24 * 60 - 1)


def session(number: int, start: datetime, unit: UnitId, zone: str) -> Named:
    """Return a published session of one unit."""
    first = minute(start)
    pieces = (Piece(unit, 30),)
    return f"s{number:03}", Session(first, first + 30, "textbooks", pieces, zone=zone)


def local(day: date, minutes: int, zone: str) -> datetime:
    """Return a time of a day on the clock of a zone."""
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    return midnight + timedelta(minutes=minutes)


@st.composite
def lives(draw: st.DrawFn) -> tuple[list[Named], list[Fact]]:
    """Draw half a year with one move: what was published, and all of it studied on its day."""
    before, after, move = draw(ZONES), draw(ZONES), draw(st.integers(1, HALF_A_YEAR - 1))
    sessions: list[Named] = []
    facts: list[Fact] = []
    for number in draw(st.sets(st.integers(0, HALF_A_YEAR), min_size=1, max_size=12)):
        # The days around the move are left for the journey.
        zone = before if number < move else after
        day = FIRST + timedelta(days=number + (3 if number >= move else 0))
        unit = draw(st.sampled_from(UNITS))
        sessions.append(session(number, local(day, draw(MINUTES), zone), unit, zone))
        head = stamp(number, local(day, draw(MINUTES), zone), zone=zone)
        facts.append(Studied(**head, unit=unit, minutes=30))
    return sorted(sessions, key=lambda named: named[1].start), facts


@given(lives(), ZONES)
def test_half_a_year_with_a_move_has_no_missed_session_that_was_studied(
    life: tuple[list[Named], list[Fact]], now_in: str
) -> None:
    sessions, facts = life
    zone, end = ZoneInfo(now_in), FIRST + timedelta(days=HALF_A_YEAR + 9)
    progress, now = replay(facts), minute(local(end, 0, now_in))

    outcomes = session_outcomes(sessions, progress, {}, now, zone)

    assert {one.state.value for one in outcomes.values()} == {"done"}
    assert missed_minutes(outcomes.values(), now, zone) == 0
    done = {uid: one.done for uid, one in outcomes.items()}
    attendance = attendance_of(sessions, done, progress, end, zone)
    assert attendance is not None
    assert attendance.studied == attendance.planned == 30 * len(sessions)


@given(lives(), st.lists(st.tuples(MINUTES, ZONES, st.sampled_from(UNITS)), max_size=9), ZONES)
def test_what_is_recorded_once_is_counted_once(
    life: tuple[list[Named], list[Fact]], more: list[tuple[int, str, UnitId]], now_in: str
) -> None:
    """Whatever else is logged, in whatever zone, no minute turns up in two sessions."""
    sessions, facts = life
    for number, (minutes, zone, unit) in enumerate(more):
        head = stamp(1000 + number, local(FIRST, 40 * minutes, zone), zone=zone)
        facts.append(Studied(**head, unit=unit, minutes=minutes))
    recorded: Counter[UnitId] = Counter()
    for fact in facts:
        assert isinstance(fact, Studied)
        recorded[fact.unit] += fact.minutes
    now = minute(local(FIRST + timedelta(days=400), 0, now_in))

    counted: Counter[UnitId] = Counter()
    for one in session_outcomes(sessions, replay(facts), {}, now, ZoneInfo(now_in)).values():
        counted.update(dict(one.done))

    assert counted <= recorded
    assert sum(counted.values()) >= 30 * len(sessions)
