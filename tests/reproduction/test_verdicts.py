"""Verdicts: worked checks, every row of the case grid, the edge cases, and laws."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.model.attempts import Attempt, Deviation, Run, ScoreEntry
from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import case_of
from curriculum.reproduction.claims import judge_claim
from curriculum.reproduction.papers import paper_verdict
from curriculum.reproduction.published import readings_of
from curriculum.reproduction.statistics.intervals import p_above
from curriculum.reproduction.verdicts import judge
from tests.reproduction.results import NAME, attempt, judge_attempt, published, verdict


def summary(mean: float, sd: float, n: int) -> Attempt:
    """Return an attempt of which only a mean is known, with its deviation and runs."""
    return Attempt(result=NAME).after(ScoreEntry(runs=(Run(value=mean, sd=sd, of=n),)))


def at_five_percent(result: Result, runs: Attempt) -> Verdict:
    """Return the verdict at the level for which the worked checks were computed."""
    return judge(replace(case_of(NAME, result, runs), level=0.05))


def interval(judged: Verdict) -> tuple[float, float, float]:
    """Return D and the ends of its interval."""
    assert judged.interval is not None
    return judged.interval.difference, judged.interval.low, judged.interval.high


# Worked checks: three computed by hand with SciPy's t


def test_the_worked_check_of_cart_pole() -> None:
    """PPO CartPole 497.54 ± 4.02 v 490.04 ± 6.12, n = 3, ddof 0."""
    result = published(
        "497.54", n=3, spread={"kind": "sd", "value": "4.02", "ddof": 0, "over": "seeds"}
    )
    judged = at_five_percent(result, summary(490.04, 6.12 * math.sqrt(1.5), 3))

    assert judged.outcome == "reproduced"
    assert interval(judged) == pytest.approx((-7.50, -19.06, 4.06), abs=0.005)
    assert judged.interval is not None
    assert (judged.interval.error, judged.interval.freedom) == pytest.approx(
        (5.18, 3.46), abs=0.005
    )
    assert judged.interval.short == pytest.approx(0.046, abs=0.0005)
    assert judged.margin.size == pytest.approx(24.88, abs=0.005)


def test_the_worked_check_of_an_error_where_less_is_better() -> None:
    """Error 6.61 ± .16 (n = 5) v 6.52 ± .12 (m = 3), margin .20."""
    result = published("6.61", "0.16", metric={"direction": "lower"}, tolerance={"abs": "0.20"})
    judged = at_five_percent(result, summary(6.52, 0.12, 3))

    # Five published runs against three: the pooled interval is the wider one.
    assert judged.outcome == "reproduced"
    assert interval(judged) == pytest.approx((0.09, -0.123, 0.303), abs=0.005)


def test_wide_spreads_are_inconclusive_and_lean() -> None:
    result = published("100", "20", n=3)
    judged = judge_attempt(result, summary(85, 20, 3))

    assert judged.outcome == "inconclusive"
    assert judged.interval is not None
    assert judged.interval.lean == "short"
    assert judged.seeds is not None


FIVE = {"abs": "5"}


def second_look(mean: float, sd: float, n: int) -> Attempt:
    """Return an attempt of which a mean is known, looked at a second time."""
    return summary(mean, sd, n).model_copy(update={"looked": 2})


# The case grid: published row by mine

PER_SEED: dict[str, Any] = {
    "runs": {"n": 5, "values": ["90", "95", "100", "105", "110"]},
    "spread": {"kind": "none"},
}
RANGE: dict[str, Any] = {"spread": {"kind": "range", "low": "90", "high": "110", "over": "seeds"}}
QUARTILES: dict[str, Any] = {
    "spread": {"kind": "iqr", "low": "95", "high": "105", "over": "seeds"},
    "centre": "median",
}


@pytest.mark.parametrize(
    "record", [PER_SEED, {}, RANGE, QUARTILES], ids=["per-seed", "sd", "range", "iqr"]
)
def test_a_single_run_is_judged_by_the_published_spread_and_is_provisional(
    record: dict[str, Any],
) -> None:
    """SE² = s_p²(1 + 1/n): a prediction interval."""
    result = published(tolerance={"abs": "60"}, **record)
    judged, reading = verdict(result, 99.0), readings_of(result)[0]

    assert (judged.outcome, judged.provisional) == ("reproduced", True)
    assert judged.interval is not None
    assert reading.sd is not None
    assert judged.interval.error == pytest.approx(
        math.sqrt(reading.factor**2 * reading.sd**2 * 1.2 + reading.noise), rel=1e-9
    )
    assert judged.interval.freedom == pytest.approx(reading.freedom)


@pytest.mark.parametrize(
    "record", [PER_SEED, {}, RANGE, QUARTILES], ids=["per-seed", "sd", "range", "iqr"]
)
def test_several_runs_are_judged_by_welch(record: dict[str, Any]) -> None:
    result = published(tolerance={"abs": "40"}, **record)
    judged = verdict(result, 97.0, 99.0, 101.0, 103.0)

    assert (judged.outcome, judged.provisional) == ("reproduced", False)


def test_a_range_over_an_unknown_number_of_runs_only_says_in_or_out() -> None:
    result = published(n="unknown", tolerance={"abs": "2"}, **RANGE)

    inside = verdict(result, 99.0, 101.0, 100.0, 102.0)
    outside = verdict(result, 199.0, 201.0, 200.0, 202.0)
    single = verdict(result, 100.0)

    assert inside.outcome == "inconclusive"
    assert "inside the published range" in inside.remarks
    assert outside.outcome == "beyond"
    assert single.outcome == "inconclusive"


def test_a_number_without_spread_needs_several_runs_of_mine() -> None:
    result = published(sd=None, tolerance={"abs": "10"})

    assert verdict(result, 99.0).cause == "no spread on either side"
    several = verdict(result, 98.0, 99.0, 100.0, 101.0)
    assert several.outcome == "reproduced"
    assert "spread borrowed from mine" in several.remarks
    assert several.interval is not None
    assert several.interval.freedom == 3


def test_a_number_of_unknown_runs_counts_as_one_run() -> None:
    known, unknown = (
        verdict(published(sd=None, n=n), 98.0, 99.0, 101.0, 102.0) for n in (5, "unknown")
    )

    assert known.interval is not None
    assert unknown.interval is not None
    assert unknown.interval.error > known.interval.error


def test_what_is_deterministic_agrees_to_rounding_or_does_not() -> None:
    result = published("76.13", None, protocol={"deterministic": True})

    assert verdict(result, 76.134).outcome == "reproduced"
    short = verdict(result, 76.0, 76.0)
    assert short.outcome == "short"
    assert any("deterministic mismatch" in remark for remark in short.remarks)
    varied = verdict(result, 76.1, 76.2, 76.0)
    assert "spread borrowed from mine" in varied.remarks
    assert "the paper's number is deterministic, and mine differs from run to run" in varied.remarks
    assert verdict(result, 77.0).outcome == "beyond"
    denied = published(
        "76.13",
        None,
        metric={"unit": "percent", "bounds": [0, 100]},
        protocol={"checkpoint": "released", "deterministic": False},
    )
    assert verdict(denied, 76.0).cause == "no spread on either side"


def test_an_unmarked_spread_is_read_both_ways() -> None:
    record: dict[str, Any] = {"spread": {"kind": "unknown", "value": "10", "over": "seeds"}}
    agreed = verdict(published(tolerance={"abs": "50"}, **record), 99.0, 100.0, 101.0)
    torn = verdict(published(tolerance={"abs": "20"}, **record), 99.0, 100.0, 101.0)

    assert agreed.outcome == "reproduced"
    assert "shown as if ±10 is a standard error" in agreed.remarks
    assert torn.outcome == "inconclusive"
    assert torn.cause is not None
    assert torn.cause.startswith("spread kind: if ±")
    blocking, other = torn.cause.removeprefix("spread kind: ").split("; ")
    assert blocking.endswith("it is inconclusive")
    assert not other.endswith("it is inconclusive")
    assert {one.outcome for one in torn.readings} > {"inconclusive"}


@pytest.mark.parametrize(
    ("spread", "sd"),
    [
        ({"kind": "sd", "value": "10", "ddof": 1}, 10),
        ({"kind": "sd", "value": "10", "ddof": 0}, 10 * math.sqrt(5 / 4)),
        ({"kind": "sem", "value": "10"}, 10 * math.sqrt(5)),
        ({"kind": "ci", "value": "10", "level": "0.95"}, 10 / 2.7764451 * math.sqrt(5)),
        ({"kind": "ci", "low": "90", "high": "110", "level": "95"}, 10 / 2.7764451 * math.sqrt(5)),
        ({"kind": "2sd", "value": "10"}, 5),
        ({"kind": "range", "low": "90", "high": "110"}, 20 / 2.32593),
        ({"kind": "iqr", "low": "95", "high": "105"}, 10 / (2 * 0.49727)),
    ],
)
def test_every_kind_of_spread_becomes_a_standard_deviation(
    spread: dict[str, Any], sd: float
) -> None:
    reading = readings_of(published(spread={"over": "seeds", **spread}))[0]

    assert reading.sd == pytest.approx(sd, rel=2e-3)


# The gate


def test_a_difference_needs_a_reason_and_is_then_printed_for_ever() -> None:
    refused = verdict(
        published(), 99.0, 100.0, 101.0, deviations=(Deviation(field="on.version", mine="v4"),)
    )
    accepted = verdict(
        published(tolerance={"abs": "30"}),
        99.0,
        100.0,
        101.0,
        deviations=(Deviation(field="on.version", mine="v4", why="v1 is gone"),),
    )

    assert refused.interval is None
    assert refused.cause is not None
    assert refused.cause.startswith("protocol: on.version")
    assert accepted.outcome == "reproduced"
    assert accepted.deviations == ("on v4 instead of v1 (on.version: v1 is gone)",)


def test_another_reducer_closes_the_gate() -> None:
    judged = verdict(
        published(protocol={"reducer": {"how": "max-per-run"}}), 99.0, 100.0, reducer="final"
    )

    assert judged.cause == "protocol: protocol.reducer differs (mine final, paper max-per-run)"


def test_an_unknown_reducer_leaves_every_verdict_provisional() -> None:
    result = published(protocol={"reducer": {"how": "unknown"}}, tolerance={"abs": "30"})
    judged, great = verdict(result, 99.0, 100.0, 101.0), verdict(result, 500.0, 501.0, 502.0)

    assert (judged.outcome, judged.provisional) == ("reproduced", True)
    assert great.outcome == "reproduced"


@pytest.mark.parametrize(
    ("mine", "values", "outcome"),
    [("500000", 10.0, "inconclusive"), ("2000000", 900.0, "reproduced")],
)
def test_a_smaller_budget_is_never_short_and_a_larger_one_never_beyond(
    mine: str, values: float, outcome: str
) -> None:
    result = published(budget={"env_steps": 1000000}, tolerance={"abs": "10"})
    budget = (Deviation(field="budget.env_steps", mine=mine),)
    judged = verdict(result, values, values + 1, values + 2, deviations=budget)

    assert judged.outcome == outcome


# The edge cases, by their numbers in the recipe


def test_1_two_published_runs_are_legal_and_one_is_a_number_only() -> None:
    assert verdict(published(n=2), 99.0, 100.0).outcome == "inconclusive"
    assert "spread borrowed from mine" in verdict(published(n=1), 99.0, 100.0, 101.0).remarks


def test_2_identical_values_are_doubted_away_from_a_bound() -> None:
    doubted = verdict(published(), 100.0, 100.0, 100.0, printed=1)
    bounded = published("-200.0", "0.0", metric={"bounds": [-200, 0]})
    at_bound = verdict(bounded, -200.0, -200.0, -200.0)

    assert "identical values across seeds: were seeds applied?" in doubted.remarks
    assert at_bound.outcome == "reproduced"
    assert not any("identical" in remark for remark in at_bound.remarks)


def test_3_published_runs_that_do_not_vary_leave_only_my_spread() -> None:
    judged = verdict(published("500", "0", metric={"bounds": [0, 500]}), 480.0, 490.0, 500.0, 500.0)

    assert judged.interval is not None
    assert judged.interval.freedom == pytest.approx(3)


def test_4_near_a_bound_shares_take_the_score_interval_and_others_are_doubted() -> None:
    percent: dict[str, Any] = {"unit": "percent", "bounds": [0, 100], "name": "accuracy"}
    known = published("99.8", "0.2", metric=percent, on={"n_items": 1000})
    unknown = published("99.8", "0.2", metric=percent)
    with_trials, without = (verdict(one, 99.7, 99.9, 99.95) for one in (known, unknown))

    assert "near the metric's bound: widened to Newcombe's score interval" in with_trials.remarks
    assert "near the metric's bound: the interval is unreliable" in without.remarks
    assert with_trials.interval is not None
    assert with_trials.interval.high <= 0.2 + 1e-9
    saturated = verdict(published("99.9", "0.01", metric=percent), 100.0, 100.0, 100.0)
    assert saturated.outcome != "beyond"


@pytest.mark.parametrize("values", [(90.0, 95.0, 99.0), (120.0, 130.0, 126.0), (50.0, 51.0, 52.0)])
def test_5_turning_every_number_and_the_direction_round_mirrors_nothing(
    values: tuple[float, ...],
) -> None:
    up = verdict(published(tolerance=FIVE), *values)
    turned = published("-100", metric={"direction": "lower"}, tolerance=FIVE)
    down = verdict(turned, *(-value for value in values))

    assert up.outcome == down.outcome
    assert interval(up) == pytest.approx(interval(down))


def test_5_a_target_counts_the_distance_to_it() -> None:
    target: dict[str, Any] = {"direction": "target", "target": "50"}
    judged = verdict(published("52", "1", metric=target, tolerance={"abs": "5"}), 48.0, 47.5, 48.5)

    assert judged.mine is not None
    assert judged.mine.centre == pytest.approx(2)
    assert judged.outcome == "reproduced"


def test_6_a_mean_alone_is_one_run_and_with_its_deviation_several() -> None:
    alone = verdict(published(tolerance={"abs": "40"}), 100.0)
    whole = judge_attempt(published(), summary(100.0, 5.0, 5))

    assert alone.provisional
    assert not whole.provisional
    assert whole.mine is not None
    assert whole.mine.n == 5


def test_7_diverged_runs_are_told_and_too_many_of_them_decide() -> None:
    few = verdict(published(tolerance={"abs": "20"}), 99.0, 98.0, 101.0, 102.0, 100.0, None)
    many = verdict(published(), 99.0, 98.0, None, None)
    blamed = verdict(published(runs={"failed": 0}), 99.0, 98.0, None, None)
    bounded = verdict(published(metric={"bounds": [0, 200]}), 99.0, 98.0, 101.0, 102.0, 100.0, None)

    assert few.outcome == "reproduced"
    assert "1 of 6 diverged, left out" in few.remarks
    assert many.outcome == "inconclusive"
    assert blamed.outcome == "short"
    assert bounded.mine is not None
    assert bounded.mine.centre == pytest.approx(500 / 6)


def test_8_an_outlier_is_never_dropped() -> None:
    judged = verdict(published(), 100.0, 101.0, 99.0, 100.0, -566.0)

    assert judged.mine is not None
    assert judged.mine.n == 5
    assert judged.outcome == "inconclusive"


def test_9_another_number_of_items_is_another_test_set() -> None:
    items = (Deviation(field="on.n_items", mine="5000", why="a bigger file"),)
    refused = verdict(published(on={"n_items": 10000}), 99.0, 100.0, deviations=items)
    same = verdict(
        published(on={"n_items": 10000, "revision": "abc"}), 99.0, 100.0, 101.0, deviations=items
    )

    assert refused.cause is not None
    assert refused.cause.startswith("protocol: on.n_items")
    assert same.interval is not None


def test_10_values_that_share_a_seed_are_one_run() -> None:
    judged = judge_attempt(published(), attempt(90.0, 110.0, 100.0, seeds=["1", "1", "2"]))

    assert judged.mine is not None
    assert (judged.mine.n, judged.mine.centre, judged.mine.sd) == (2, 100.0, 0.0)
    assert "3 values of 2 seeds: averaged per seed" in judged.remarks
    one = verdict(published(), 90.0, 91.0, seeds=["1", "1"])
    assert "2 values of 1 seed: averaged per seed" in one.remarks


def test_12_percent_and_fraction_are_converted_and_a_wrong_scale_is_noticed() -> None:
    result = published("75.0", "0.5", metric={"unit": "percent", "bounds": [0, 100]})
    told, untold = (
        verdict(result, 0.751, 0.749, 0.752, unit="fraction"),
        verdict(result, 0.751, 0.749, 0.752),
    )

    assert told.mine is not None
    assert told.mine.centre == pytest.approx(75.0667, abs=1e-3)
    assert untold.outcome == "inconclusive"
    assert untold.cause is not None
    assert untold.cause == "your values look like fractions: add --unit fraction"
    assert verdict(result, 0.751, 0.749, 0.752, unit="percent").outcome == "short"


def test_12_percentages_of_a_fraction_are_noticed_too_and_a_collapsed_run_is_not_one() -> None:
    fraction = published("0.75", "0.005", metric={"unit": "fraction"})
    error = published("0.9", "0.1", metric={"unit": "percent", "direction": "lower"})

    assert verdict(fraction, 75.1, 74.9).cause == (
        "your values look like percentages: add --unit percent"
    )
    assert verdict(error, 90.0, 90.1, 89.9).outcome == "short"


def test_13_a_spread_that_cannot_be_is_taken_as_unknown() -> None:
    share: dict[str, Any] = {"unit": "percent", "bounds": [0, 100]}
    trials: dict[str, Any] = {"protocol": {"eval": {"episodes": 10}, "reducer": {"how": "final"}}}
    impossible = published("55", "0.1", n=3, metric=share, **trials)
    too_wide = published("99", "40", n=5, metric=share)

    for result in (impossible, too_wide):
        assert len(readings_of(result)) == 2
        assert any(
            "published spread inconsistent" in remark
            for remark in verdict(result, 50.0, 60.0, 55.0).remarks
        )


def test_14_a_paper_is_reproduced_when_every_primary_result_is() -> None:
    results = [published(id=name, primary=name != "c") for name in "abc"]
    good = verdict(published(tolerance={"abs": "40"}), 99.0, 100.0, 101.0)
    bad = verdict(published(tolerance={"abs": "5"}), 9.0, 10.0, 11.0)

    assert paper_verdict(results, {"a": good, "b": good}).outcome == "reproduced"
    partly = paper_verdict(results, {"a": good, "c": good})
    assert (partly.outcome, partly.settled, partly.primary, partly.unattempted) == (
        "inconclusive",
        1,
        2,
        ("b",),
    )
    assert paper_verdict(results, {"a": good, "b": bad}).outcome == "short"


def test_14_beyond_survives_holm() -> None:
    results = [published(id=name, primary=True) for name in "ab"]
    good = verdict(published(tolerance={"abs": "40"}), 99.0, 100.0, 101.0)
    clear = verdict(published(), 300.0, 301.0, 302.0)
    close = verdict(published("100", "1", tolerance={"abs": "3"}), 104.8, 104.6, 105.2)

    assert clear.outcome == close.outcome == "beyond"
    assert paper_verdict(results, {"a": good, "b": clear}).outcome == "beyond"
    assert close.interval is not None
    p = p_above(close.interval, 3.0)
    assert p <= close.level
    expected = "beyond" if p <= close.level / 2 else "reproduced"
    assert paper_verdict(results, {"a": good, "b": close}).outcome == expected


BASE = published("80", id="base")
CLAIMS = {
    "base": BASE,
    "gap": published("100", id="gap", claim={"kind": "gap", "vs": "base"}),
    "loss": published("76.5", id="loss", claim={"kind": "gap", "vs": "base"}),
    "order": published("100", id="order", claim={"kind": "ordering", "above": ["base"]}),
}


def judged_claim(name: str, *values: float, rival: tuple[float, ...]) -> Verdict:
    cases = {
        name: case_of(NAME, CLAIMS[name], attempt(*values)),
        "base": case_of(NAME, BASE, attempt(*rival)),
    }
    return judge_claim(cases[name], cases, CLAIMS)


def test_15_gaps_and_orderings_are_run_in_my_own_code() -> None:
    rival = (40.0, 41.0, 42.0)
    assert judged_claim("gap", 60.0, 61.0, 62.0, rival=rival).outcome == "reproduced"
    assert judged_claim("gap", 45.0, 45.5, 46.0, rival=rival).outcome == "short"
    assert judged_claim("order", 45.0, 45.5, 46.0, rival=rival).outcome == "reproduced"
    case = case_of(NAME, CLAIMS["gap"], attempt(60.0, 61.0))
    alone = judge_claim(case, {"gap": case}, CLAIMS)
    assert alone.cause == "claim: run 'base' in your own code as well"


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ((76.4, 76.5, 76.6), "reproduced"),
        ((79.4, 79.5, 79.6), "reproduced"),
        ((83.4, 83.5, 83.6), "reproduced"),
        ((74.4, 74.5, 74.6), "short"),
        ((72.9, 73.0, 73.1), "short"),
        ((74.5, 76.5, 78.5), "inconclusive"),
    ],
)
def test_15_a_published_loss_is_reproduced_by_one_that_is_not_half_as_large_again(
    values: tuple[float, ...], outcome: str
) -> None:
    judged = judged_claim("loss", *values, rival=(79.9, 80.0, 80.1))

    assert judged.outcome == outcome
    assert judged.margin.size == pytest.approx(1.75)


def test_15_gaps_and_orderings_have_a_bound_and_say_how_many_runs_would_settle_them() -> None:
    gap = judged_claim("gap", 52.0, 58.0, 66.0, rival=(40.0, 41.0, 42.0))
    order = judged_claim("order", 40.0, 43.0, 47.0, rival=(40.0, 41.0, 42.0))

    for judged, than in ((gap, "the published gap"), (order, "'base'")):
        assert judged.outcome == "inconclusive"
        assert judged.interval is not None
        assert judged.worst_gap is not None
        assert judged.worst_gap.size == -judged.interval.low
        assert judged.worst_gap.than == than
        assert judged.seeds is not None
        assert judged.seeds.needed is not None
        assert judged.seeds.needed > 3
        assert judged.seeds.for_power is not None
        assert judged.seeds.for_power > judged.seeds.needed
    assert gap.difference == pytest.approx(58.667 - 41 - 20, abs=1e-3)
    assert order.difference == pytest.approx(43.333 - 41, abs=1e-3)


def test_15_the_gap_of_one_run_each_is_shown_without_a_test() -> None:
    judged = judged_claim("gap", 60.0, rival=(41.0,))

    assert (judged.outcome, judged.interval) == ("inconclusive", None)
    assert judged.difference == -1


def test_16_a_lean_towards_short_within_half_the_gain_reminds_of_selection() -> None:
    result = published("100", "20", n=3, baseline={"value": "40"}, tolerance={"abs": "5"})
    judged = verdict(result, 80.0, 90.0, 100.0)

    assert judged.interval is not None
    assert judged.interval.lean == "short"
    assert any("shrink" in remark for remark in judged.remarks)


@pytest.mark.parametrize(
    "values", [(6.4, 6.6, 6.7, 6.5, 6.8, 6.6, 6.5), (9.4, 9.6, 9.7, 9.5, 9.8, 9.6, 9.5)]
)
def test_the_best_of_five_is_held_against_my_best_of_five(values: tuple[float, ...]) -> None:
    record: dict[str, Any] = {
        "metric": {"direction": "lower"},
        "centre": "best",
        "tolerance": {"abs": "0.5"},
    }
    judged, few = (
        verdict(published("6.43", None, **record), *values),
        verdict(published("6.43", None, **record), *values[:4]),
    )

    assert judged.outcome == ("reproduced" if values[0] < 7 else "short")
    assert few.cause is not None
    assert few.cause.startswith("selection")


def test_medians_are_held_against_my_median() -> None:
    judged = verdict(published(centre="median"), 99.0, 100.0, 900.0)

    assert judged.mine is not None
    assert (judged.mine.centre, judged.mine.what) == (100.0, "median")


# Declared runs and looks


def test_declared_runs_are_waited_for_and_more_are_extra() -> None:
    result = published(tolerance={"abs": "40"})
    early, late = attempt(99.0, 100.0, looks=1), attempt(99.0, 100.0, 101.0, 300.0)
    waiting = judge_attempt(result, early.model_copy(update={"seeds": 3}))
    done = judge_attempt(result, late.model_copy(update={"seeds": 3}))

    assert waiting.outcome == "inconclusive"
    assert waiting.interval is None
    assert (done.outcome, done.extra) == ("reproduced", 1)
    assert done.mine is not None
    assert done.mine.centre == 100.0


def test_looks_share_the_level_out() -> None:
    runs = attempt(95.0, 99.0, 101.0, 104.0)
    once, thrice = (
        judge_attempt(published(), runs.model_copy(update={"looked": looks})) for looks in (1, 3)
    )

    assert once.level == pytest.approx(0.04)
    assert thrice.level == pytest.approx(0.0025)
    assert interval(thrice)[1] < interval(once)[1]


def test_beyond_needs_three_runs() -> None:
    assert verdict(published(), 300.0, 301.0).outcome == "reproduced"
    assert verdict(published(), 300.0, 301.0, 302.0).outcome == "beyond"


def test_a_paper_s_few_runs_can_make_it_undecidable() -> None:
    few = judge_attempt(published("100", "20", n=3), summary(100, 1, 3))
    many = judge_attempt(published("100", "10", n=100), summary(98, 10, 4))

    assert few.seeds is not None
    assert few.seeds.needed is None
    assert many.seeds is not None
    assert many.seeds.needed is not None
    # The number holds at the level of the next look.
    later = published("100", "10", n=100)
    again = judge_attempt(later, second_look(98, 10, many.seeds.needed))
    fewer = judge_attempt(later, second_look(98, 10, many.seeds.needed - 1))
    assert (again.outcome, fewer.outcome) == ("reproduced", "inconclusive")


# Laws

VALUES = st.lists(
    st.floats(50, 150).map(lambda x: round(x, 2)), min_size=2, max_size=6, unique=True
)


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_runs_never_matters(values: list[float], rng: random.Random) -> None:
    shuffled = rng.sample(values, len(values))
    one, other = verdict(published(), *values), verdict(published(), *shuffled)

    assert one.outcome == other.outcome
    assert interval(one) == pytest.approx(interval(other), rel=1e-9, abs=1e-9)


@given(VALUES, st.integers(-6, 6))
def test_scaling_every_number_changes_no_verdict(values: list[float], power: int) -> None:
    scale = 10.0**power
    scaled = published(str(Decimal("100.00").scaleb(power)), str(Decimal("10.00").scaleb(power)))
    one, other = (
        verdict(published("100.00", "10.00"), *values),
        verdict(scaled, *(scale * value for value in values)),
    )

    assert one.interval is not None
    assume(
        min(abs(edge - side * one.margin.size) for edge in interval(one)[1:] for side in (-1, 1))
        > 1e-6
    )
    assert one.outcome == other.outcome
    assert [scale * number for number in interval(one)] == pytest.approx(interval(other), rel=1e-6)


@given(VALUES)
def test_turning_the_direction_round_mirrors_the_output(values: list[float]) -> None:
    up = verdict(published(tolerance=FIVE), *values)
    turned = published("-100", metric={"direction": "lower"}, tolerance=FIVE)
    down = verdict(turned, *(-value for value in values))

    assert up.outcome == down.outcome
    assert interval(up) == pytest.approx(interval(down))


@given(VALUES)
def test_the_three_chances_are_one(values: list[float]) -> None:
    judged = verdict(published(), *values)

    assert judged.interval is not None
    assert judged.interval.short + judged.interval.within + judged.interval.beyond == pytest.approx(
        1
    )
