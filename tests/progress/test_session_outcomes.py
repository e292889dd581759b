"""What became of past sessions: worked out by hand, and the same wherever it is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from curriculum.calendars.labels import Labels
from curriculum.calendars.past_events import past_entries
from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Finished, Skipped, Stopped, Studied
from curriculum.model.ledger import PublishedEvent
from curriculum.model.plan import Piece, Session, instant, midnight
from curriculum.model.progress import Progress
from curriculum.progress.agenda import Days, state
from curriculum.progress.session_outcomes import (
    Named,
    SessionState,
    minutes_to_give_back,
    session_outcomes,
    units_without_minutes,
)
from curriculum.progress.state import replay
from curriculum.progress.unlogged import unlogged
from curriculum.services.past_sessions import PastSessions
from curriculum.views.json.today import days_json
from tests.facts import stamp

A, B, C = UnitId("book/1"), UnitId("book/2"), UnitId("book/3")
UNITS = (A, B, C)
EFFORTS = {A: 100, B: 60, C: 240}
ZONE = ZoneInfo("Asia/Kolkata")
MONDAY = date(2027, 1, 4)
LABELS = Labels(works={"book": "A Book"}, units={}, short={}, urls={})


def session(day: int, hour: int, *pieces: tuple[UnitId, int]) -> Named:
    """Return a session on a day of the week from Monday 4 January 2027."""
    start = midnight(MONDAY + timedelta(days=day), ZONE) + 60 * hour
    end = start + sum(minutes for _, minutes in pieces)
    held = tuple(Piece(unit, minutes) for unit, minutes in pieces)
    return f"{day}-{hour}", Session(start, end, "textbooks", held)


def local_time(day: int, hour: int) -> datetime:
    """Return the instant of an hour of a day of that week."""
    return instant(midnight(MONDAY + timedelta(days=day), ZONE) + 60 * hour)


def minute_of(day: int, hour: int) -> int:
    return midnight(MONDAY + timedelta(days=day), ZONE) + 60 * hour


@st.composite
def weeks(draw: st.DrawFn) -> list[Named]:
    """Draw the sessions of a week, two a day at most, each with one or two units."""
    sessions = []
    for day in range(5):
        for hour in draw(st.sampled_from([(), (9,), (9, 18)])):
            units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=2, unique=True))
            pieces = [(unit, draw(st.sampled_from([20, 45, 60]))) for unit in units]
            sessions.append(session(day, hour, *pieces))
    return sessions


@st.composite
def journals(draw: st.DrawFn) -> list[Fact]:
    """Draw what somebody records in such a week."""
    facts: list[Fact] = []
    for number in range(draw(st.integers(0, 8))):
        head = stamp(number, local_time(draw(st.integers(0, 5)), draw(st.integers(0, 23))))
        unit = draw(st.sampled_from(UNITS))
        minutes = draw(st.integers(0, 90))
        choices: list[Fact] = [
            Studied(**head, unit=unit, minutes=minutes),
            Stopped(**head, unit=unit, minutes=minutes),
            Finished(**head, unit=unit),
            Finished(**head, unit=unit, minutes=minutes),
            Skipped(**head, unit=unit),
        ]
        facts.append(draw(st.sampled_from(choices)))
    return facts


def event(named: Named) -> PublishedEvent:
    """Return a session as it is published."""
    uid, held = named
    start, end = instant(held.start), instant(held.end)
    entry = CalendarEntry(uid, "book.ics", start, end, "A Book", "1\n2", pieces=held.pieces)
    return PublishedEvent(entry, 0, datetime(2027, 1, 1, tzinfo=UTC), held)


def days_of(sessions: list[Named], progress: Progress, now: int) -> Days:
    """Return the week as 'today' and 'week' show it."""
    outcomes = session_outcomes(sessions, progress, EFFORTS, now, ZONE)
    return Days(
        sessions=[event(named) for named in sessions],
        outcomes=outcomes,
        ahead=None,
        unlogged=unlogged(outcomes.values(), progress, {}),
        progress=progress,
        now=now,
        zone=ZONE,
        is_published=True,
    )


@given(weeks(), journals(), st.integers(0, 6), st.integers(0, 23))
def test_the_week_the_calendars_and_the_plan_agree(
    sessions: list[Named], facts: list[Fact], day: int, hour: int
) -> None:
    """The week is asked about sessions ahead, too; the plan and the calendars only about those that are over."""
    progress, now = replay(facts), minute_of(day, hour)
    over = [named for named in sessions if named[1].end <= now]
    outcomes = tuple(session_outcomes(over, progress, EFFORTS, now, ZONE).values())
    past = PastSessions(outcomes, unlogged(outcomes, progress, {}))
    week = days_json(days_of(sessions, progress, now))
    rows = {row["uid"]: row for row in week["sessions"]}

    assert {row["uid"]: row["minutes"] for row in week["missed"]} == {
        one.uid: one.minutes_left for one in past.missed
    }
    for entry, _ in past_entries([event(named) for named in over], past.happened, LABELS):
        row = rows[entry.uid]
        last = entry.description.splitlines()[-1]
        assert row["done"] == [
            {"unit": unit, "minutes": minutes} for unit, minutes in past.happened[entry.uid]
        ]
        assert row["state"] in ("done", "partly", "missed")
        assert (last == "Done: nothing.") == (not row["done"])
        if row["state"] == "missed":
            assert last == "Done: nothing."
            assert entry.uid in {one.uid for one in past.missed}
        if row["state"] == "done":
            assert entry.uid not in {one.uid for one in past.missed}


@given(weeks(), journals())
def test_only_units_without_minutes_need_an_effort(
    sessions: list[Named], facts: list[Fact]
) -> None:
    progress, now = replay(facts), minute_of(9, 0)
    needed = units_without_minutes(sessions, progress)
    few = {unit: EFFORTS[unit] for unit in needed}

    assert session_outcomes(sessions, progress, few, now, ZONE) == session_outcomes(
        sessions, progress, EFFORTS, now, ZONE
    )


def test_a_unit_done_without_minutes_had_its_effort_in_its_sessions_oldest_first() -> None:
    sessions = [session(0, 9, (A, 60), (B, 20)), session(1, 9, (A, 60)), session(3, 9, (A, 60))]
    progress = replay([Finished(**stamp(at=local_time(2, 12)), unit=A)])
    found = session_outcomes(sessions, progress, EFFORTS, minute_of(6, 0), ZONE)

    assert [one.done for one in found.values()] == [((A, 60),), ((A, 40),), ()]
    assert [one.state for one in found.values()] == [
        SessionState.PARTLY,
        SessionState.DONE,
        SessionState.DONE,
    ]
    assert [one.minutes_left for one in found.values()] == [20, 0, 0]


def test_a_session_that_is_not_over_is_open_and_misses_nothing() -> None:
    sessions = [session(0, 9, (A, 60))]
    found = session_outcomes(sessions, Progress(), EFFORTS, minute_of(0, 9), ZONE)
    days = days_of(sessions, Progress(), minute_of(0, 9))

    assert found["0-9"].state is SessionState.OPEN
    assert found["0-9"].minutes_left == 0
    assert state(days.sessions[0], days) == "now"


def test_study_of_something_else_makes_up_for_the_time_but_not_for_the_unit() -> None:
    sessions = [session(0, 9, (A, 60))]
    progress = replay([Studied(**stamp(at=local_time(0, 20)), unit=C, minutes=60)])
    found = session_outcomes(sessions, progress, EFFORTS, minute_of(1, 0), ZONE)

    assert found["0-9"].state is SessionState.PARTLY
    assert found["0-9"].minutes_left == 0


def test_missed_minutes_are_given_back_week_by_week() -> None:
    """An hour a week: 150 min missed in the first week leave 90 for the second, and 30 for the third."""
    sessions = [session(1, 9, (A, 100)), session(2, 9, (B, 50))]
    outcomes = session_outcomes(sessions, Progress(), EFFORTS, minute_of(21, 0), ZONE).values()

    def left(day: int) -> int:
        return minutes_to_give_back(outcomes, 60, minute_of(day, 0), ZONE)

    assert [left(day) for day in (3, 6, 7, 13, 14, 20, 21)] == [150, 150, 90, 90, 30, 30, 0]


def test_what_is_done_later_is_still_given_back_and_what_was_done_before_is_not() -> None:
    """The time that is given back for one unit is not taken from another once the first is done."""
    sessions = [session(1, 9, (A, 60)), session(2, 9, (B, 60))]
    progress = replay(
        [
            Studied(**stamp(1, at=local_time(0, 9)), unit=A, minutes=100),
            Finished(**stamp(2, at=local_time(0, 12)), unit=A),
            Studied(**stamp(3, at=local_time(5, 9)), unit=B, minutes=60),
            Finished(**stamp(4, at=local_time(5, 12)), unit=B),
        ]
    )
    outcomes = session_outcomes(sessions, progress, EFFORTS, minute_of(6, 0), ZONE).values()

    assert [one.minutes_left for one in outcomes] == [0, 0]
    assert minutes_to_give_back(outcomes, 30, minute_of(6, 0), ZONE) == 60
