"""Certificates of overload: exact, none hidden, the same from plan to plan, and what they ask for is enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.model.plan import FreeDay, Overload, Plan, Session, minute
from curriculum.model.settings import Settings
from curriculum.schedule.demand import NEVER, Demand, demand_of
from curriculum.schedule.extra_hours import ExtraHours
from curriculum.schedule.lookahead import slots_until
from curriculum.schedule.planning import schedule
from tests.instances import MIDNIGHT, MONDAY, Instance, curriculum_of, goal, instances
from tests.profiles import examples

EVENING = ((0, 120),)
DAY = 1440


def at(day: int) -> datetime:
    return datetime(2027, 1, 4, tzinfo=UTC) + timedelta(days=day)


def instance(*, with_book: bool) -> Instance:
    """Return two chapters whose dates cannot both hold, and perhaps a book that is too long for its week."""
    goals = [goal("b/0", start=at(56)), goal("b/1", by=at(28))]
    efforts = [120, 60]
    works = [("b", 2)]
    if with_book:
        goals += [goal("c/0", start=at(56)), goal("c/0", by=at(61))]
        efforts.append(40 * 60)
        works.append(("c", 1))
    curriculum, library = curriculum_of(efforts, [(0, 1)], works, tuple(goals))
    session = {"shortest": "20m", "longest": "60m", "break": "0m"}
    return Instance(curriculum, library, Settings.model_validate({"session": session}), EVENING)


def test_dates_that_cannot_both_hold_are_named_and_no_hours_are_asked_for() -> None:
    (overload,) = instance(with_book=False).plan().overload

    assert overload.is_conflict
    assert (overload.after, overload.before) == (minute(at(56)), minute(at(28)))
    assert (overload.needed, overload.free, overload.more_per_week) == (180, 0, 0)
    assert overload.units == ("b/0", "b/1")


def test_a_goal_whose_dates_conflict_is_late_and_short_of_no_hours() -> None:
    by_goal = {str(one.goal): one for one in instance(with_book=False).plan().goals}

    assert by_goal["b/1"].is_late
    assert by_goal["b/1"].cushion == 28 * 120


def test_a_conflict_of_dates_hides_no_larger_overload() -> None:
    largest, conflict = instance(with_book=True).plan().overload

    assert (largest.needed, largest.free) == (43 * 60, 10 * 60)
    assert (largest.after, largest.before) == (minute(at(56)), minute(at(61)))
    assert conflict.is_conflict


def test_only_whole_weeks_count_and_days_away_do_not() -> None:
    """Monday to Friday of the week after next: any one weekday surely comes twice only without them."""
    extra = ExtraHours(Settings(), UTC)
    away = ExtraHours(Settings.model_validate({"away": "2027-01-09..2027-01-11"}), UTC)

    assert extra.whole_weeks(MIDNIGHT, minute(at(14))) == 2
    assert extra.whole_weeks(MIDNIGHT, minute(at(12))) == 1
    assert extra.whole_weeks(MIDNIGHT + 1, minute(at(7))) == 0
    assert away.whole_weeks(MIDNIGHT, minute(at(14))) == 1


def test_hours_that_are_added_hold_their_breaks_and_what_the_load_leaves_free() -> None:
    plain = Settings.model_validate(
        {"session": {"shortest": "20m", "longest": "60m"}, "load": "50%"}
    )

    assert ExtraHours(plain, UTC).stretch_for(60) == 120 + 10


def brute_force(drawn: Instance) -> tuple[set[tuple[int, int, int]], set[tuple[int, int, int]]]:
    """Return conflicts and shortages as (after, before, missing), from the definitions alone."""
    rows = demand_of(drawn.curriculum)
    opens = _opens(rows)
    slots = slots_until(drawn.terms, drawn.free, 60)
    conflicts: dict[tuple[int, int], int] = {}
    for unit, due in enumerate(rows.dues):
        if due <= opens[unit]:
            key = (opens[unit], due)
            conflicts[key] = conflicts.get(key, 0) + rows.efforts[unit]
    missing: dict[tuple[int, int], int] = {}
    for after in opens:
        for before in {due for due in rows.dues if after < due < NEVER}:
            needed = sum(
                effort
                for begin, due, effort in zip(opens, rows.dues, rows.efforts, strict=True)
                if after <= begin < before and due <= before
            )
            free = sum(max(0, min(end, before) - max(start, after)) for start, end in slots)
            if needed > free:
                missing[after, before] = needed - free
    kept = {
        (*span, size)
        for span, size in missing.items()
        if not any(
            other != span and span[0] <= other[0] and other[1] <= span[1] and more >= size
            for other, more in missing.items()
        )
    }
    return {(*span, size) for span, size in conflicts.items()}, kept


def _opens(rows: Demand) -> list[int]:
    opens: list[int] = []
    for unit, release in enumerate(rows.releases):
        opens.append(max([MIDNIGHT, release, *(opens[other] for other in rows.before[unit])]))
    return opens


@given(instances())
@settings(max_examples=examples(80))
def test_the_certificates_are_all_that_no_other_implies_the_largest_first(drawn: Instance) -> None:
    """P3, against all pairs of dates."""
    assume(slots_until(drawn.terms, drawn.free, 7))
    found = drawn.plan().overload
    conflicts, shortages = brute_force(drawn)
    every = [(one.after, one.before, one.missing) for one in found]

    assert {one for one, it in zip(every, found, strict=True) if it.is_conflict} <= conflicts
    assert {one for one, it in zip(every, found, strict=True) if not it.is_conflict} <= shortages
    assert len(every) == min(10, len(conflicts) + len(shortages))
    assert [missing for *_, missing in every] == sorted(
        (missing for *_, missing in conflicts | shortages), reverse=True
    )[:10]


def with_more(drawn: Instance, more: int, weekday: int) -> Plan:
    """Return the plan when some minutes are free at the end of one day of each week, too."""

    def free(first: date, last: date) -> Iterator[FreeDay]:
        for day in drawn.free(first, last):
            intervals = day.intervals
            if day.day.weekday() == weekday:
                end = MIDNIGHT + (day.day - MONDAY).days * DAY + DAY
                intervals += ((end - more, end),)
            yield replace(day, intervals=intervals)

    return schedule(drawn.curriculum, drawn.terms, lambda first, last: tuple(free(first, last)))


def by_the_week(found: tuple[Overload, ...]) -> list[Overload]:
    return [one for one in found if one.weeks]


@st.composite
def overloaded(draw: st.DrawFn) -> Instance:
    """Draw an instance with much work that is due in some weeks, one stretch of free time a day."""
    drawn = draw(instances(dated=False))
    factor = draw(st.sampled_from([4, 10, 25]))
    efforts = {unit: factor * effort for unit, effort in drawn.curriculum.efforts.items()}
    goals = []
    for _ in range(draw(st.integers(1, 4))):
        unit = draw(st.sampled_from(drawn.curriculum.units))
        goals.append(goal(unit, by=at(draw(st.integers(5, 40)))))
        goals.append(goal(unit, start=at(draw(st.sampled_from([0, 0, 6, 12])))))
    curriculum = replace(drawn.curriculum, efforts=efforts, goals=tuple(goals))
    return replace(drawn, curriculum=curriculum, stretches=drawn.stretches[:1])


@given(overloaded())
@settings(max_examples=examples(60))
def test_the_hours_more_per_week_that_are_asked_for_are_enough(drawn: Instance) -> None:
    """P3: planned again with them, on whichever day of the week, no such overload is left."""
    found = by_the_week(drawn.plan().overload)
    more = max((one.more_per_week for one in found), default=0)
    if not 0 < more <= DAY - drawn.stretches[-1][1]:
        return
    spans = {(one.after, one.before) for one in found}

    for weekday in (0, 3, 6):
        again = with_more(drawn, more, weekday).overload
        assert spans.isdisjoint((one.after, one.before) for one in again)
        assert not by_the_week(again)


def soon(plan: Plan, hours: int) -> tuple[Session, ...]:
    return tuple(one for one in plan.sessions if one.start < plan.start + 60 * hours)


@given(instances())
@settings(max_examples=examples(60))
def test_an_overload_says_the_same_when_the_sessions_of_the_next_days_are_fixed(
    drawn: Instance,
) -> None:
    plan = drawn.plan()
    if not plan.overload:
        return

    for hours in (24, 100, 400):
        again = replace(drawn, published=plan.sessions, kept=soon(plan, hours)).plan()
        assert told(again) == told(plan)


def told(plan: Plan) -> list[tuple[int, int, int, int, tuple[str, ...]]]:
    return [
        (one.after, one.before, one.needed, one.free, tuple(one.units)) for one in plan.overload
    ]
