"""The verdict on a paper: on average over its tasks, with single results and what stays outside."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.model.attempts import Attempt, Run, ScoreEntry
from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.averages import Average
from curriculum.reproduction.looks import FIRST_LEVEL
from curriculum.reproduction.papers import JudgedPaper, PaperVerdict, judge_paper, paper_verdict
from curriculum.reproduction.statistics.intervals import p_above, p_below
from curriculum.reproduction.statistics.multiple_tests import rejected_by_holm
from tests.benchmarks.calibration import KINDS, Cell, both_sides
from tests.benchmarks.papers import (
    CELLS,
    PaperCell,
    equal,
    gaps_of,
    judged,
    said,
    said_after_looks,
    worst_error,
    worst_of_one_far_off,
)
from tests.profiles import IS_DEEP
from tests.reproduction.results import attempt, published, verdict

WIDE = (90.0, 100.0, 110.0)
"""Runs as spread out as the published ones: three of them settle nothing by themselves."""


def task(
    name: str, value: str = "100.000", sd: str | None = "10", **more: Any
) -> Result:  # Any: parts of a record
    """Return a primary result on a task of its own, with a margin of 10."""
    record: dict[str, Any] = {"n": 3, "tolerance": {"abs": "10"}, "on": {"name": name}, **more}
    return published(value, sd, id=name, primary=True, **record)


def paper(
    results: Sequence[Result], runs: Mapping[str, Sequence[float]] | Sequence[float], **entry: Any
) -> JudgedPaper:
    """Return a judged paper; runs are those of each result, or of all of them."""
    of_each = runs if isinstance(runs, Mapping) else {result.id: runs for result in results}
    attempts = {name: attempt(*values, **entry) for name, values in of_each.items()}
    return judge_paper("paper-2020", {result.id: result for result in results}, attempts)


def on(results: Sequence[Result], runs: Any, **entry: Any) -> PaperVerdict:
    """Return the verdict on a paper."""
    return paper(results, runs, **entry).verdict


def average(found: PaperVerdict) -> Average:
    """Return the average of a paper that has one."""
    assert found.average is not None
    return found.average


FIVE = [task(name) for name in "abcde"]


# Known answers


def test_five_equal_tasks_of_three_runs_are_reproduced_on_average() -> None:
    """Each SE is 0.8165 margins with 4 degrees of freedom; t(0.96, 20) = 1.8443."""
    found = on(FIVE, WIDE)

    assert (found.outcome, found.is_on_average, found.singly, found.short) == (
        "reproduced",
        True,
        (),
        (),
    )
    half = 1.8443 * math.sqrt(2 / 3 / 5)
    mean = average(found)
    assert (mean.gap, mean.low, mean.high) == pytest.approx((0, -half, half), abs=1e-4)
    assert mean.worst == -mean.low
    assert mean.level == FIRST_LEVEL
    assert found.is_reproduced
    assert found.open == tuple("abcde")
    assert found.is_closed


def test_the_pooled_interval_counts_where_the_paper_has_more_runs() -> None:
    """Ten published runs with SD 10 against three with SD 2, two tasks with 11 degrees each; t(0.96, 22) = 1.8354."""
    results = [task(name, n=10) for name in "ab"]
    mean = average(on(results, (98.0, 100.0, 102.0)))

    pooled = math.sqrt((9 * 100 + 2 * 4) / 11 * (1 / 10 + 1 / 3)) / 10
    assert mean.high == pytest.approx(1.8354 * pooled / math.sqrt(2), abs=1e-4)


def test_two_tasks_of_three_runs_do_not_settle_a_paper() -> None:
    found = on(FIVE[:2], WIDE)

    assert found.outcome == average(found).outcome == "inconclusive"
    assert not found.is_on_average
    assert not found.is_reproduced


def test_a_single_task_has_no_average() -> None:
    assert on(FIVE[:1], WIDE).average is None
    assert on([task("a"), task("b", on={"name": "a"})], WIDE).average is None


def test_one_task_that_is_far_worse_is_short_whatever_the_others_are() -> None:
    runs: dict[str, Sequence[float]] = dict.fromkeys("abcd", WIDE)
    found = on(FIVE, {**runs, "e": (9.0, 10.0, 11.0)})

    assert (found.outcome, found.short, found.is_on_average) == ("short", ("e",), False)


def test_one_of_49_equal_tasks_that_is_short_by_itself_may_be_so_by_chance() -> None:
    results = [task(f"t{number}") for number in range(49)]
    runs: dict[str, Sequence[float]] = {result.id: WIDE for result in results}
    found = on(results, {**runs, "t7": (60.0, 64.0, 62.0)})

    assert found.outcome == "reproduced"
    assert (found.short, found.short_by_chance) == ((), ("t7",))


def test_tasks_that_are_all_worse_are_short_on_average() -> None:
    found = on(FIVE, [value - 25 for value in WIDE])

    assert (found.outcome, found.is_on_average, found.short) == ("short", True, ())


def test_tasks_that_are_all_better_are_beyond_on_average() -> None:
    found = on(FIVE, [value + 25 for value in WIDE])

    assert (found.outcome, found.is_on_average) == ("beyond", True)
    assert on(FIVE, (118.0, 132.0)).outcome == "reproduced", "two runs are not enough for it"


def test_a_smaller_budget_is_neither_short_nor_reproduced_where_a_task_is_far_worse() -> None:
    results = [task(name, budget={"env_steps": 1000}) for name in "abcde"]
    less = {"field": "budget.env_steps", "mine": "500", "why": "no more time"}
    runs: dict[str, Sequence[float]] = dict.fromkeys("abcd", (100.0, 101.0, 102.0))
    far = on(results, {**runs, "e": (9.0, 10.0, 11.0)}, deviations=[less])

    assert (far.outcome, far.short) == ("inconclusive", ())
    assert on(results, [value - 25 for value in WIDE], deviations=[less]).outcome == "inconclusive"
    assert on(results, WIDE, deviations=[less]).outcome == "reproduced"


# What stays outside, and what is provisional


def test_a_paper_is_open_until_every_primary_result_was_attempted() -> None:
    found = on(FIVE, dict.fromkeys("abcd", WIDE))

    assert (found.outcome, found.unattempted, found.is_attempted) == ("inconclusive", ("e",), True)
    assert average(found).results == tuple("abcd")
    assert not on(FIVE, {}).is_attempted
    assert not on(FIVE, dict.fromkeys("abcde", ()), seeds=5).is_attempted, "only declared"


def test_what_cannot_be_averaged_is_named_and_must_be_reproduced_by_itself() -> None:
    exact = task("exact", sd=None, protocol={"deterministic": True})
    apart = task("apart", protocol={"reducer": {"how": "auc"}})
    runs: dict[str, Sequence[float]] = dict.fromkeys("abcde", WIDE)

    same = on([*FIVE, exact], {**runs, "exact": (100.0,)})
    other = on([*FIVE, exact], {**runs, "exact": (92.0,)})
    unlike = paper([*FIVE, apart], {**runs, "apart": WIDE}, reducer="final").verdict

    assert (same.outcome, same.outside) == (
        "reproduced",
        (("exact", "does not vary, judged by itself"),),
    )
    assert (other.outcome, other.short) == ("short", ("exact",))
    assert unlike.outcome == "inconclusive"
    assert [name for name, why in unlike.outside if "reducer" in why] == ["apart"]


def test_a_gap_is_judged_by_itself_and_a_trend_does_not_decide() -> None:
    gap = task("gap", claim={"kind": "gap", "vs": "a"}, value="140")
    trend = task("trend", claim={"kind": "trend", "text": "grows with depth"})
    runs: dict[str, Sequence[float]] = dict.fromkeys("abcde", WIDE)
    found = on([*FIVE, gap, trend], {**runs, "gap": (150.0, 151.0, 152.0)})

    assert (found.outcome, found.primary) == ("reproduced", 6)
    assert found.outside == (("gap", "a claim of a gap, judged by itself"),)
    assert on([trend], {}).outcome == "inconclusive"


def test_what_the_paper_leaves_out_makes_it_provisional_and_does_not_bar_the_way() -> None:
    found = on([task(name, sd=None) for name in "abcdefg"], WIDE)

    assert (found.outcome, found.is_provisional) == ("reproduced", True)
    assert found.assumed == ("the paper's spread",)
    assert found.is_reproduced
    assert not found.is_closed


def test_single_runs_of_mine_make_it_provisional_and_bar_the_way() -> None:
    found = on([task(name, n=10) for name in "abcdefg"], (100.0,))

    assert (found.outcome, found.is_provisional) == ("reproduced", True)
    assert found.assumed == ("my spread",)
    assert not found.is_reproduced


def test_the_task_that_was_looked_at_most_often_sets_the_level() -> None:
    attempts = {result.id: attempt(*WIDE) for result in FIVE}
    attempts["c"] = attempts["c"].after(ScoreEntry(runs=(Run(value=100.0),)))
    judged_paper = judge_paper("p", {result.id: result for result in FIVE}, attempts)

    assert average(judged_paper.verdict).level == judged_paper.verdicts["c"].level < FIRST_LEVEL


def test_results_of_the_same_log_are_one_task() -> None:
    def logged(*logs: str) -> Attempt:
        values = zip(WIDE, logs, strict=True)
        runs = tuple(Run(value=value, sha256=log) for value, log in values)
        return attempt().after(ScoreEntry(runs=runs))

    names = {"a": "123", "b": "456", "c": "678"}
    attempts = {name: logged(*logs) for name, logs in names.items()}
    found = judge_paper("p", {name: task(name) for name in names}, attempts).verdict

    assert average(found).tasks == (("a",), ("b", "c"))


# Laws


GAPS = st.lists(st.integers(-30, 30), min_size=2, max_size=4)
few = settings(max_examples=500 if IS_DEEP else 15)
"""Every example judges several papers."""


def tasks_of(gaps: Sequence[int]) -> tuple[list[Result], dict[str, list[float]]]:
    """Return tasks with runs that are so much better than the published ones."""
    results = [task(f"t{number}") for number in range(len(gaps))]
    runs = [[value + gap for value in WIDE] for gap in gaps]
    return results, {result.id: values for result, values in zip(results, runs, strict=True)}


@few
@given(GAPS)
def test_a_result_that_is_given_twice_counts_once(gaps: list[int]) -> None:
    results, runs = tasks_of(gaps)
    again = results[0].model_copy(update={"id": "again"})
    once = average(on(results, runs))
    twice = average(on([*results, again], {**runs, "again": runs["t0"]}))

    assert (twice.gap, twice.low, twice.high) == pytest.approx((once.gap, once.low, once.high))


@few
@given(GAPS, st.randoms(use_true_random=False))
def test_neither_the_order_of_tasks_nor_their_units_matter(gaps: list[int], rng: Any) -> None:
    results, runs = tasks_of(gaps)
    plain = on(results, runs)
    scaled = []
    for result in results:
        factor = rng.choice([1, 10, 1000])
        scaled.append(
            task(
                result.id,
                f"{100 * factor}.000",
                str(10 * factor),
                tolerance={"abs": str(10 * factor)},
            )
        )
        runs[result.id] = [factor * value for value in runs[result.id]]
    rng.shuffle(scaled)
    other = on(scaled, runs)

    assert other.outcome == plain.outcome
    assert set(other.singly) == set(plain.singly)
    assert average(other).low == pytest.approx(average(plain).low, abs=1e-6)


@few
@given(GAPS)
def test_tasks_that_are_each_reproduced_make_a_paper_that_is(gaps: list[int]) -> None:
    results, runs = tasks_of(gaps)
    results = [result.model_copy(update={"tolerance": None}) for result in results]
    loose = [task(result.id, tolerance={"abs": "60"}) for result in results]
    found = on(loose, runs)

    if len(found.singly) == len(loose):
        assert found.outcome in ("reproduced", "beyond")
        assert found.is_reproduced


@few
@given(
    gaps=GAPS,
    sd=st.sampled_from([0.5, 3.0, 10.0, 40.0]),
    before=st.integers(2, 12),
    more=st.integers(1, 200),
    n=st.sampled_from([2, 3, 5, 10]),
)
def test_more_runs_of_the_same_mean_and_deviation_never_undo_an_average(
    gaps: list[int], sd: float, before: int, more: int, n: int
) -> None:
    def mean_with(runs: int) -> Average:
        entries = {"t0": Run(value=100.0 + gaps[0], sd=sd, of=runs)}
        for number, gap in enumerate(gaps[1:], 1):
            entries[f"t{number}"] = Run(value=100.0 + gap, sd=10.0, of=3)
        attempts = {name: attempt().after(ScoreEntry(runs=(run,))) for name, run in entries.items()}
        results = {name: task(name, n=n) for name in entries}
        return average(judge_paper("p", results, attempts).verdict)

    fewer, later = mean_with(before), mean_with(before + more)

    assert later.low >= fewer.low - 1e-6
    assert later.high <= fewer.high + 1e-6


@few
@given(st.floats(60, 140), st.floats(0.5, 40), st.integers(2, 6), st.integers(2, 12))
def test_a_p_value_is_within_the_level_where_the_verdict_is_short_or_beyond(
    mean: float, sd: float, m: int, n: int
) -> None:
    runs = attempt().after(ScoreEntry(runs=(Run(value=mean, sd=sd, of=m),)))
    found = judge_paper("p", {"a": task("a", n=n)}, {"a": runs}).verdicts["a"]

    assert found.interval is not None
    low = p_below(found.interval, -10.0) - found.level
    high = p_above(found.interval, 10.0) - found.level
    if min(abs(low), abs(high)) > 1e-6:
        assert (low < 0) == (found.interval.high < -10)
        assert (high < 0) == (found.interval.low > 10)


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.floats(0, 2), max_size=8))
def test_holm_rejects_what_its_adjusted_p_values_say(shares: dict[str, float]) -> None:
    """Adjusted p-values: the running maximum of (K - i) p."""
    adjusted: dict[str, float] = {}
    largest = 0.0
    ordered = sorted(shares.items(), key=lambda item: (item[1], item[0]))
    for number, (name, share) in enumerate(ordered):
        largest = max(largest, (len(shares) - number) * share)
        adjusted[name] = largest

    expected = {name for name, share in adjusted.items() if share <= 1}
    assert rejected_by_holm(shares, len(shares)) == expected


# Simulated: a smaller version of `python -m tests.benchmarks.papers`


@pytest.mark.parametrize("kind", ["normal", "skewed", "20 % failing"])
def test_equal_methods_are_recognised_by_five_tasks_of_three_runs(kind: str) -> None:
    """At least 75 %, less two standard errors of the count."""
    assert equal(kind, PaperCell(5, 3, 3, draws=2_000)) >= 75 - 2


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_a_paper_that_is_worse_is_hardly_ever_called_reproduced(cell: PaperCell) -> None:
    """At most 6 % at the margin, with two standard errors of the count, and never at twice as much."""
    small = PaperCell(cell.tasks, cell.published, cell.mine, draws=2_000)

    assert worst_error(small, 1) <= 6 + 1
    assert worst_error(small, 2) <= 0.5
    assert worst_of_one_far_off(small) <= 4 + 1


def test_equal_methods_are_hardly_ever_short_however_many_tasks_there_are() -> None:
    """One of 49 was short by itself in 43 % of papers."""
    assert said("normal", PaperCell(49, 3, 3, draws=500), [0.0] * 49)[1] <= 2


def test_looking_again_after_every_run_of_every_task_spends_one_level() -> None:
    assert said_after_looks(3, range(3, 8), draws=2_000) <= 5 + 1


@pytest.mark.parametrize(("n", "m"), [(3, 3), (3, 5), (10, 3)])
def test_the_draws_are_judged_as_the_project_judges_papers(n: int, m: int) -> None:
    rng = np.random.default_rng(7)
    draws, tasks = 12, 3
    sides = [both_sides(KINDS[0], rng, Cell(n, m, draws)) for _ in range(tasks)]
    published_runs = np.stack([one for one, _ in sides])
    mine = np.stack([other - 0.4 for _, other in sides])
    reproduced, short = judged(gaps_of(published_runs, mine, FIRST_LEVEL))
    for row in range(draws):
        results = []
        runs = {}
        for number in range(tasks):
            values = published_runs[number, row]
            mean, sd = 1000 + 10 * values.mean(), 10 * values.std(ddof=1)
            results.append(task(f"t{number}", f"{mean:.6f}", f"{sd:.6f}", n=n))
            runs[f"t{number}"] = [1000 + 10 * value for value in mine[number, row]]
        found = on(results, runs)
        assert bool(reproduced[row]) == (found.outcome in ("reproduced", "beyond"))
        assert bool(short[row]) == (found.outcome == "short")


def test_verdicts_without_attempts_are_summed_up_too() -> None:
    verdicts: dict[str, Verdict] = {result.id: verdict(result, *WIDE) for result in FIVE}

    assert paper_verdict(FIVE, verdicts).outcome == "reproduced"
