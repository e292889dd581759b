"""Sessions that stay in place, tracks that keep their time, and what both leave of the planner's promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings

from curriculum.model.curriculum import ReachedGoal
from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.plan import Piece, Plan, Reason, Session
from curriculum.model.settings import Settings
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.demand import NEVER, Demand, demand_of
from curriculum.schedule.edf import completions, run_earliest_first
from curriculum.schedule.fixed_sessions import Remaining, least_late, reserve, still_valid
from curriculum.schedule.lookahead import slots_until
from tests.instances import MIDNIGHT, Instance, curriculum_of, goal, instances, lived
from tests.profiles import examples

ENOUGH = 120
"""Days in which every drawn instance can be studied."""


def session(day: int, track: str, *pieces: tuple[str, int], at: int = 0) -> Session:
    """Return a session on a day of the plan, some minutes after midnight."""
    start = MIDNIGHT + 1440 * day + at
    held = tuple(Piece(UnitId(unit), minutes) for unit, minutes in pieces)
    return Session(
        start, start + sum(minutes for _, minutes in pieces), TRACKS[track != "textbooks"], held
    )


def plan(
    efforts: list[int],
    works: list[tuple[str, int]],
    *,
    edges: list[tuple[int, int]] | None = None,
    goals: tuple[ReachedGoal, ...] = (),
    kept: tuple[Session, ...] = (),
    published: tuple[Session, ...] = (),
    owed: int = 0,
    stretches: tuple[tuple[int, int], ...] = ((0, 60),),
) -> Plan:
    """Plan units in sittings of at most an hour, an hour a day from midnight, with no break."""
    curriculum, library = curriculum_of(efforts, edges or [], works, goals)
    length = {"shortest": "20m", "longest": "60m", "break": "0m"}
    instance = Instance(
        curriculum, library, Settings.model_validate({"session": length}), stretches
    )
    return replace(instance, kept=kept, published=published, owed=Fraction(owed)).plan()


def at(day: int) -> datetime:
    return datetime(2027, 1, 4, tzinfo=UTC) + timedelta(days=day)


def told(sessions: tuple[Session, ...]) -> list[str]:
    """Return the day of each session and its units with their minutes, as a line of text."""
    return [
        f"{(one.start - MIDNIGHT) // 1440}: "
        + ", ".join(f"{piece.unit} {piece.minutes}" for piece in one.pieces)
        for one in sessions
    ]


def test_a_kept_session_stays_where_the_balance_would_not_have_put_it() -> None:
    found = plan(
        [120, 60], [("b", 1), ("p", 1)], kept=(session(0, "papers", ("p/0", 60)),), owed=31
    )

    assert told(found.sessions) == ["0: p/0 60", "1: b/0 60", "2: b/0 60"]
    assert found.sessions[0].because is Reason.KEPT


def test_minutes_of_a_unit_are_kept_back_for_its_pinned_session() -> None:
    """Nothing else is left on the second day, and yet the book waits for its session on the fourth."""
    found = plan([120, 30], [("b", 1), ("p", 1)], kept=(session(3, "textbooks", ("b/0", 60)),))

    assert told(found.sessions) == ["0: b/0 60", "1: p/0 30", "3: b/0 60"]


def test_what_a_pinned_session_requires_is_studied_before_it() -> None:
    """The first book would come first; the pinned paper needs the second one by the third day."""
    kept = (session(2, "papers", ("p/0", 60)),)
    found = plan([60, 100, 60], [("a", 1), ("b", 1), ("p", 1)], edges=[(1, 2)], kept=kept)

    assert told(found.sessions) == ["0: b/0 60", "1: b/0 40, a/0 20", "2: p/0 60", "3: a/0 40"]


def test_a_pinned_session_is_let_go_when_what_it_requires_cannot_be_finished_before() -> None:
    kept = (session(1, "papers", ("p/0", 60)),)
    found = plan([100, 60], [("b", 1), ("p", 1)], edges=[(0, 1)], kept=kept)

    assert (
        told(found.sessions) == ["0: b/0 60", "1: b/0 40", "2: p/0 60"]
        or told(found.sessions)[1] == "1: b/0 40"
    )


def test_a_session_outside_of_free_time_is_let_go() -> None:
    found = plan([60], [("b", 1)], kept=(session(2, "textbooks", ("b/0", 60), at=100),))

    assert told(found.sessions) == ["0: b/0 60"]


def test_a_session_that_fits_no_sitting_takes_the_place_of_those_it_overlaps() -> None:
    kept = (session(0, "textbooks", ("b/0", 60), at=30),)
    found = plan([180], [("b", 1)], kept=kept, stretches=((0, 180),))

    assert [(one.start - MIDNIGHT, one.end - MIDNIGHT) for one in found.sessions] == [
        (30, 90),
        (120, 180),
        (1440, 1500),
    ]


def test_what_was_finished_meanwhile_makes_room_in_a_kept_session() -> None:
    kept = (session(0, "textbooks", ("gone/0", 40), ("b/0", 20)),)
    found = plan([200, 60], [("b", 1), ("p", 1)], kept=kept)

    assert told(found.sessions)[0] == "0: b/0 60"


def test_a_session_kept_past_a_deadline_comes_with_a_certificate() -> None:
    kept = (session(3, "textbooks", ("b/0", 60)),)
    found = plan([120], [("b", 1)], goals=(goal("b/0", by=at(2)),), kept=kept)

    (overload,) = found.overload
    assert (overload.needed, overload.free, overload.more_per_week, overload.kept) == (
        60,
        0,
        0,
        True,
    )


def test_time_kept_for_something_else_is_not_free_in_a_certificate() -> None:
    kept = (session(0, "papers", ("p/0", 60)),)
    found = plan([120, 60], [("b", 1), ("p", 1)], goals=(goal("b/0", by=at(2)),), kept=kept)

    (overload,) = found.overload
    assert (overload.needed, overload.free, overload.kept) == (120, 60, True)


def test_a_missed_session_does_not_turn_the_tracks_around() -> None:
    """Monday's book was missed: Tuesday still belongs to the papers."""
    published = tuple(
        session(day, ("papers", "textbooks")[day % 2], ("any/0", 60)) for day in range(4)
    )
    found = plan([120, 120], [("b", 1), ("p", 1)], published=published)

    assert [one.track[0] for one in found.sessions] == ["p", "t", "p", "t"]


