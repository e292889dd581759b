"""Replays worked out by hand, the laws of forecasts, and whether ranges hold the truth as often as they say."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.curriculum import ReachedGoal
from curriculum.model.forecast import Attendance, Experience, Forecast, Outlook, Range
from curriculum.model.identifiers import UnitId
from curriculum.model.pace import PaceSample
from curriculum.model.plan import Plan, Unplaced, minute
from curriculum.model.settings import Settings
from curriculum.schedule.forecast.duration_model import (
    KIND_RATIO,
    PERSON_RATIO,
    SLOPE_RATIO,
    UNIT_DEGREES,
    UNIT_SD_PRIOR,
    WORK_DEGREES,
    WORK_RATIO_PRIOR,
    WORK_RATIOS,
    Subject,
    WorkKey,
    draw_ratios,
)
from curriculum.schedule.forecast.forecast import forecast
from curriculum.schedule.forecast.presence import draw_kept_shares
from curriculum.schedule.forecast.simulation import Replay, SimulatedClock, ends_of, replay_of
from curriculum.schedule.lookahead import slots_until
from tests.instances import MIDNIGHT, Instance, curriculum_of, goal, instances
from tests.learners import CHANGING, HABITS, Learner, learner, sittings

DAY = 24 * 60
HALF, MOST = 0, 1


def hour_a_day(efforts: list[int], works: list[tuple[str, int]], *goals: ReachedGoal) -> Instance:
    """Return an instance in sittings of an hour, one a day from midnight on; each unit after the one before it."""
    edges = [(number, number + 1) for number in range(len(efforts) - 1)]
    curriculum, library = curriculum_of(efforts, edges, works, goals)
    session = {"shortest": "20m", "longest": "60m", "break": "0m"}
    return Instance(curriculum, library, Settings.model_validate({"session": session}), ((0, 60),))


def foresee(
    instance: Instance,
    samples: Sequence[PaceSample] = (),
    *,
    seed: int = 1,
    days: int = 400,
    draws: int = 2000,
    attendance: Attendance | None = None,
) -> Forecast:
    """Forecast an instance with the sittings of so many days."""
    slots = slots_until(instance.terms, instance.free, days)
    return forecast(
        instance.plan(),
        instance.curriculum,
        Experience(samples, attendance),
        slots,
        seed=seed,
        draws=draws,
    )


def at(day: int, minutes: int = 0) -> int:
    return MIDNIGHT + day * DAY + minutes


def replayed(
    instance: Instance, takes: dict[str, float], *groups: tuple[str, ...]
) -> list[int | None]:
    """Return when groups of units end where each unit takes so many times its estimate."""
    replay = replay_of(instance.plan(), {}, slots_until(instance.terms, instance.free, 400))
    column = np.array([[takes[unit]] for unit in replay.units]).reshape(-1, 1)
    ends = ends_of(replay, [tuple(map(UnitId, group)) for group in groups], column)
    return [None if end is None else int(end[0]) for end in ends]


def whole(found: Forecast) -> tuple[Range, Range]:
    """Return the two ranges of everything."""
    assert found.whole.half is not None
    assert found.whole.most is not None
    return found.whole.half, found.whole.most


def test_a_slower_unit_pushes_those_after_it_through_the_sittings() -> None:
    instance = hour_a_day([60, 60], [("b", 2)])

    assert replayed(instance, {"b/0": 1.0, "b/1": 1.0}, ("b/0",), ("b/1",)) == [
        at(0, 60),
        at(1, 60),
    ]
    assert replayed(instance, {"b/0": 1.5, "b/1": 1.0}, ("b/0",), ("b/1",)) == [
        at(1, 30),
        at(2, 30),
    ]
    assert replayed(instance, {"b/0": 0.5, "b/1": 1.0}, ("b/0", "b/1")) == [at(1, 30)]


def test_no_unit_begins_before_the_date_it_is_held_back_to_however_fast_the_person_is() -> None:
    held = goal("b/1", start=datetime(2027, 1, 8, tzinfo=UTC))
    instance = hour_a_day([60, 60], [("b", 2)], held)

    assert replayed(instance, {"b/0": 0.1, "b/1": 0.5}, ("b/1",)) == [at(4, 30)]
    assert replayed(instance, {"b/0": 3.0, "b/1": 1.0}, ("b/1",)) == [at(4, 60)]
    assert replayed(instance, {"b/0": 6.0, "b/1": 1.0}, ("b/1",)) == [at(6, 60)]


def test_after_the_last_sitting_study_goes_on_with_as_many_hours_a_week() -> None:
    clock = SimulatedClock([(at(day), at(day, 60)) for day in range(10)], MIDNIGHT)
    ends = clock.instants(np.array([600.0, 1200.0]))

    assert ends[0] == at(9, 60)
    assert abs(ends[1] - at(19)) < DAY
    assert abs(clock.until(int(ends[1])) - 1200) < 1


@given(instances())
def test_a_replay_in_which_everything_takes_its_estimate_is_the_plan(instance: Instance) -> None:
    plan = instance.plan()
    replay = replay_of(plan, {}, slots_until(instance.terms, instance.free, 60))
    ends = ends_of(
        replay, [(placement.unit,) for placement in plan.units], np.ones((len(replay.units), 1))
    )

    assert [None if end is None else int(end[0]) for end in ends] == [
        placement.finish for placement in plan.units
    ]


@given(instances(), st.randoms(use_true_random=False))
def test_a_replay_agrees_with_a_walk_from_piece_to_piece(
    instance: Instance, rng: random.Random
) -> None:
    plan = instance.plan()
    replay = replay_of(plan, {}, slots_until(instance.terms, instance.free, 60))
    takes = {unit: rng.choice([0.25, 0.5, 1.0, 1.75, 4.0]) for unit in replay.units}
    ends = ends_of(
        replay,
        [(unit,) for unit in replay.units],
        np.array([[takes[unit]] for unit in replay.units]),
    )
    walked = _walk(replay, plan, takes)

    for unit, end in zip(replay.units, ends, strict=True):
        assert end is None or abs(int(end[0]) - walked[unit]) <= 1


def _walk(replay: Replay, plan: Plan, takes: dict[UnitId, float]) -> dict[UnitId, float]:
    """Return when each unit ends, going from piece to piece."""
    assert replay.clock is not None
    now, idle, ends, waits = 0.0, 0.0, {}, dict(replay.waits)
    for position, (row, minutes) in enumerate(replay.pieces):
        now = max(now, waits.get(position, 0.0)) + replay.idle[position] - idle
        idle = replay.idle[position]
        now += minutes * takes[replay.units[row]]
        ends[replay.units[row]] = float(replay.clock.instants(np.array([now]))[0])
    return ends


@given(instances(), st.integers(0, 3))
@settings(max_examples=40)
def test_ranges_lie_in_one_another_and_chances_between_nothing_and_certainty(
    instance: Instance, seed: int
) -> None:
    found = foresee(instance, seed=seed, days=60, draws=200)

    for outlook in (found.whole, *(outlook for _, outlook in found.goals)):
        if outlook.half is None or outlook.most is None:
            assert (outlook.planned, outlook.half, outlook.most, outlook.chance) == (
                None,
                None,
                None,
                None,
            )
            continue
        assert outlook.most.early <= outlook.half.early <= outlook.half.late <= outlook.most.late
        assert outlook.chance is None or 0 <= outlook.chance <= 1
    chances = [outlook.chance for _, outlook in found.goals if outlook.chance is not None]
    assert found.whole.chance is None or found.whole.chance <= min(chances)


SLOW = [PaceSample(UnitId(f"b/{number}"), "textbook", 180, 100) for number in range(20)]
LONG = hour_a_day([300] * 6, [("b", 3), ("p", 3)])


def test_the_same_seed_gives_the_same_forecast_and_the_state_of_the_world_does_not_matter() -> None:
    np.random.seed(1)
    first, state = foresee(LONG, SLOW, seed=7), np.random.random()
    np.random.seed(2)

    assert foresee(LONG, SLOW, seed=7) == first
    assert foresee(LONG, SLOW, seed=8) != first
    np.random.seed(1)
    assert np.random.random() == state


def test_evidence_of_a_slow_person_moves_ranges_back_and_makes_them_narrower() -> None:
    (_, before), (_, after) = whole(foresee(LONG)), whole(foresee(LONG, SLOW))

    assert after.early > before.early
    assert (after.late - after.early) < (before.late - before.early)


def test_the_factor_an_effort_was_planned_with_is_not_counted_twice() -> None:
    """Planned at one and a half times the estimate, with the same evidence, the same days come out."""
    once = hour_a_day([600], [("b", 1)])
    more = hour_a_day([900], [("b", 1)])
    more = replace(more, curriculum=replace(more.curriculum, paces={UnitId("b/0"): Fraction(3, 2)}))

    assert whole(foresee(once, SLOW)) == whole(foresee(more, SLOW))


def test_the_chance_of_a_deadline_grows_with_the_time_until_it() -> None:
    chances = []
    for day in (1, 24, 33, 45, 400):
        due = goal("b/2", by=datetime.fromtimestamp(at(day) * 60, UTC))
        chance = foresee(hour_a_day([600] * 3, [("b", 3)], due)).goals[0][1].chance
        assert chance is not None
        chances.append(chance)

    assert chances == sorted(chances)
    assert chances[0] < 0.005
    assert 0.2 < chances[2] < 0.8
    assert chances[-1] > 0.99


def test_everything_keeps_its_deadlines_when_each_of_them_is_kept() -> None:
    due = [
        goal(f"b/{number}", by=datetime.fromtimestamp(at(day) * 60, UTC))
        for number, day in ((0, 11), (2, 33))
    ]
    found = foresee(hour_a_day([600] * 3, [("b", 3)], *due))
    chances = [outlook.chance for _, outlook in found.goals]

    assert found.whole.chance is not None
    assert all(chance is not None and found.whole.chance < chance for chance in chances)
    assert found.whole.deadline is None


def test_a_goal_without_a_place_has_no_forecast_and_neither_has_everything() -> None:
    instance = hour_a_day(
        [60, 60], [("b", 2)], goal("b/0"), goal("b/1", by=datetime(2027, 1, 9, tzinfo=UTC))
    )
    plan = instance.plan()
    short = replace(
        plan, units=(plan.units[0], replace(plan.units[1], finish=None)), sessions=plan.sessions[:1]
    )
    short = replace(short, unplaced=(_unplaced("b/1"),))
    found = forecast(short, instance.curriculum, Experience(), [(at(0), at(0, 60))], seed=1)

    assert found.goals[0][1].half is not None
    assert found.goals[1][1] == Outlook(1, deadline=minute(datetime(2027, 1, 9, tzinfo=UTC)))
    assert found.whole == Outlook(2)


def _unplaced(unit: str) -> Unplaced:
    return Unplaced(UnitId(unit), 60, "no free time is left")


def test_a_goal_that_is_reached_already_needs_nothing() -> None:
    instance = hour_a_day([60], [("b", 1)], goal("c/0"))

    assert foresee(instance).goals[0][1].units == 0
    assert foresee(instance).goals[0][1].planned is None
    assert foresee(instance).whole.planned == at(0, 60)


def test_who_holds_half_of_the_sittings_needs_about_twice_as_long() -> None:
    (always, _), (half, _) = (
        whole(foresee(LONG)),
        whole(foresee(LONG, attendance=Attendance(6000, 12_000, (0.5,) * 50))),
    )

    assert 1.8 < (sum(half) / 2 - MIDNIGHT) / (sum(always) / 2 - MIDNIGHT) < 2.2


def test_what_is_seen_of_a_work_speaks_most_for_its_own_units_then_for_its_kind_then_for_the_person() -> (
    None
):
    subjects = [
        Subject(WorkKey(work, kind), 1e-6)
        for work, kind in (("b", "textbook"), ("c", "textbook"), ("p", "paper"))
    ]
    own, kind, person = np.median(
        draw_ratios(subjects, SLOW, np.random.default_rng(1), 20_000), axis=1
    )

    assert 1.8 * 0.94 < own < 1.8
    assert 1 < person < kind < own


def test_the_posterior_agrees_with_weighting_worlds_drawn_from_the_prior() -> None:
    """Importance sampling: the same model, the other way round, without any formula for its posterior."""
    samples = [
        PaceSample(UnitId(f"b/{number}"), "textbook", took, 100)
        for number, took in enumerate((150, 90, 220))
    ]
    rng = np.random.default_rng(3)
    worlds = 400_000
    unit = UNIT_SD_PRIOR * np.sqrt(UNIT_DEGREES / rng.chisquare(UNIT_DEGREES, worlds))
    ratios = np.array(WORK_RATIOS)
    density = ratios**-WORK_DEGREES * np.exp(-WORK_DEGREES / 2 * (WORK_RATIO_PRIOR / ratios) ** 2)
    part = unit * rng.choice(ratios, worlds, p=density / density.sum())
    person = PERSON_RATIO * unit * rng.standard_normal(worlds)
    kind = KIND_RATIO * part * rng.standard_normal(worlds)
    work = part * rng.standard_normal(worlds)
    slope = SLOPE_RATIO * unit * rng.standard_normal(worlds)
    # The middles of three equal samples are five, three and one sixth of the way back.
    then = [-sixths / 6 * slope for sixths in (5, 3, 1)]
    off = np.log([[1.5], [0.9], [2.2]]) - (person + kind + work + then)
    weights = np.exp(-((off / unit) ** 2).sum(axis=0) / 2) / unit**3
    expected = [
        np.average(level, weights=weights)
        for level in (person + kind + work, person + kind, person)
    ]

    subjects = [
        Subject(WorkKey(work, kind), 1e-6)
        for work, kind in (("b", "textbook"), ("c", "textbook"), ("p", "paper"))
    ]
    drawn = np.log(draw_ratios(subjects, samples, np.random.default_rng(4), 100_000)).mean(axis=1)
    assert drawn == pytest.approx(expected, abs=0.01)


SHARES = (0.0, 0.1, 0.3, 0.6)
"""How much of the work simulated people have finished."""

RUNS = 40
"""Runs for each kind of person and each share: 800 in all, so that a share of 80 % is known to 1.4 points."""


@pytest.fixture(scope="module")
def hits() -> dict[tuple[str, float], tuple[float, float]]:
    """Return how often each range held the true end, by kind of person and share finished."""
    return {(name, share): _hits(name, share) for name in HABITS for share in SHARES}


def _hits(name: str, share: float) -> tuple[float, float]:
    found = [
        _run(learner(HABITS[name], share, random.Random(f"{name} {share} {run}")), run)
        for run in range(RUNS)
    ]
    return tuple(sum(hit[which] for hit in found) / RUNS for which in (HALF, MOST))  # type: ignore[return-value]


def _run(who: Learner, seed: int) -> tuple[bool, bool]:
    """Say whether the ranges hold the true end of everything."""
    experience, slots = Experience(who.pace.samples, who.attendance), sittings(800)
    found = forecast(who.plan, who.curriculum, experience, slots, seed=seed, draws=500)
    end = who.end(who.curriculum.units)
    half, most = whole(found)
    return half.early <= end <= half.late, most.early <= end <= most.late


Hits = dict[tuple[str, float], tuple[float, float]]


def test_ranges_hold_the_true_end_as_often_as_they_say(hits: Hits) -> None:
    """From a tenth of the work on: before that only the prior speaks, and it is meant to be wide."""
    later = [hit for (_, share), hit in hits.items() if share >= 0.1]
    half, most = (sum(hit[which] for hit in later) / len(later) for which in (HALF, MOST))

    assert 0.8 <= most <= 0.92, hits
    assert 0.5 <= half <= 0.67, hits


@pytest.mark.parametrize("share", SHARES)
def test_ranges_hold_the_true_end_at_every_stage_of_the_way(hits: Hits, share: float) -> None:
    """With 200 runs for each stage a share of 80 % is known to 2.8 points."""
    most = [hit[MOST] for (_, finished), hit in hits.items() if finished == share]

    assert 0.72 <= sum(most) / len(most) <= 0.97


@pytest.mark.parametrize("name", HABITS)
def test_ranges_are_of_use_for_every_kind_of_person(hits: Hits, name: str) -> None:
    """Who is odd in ways that no history shows in time must still find the truth in seven ranges of ten."""
    most = [hit[MOST] for (habit, _), hit in hits.items() if habit == name]

    assert sum(most) / len(most) >= 0.7


PEOPLE = 24
"""People of each kind, some at each stage: with as many a share of 80 % is known to 8 points."""


@pytest.fixture(scope="module")
def held() -> dict[str, float]:
    """Return how often the 80 % range held the end of people who change, a tenth of the way on."""
    return {name: _held(name) for name in CHANGING}


def _held(name: str) -> float:
    count = 0
    for number in range(PEOPLE):
        share = (0.1, 0.3, 0.6)[number % 3]
        who = learner(CHANGING[name], share, random.Random(f"{name} {number}"))
        count += _run(who, number)[MOST]
    return count / PEOPLE


def test_ranges_hold_the_true_end_of_people_who_change_as_often_as_they_say(
    held: dict[str, float],
) -> None:
    """With 144 people a share of 80 % is known to 3.3 points."""
    assert 0.7 <= sum(held.values()) / len(held) <= 0.9, held


@pytest.mark.parametrize("name", CHANGING)
def test_ranges_are_of_use_for_every_kind_of_change(held: dict[str, float], name: str) -> None:
    """`python -m tests.benchmarks.forecast` prints every cell with more people."""
    assert held[name] >= 0.6


def test_a_pace_that_slows_down_is_expected_to_go_on_slowing_down() -> None:
    """With the same ratios in another order the person is taken to be steady."""
    took = [80 + 5 * number for number in range(20)]
    rising = [PaceSample(UnitId(f"b/{n}"), "textbook", one, 100) for n, one in enumerate(took)]
    falling = rising[::-1]
    later, sooner = (
        np.median(
            draw_ratios(
                [Subject(WorkKey("b", "textbook"), 2000)], samples, np.random.default_rng(1), 2000
            )
        )
        for samples in (rising, falling)
    )

    assert later > 1.5 > 1.0 > sooner


def test_weeks_that_come_in_runs_say_less_than_weeks_that_differ_by_chance() -> None:
    runs = Attendance(7200, 14_400, ((1.0,) * 4 + (0.0,) * 4) * 2)
    even = Attendance(7200, 14_400, (0.5,) * 16)
    wide, narrow = (
        np.ptp(np.quantile(draw_kept_shares(one, 20, np.random.default_rng(1), 4000), (0.1, 0.9)))
        for one in (runs, even)
    )

    assert wide > 1.4 * narrow
