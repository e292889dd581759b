"""The interval: Welch and pooled, more runs, chances, leaning, and how many runs are needed."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from curriculum.model.attempts import Attempt, Run, ScoreEntry
from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.looks import (
    ALPHA,
    level_of,
    next_level_of,
    next_look,
    spending_level,
)
from curriculum.reproduction.statistics.behrens_fisher import ScaledT, sum_cdf
from curriculum.reproduction.statistics.intervals import Variances, interval_of
from curriculum.reproduction.statistics.summaries import variance_of_the_best
from curriculum.reproduction.statistics.t_distribution import student_cdf, student_quantile
from tests.reproduction.results import NAME, attempt, judge_attempt, published, verdict


def variances(
    paper_sd: float, paper_runs: int, my_sd: float, my_runs: int, noise: float = 0.0
) -> Variances:
    """Return the variances behind two means."""
    return Variances(
        paper=paper_sd**2 / paper_runs,
        paper_freedom=paper_runs - 1,
        mine=my_sd**2 / my_runs,
        my_freedom=my_runs - 1,
        noise=noise,
        paper_runs=paper_runs,
        my_runs=my_runs,
    )


def summed(mean: float, sd: float, runs: int, *, result: Result) -> Verdict:
    """Return the verdict on a mean of some runs with their deviation."""
    entry = ScoreEntry(runs=(Run(value=mean, sd=sd, of=runs),))
    return judge_attempt(result, Attempt(result=NAME).after(entry))


def test_with_more_published_runs_than_mine_the_pooled_interval_counts_where_it_is_wider() -> None:
    """Ten published runs ± 10 and three of mine ± 2: skew no longer cancels."""
    errors = variances(10, 10, 2, 3)
    pooled = math.sqrt((9 * 100 + 2 * 4) / 11 * (1 / 10 + 1 / 3))
    welch = student_quantile(0.95, errors.freedom) * errors.standard_error

    assert errors.half_width(0.05) == pytest.approx(student_quantile(0.95, 11) * pooled)
    assert errors.half_width(0.05) > welch
    turned = variances(2, 3, 10, 10)
    assert turned.half_width(0.05) == pytest.approx(welch)


def test_more_runs_do_not_undo_what_fewer_showed() -> None:
    """Paper 100 ± 2 (n = 2), margin 6: Welch's degrees of freedom fall as my runs grow."""
    result = published("100", "2", n=2, tolerance={"abs": "6"})

    for runs in (4, 40, 60, 1000):
        assert summed(100, 4, runs, result=result).outcome == "reproduced"
    wider = published("100", "2", n=2, tolerance={"abs": "12"})
    two = verdict(wider, 97.2, 102.8)
    assert two.outcome == "inconclusive"
    assert two.seeds is not None
    assert two.seeds.needed is not None


@given(
    st.integers(2, 12),
    st.floats(0.1, 30),
    st.floats(0.1, 30),
    st.floats(80, 120),
    st.integers(1, 40),
    st.integers(2, 40),
    st.integers(1, 400),
)
def test_no_verdict_is_undone_by_more_runs_of_the_same_mean_and_deviation(
    n: int, paper_sd: float, sd: float, mean: float, margin: int, runs: int, more: int
) -> None:
    result = published("100", f"{paper_sd:.3f}", n=n, tolerance={"abs": str(margin)})
    before = summed(mean, sd, runs, result=result)
    after = summed(mean, sd, runs + more, result=result)

    assert before.interval is not None
    assert after.interval is not None
    assert after.interval.low >= before.interval.low - 1e-9
    assert after.interval.high <= before.interval.high + 1e-9
    edges = (before.interval.low, before.interval.high)
    assume(min(abs(edge - side * margin) for edge in edges for side in (-1, 1)) > 1e-6)
    settled = {"reproduced": {"reproduced", "beyond"}, "short": {"short"}}
    if before.outcome in settled:
        assert after.outcome in settled[before.outcome]


def test_the_chances_are_those_of_behrens_and_fisher() -> None:
    """At n = m = 3, D = 0 and a margin of one deviation it is 59 %, not 71 %."""
    interval = interval_of(0, variances(1, 3, 1, 3), margin=1, level=0.05)

    assert interval.within == pytest.approx(0.593, abs=0.005)
    assert interval.short == pytest.approx(interval.beyond)


@given(
    st.floats(-4, 4), st.floats(0.1, 5), st.floats(0.1, 5), st.integers(1, 90), st.integers(1, 90)
)
def test_a_sum_of_two_scaled_t_is_symmetric_and_no_lighter_than_normal(
    point: float, first: float, second: float, one: int, other: int
) -> None:
    sides = ScaledT(first, one), ScaledT(second, other)
    chance = sum_cdf(point, *sides)

    assert chance == pytest.approx(sum_cdf(point, *reversed(sides)), abs=1e-4)
    assert chance + sum_cdf(-point, *sides) == pytest.approx(1, abs=1e-9)
    normal = student_cdf(point / math.hypot(first, second), math.inf)
    assert abs(chance - 0.5) <= abs(normal - 0.5) + 1e-3


def test_a_sum_of_two_scaled_t_agrees_with_draws() -> None:
    rng = random.Random(1)

    def draw(freedom: int) -> float:
        square = sum(rng.gauss(0, 1) ** 2 for _ in range(freedom))
        return rng.gauss(0, 1) / math.sqrt(square / freedom)

    below = sum(2 * draw(2) + draw(4) <= 3 for _ in range(20_000))
    assert sum_cdf(3, ScaledT(2, 2), ScaledT(1, 4)) == pytest.approx(below / 20_000, abs=0.01)


