"""P5: planning again after following the plan changes nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.plan import Plan, Session, instant
from curriculum.schedule.planning import schedule
from tests.instances import Instance, instances, left_after, lived, owed_after

FROZEN = 24 * 60
"""Minutes from now in which a session stays where it is."""


@given(instances(), st.data())
@settings(max_examples=60)
def test_following_a_plan_and_planning_again_gives_the_rest_of_it(
    instance: Instance, data: st.DataObject
) -> None:
    check_rest(instance, data)


@given(lived(), st.data())
@settings(max_examples=60)
def test_following_a_plan_made_around_an_earlier_one_gives_the_rest_of_it(
    instance: Instance, data: st.DataObject
) -> None:
    """With pinned sessions, a guide, debts from before and time for catching up; what was missed is another week's."""
    check_rest(replace(instance, missed=0), data)


def check_rest(instance: Instance, data: st.DataObject) -> None:
    """Check that the plan after any prefix of whole sessions is the rest, at any minute before the next one."""
    plan = instance.plan()
    assume(plan.sessions and not plan.overload)
    followed = data.draw(st.integers(0, len(plan.sessions) - 1))
    done, rest = plan.sessions[:followed], plan.sessions[followed:]
    since = max(plan.start, done[-1].end if done else 0)
    now = data.draw(st.integers(since, max(since, rest[0].start)))

    assert _after(instance, done, rest, now).sessions == rest


def _after(
    instance: Instance, done: tuple[Session, ...], rest: tuple[Session, ...], now: int
) -> Plan:
    """Return the plan that is made at a minute, when some sessions are done and the rest is published."""
    terms = replace(
        instance.terms,
        start=now,
        first=instant(now).date(),
        owed=owed_after(instance, done),
        published=rest,
        kept=_kept(instance, rest, now),
    )
    return schedule(left_after(instance.curriculum, done), terms, instance.free)


def _kept(instance: Instance, rest: tuple[Session, ...], now: int) -> tuple[Session, ...]:
    """Return what begins soon as it was published, and later sessions that were pinned and could stay."""
    soon = tuple(session for session in rest if session.start < now + FROZEN)
    places = {(session.start, session.track) for session in rest[len(soon) :]}
    pinned = (session for session in instance.kept if (session.start, session.track) in places)
    return (*soon, *pinned)
