"""The planner's promises P1 to P4 and P6 as laws over random instances without a plan before them."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, timedelta

from hypothesis import assume, given, settings

from curriculum.model.identifiers import TRACKS, UnitId, work_of
from curriculum.model.plan import Plan, Session
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.demand import NEVER, Demand, demand_of
from curriculum.schedule.lookahead import slots_until
from tests.instances import Instance, instances
from tests.profiles import examples

FORTNIGHTS = 200


def demand(instance: Instance) -> Demand:
    return demand_of(instance.curriculum)


def minute_by_minute(instance: Instance) -> dict[UnitId, int]:
    """Return when earliest-deadline-first finishes each unit that is due, worked out one minute at a time."""
    rows = demand(instance)
    left, finished = list(rows.efforts), {}
    for start, end in slots_until(instance.terms, instance.free, FORTNIGHTS):
        for now in range(start, end):
            ready = [
                (rows.dues[unit], unit)
                for unit in range(len(left))
                if left[unit]
                and rows.dues[unit] < NEVER
                and rows.releases[unit] <= now
                and not any(left[other] for other in rows.before[unit])
            ]
            if not ready:
                continue
            unit = min(ready)[1]
            left[unit] -= 1
            if not left[unit]:
                finished[rows.units[unit]] = now + 1
    return finished


def studied(plan: Plan) -> dict[UnitId, int]:
    return studied_in(plan.sessions)


def studied_in(sessions: tuple[Session, ...]) -> dict[UnitId, int]:
    minutes: dict[UnitId, int] = defaultdict(int)
    for session in sessions:
        for piece in session.pieces:
            minutes[piece.unit] += piece.minutes
    return minutes


@given(instances())
@settings(max_examples=examples(120))
def test_the_audit_finds_nothing_wrong_with_any_plan(instance: Instance) -> None:
    plan = instance.plan()
    last = plan.finish or plan.start
    free = instance.free(
        instance.terms.first, instance.terms.first + timedelta(days=(last - plan.start) // 1440 + 2)
    )

    assert audit(plan, AuditTerms(instance.curriculum, free, instance.settings, UTC)) == ()


@given(instances())
def test_every_minute_of_effort_is_placed_when_there_is_time_for_it(instance: Instance) -> None:
    assume(slots_until(instance.terms, instance.free, 7))
    plan = instance.plan()

    assert studied(plan) == instance.curriculum.efforts
    assert plan.unplaced == ()


@given(instances())
@settings(max_examples=60)
def test_no_unit_is_later_than_earliest_deadline_first_would_make_it(instance: Instance) -> None:
    """P2: what EDF keeps is kept, and what must be late is no later."""
    assume(slots_until(instance.terms, instance.free, 7))
    finished = minute_by_minute(instance)
    for placement in instance.plan().units:
        if placement.deadline is not None:
            assert placement.finish is not None
            assert placement.finish <= max(placement.deadline, finished[placement.unit])


@given(instances())
@settings(max_examples=60)
def test_late_are_just_the_units_that_earliest_deadline_first_makes_late(
    instance: Instance,
) -> None:
    """Minutes that a sitting leaves free for the reader's sake are never those that a deadline needs."""
    assume(slots_until(instance.terms, instance.free, 7))
    finished = minute_by_minute(instance)
    found, least = {}, {}
    for placement in instance.plan().units:
        if placement.deadline is not None:
            found[placement.unit] = (placement.finish or NEVER) - placement.deadline
            least[placement.unit] = finished[placement.unit] - placement.deadline

    assert {unit for unit in found if found[unit] > 0} == {
        unit for unit in least if least[unit] > 0
    }
    assert max([0, *found.values()]) == max([0, *least.values()])


@given(instances())
def test_something_is_late_exactly_when_there_is_a_certificate(instance: Instance) -> None:
    assume(slots_until(instance.terms, instance.free, 7))
    plan = instance.plan()
    late = [
        placement
        for placement in plan.units
        if placement.deadline and (placement.finish or NEVER) > placement.deadline
    ]

    assert bool(late) == bool(plan.overload)


@given(instances())
def test_a_certificate_counts_units_that_fit_between_its_dates_and_the_minutes_free_there(
    instance: Instance,
) -> None:
    """P3: recomputed from the definition, by going through the sittings one by one."""
    plan, rows = instance.plan(), demand(instance)
    slots = slots_until(instance.terms, instance.free, FORTNIGHTS)
    row = {unit: position for position, unit in enumerate(rows.units)}
    for overload in plan.overload:
        between = sum(
            max(0, min(end, overload.before) - max(start, overload.after)) for start, end in slots
        )
        assert between == overload.free
        assert overload.needed > overload.free
        assert overload.needed <= sum(rows.efforts[row[unit]] for unit in overload.units)
        assert all(rows.dues[row[unit]] <= overload.before for unit in overload.units)


@given(instances(dated=False, edges_allowed=False))
def test_tracks_stay_within_one_session_of_their_shares_while_both_have_work(
    instance: Instance,
) -> None:
    """P4, measured from the sessions alone while neither track has run out of work."""
    plan = instance.plan()
    shares = (instance.settings.balance.textbooks, instance.settings.balance.papers)
    left = {
        track: sum(instance.curriculum.efforts[p.unit] for p in plan.units if p.track == track)
        for track in TRACKS
    }
    spent = dict.fromkeys(TRACKS, 0)
    longest = instance.settings.session.longest // timedelta(minutes=1)
    for session in plan.sessions:
        if any(left[track] == spent[track] for track in TRACKS):
            break
        spent[session.track] += session.end - session.start
        owed = sum(spent.values()) * shares[0] / sum(shares) - spent["textbooks"]
        assert abs(owed) <= longest
    assert plan.largest_lag <= longest


@given(instances(dated=False))
def test_tracks_that_unlock_each_other_stay_within_one_session_of_their_shares(
    instance: Instance,
) -> None:
    """P4 whatever becomes ready in the middle of a session."""
    assert instance.plan().largest_lag <= instance.settings.session.longest // timedelta(minutes=1)


@given(instances())
def test_the_same_instance_gives_the_same_plan(instance: Instance) -> None:
    assert instance.plan() == instance.plan()


@given(instances(dated=False))
def test_at_most_one_paper_and_two_textbooks_are_open_unless_a_prerequisite_forces_it(
    instance: Instance,
) -> None:
    plan = instance.plan()
    left = dict(instance.curriculum.efforts)
    begun: set[str] = set()
    for session in plan.sessions:
        for piece in session.pieces:
            work = work_of(piece.unit)
            if work not in begun:
                _check_opening(instance, session.track, begun, left)
                begun.add(work)
            left[piece.unit] -= piece.minutes


def _check_opening(
    instance: Instance, track: str, begun: set[str], left: dict[UnitId, int]
) -> None:
    requires, library = instance.curriculum.requires, instance.library
    open_works = {
        name
        for name in begun
        if library.works[name].track == track
        and any(left[unit] for unit in left if work_of(unit) == name)
    }
    continued = [
        unit
        for unit, minutes in left.items()
        if minutes
        and work_of(unit) in open_works
        and not any(left[other] for other in requires[unit])
    ]
    allowed = 1 if track == "textbooks" else 0
    assert not continued or len(open_works) <= allowed
