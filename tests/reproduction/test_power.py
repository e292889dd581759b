"""The chances beforehand are those with which the engine itself says its verdicts."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

from curriculum.model.attempts import Attempt, Run
from curriculum.model.results import Result
from curriculum.reproduction.case import case_of
from curriculum.reproduction.planned_attempts import NoPowerError
from curriculum.reproduction.power import TRUTHS, Power, PowerRow, power_of
from curriculum.reproduction.verdicts import judge
from tests.profiles import IS_DEEP
from tests.reproduction.results import NAME, attempt, published

DRAWS = 2_000 if IS_DEEP else 100

LOWER = {"metric": {"direction": "lower"}}
UNCLEAR = {"spread": {"kind": "unknown", "value": "4", "over": "seeds"}}
RATE = {"metric": {"name": "accuracy", "unit": "percent"}, "on": {"n_items": 10_000}}


def power(result: Result, *counts: int, sd: float | None = None) -> Power:
    return power_of(case_of(NAME, result, Attempt(result=NAME)), counts, sd)


def simulated(result: Result, found: Power, row: PowerRow, truth: str) -> dict[str, float]:
    """Return how often each verdict is said of attempts whose runs are drawn one by one."""
    rng = random.Random(11)
    sign = -1 if result.metric.direction == "lower" else 1
    shares = dict.fromkeys(("reproduced", "beyond", "short", "inconclusive"), 0.0)
    for _ in range(DRAWS):
        error = rng.gauss(0, found.paper_error)
        mean = result.value.number + sign * TRUTHS[truth] * found.margin.size + error
        runs = tuple(Run(value=rng.gauss(mean, found.sd)) for _ in range(row.seeds))
        made = Attempt(result=NAME).model_copy(update={"runs": runs, "seeds": row.seeds})
        shares[judge(case_of(NAME, result, made)).outcome] += 1 / DRAWS
    return shares


@pytest.mark.parametrize(
    ("record", "sd", "seeds", "truth"),
    [
        ({"sd": "4"}, None, 3, "equal"),
        ({"sd": "4"}, 2.0, 5, "two margins better"),
        ({"sd": "2", "n": 10, **LOWER}, None, 3, "two margins worse"),
        ({"sd": None, "n": 3}, 3.0, 4, "equal"),
        ({"n": 10, **UNCLEAR}, None, 4, "equal"),
        ({"value": "90", "sd": "0.5", **RATE}, None, 3, "half a margin worse"),
    ],
)
def test_the_chances_are_those_of_simulated_attempts(
    record: dict[str, Any], sd: float | None, seeds: int, truth: str
) -> None:
    result = published(**record)
    found = power(result, seeds, sd=sd)
    (row,) = found.rows
    chances = row.chances[truth]

    assert not row.simulated
    for outcome, share in simulated(result, found, row, truth).items():
        chance = getattr(chances, outcome)
        error = math.sqrt(max(chance * (1 - chance), 0.005) / DRAWS)
        assert abs(chance - share) < 3.5 * error, outcome


def test_chances_add_up_and_grow_with_the_runs() -> None:
    found = power(published(sd="4"), 3, 5, 10)

    goods = [row.chances["equal"].good for row in found.rows]
    assert goods == sorted(goods)
    for row in found.rows:
        assert list(row.chances) == list(TRUTHS)
        for chances in row.chances.values():
            parts = (chances.reproduced, chances.beyond, chances.short, chances.inconclusive)
            assert sum(parts) == pytest.approx(1)
            assert min(parts) >= 0
        # A method that is worse by the margin is called reproduced no more often than promised.
        assert row.chances["a margin worse"].good <= found.level
        better, worse = row.chances["two margins better"], row.chances["two margins worse"]
        assert better.beyond == pytest.approx(worse.short)


def test_two_runs_are_never_beyond() -> None:
    (row,) = power(published(sd="1", n=10), 2).rows

    assert row.chances["two margins better"].beyond == 0
    assert row.chances["two margins better"].reproduced > 0.5


def test_near_a_bound_attempts_are_simulated_and_what_cannot_be_true_is_left_out() -> None:
    result = published("99.9", "0.1", **RATE)
    case = case_of(NAME, result, Attempt(result=NAME))
    found = power_of(case, [3], draws=20)

    (row,) = found.rows
    assert row.simulated == 20
    assert "two margins worse" in row.chances
    assert row.chances["two margins worse"].good <= row.chances["equal"].good
    assert row.chances["two margins worse"].short > row.chances["equal"].short
    assert power_of(case, [3], draws=20) == found
    best = case_of(NAME, published("100", "0.1", **RATE), Attempt(result=NAME))
    assert "two margins better" not in power_of(best, [2], draws=1).rows[0].chances


def test_my_runs_so_far_tell_my_deviation_and_count_as_looks() -> None:
    result = published(sd="10")
    before = attempt(90.0, 100.0, 110.0)
    found = power_of(case_of(NAME, result, before), [4])

    assert (found.sd, found.sd_from) == (10, "as my 3 runs so far")
    assert found.attempt == 2
    assert found.level == pytest.approx(0.005)
    first = power(result, 4)
    assert first.attempt == 1
    assert first.level == pytest.approx(0.04)
    assert found.rows[0].chances["equal"].good < first.rows[0].chances["equal"].good


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"sd": None}, "give yours with '--sd'"),
        ({"sd": None, "protocol": {"deterministic": True}}, "one run decides"),
        ({"centre": "best"}, "prints the best of its runs"),
        ({"claim": {"kind": "trend"}}, "it claims a trend"),
        ({"metric": {"direction": "target", "target": 90}}, "a distance to a target"),
        (
            {"n": "unknown", "spread": {"kind": "range", "low": 90, "high": 110, "over": "seeds"}},
            "a range over an unknown number of runs",
        ),
    ],
)
def test_where_nothing_can_be_said_beforehand_the_reason_is_given(
    record: dict[str, Any], reason: str
) -> None:
    with pytest.raises(NoPowerError, match=reason):
        power(published(**record), 3)
