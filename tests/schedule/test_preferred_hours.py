"""Preferred hours: more minutes in them, as many in all, and nothing later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.plan import Plan, instant
from curriculum.model.settings import Cap, Settings
from curriculum.model.study_hours import Week, preferred_week
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.planning import schedule
from curriculum.schedule.preferred_hours import PreferredHours
from tests.instances import Instance, curriculum_of, instances, left_after, owed_after

PREFERRED = st.sampled_from(["mornings", "02:00-04:00", "05:00-07:00", "afternoons"])


@st.composite
def preferring(draw: st.DrawFn, drawn: Instance) -> Instance:
    """Return an instance with preferred hours, and with a load or a cap that leaves a choice."""
    week = draw(st.none() | st.integers(100, 900).map(lambda most: timedelta(minutes=most)))
    length = drawn.settings.session
    changed = {
        "prefer": preferred_week(draw(PREFERRED)),
        "load": draw(st.sampled_from([Fraction(1, 2), Fraction(3, 4), Fraction(1)])),
        "cap": Cap.model_construct(day=None, week=week),
        "session": length.model_copy(
            update={"shortest": min(length.shortest, timedelta(minutes=30))}
        ),
    }
    return replace(drawn, settings=drawn.settings.model_copy(update=changed))


def plain(instance: Instance) -> Instance:
    changed = instance.settings.model_copy(update={"prefer": None})
    return replace(instance, settings=changed)


def late(plan: Plan) -> dict[str, int]:
    return {
        one.unit: (one.finish or 1 << 60) - one.deadline
        for one in plan.units
        if one.deadline is not None and (one.finish or 1 << 60) > one.deadline
    }


@given(instances().flatmap(preferring))
@settings(max_examples=15)
def test_nothing_is_later_because_of_a_preference(instance: Instance) -> None:
    assume(slots_until(instance.terms, instance.free, 14))
    plan, without = instance.plan(), plain(instance).plan()
    last = instance.terms.first + timedelta(days=((plan.finish or 0) - plan.start) // 1440 + 14)
    free = instance.free(instance.terms.first, last)

    assert late(plan).keys() <= late(without).keys()
    assert max([0, *late(plan).values()]) <= max([0, *late(without).values()])
    assert audit(plan, AuditTerms(instance.curriculum, free, instance.settings, UTC)) == ()


@given(instances(dated=False).flatmap(preferring))
@settings(max_examples=15)
def test_slots_hold_as_many_minutes_in_all_and_more_of_them_are_preferred(
    instance: Instance,
) -> None:
    week: Week | None = instance.settings.prefer
    assert week is not None
    hours = PreferredHours(week, UTC, frozenset())
    found = slots_until(instance.terms, instance.free, 13)
    without = slots_until(plain(instance).terms, instance.free, 13)

    assert sum(b - a for a, b in found) >= sum(b - a for a, b in without)
    assert hours.minutes_in(found) >= hours.minutes_in(without)


@given(instances(dated=False).flatmap(preferring), st.data())
@settings(max_examples=15)
def test_following_a_plan_in_preferred_hours_and_planning_again_gives_the_rest(
    instance: Instance, data: st.DataObject
) -> None:
    """P5, without a cap: what a cap counts of the week is tested with the caps."""
    instance = replace(
        instance, settings=instance.settings.model_copy(update={"cap": Cap.model_construct()})
    )
    plan = instance.plan()
    assume(plan.sessions)
    followed = data.draw(st.integers(0, len(plan.sessions) - 1))
    done, rest = plan.sessions[:followed], plan.sessions[followed:]
    now = max(plan.start, done[-1].end if done else 0)
    terms = replace(
        instance.terms,
        start=now,
        first=instant(now).date(),
        owed=owed_after(instance, done),
        published=rest,
        kept=tuple(session for session in rest if session.start < now + 1440),
    )

    assert schedule(left_after(instance.curriculum, done), terms, instance.free).sessions == rest


def starts(**fields: object) -> list[str]:
    """Return when the sessions of a day begin: free from 10:00 to 12:00 and from 18:00 to 22:00."""
    curriculum, library = curriculum_of([180], [], [("b", 1)])
    length = {"shortest": "20m", "longest": "60m", "break": "0m"}
    chosen = Settings.model_validate({"session": length, "load": "50%", **fields})
    plan = Instance(curriculum, library, chosen, ((600, 720), (1080, 1320))).plan()
    return [f"{instant(one.start):%H:%M}" for one in plan.sessions]


def test_the_hours_that_are_preferred_are_filled_first() -> None:
    assert starts() == ["10:00", "11:00", "18:00"]
    assert starts(prefer="evenings") == ["18:00", "19:00", "20:00"]
    assert starts(prefer="20:00-22:00") == ["10:00", "20:00", "21:00"]


def test_a_week_with_a_date_is_filled_as_it_comes() -> None:
    goals = [{"work": "b", "by": "2027-01-10"}]

    assert starts(prefer="evenings", goals=goals) == ["10:00", "11:00", "18:00"]
