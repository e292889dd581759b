"""Gains of changes and the frontier of gain against lines."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.ablations import Ablation, ArmSummary, Cost, Gain, WorthPoint
from curriculum.reproduction.frontier import ChangeStanding, judge_changes, needed_gain
from curriculum.reproduction.gains import END_LEVEL, Yardstick, gain_of, variances_of
from curriculum.reproduction.statistics.intervals import interval_of
from curriculum.reproduction.statistics.t_distribution import student_quantile

HIGHER = Yardstick("higher")
BEFORE, AFTER = (3300, 3410, 3380), (3510, 3602, 3555)


def test_the_interval_is_that_of_welch_and_of_the_engine_of_score() -> None:
    gain = gain_of(BEFORE, AFTER, HIGHER)
    first, second = 3363 + 1 / 3, 3555 + 2 / 3
    one, two = 3233 + 1 / 3, 2116 + 1 / 3
    error = math.sqrt(one / 3 + two / 3)
    freedom = (one / 3 + two / 3) ** 2 / ((one / 3) ** 2 / 2 + (two / 3) ** 2 / 2)
    half = student_quantile(0.95, freedom) * error
    assert gain.value == pytest.approx((second - first) / first, rel=1e-12)
    assert gain.low == pytest.approx((second - first - half) / first, rel=1e-9)
    assert gain.high == pytest.approx((second - first + half) / first, rel=1e-9)
    engine = interval_of(second - first, variances_of(BEFORE, AFTER), 1.0, END_LEVEL)
    assert gain.low == pytest.approx(engine.low / first, rel=1e-12)


def test_a_gain_is_positive_where_the_change_is_better() -> None:
    assert gain_of((2.0, 2.0), (1.0, 1.0), Yardstick("lower")).value == 0.5
    assert gain_of((2.0, 2.0), (1.0, 1.0), HIGHER).value == -0.5
    assert gain_of((-2.0, -2.0), (-1.0, -1.0), HIGHER).value == 0.5
    assert gain_of((3.0,), (4.5,), Yardstick("target", target=5.0)).value == 0.75


def test_a_floor_is_taken_off_and_nothing_is_divided_by_nothing() -> None:
    assert gain_of((30.0,), (40.0,), Yardstick("higher", floor=10.0)).value == 0.5
    nothing = gain_of((0.0, 0.0), (1.5, 1.5), HIGHER)
    assert (nothing.value, nothing.is_relative) == (1.5, False)
    assert (nothing.low, nothing.high, nothing.is_noise) == (1.5, 1.5, False)


@pytest.mark.parametrize(("before", "after"), [((1.0,), (2.0, 3.0)), ((1.0, 2.0), (2.0,))])
def test_a_single_run_has_no_interval(before: tuple[float, ...], after: tuple[float, ...]) -> None:
    gain = gain_of(before, after, HIGHER)
    assert (gain.low, gain.high, gain.is_noise) == (None, None, None)


def _change(
    name: str, gain: float, net: int, on: str = "t", noise: bool | None = False
) -> Ablation:
    ends: tuple[float | None, float | None] = (gain - 1e-9, gain + 1e-9)
    if noise is None:
        ends = (None, None)
    elif noise:
        ends = (-1.0, 1.0)
    arm = ArmSummary(1.0, 3)
    cost = Cost(max(net, 0), max(-net, 0), 0)
    return Ablation(date(2027, 1, 4), name, on, name, cost, arm, arm, Gain(gain, *ends, True))


CHANGES = st.lists(
    st.tuples(
        st.integers(-4, 6).filter(bool),
        st.integers(-4, 6),
        st.sampled_from(["t", "u"]),
        st.sampled_from([False, False, False, True, None]),
    ),
    max_size=9,
)


@settings(max_examples=60)
@given(CHANGES)
def test_the_frontier_is_that_of_brute_force(
    drawn: list[tuple[int, int, str, bool | None]],
) -> None:
    changes = [
        _change(f"c{number}", gain / 10, net, on, noise)
        for number, (gain, net, on, noise) in enumerate(drawn)
    ]
    frontier = set()
    for one in changes:
        if one.gain.is_noise is not False:
            continue
        rivals = [(0.0, 0)]
        rivals += [
            (other.gain.value, other.cost.net)
            for other in changes
            if other.on == one.on and other.gain.is_noise is False
        ]
        mine = (one.gain.value, one.cost.net)
        if not any(
            gain >= mine[0] and net <= mine[1] and (gain, net) != mine for gain, net in rivals
        ):
            frontier.add(one.id)
    judged = judge_changes(changes)
    assert {
        one.ablation.id for one in judged if one.standing is ChangeStanding.FRONTIER
    } == frontier
    assert [one.ablation for one in judged] == changes


def test_each_kind_of_change_has_its_place() -> None:
    changes = [
        _change("clip", 0.06, 2),
        _change("big", 0.05, 30),
        _change("loss", -0.1, 3),
        _change("noise", 0.01, 1, noise=True),
        _change("drop", -0.01, -40, noise=True),
        _change("once", 0.5, 1, noise=None),
        _change("other", 0.01, 50, on="u"),
    ]
    judged = {one.ablation.id: (one.standing, one.by) for one in judge_changes(changes)}
    assert judged == {
        "clip": (ChangeStanding.FRONTIER, None),
        "big": (ChangeStanding.DOMINATED, "clip"),
        "loss": (ChangeStanding.DOMINATED, None),
        "noise": (ChangeStanding.NOISE, None),
        "drop": (ChangeStanding.FREE, None),
        "once": (ChangeStanding.ONE_RUN, None),
        "other": (ChangeStanding.FRONTIER, None),
    }


def test_the_line_of_the_settings_is_straight_between_its_points() -> None:
    worth = [
        WorthPoint.model_validate({"lines": 10, "gain": "50%"}),
        WorthPoint.model_validate({"lines": 2, "gain": "10%"}),
    ]
    wanted = {-3: 0.0, 0: 0.0, 1: 0.05, 2: 0.1, 6: 0.3, 10: 0.5, 12: 0.6}
    assert {lines: needed_gain(lines, worth) for lines in wanted} == pytest.approx(wanted)
    judged = judge_changes([_change("a", 0.11, 2), _change("b", 0.09, 2)], worth)
    assert [one.is_worth for one in judged] == [True, False]