def test_the_time_of_a_track_is_not_kept_when_a_track_would_be_owed_more_than_a_session() -> None:
    published = (session(0, "papers", ("p/0", 60)),)

    assert (
        plan([120, 120], [("b", 1), ("p", 1)], published=published, owed=30).sessions[0].track
        == "papers"
    )
    assert (
        plan([120, 120], [("b", 1), ("p", 1)], published=published, owed=31).sessions[0].track
        == "textbooks"
    )


@given(lived())
@settings(max_examples=examples(120))
def test_the_audit_finds_nothing_wrong_whatever_was_published_and_kept(instance: Instance) -> None:
    found = instance.plan()
    last = max([found.finish or found.start, *(one.end for one in instance.kept)])
    free = instance.free(
        instance.terms.first - timedelta(days=1),
        instance.terms.first + timedelta(days=(last - found.start) // 1440 + 2),
    )

    assert (
        audit(found, AuditTerms(instance.curriculum, free, instance.settings, UTC, instance.kept))
        == ()
    )


@given(lived())
def test_every_minute_of_effort_is_placed_around_what_is_kept(instance: Instance) -> None:
    assume(slots_until(instance.terms, instance.free, 7))

    assert instance.plan().unplaced == ()


@given(lived())
def test_the_same_instance_gives_the_same_plan(instance: Instance) -> None:
    assert instance.plan() == instance.plan()


@given(lived(dated=False, edges_allowed=False))
def test_with_a_guide_no_track_is_owed_more_than_a_session_or_what_it_was_owed(
    instance: Instance,
) -> None:
    """P4 after life deviated; while a plan is followed it is half a session, as without a guide."""
    longest = instance.settings.session.longest // timedelta(minutes=1)

    assert replace(instance, kept=()).plan().largest_lag <= max(
        Fraction(longest), abs(instance.owed)
    )


@given(instances())
def test_an_own_plan_as_the_one_before_changes_nothing(instance: Instance) -> None:
    found = instance.plan()

    assert replace(instance, published=found.sessions).plan() == found


def held_of(instance: Instance) -> tuple[Demand, Remaining]:
    """Return what is to be studied, and what the kept sessions leave of it."""
    rows = demand_of(instance.curriculum)
    grid = slots_until(instance.terms, instance.free, ENOUGH)
    days = instance.free(
        instance.terms.first - timedelta(days=1), instance.terms.first + timedelta(days=ENOUGH)
    )
    return rows, reserve(rows, grid, still_valid(instance.kept, days, instance.terms.start))


@given(lived())
@settings(max_examples=examples(120))
def test_no_schedule_that_keeps_the_same_sessions_is_less_late(instance: Instance) -> None:
    """P2 under what is kept: with a minute less of lateness, some stretch of time holds more work than minutes."""
    assume(slots_until(instance.terms, instance.free, 7))
    rows, held = held_of(instance)
    clock = held.clock()
    finished = completions(least_late(run_earliest_first(held.rest, clock), held, rows.dues, clock))
    ends = (
        clock.end_of(end) - rows.dues[unit]
        for unit, end in finished.items()
        if held.rest.efforts[unit]
    )
    late = max(ends, default=0)

    assert all(
        finished[unit] <= clock.until(minute)
        for unit, minute in held.needed.items()
        if unit in finished
    )
    assert late <= 0 or not _is_possible(rows, held, late - 1)


def _is_possible(rows: Demand, held: Remaining, late: int) -> bool:
    """Say whether all that is due can be done with so much lateness: no stretch of work time is asked for too much."""
    until, rest = held.clock().until, held.rest
    released: list[int] = []
    for unit, release in enumerate(rest.releases):
        own = until(release) if release else 0
        released.append(
            max([own, *(released[other] + rest.efforts[other] for other in rest.before[unit])])
        )
    dues = [
        min(
            until(due + late) if due < NEVER else NEVER,
            until(held.needed[unit]) if unit in held.needed else NEVER,
        )
        for unit, due in enumerate(rows.dues)
    ]
    return all(
        sum(
            effort
            for begin, end, effort in zip(released, dues, rest.efforts, strict=True)
            if begin >= first and end <= last
        )
        <= max(0, last - first)
        for first in set(released)
        for last in set(dues)
    )


@given(lived())
def test_nothing_is_later_than_the_least_late_schedule_and_its_own_kept_sessions_make_it(
    instance: Instance,
) -> None:
    assume(slots_until(instance.terms, instance.free, 7))
    rows, held = held_of(instance)
    clock = held.clock()
    finished = completions(least_late(run_earliest_first(held.rest, clock), held, rows.dues, clock))
    kept = {unit: one.end for one in held.sessions() for unit, _ in one.pieces}
    for unit, placement in enumerate(instance.plan().units):
        if placement.deadline is not None:
            latest = max(placement.deadline, clock.end_of(finished[unit]), kept.get(unit, 0))
            assert placement.finish is not None
            assert placement.finish <= latest


@given(lived())
def test_something_is_late_exactly_when_there_is_a_certificate(instance: Instance) -> None:
    assume(slots_until(instance.terms, instance.free, 7))
    found = instance.plan()
    needed = held_of(instance)[1].needed
    late = any(
        placement.deadline and (placement.finish or NEVER) > placement.deadline
        for placement in found.units
    )

    assert not late or found.overload
    assert late or all(overload.before in needed.values() for overload in found.overload)


def test_the_audit_misses_a_session_that_was_to_stay() -> None:
    curriculum, library = curriculum_of([120, 60], [], [("b", 1), ("p", 1)])
    length = {"shortest": "20m", "longest": "60m", "break": "0m"}
    instance = Instance(
        curriculum, library, Settings.model_validate({"session": length}), ((0, 60),)
    )
    free = instance.free(instance.terms.first, instance.terms.first + timedelta(days=9))
    kept = (session(0, "papers", ("p/0", 60)),)

    findings = audit(instance.plan(), AuditTerms(curriculum, free, instance.settings, UTC, kept))

    assert findings == ("the session at 2027-01-04T00:00Z was to stay and did not",)


def test_the_audit_finds_a_day_and_a_week_that_are_too_full() -> None:
    curriculum, library = curriculum_of([2400], [], [("b", 1)])
    length = {"shortest": "20m", "longest": "60m", "break": "0m"}
    instance = Instance(
        curriculum, library, Settings.model_validate({"session": length}), ((0, 60),)
    )
    free = instance.free(instance.terms.first, instance.terms.first + timedelta(days=41))
    found = instance.plan()

    fuller = instance.settings.model_copy(update={"load": Fraction(1, 2)})
    assert "2027-01-04 holds 60 minutes of study, and its load allows 30" in audit(
        found, AuditTerms(curriculum, free, fuller, UTC)
    )
    reserved = instance.settings.model_copy(update={"catch_up": timedelta(hours=1)})
    assert (
        audit(found, AuditTerms(curriculum, free, reserved, UTC))[0]
        == "the week of 2027-01-18 leaves no 60 minutes to catch up"
    )
