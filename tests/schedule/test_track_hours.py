"""Hours per track: each track is studied in its own, and what fits before the dates is done by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise

import networkx
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.identifiers import TRACKS
from curriculum.model.plan import Plan, instant
from curriculum.model.study_hours import Window, has_tracks
from curriculum.schedule.audit import AuditTerms, audit
from curriculum.schedule.demand import NEVER, demand_of
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.planning import schedule
from tests.instances import (
    Instance,
    by_hand,
    goal,
    instances,
    is_open,
    left_after,
    lived,
    owed_after,
)
from tests.schedule.test_overload import at
from tests.schedule.test_quotas import with_quotas

WINDOWS = st.builds(
    lambda start, length, track: Window(start, start + length, track),
    st.integers(0, 700),
    st.integers(30, 400),
    st.sampled_from([*TRACKS, ""]),
)
WEEKDAYS = st.lists(WINDOWS, min_size=1, max_size=3).map(lambda windows: tuple(sorted(windows)))
# All day on Sunday, for both: so everything has some time.
WEEKS = st.lists(WEEKDAYS, min_size=1, max_size=6).map(
    lambda days: (*(days * 6)[:6], (Window(0, 1440),))
)


@st.composite
def with_hours(draw: st.DrawFn, drawn: Instance) -> Instance:
    """Return an instance in which some hours are for one track alone."""
    week = draw(WEEKS.filter(has_tracks))
    return replace(drawn, settings=drawn.settings.model_copy(update={"availability": week}))


DATED = instances().flatmap(with_hours)
LIVED = lived().flatmap(with_hours)
APART = (
    instances(edges_allowed=False).map(lambda drawn: without_releases(drawn)).flatmap(with_hours)
)
FREE = instances(dated=False, edges_allowed=False).flatmap(with_hours)


def without_releases(instance: Instance) -> Instance:
    """Return an instance whose units may all start at once."""
    goals = tuple(one for one in instance.curriculum.goals if one.release is None)
    return replace(instance, curriculum=replace(instance.curriculum, goals=goals))


def audited(instance: Instance, plan: Plan) -> tuple[str, ...]:
    """Return what the audit finds in a plan."""
    days = ((plan.finish or plan.start) - plan.start) // 1440 + 14
    last = instance.terms.first + timedelta(days=days)
    free = instance.free(instance.terms.first - timedelta(days=1), last)
    terms = AuditTerms(instance.curriculum, free, instance.settings, UTC, instance.kept)
    return audit(plan, terms)


@given(DATED)
@settings(max_examples=20)
def test_each_track_is_studied_in_its_hours_and_what_is_late_is_told(instance: Instance) -> None:
    """P1 and P3, with dates and prerequisites across tracks."""
    assume(slots_until(instance.terms, instance.free, 7))
    assert audited(instance, instance.plan()) == ()


@given(DATED.flatmap(lambda drawn: with_quotas(drawn, 3)))
@settings(max_examples=20)
def test_quotas_are_kept_or_told_beside_hours_of_a_track(instance: Instance) -> None:
    """The audit counts the minutes of each track in each whole week, and in whose hours they are."""
    assume(slots_until(instance.terms, instance.free, 7))
    assert audited(instance, instance.plan()) == ()


@given(LIVED)
@settings(max_examples=20)
def test_hours_are_kept_whatever_was_published_and_stays(instance: Instance) -> None:
    assume(slots_until(instance.terms, instance.free, 7))
    assert audited(instance, instance.plan()) == ()


@given(APART)
@settings(max_examples=25)
def test_nothing_is_late_that_fits_before_its_date(instance: Instance) -> None:
    """P2, against a maximum flow from units to minutes, without releases and cross-track edges."""
    assume(slots_until(instance.terms, instance.free, 7))
    plan = instance.plan()
    late = [(one.finish or NEVER) - one.deadline for one in plan.units if one.deadline is not None]
    worst = max([0, *late])
    assert bool(worst) == bool(plan.overload)
    assert not worst or not fits(instance, plan, worst - 1)
    assert not plan.unproven


def fits(instance: Instance, plan: Plan, span: int) -> bool:
    """Return whether all that is due fits when every date is put off by a span."""
    demand = demand_of(instance.curriculum)
    days = ((plan.finish or plan.start) - plan.start) // 1440 + 2
    flow: networkx.DiGraph[object] = networkx.DiGraph()
    due = {
        (demand.dues[unit] + span, demand.tracks[unit])
        for unit in range(len(demand.units))
        if demand.dues[unit] < NEVER
    }
    total = 0
    for date, track in due:
        effort = sum(
            minutes
            for minutes, own, until in zip(demand.efforts, demand.tracks, demand.dues, strict=True)
            if (until + span, own) == (date, track)
        )
        total += effort
        flow.add_edge("all", (date, track), capacity=effort)
    for start, end in slots_until(instance.terms, instance.free, days):
        edges = sorted({start, end, *(date for date, _ in due if start < date < end)})
        for since, until in pairwise(edges):
            flow.add_edge(since, "done", capacity=until - since)
            for date, track in due:
                if until <= date and is_open(instance, start, track):
                    flow.add_edge((date, track), since)
    if "done" not in flow:
        return not total
    return bool(networkx.maximum_flow_value(flow, "all", "done") == total)


@given(FREE)
@settings(max_examples=20)
def test_in_hours_open_to_both_tracks_stay_within_a_session(instance: Instance) -> None:
    """P4."""
    longest = instance.settings.session.longest // timedelta(minutes=1)
    assert instance.plan().largest_lag <= longest


@given(DATED, st.data())
@settings(max_examples=20)
def test_following_a_plan_in_hours_of_tracks_and_planning_again_gives_the_rest(
    instance: Instance, data: st.DataObject
) -> None:
    """P5."""
    plan = instance.plan()
    assume(plan.sessions and not plan.overload and not plan.unproven)
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


def test_a_track_with_hours_of_its_own_leaves_the_others_to_what_has_none() -> None:
    """Plain earliest deadline first gives the shared hour to the book, and the paper is late."""
    week = {"daily": {"any": "00:00-01:00", "textbooks": "02:00-03:00"}}
    goals = (goal("b/0", by=at(1) - timedelta(hours=2)), goal("p/0", by=at(1)))
    instance = by_hand(
        [60, 60],
        [("b", 1), ("p", 1)],
        goals=goals,
        stretches=((0, 60), (120, 180)),
        availability=week,
    )
    plan = instance.plan()
    assert [one.track for one in plan.sessions] == ["papers", "textbooks"]
    assert not plan.overload
