"""Caps of days and weeks: never exceeded, as full as the free hours allow, and stable while the plan is followed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.plan import FreeDay, Plan, Session, instant, midnight
from curriculum.model.settings import Cap, Settings
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.caps import WeekSoFar
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.plan_request import PlanRequest, plan_request
from curriculum.schedule.planning import schedule
from tests.instances import (
    MONDAY,
    Instance,
    curriculum_of,
    instances,
    left_after,
    lived,
    owed_after,
)
from tests.schedule.test_following import FROZEN

SPANS = st.none() | st.integers(60, 400).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def capped(draw: st.DrawFn, drawn: Instance) -> Instance:
    """Return an instance with a cap of a day, of a week, or of both."""
    week = draw(SPANS)
    if week is not None:
        week += drawn.settings.catch_up
    cap = Cap.model_construct(day=draw(SPANS), week=week)
    shortest = min(drawn.settings.session.shortest, timedelta(minutes=30))
    length = drawn.settings.session.model_copy(update={"shortest": shortest})
    return replace(
        drawn, settings=drawn.settings.model_copy(update={"cap": cap, "session": length})
    )


FRESH = instances().flatmap(capped)
LIVED = lived().flatmap(capped)


def held(plan: Plan, of: int, kept: tuple[Session, ...] = ()) -> Counter[date]:
    """Return the minutes of each span of so many days, Monday first, by its first day."""
    found = Counter[date]()
    for session in plan.sessions:
        if session not in kept:
            day = instant(session.start).date()
            found[day - timedelta(days=day.weekday() % of)] += session.end - session.start
    return found


def free_of(instance: Instance, plan: Plan) -> tuple[FreeDay, ...]:
    days = ((plan.finish or plan.start) - plan.start) // 1440 + 14
    return instance.free(instance.terms.first, instance.terms.first + timedelta(days=days))


@given(FRESH)
@settings(max_examples=25)
def test_no_day_and_no_week_holds_more_than_its_cap(instance: Instance) -> None:
    plan = instance.plan()
    cap = instance.settings.cap

    for span, of in ((cap.day, 1), (cap.week, 7)):
        if span is not None:
            assert all(
                minutes <= span // timedelta(minutes=1) for minutes in held(plan, of).values()
            )
    terms = AuditTerms(instance.curriculum, free_of(instance, plan), instance.settings, UTC)
    assert audit(plan, terms) == ()


@given(LIVED)
@settings(max_examples=25)
def test_sessions_that_stay_count_for_the_cap_and_only_they_may_exceed_it(
    instance: Instance,
) -> None:
    plan = instance.plan()
    free = free_of(instance, plan)
    terms = AuditTerms(instance.curriculum, free, instance.settings, UTC, instance.kept)

    assert audit(plan, terms) == ()


@given(FRESH)
@settings(max_examples=10)
def test_the_audit_finds_a_session_above_the_cap(instance: Instance) -> None:
    plan = instance.plan()
    cap = instance.settings.cap
    day = cap.day or timedelta(days=1)
    assume(cap.day is not None and plan.sessions)
    tighter = instance.settings.model_copy(update={"cap": Cap.model_construct(day=day, week=None)})
    fullest = max(held(plan, 1).values())
    tighter = tighter.model_copy(
        update={"cap": Cap.model_construct(day=timedelta(minutes=fullest - 1), week=None)}
    )
    terms = AuditTerms(instance.curriculum, free_of(instance, plan), tighter, UTC)

    assert any("the cap allows" in finding for finding in audit(plan, terms))


@given(FRESH, st.data())
@settings(max_examples=25)
def test_following_a_capped_plan_and_planning_again_gives_the_rest_of_it(
    instance: Instance, data: st.DataObject
) -> None:
    """P5: what was studied in the week counts as it was planned, minutes left free at the ends of slots included."""
    plan = instance.plan()
    assume(plan.sessions and not plan.overload)
    followed = data.draw(st.integers(0, len(plan.sessions) - 1))
    done, rest = plan.sessions[:followed], plan.sessions[followed:]
    since = max(plan.start, done[-1].end if done else 0)
    now = data.draw(st.integers(since, max(since, rest[0].start)))
    terms = replace(
        instance.terms,
        start=now,
        first=instant(now).date(),
        owed=owed_after(instance, done),
        published=rest,
        kept=tuple(session for session in rest if session.start < now + FROZEN),
        so_far=so_far(plan, done, now),
    )

    assert schedule(left_after(instance.curriculum, done), terms, instance.free).sessions == rest


def so_far(plan: Plan, done: tuple[Session, ...], now: int) -> WeekSoFar:
    today = instant(now).date()
    monday = today - timedelta(days=today.weekday())
    week = tuple(one for one in done if instant(one.start).date() >= monday)
    own = [one.end - one.start for one in week if instant(one.start).date() == today]
    logged = sum(one.end - one.start for one in week)
    return WeekSoFar(plan.start, week, sum(own), logged)


def simple(cap: dict[str, str], minutes: int = 3000) -> Instance:
    """Return a long book, with free hours from 10:00 to 12:00 and from 14:00 to 18:00 every day."""
    curriculum, library = curriculum_of([minutes], [], [("b", 1)])
    return Instance(curriculum, library, settings_with(cap), ((600, 720), (840, 1080)))


def settings_with(cap: dict[str, str]) -> Settings:
    return Settings.model_validate(
        {"cap": cap, "session": {"shortest": "20m", "longest": "60m", "break": "0m"}}
    )


def lengths(instance: Instance, terms: PlanRequest | None = None) -> list[tuple[int, int]]:
    """Return the weekday and the minutes of each slot of the first eight days."""
    slots = slots_until(terms or instance.terms, instance.free, 7)
    return [
        ((instant(start).date() - MONDAY).days, end - start)
        for start, end in slots
        if start < midnight(MONDAY, UTC) + 8 * 1440
    ]


def test_a_day_is_filled_from_its_first_free_hour_on() -> None:
    assert lengths(simple({"day": "2h30m"}))[:4] == [(0, 60), (0, 60), (0, 30), (1, 60)]


def test_a_week_is_full_when_its_cap_is_reached_and_the_next_one_begins_anew() -> None:
    found = lengths(simple({"day": "3h", "week": "7h"}))

    assert found == [(0, 60)] * 3 + [(1, 60)] * 3 + [(2, 60)] + [(7, 60)] * 3


def test_time_for_catching_up_lies_below_the_cap() -> None:
    instance = simple({"day": "3h", "week": "7h"})
    reserve = {"catch_up": timedelta(hours=2)}
    instance = replace(instance, settings=instance.settings.model_copy(update=reserve))

    assert lengths(instance)[:6] == [(0, 60)] * 3 + [(1, 60)] * 2 + [(7, 60)]


def test_what_was_studied_today_and_this_week_counts() -> None:
    """On Monday afternoon, after an hour that no session planned."""
    instance = simple({"day": "3h", "week": "7h"})
    afternoon = instance.terms.start + 13 * 60
    terms = replace(
        instance.terms,
        start=afternoon,
        so_far=WeekSoFar(afternoon, logged_today=60, logged=60),
    )

    assert lengths(instance, terms)[:7] == [(0, 60)] + [(1, 60)] * 3 + [(2, 60)] * 2 + [(7, 60)]


def test_a_missed_session_leaves_its_minutes_to_the_end_of_the_week() -> None:
    instance = simple({"day": "3h", "week": "7h"})
    plan = instance.plan()
    missed = plan.sessions[0]
    terms = replace(
        instance.terms,
        start=missed.end,
        so_far=WeekSoFar(plan.start, (missed,), missed=60),
    )

    assert lengths(instance, terms)[:7] == [(0, 60)] * 2 + [(1, 60)] * 3 + [(2, 60)] * 2


def test_a_session_counts_for_the_local_day_on_which_it_begins() -> None:
    """In Auckland, 13 hours ahead of UTC, a day is from 11:00 to 11:00 UTC."""
    zone = ZoneInfo("Pacific/Auckland")
    instance = simple({"day": "2h"})
    terms = plan_request(instance.settings, instance.terms.start, zone)
    days = Counter(
        instant(start).astimezone(zone).date() for start, _ in slots_until(terms, instance.free, 9)
    )

    assert set(days.values()) <= {1, 2}
    assert max(days.values()) == 2


def test_a_unit_says_how_much_time_before_it_the_cap_leaves_free() -> None:
    """Two parts of an hour each: 1 h a day, and 5 of the 6 free hours stay free before the second."""
    curriculum, library = curriculum_of([60, 60], [], [("b", 2)])
    instance = replace(simple({"day": "1h"}), curriculum=curriculum, library=library)
    first, second = instance.plan().units

    assert (first.capped, second.capped) == (0, 300)
