"""The number that an attempt came to, and whether it is complete: for predictions of it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from curriculum.model.attempts import Attempt
from curriculum.model.results import Result
from curriculum.reproduction.my_runs import per_seed, runs_of, too_many_diverged, unit_scale
from curriculum.reproduction.statistics.summaries import centre_of

ENOUGH_RUNS = 3
"""How many runs make an attempt complete where none were declared."""


def is_complete(result: Result, attempt: Attempt) -> bool:
    """Whether an attempt has all the runs that were declared, or `ENOUGH_RUNS` where none were."""
    return runs_of(result, attempt).total >= (attempt.seeds or ENOUGH_RUNS)


def number_reached(result: Result, attempt: Attempt) -> float | None:
    """Return what an attempt came to in the paper's unit, as the paper reports it: mean or median.

    None where it came to no number, or too many of its runs diverged.
    """
    runs = runs_of(result, attempt)
    if not runs.values or too_many_diverged(runs):
        return None
    if result.metric.target is None:
        return centre_of(runs.values, result.value.centre)
    # With a target, runs are compared by their distance to it; what is predicted is the number.
    scale = unit_scale(attempt.unit, result.metric.unit)
    values = [run.value for run in per_seed(attempt.runs)[: attempt.seeds]]
    return fmean(scale * value for value in values if value is not None)


def first_complete(
    result: Result, attempts: Sequence[Attempt], number: int
) -> tuple[Attempt, float] | None:
    """Return the first complete attempt from a number on that came to a number, and the number."""
    for attempt in attempts:
        if attempt.number < number or not is_complete(result, attempt):
            continue
        reached = number_reached(result, attempt)
        if reached is not None:
            return attempt, reached
    return None
