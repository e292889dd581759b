"""The order within the tracks that keeps both at work, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.plan import Plan, instant
from curriculum.model.settings import Settings
from curriculum.progress.supply import Supply
from curriculum.schedule.demand import NEVER, Demand, demand_of
from curriculum.schedule.unlocks import Unlocks
from tests.instances import Instance, curriculum_of, goal
from tests.schedule.test_following import check_rest

HOUR = 60
TWO_HOURS_A_DAY = ((19 * HOUR, 21 * HOUR),)


def ordered(instance: Instance, order: str, ahead: str = "30h") -> Instance:
    """Return an instance with another order within the tracks."""
    balance = {"order": order, "ahead": ahead}
    changed = Settings.model_validate({"balance": balance}).balance
    return replace(instance, settings=instance.settings.model_copy(update={"balance": changed}))


def shelf(*edges: tuple[int, int]) -> Instance:
    """Return a goal of a book of ten chapters, one of a second book, and one of a paper, all of two hours each.

    The first book has the units 0 to 9, the second 10 to 12, the paper 13 to 17.
    """
    works = [("b0", 10), ("b1", 3), ("p0", 5)]
    chains = [(unit, unit + 1) for unit in range(17) if unit not in (9, 12)]
    goals = (goal("b0/9"), goal("b1/2"), goal("p0/4"))
    curriculum, library = curriculum_of([120] * 18, [*chains, *edges], works, goals)
    return Instance(curriculum, library, Settings(), TWO_HOURS_A_DAY)


@st.composite
def shelves(draw: st.DrawFn) -> Instance:
    """Draw books and papers of some weeks, the papers waiting for chapters, perhaps with dates."""
    books = [(f"b{number}", draw(st.integers(1, 5))) for number in range(draw(st.integers(1, 4)))]
    papers = [(f"p{number}", draw(st.integers(1, 3))) for number in range(draw(st.integers(1, 4)))]
    works = [*books, *papers]
    names = [f"{name}/{number}" for name, size in works for number in range(size)]
    chapters = sum(size for _, size in books)
    efforts = draw(st.lists(st.integers(20, 400), min_size=len(names), max_size=len(names)))
    edges = []
    for unit in range(1, len(names)):
        if work_of(UnitId(names[unit - 1])) == work_of(UnitId(names[unit])):
            edges.append((unit - 1, unit))
        elif unit >= chapters:
            edges.append((draw(st.integers(0, chapters - 1)), unit))
        if unit >= chapters and draw(st.booleans()):
            edges.append((draw(st.integers(0, unit - 1)), unit))
    moments = st.none() | st.integers(3, 60).map(
        lambda days: datetime(2027, 1, 4, tzinfo=UTC) + timedelta(days=days)
    )
    goals = []
    for name in draw(st.permutations(names))[:3]:
        by, start = draw(moments), draw(st.none() | moments)
        goals += [goal(name, by=by), goal(name, start=start)]
    curriculum, library = curriculum_of(efforts, edges, works, tuple(goals))
    return Instance(curriculum, library, Settings(), ((0, draw(st.integers(60, 150))),))


def beyond(plan: Plan) -> Fraction:
    """Return the minutes that go to a track beyond half of its week, from the sessions alone."""
    weeks: dict[tuple[int, int], int] = {}
    for session in plan.sessions:
        year, week, _ = instant(session.start).isocalendar()
        minutes = session.end - session.start
        sign = 1 if session.track == "textbooks" else -1
        weeks[year, week] = weeks.get((year, week), 0) + sign * minutes
    return Fraction(sum(map(abs, weeks.values())), 2)


def late(plan: Plan) -> dict[UnitId, int]:
    """Return the units that end after their deadline, and how long after it."""
    found = {}
    for unit in plan.units:
        if unit.deadline is not None and (unit.finish or NEVER) > unit.deadline:
            found[unit.unit] = (unit.finish or NEVER) - unit.deadline
    return found


def finish(plan: Plan, name: str) -> int:
    found = next(unit.finish for unit in plan.units if unit.unit == name)
    assert found is not None
    return found


@given(shelves())
@settings(max_examples=25)
def test_the_weeks_are_never_less_even_than_in_the_order_of_the_goals(instance: Instance) -> None:
    even, by_goals = instance.plan(), ordered(instance, "goals").plan()

    assert beyond(even) <= beyond(by_goals)
    assert even.evenness.beyond == round(beyond(even))
    assert even.evenness.by_goals == by_goals.evenness.beyond == round(beyond(by_goals))
    assert even.evenness.least <= even.evenness.beyond


@given(shelves())
@settings(max_examples=25)
def test_the_order_makes_nothing_late_that_would_be_in_time(instance: Instance) -> None:
    """P2: the same units are late, and the latest of them by as much."""
    even, by_goals = late(instance.plan()), late(ordered(instance, "goals").plan())

    assert even.keys() == by_goals.keys()
    assert max(even.values(), default=0) == max(by_goals.values(), default=0)


@given(shelves(), st.data())
@settings(max_examples=40)
def test_following_a_plan_keeps_its_order(instance: Instance, data: st.DataObject) -> None:
    """P5, also where the other order would be the more even one for the rest."""
    check_rest(instance, data)


def test_what_papers_wait_for_is_studied_before_they_run_dry() -> None:
    """The paper waits for a chapter of the second goal: it is read before the book of the first."""
    plan, by_goals = shelf((10, 13)).plan(), ordered(shelf((10, 13)), "goals").plan()

    assert plan.sessions[0].pieces[0].unit == "b1/0"
    assert by_goals.sessions[0].pieces[0].unit == "b0/0"
    assert finish(plan, "p0/4") < finish(by_goals, "p0/4")
    assert plan.evenness.beyond < plan.evenness.by_goals


def test_an_unlock_that_takes_longer_than_the_cap_is_not_pulled_ahead() -> None:
    instance = shelf((11, 13))
    by_goals = ordered(instance, "goals").plan()

    assert ordered(instance, "even", "3h59m").plan().sessions == by_goals.sessions
    assert ordered(instance, "even", "4h").plan().sessions != by_goals.sessions


def test_a_plan_says_what_its_order_costs_and_what_would_be_even() -> None:
    """There are 26 h of chapters and 10 h of a paper; the first goal comes after the second book instead of before it."""
    found = shelf((10, 13)).plan().evenness

    assert (found.lacking, found.missing, found.least) == ("papers", 16 * HOUR, 8 * HOUR)
    assert str(found.first) == "b0/9"
    assert found.days_later == 9


def test_the_order_of_the_goals_costs_nothing() -> None:
    found = ordered(shelf((10, 13)), "goals").plan().evenness

    assert found.is_by_goals
    assert found.days_later == 0


@given(shelves(), st.integers(20, 3000), st.data())
@settings(max_examples=30)
def test_the_nearest_unlock_is_the_one_with_the_fewest_minutes_before_it(
    instance: Instance, most: int, data: st.DataObject
) -> None:
    """Whatever was studied, in whichever order: recomputed from the definition."""
    demand = demand_of(instance.curriculum)
    left = list(demand.efforts)
    supply = Supply(demand.before, demand.after, demand.tracks, left)
    unlocks = Unlocks(demand, supply, left, most)
    now = 0
    while any(left):
        for track in (0, 1):
            found = unlocks.nearest(track, now)
            expected = nearest(demand, left, track, most, now)
            assert (found and found[:2]) == expected
        ready = [
            unit
            for unit, others in enumerate(demand.before)
            if left[unit] and not any(left[other] for other in others)
        ]
        unit = data.draw(st.sampled_from(ready))
        minutes = data.draw(st.sampled_from([left[unit], (left[unit] + 1) // 2]))
        now = max(now, demand.releases[unit])
        left[unit] -= minutes
        supply.study(unit, minutes)
        unlocks.study(unit, minutes)
        if not left[unit]:
            supply.finish(unit)


def nearest(
    demand: Demand, left: Sequence[int], track: int, most: int, now: int
) -> tuple[int, int] | None:
    """Return minutes and unit of what a track unlocks first, from the definition."""
    found = []
    for unit, minutes in enumerate(left):
        if minutes and demand.tracks[unit] != track:
            before = unfinished_before(demand, left, unit)
            needed = sum(left[other] for other in before if demand.tracks[other] == track)
            waiting = [other for other in before if waits_for(demand, left, other, track)]
            start = max(demand.releases[other] for other in (unit, *waiting))
            if 0 < needed <= most and start <= now:
                found.append((needed, unit))
    return min(found, default=None)


def waits_for(demand: Demand, left: Sequence[int], unit: int, track: int) -> bool:
    """Say whether a unit is one of a track or waits for one."""
    before = unfinished_before(demand, left, unit)
    return any(demand.tracks[other] == track for other in (unit, *before))


def unfinished_before(demand: Demand, left: Sequence[int], unit: int) -> set[int]:
    found: set[int] = set()
    waiting = [unit]
    while waiting:
        for other in demand.before[waiting.pop()]:
            if left[other] and other not in found:
                found.add(other)
                waiting.append(other)
    return found
