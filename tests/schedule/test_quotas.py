"""Quotas: a track gets its time every week, deadlines come first, and what cannot be had is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.identifiers import TRACKS
from curriculum.model.plan import Plan, Reason, ShortfallCause, instant
from curriculum.model.settings import Quota, Settings
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.planning import schedule
from tests.instances import Instance, curriculum_of, goal, instances, left_after, owed_after
from tests.schedule.test_overload import at
from tests.schedule.test_promises import minute_by_minute

LEAST = st.sampled_from([0, 60, 200, 600, 1500])


@st.composite
def with_quotas(draw: st.DrawFn, drawn: Instance, factor: int) -> Instance:
    """Return an instance with longer units and quotas."""
    efforts = {unit: factor * effort for unit, effort in drawn.curriculum.efforts.items()}
    fields: dict[str, Quota] = {
        track: Quota.model_construct(at_least=timedelta(minutes=draw(LEAST))) for track in TRACKS
    }
    return replace(
        drawn,
        curriculum=replace(drawn.curriculum, efforts=efforts),
        settings=drawn.settings.model_copy(update=fields),
    )


DATED = instances().flatmap(lambda drawn: with_quotas(drawn, 4))
FREE = instances(dated=False, edges_allowed=False).flatmap(lambda drawn: with_quotas(drawn, 8))


def free_days(plan: Plan) -> int:
    return ((plan.finish or plan.start) - plan.start) // 1440 + 14


@given(DATED)
@settings(max_examples=10)
def test_deadlines_come_before_quotas_and_each_week_below_one_is_told(instance: Instance) -> None:
    """P2 as without quotas; the audit counts the weeks once more."""
    assume(slots_until(instance.terms, instance.free, 7))
    plan = instance.plan()
    finished = minute_by_minute(instance)
    for placement in plan.units:
        if placement.deadline is not None:
            assert placement.finish is not None
            assert placement.finish <= max(placement.deadline, finished[placement.unit])
    last = instance.terms.first + timedelta(days=free_days(plan))
    free = instance.free(instance.terms.first, last)
    assert audit(plan, AuditTerms(instance.curriculum, free, instance.settings, UTC)) == ()


@given(FREE)
@settings(max_examples=10)
def test_a_quota_is_met_wherever_the_hours_hold_it(instance: Instance) -> None:
    """Without deadlines and prerequisites, with a quarter of an hour to spare in each sitting."""
    assume(slots_until(instance.terms, instance.free, 7))
    plan = instance.plan()
    room = Counter[date]()
    for start, end in slots_until(instance.terms, instance.free, free_days(plan)):
        day = instant(start).date()
        room[day - timedelta(days=day.weekday())] += end - start - 15
    longest = instance.settings.session.longest // timedelta(minutes=1)
    both = sum(minutes(instance, track) for track in TRACKS)
    for one in plan.shortfalls:
        is_tight = room[one.monday] < both + longest
        assert is_tight or one.cause is ShortfallCause.NOTHING_READY


def minutes(instance: Instance, track: str) -> int:
    quota: Quota = getattr(instance.settings, track)
    return quota.at_least // timedelta(minutes=1)


@given(DATED, st.data())
@settings(max_examples=10)
def test_following_a_plan_with_quotas_and_planning_again_gives_the_rest_of_it(
    instance: Instance, data: st.DataObject
) -> None:
    """P5."""
    plan = instance.plan()
    assume(plan.sessions and not plan.overload and not plan.shortfalls)
    followed = data.draw(st.integers(0, len(plan.sessions) - 1))
    done, rest = plan.sessions[:followed], plan.sessions[followed:]
    now = max(plan.start, done[-1].end if done else 0)
    monday = instant(now).date() - timedelta(days=instant(now).date().weekday())
    studied = Counter[str]()
    for session in done:
        if instant(session.start).date() >= monday:
            studied[session.track] += session.end - session.start
    terms = replace(
        instance.terms,
        start=now,
        first=instant(now).date(),
        owed=owed_after(instance, done),
        published=rest,
        kept=tuple(session for session in rest if session.start < now + 1440),
        studied=(studied["textbooks"], studied["papers"]),
    )

    assert schedule(left_after(instance.curriculum, done), terms, instance.free).sessions == rest


def simple(*, due: bool = False, **quotas: dict[str, str]) -> Instance:
    """Return a book and a paper of 20 h, an hour a day, and a balance that gives papers nothing."""
    goals = (goal("b/0", by=at(20)),) if due else ()
    curriculum, library = curriculum_of([1200, 1200], [], [("b", 1), ("p", 1)], goals)
    fields = {
        "balance": {"textbooks": "100"},
        "session": {"shortest": "20m", "longest": "60m", "break": "0m"},
        **quotas,
    }
    return Instance(curriculum, library, Settings.model_validate(fields), ((600, 660),))


def days_of_papers(plan: Plan, week: int) -> list[int]:
    first = 7 * week
    days = [
        (instant(one.start).date() - date(2027, 1, 4)).days
        for one in plan.sessions
        if one.track == "papers"
    ]
    return [day - first for day in days if first <= day < first + 7]


def test_a_quota_asks_for_the_last_sittings_of_the_week() -> None:
    """Two of the seven hours; a quarter of an hour of each may stay free, so three days are kept."""
    plan = simple(papers={"at_least": "2h per week"}).plan()

    assert days_of_papers(plan, 0) == [4, 5]
    assert days_of_papers(plan, 1) == [4, 5]
    assert {one.because for one in plan.sessions if one.track == "papers"} >= {Reason.QUOTA}


def test_a_unit_that_waits_for_a_quota_says_so() -> None:
    instance = simple(papers={"at_least": "6h per week"}, balance={"textbooks": "60"})
    bound = instance.reasons().of(instance.plan().units[0])

    assert bound.reason in (Reason.QUOTA, Reason.START)
    assert {wait.reason for wait in bound.waited} <= {Reason.QUOTA}


def test_a_deadline_takes_the_time_of_a_quota_and_that_is_told() -> None:
    """20 h are due within 20 days of an hour each, so the papers get nothing before."""
    plan = simple(due=True, papers={"at_least": "2h per week"}).plan()

    assert [(one.monday.day, one.minutes, one.cause) for one in plan.shortfalls][:1] == [
        (11, 0, ShortfallCause.DEADLINE)
    ]


def test_a_quota_above_the_free_hours_is_told() -> None:
    plan = simple(papers={"at_least": "8h per week"}).plan()

    assert {one.cause for one in plan.shortfalls} == {ShortfallCause.HOURS}