def test_it_leans_to_the_side_of_d_and_only_where_that_is_likelier_than_not() -> None:
    wide = published("100", "20", n=3, tolerance={"abs": "5"})
    short = verdict(wide, 60.0, 80.0, 100.0)
    torn = verdict(wide, 78.0, 98.0, 118.0)

    assert (short.outcome, short.lean) == ("inconclusive", "short")
    assert (torn.outcome, torn.lean) == ("inconclusive", None)


def test_the_runs_that_are_needed_hold_at_the_next_look_and_for_power_it_takes_more() -> None:
    result = published("100", "4", n=20, tolerance={"abs": "6"})
    judged = verdict(result, 96.0, 100.0, 104.0, 88.0, 112.0)

    assert judged.seeds is not None
    needed = judged.seeds.needed
    powered = judged.seeds.for_power
    assert needed is not None
    assert powered is not None
    assert 1.5 * needed < powered < 4 * needed
    assert judged.mine is not None
    assert judged.mine.sd is not None
    runs = Run(value=judged.mine.centre, sd=judged.mine.sd, of=needed)
    again = Attempt(result=NAME, looked=1).after(ScoreEntry(runs=(runs,)))
    fewer = again.model_copy(update={"runs": (runs.model_copy(update={"of": needed - 1}),)})
    assert judge_attempt(result, again).outcome == "reproduced"
    assert judge_attempt(result, fewer).outcome == "inconclusive"


def test_a_chance_of_eighty_percent_is_one() -> None:
    """Draw that many runs again and again, with the mean and the deviation of now."""
    result = published("100", "4", n=20, tolerance={"abs": "6"})
    judged = verdict(result, 96.0, 100.0, 104.0, 88.0, 112.0)
    assert judged.seeds is not None
    assert judged.seeds.for_power is not None
    assert judged.mine is not None
    assert judged.mine.sd is not None
    rng = random.Random(2)
    said = 0
    for _ in range(150):
        runs = [
            rng.gauss(judged.mine.centre, judged.mine.sd) for _ in range(judged.seeds.for_power)
        ]
        later = attempt(*runs).model_copy(update={"looked": 2})
        said += judge_attempt(result, later).outcome in ("reproduced", "beyond")
    assert 0.70 < said / 150 < 0.92


def test_a_number_without_a_spread_is_reproduced_provisionally_only() -> None:
    alone = verdict(published(sd=None, tolerance={"abs": "10"}), 98.0, 99.0, 100.0, 101.0)
    known = verdict(published(tolerance={"abs": "30"}), 98.0, 99.0, 100.0, 101.0)

    assert (alone.outcome, alone.provisional) == ("reproduced", True)
    assert (known.outcome, known.provisional) == ("reproduced", False)


def test_published_runs_that_do_not_vary_have_no_spread_unless_a_bound_keeps_them() -> None:
    """Three equal values are as likely a rounding, or one run three times."""
    doubted = verdict(published("100", "0.0", n=3, tolerance={"abs": "9"}), 98.0, 99.0, 101.0)
    bound = verdict(published("500", "0", metric={"bounds": [0, 500]}), 499.0, 500.0, 500.0)

    assert doubted.provisional
    assert any("do not vary" in remark for remark in doubted.remarks)
    assert not any("do not vary" in remark for remark in bound.remarks)


@pytest.mark.parametrize(("k", "variance"), [(1, 1.0), (2, 0.6817), (3, 0.5595), (5, 0.4475)])
def test_the_best_of_k_varies_like_the_largest_of_k_normal_values(k: int, variance: float) -> None:
    assert variance_of_the_best(k) == pytest.approx(variance, abs=1e-4)


def test_the_published_best_of_k_does_not_become_certain_as_my_runs_grow() -> None:
    rng = random.Random(3)
    result = published("110", None, centre="best", n=3, tolerance={"abs": "5"})
    errors = []
    for runs in (10, 40, 160):
        judged = verdict(result, *(rng.gauss(100, 10) for _ in range(runs)))
        assert judged.interval is not None
        errors.append(judged.interval.error)
    assert min(errors) > 0.8 * 10 * math.sqrt(0.5595)


# Looks and attempts spend one level


def test_all_looks_of_all_attempts_spend_one_level() -> None:
    spent = sum(spending_level(number) for number in range(1, 60))

    assert spent <= ALPHA
    assert spent == pytest.approx(ALPHA)


@given(
    st.lists(st.tuples(st.booleans(), st.integers(1, 4), st.none() | st.integers(1, 3)), max_size=6)
)
def test_whatever_is_declared_and_begun_anew_the_levels_sum_to_alpha(
    steps: list[tuple[bool, int, int | None]],
) -> None:
    """Each step adds runs, perhaps to a new attempt, perhaps one with declared looks."""
    current = Attempt(result=NAME)
    spent = 0.0
    for new, runs, looks in steps:
        declared = {"seeds": 4 * looks, "looks": looks} if new and looks else {}
        added = tuple(Run(value=float(run)) for run in range(runs))
        entry = ScoreEntry.model_validate({"runs": added, "new": new, **declared})
        current = current.after(entry)
        # A declared attempt is looked at as declared, and runs beyond the declaration do not count.
        count = len(current.runs)
        is_extra = current.seeds is not None and count > current.seeds
        if next_look(current, count) is None and not is_extra:
            spent += level_of(current)
    assert spent <= ALPHA + 1e-12
    assert spent + next_level_of(current) <= ALPHA + 1e-12


def test_a_new_attempt_counts_and_shares_the_level_with_those_before() -> None:
    first = attempt(99.0, 100.0, 101.0)
    second = first.after(ScoreEntry(runs=(Run(value=100.0),), new=True))
    third = second.after(ScoreEntry(runs=(Run(value=100.0),), new=True))

    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert level_of(first) > level_of(second) > level_of(third)
    assert level_of(second) == spending_level(2)
