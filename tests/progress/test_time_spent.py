"""What went into a unit: it never falls unless somebody takes it back, and rises by what is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import (
    Fact,
    Finished,
    Left,
    Reopened,
    Skipped,
    Stopped,
    Studied,
    Undone,
)
from curriculum.model.plan import Piece, Session, minute
from curriculum.model.settings import DayRange, Speeds
from curriculum.progress.balance_carryover import balance_carryover
from curriculum.progress.fact_union import union
from curriculum.progress.pace import pace_of
from curriculum.progress.session_outcomes import session_outcomes
from curriculum.progress.state import replay
from curriculum.progress.study_record import EntryKind, study_record
from curriculum.progress.time_spent import TimeSpent, time_spent
from tests.facts import NOON, stamp
from tests.instances import curriculum_of
from tests.libraries import book, library

SUMS = UnitId("a/1")
EFFORTS = {SUMS: 120, UnitId("a/2"): 60, UnitId("b/1"): 240}
EVERY_UNIT = tuple(EFFORTS)
TWO_HOURS = library(a=book("id: 1, effort: 2h"))


KINDS = st.sampled_from(["studied", "stopped", "done", "took", "left", "skipped", "reopened"])
STEPS = st.tuples(KINDS, st.sampled_from(EVERY_UNIT), st.integers(0, 200), st.integers(-9, 9))


def histories() -> st.SearchStrategy[list[Fact]]:
    """Draw facts, each of a command of its own, about days in any order."""
    return st.lists(STEPS, min_size=1, max_size=12).map(_facts)


def _facts(steps: list[tuple[str, UnitId, int, int]]) -> list[Fact]:
    return [_fact(number, *step) for number, step in enumerate(steps)]


def _fact(number: int, kind: str, unit: UnitId, minutes: int, day: int) -> Fact:
    head = stamp(number, NOON + timedelta(days=day))
    choices: dict[str, Fact] = {
        "studied": Studied(**head, unit=unit, minutes=minutes),
        "stopped": Stopped(**head, unit=unit, minutes=minutes),
        "done": Finished(**head, unit=unit),
        "took": Finished(**head, unit=unit, minutes=minutes),
        "left": Left(**head, unit=unit, minutes=minutes),
        "skipped": Skipped(**head, unit=unit),
        "reopened": Reopened(**head, unit=unit),
    }
    return choices[kind]


def total(facts: list[Fact], unit: UnitId = SUMS) -> int:
    """Return what went into a unit."""
    return spent(facts, unit).total


def spent(facts: list[Fact], unit: UnitId = SUMS) -> TimeSpent:
    """Return what went into a unit, by where the minutes come from."""
    return time_spent(replay(facts), EFFORTS).get(unit, TimeSpent())


def most_by(fact: Fact, unit: UnitId) -> int:
    """Return the minutes by which a fact may raise what went into a unit."""
    match fact:
        case Studied() | Stopped() if fact.unit == unit:
            return fact.minutes
        case Finished(unit=named, minutes=None) if named == unit:
            return EFFORTS[unit]
        case Finished(unit=named, minutes=int(took)) if named == unit:
            return took
    return 0


@given(histories())
def test_spent_never_falls_and_rises_by_what_was_said(facts: list[Fact]) -> None:
    """Only what the person says a unit took in all may correct what was assumed or said before."""
    for count, fact in enumerate(facts, start=1):
        for unit in EVERY_UNIT:
            before, after = total(facts[: count - 1], unit), total(facts[:count], unit)
            logged = spent(facts[:count], unit).logged
            assert after - before <= most_by(fact, unit)
            if isinstance(fact, Studied | Stopped) and fact.unit == unit:
                assert after - before == fact.minutes
            elif isinstance(fact, Finished) and fact.unit == unit and fact.minutes is not None:
                assert after == max(fact.minutes, logged)
            else:
                assert after >= before


@given(histories(), st.data())
def test_taking_a_command_back_leaves_what_the_others_say(
    facts: list[Fact], data: st.DataObject
) -> None:
    gone = data.draw(st.integers(0, len(facts) - 1))
    others = [fact for number, fact in enumerate(facts) if number != gone]
    undone = [*facts, Undone(**stamp(99), target=facts[gone].command)]

    assert time_spent(replay(undone), EFFORTS) == time_spent(replay(others), EFFORTS)


@given(histories())
def test_the_days_of_facts_do_not_matter_only_their_order(facts: list[Fact]) -> None:
    for unit in EVERY_UNIT:
        assert spent(facts, unit).logged == sum(
            fact.minutes
            for fact in facts
            if isinstance(fact, Studied | Stopped) and fact.unit == unit
        )
    record = study_record(replay(facts), EFFORTS, _always(), UTC)
    assert sum(entry.minutes for entry in record) == sum(total(facts, unit) for unit in EVERY_UNIT)


@given(histories(), histories())
def test_a_merge_loses_no_logged_minute(ours: list[Fact], theirs: list[Fact]) -> None:
    others = [_renamed(fact, number) for number, fact in enumerate(theirs)]
    merged = union(ours, others)
    for unit in EVERY_UNIT:
        both = spent(ours, unit).logged + spent(others, unit).logged
        assert spent(list(merged), unit).logged == both
        assert spent(list(merged), unit).assumed <= EFFORTS[unit]


def test_what_is_logged_after_an_assumed_done_is_added() -> None:
    done = Finished(**stamp(1), unit=SUMS)
    later = Studied(**stamp(2), unit=SUMS, minutes=30)
    earlier_day = Studied(**stamp(3, NOON - timedelta(days=3)), unit=SUMS, minutes=20)

    assert spent([done, later, earlier_day]) == TimeSpent(logged=50, assumed=120)
    assert spent([earlier_day, done, later]) == TimeSpent(logged=50)
    assert SUMS in replay([done, later]).finished


def test_what_a_unit_took_replaces_what_was_assumed() -> None:
    done = Finished(**stamp(1), unit=SUMS)
    log = Studied(**stamp(2), unit=SUMS, minutes=30)
    took = Finished(**stamp(3), unit=SUMS, minutes=90)
    more = Studied(**stamp(4), unit=SUMS, minutes=15)

    assert spent([done, log, took, more]) == TimeSpent(logged=45, given=60)


def test_a_unit_opened_again_keeps_the_time_that_went_into_it() -> None:
    done = Finished(**stamp(1), unit=SUMS)
    for again in (
        Reopened(**stamp(2), unit=SUMS),
        Left(**stamp(2), unit=SUMS, minutes=30),
        Skipped(**stamp(2), unit=SUMS),
    ):
        assert spent([done, again]) == TimeSpent(assumed=120)
        assert spent([done, again, Finished(**stamp(3), unit=SUMS)]) == TimeSpent(assumed=120)
        entries = study_record(replay([done, again]), EFFORTS, _always(), UTC)
        assert [(entry.minutes, entry.kind) for entry in entries] == [(120, EntryKind.ASSUMED)]


def test_sessions_get_no_minutes_beyond_those_recorded() -> None:
    """Whoever is quicker than the syllabus, and logs it, has not studied the difference as well."""
    start = minute(datetime(2027, 1, 4, 9, tzinfo=UTC))
    sessions = [
        (f"s{day}", Session(start + 1440 * day, start + 1440 * day + 60, "textbooks", (_hour(),)))
        for day in range(2)
    ]
    second = stamp(2, datetime(2027, 1, 5, 10, tzinfo=UTC))
    facts: list[Fact] = [Studied(**second, unit=SUMS, minutes=45), Finished(**second, unit=SUMS)]

    found = session_outcomes(sessions, replay(facts), EFFORTS, start + 9999, UTC)

    assert [one.done for one in found.values()] == [(), ((SUMS, 45),)]
    assert total(facts) == 45


def test_a_pace_is_not_learnt_from_minutes_added_to_assumed_ones() -> None:
    done = Finished(**stamp(1), unit=SUMS)
    log = Studied(**stamp(2), unit=SUMS, minutes=60)

    assert pace_of(replay([done, log]), TWO_HOURS, Speeds()).samples == ()
    assert [one.actual for one in pace_of(replay([log, done]), TWO_HOURS, Speeds()).samples] == [60]


def test_the_tracks_are_owed_for_what_was_assumed_and_logged() -> None:
    curriculum, works = curriculum_of([60, 600], [], [("b", 1), ("p", 1)])
    half = {0: Fraction(1, 2)}
    unit = UnitId("b/0")

    def owed(*facts: Fact) -> Fraction:
        return balance_carryover(replay(facts), curriculum, works, half, {})

    done = Finished(**stamp(1), unit=unit)
    day_before = Studied(**stamp(2, NOON - timedelta(days=1)), unit=unit, minutes=20)
    assert owed(done) == -30
    assert owed(done, day_before) == -40
    assert owed(day_before, done) == -10


def _hour() -> Piece:
    return Piece(SUMS, 60)


def _always() -> DayRange:
    return DayRange(date(2000, 1, 1), date(2100, 1, 1))


def _renamed(fact: Fact, number: int) -> Fact:
    return replace(fact, id=f"t{number}", command=f"d{number}")
