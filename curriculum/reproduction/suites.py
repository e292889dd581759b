"""Sum up a suite of tasks: interquartile mean of normalised scores, stratified bootstrap.

After Agarwal et al. 2021; VERDICTS.md §16.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.reproduction.published import best_of_how_many
from curriculum.reproduction.statistics.summaries import centre_of, quartile_mean

_DRAWS = 2_000
_FEWEST_RUNS = 3
_FEWEST_TASKS = 2
_FEW_RUNS = 10


@dataclass(frozen=True, slots=True)
class Suite:
    """The interquartile mean of a suite's normalised scores.

    Attributes:
        name: The suite.
        tasks: The results it sums up, in the paper's order.
        runs: The fewest runs of a task.
        mine: The interquartile mean of my tasks, each with the centre of its runs that the paper
            prints, as their mean; runs that equal the published numbers give what `paper` is.
        low: Lower end of its 95 % percentile interval.
        high: Upper end of it.
        paper: The interquartile mean of the published numbers.
    """

    name: str
    tasks: tuple[str, ...]
    runs: int
    mine: float
    low: float
    high: float
    paper: float

    @property
    def is_narrow(self) -> bool:
        """Whether there are so few runs that the interval is too narrow."""
        return self.runs < _FEW_RUNS


def normalised(value: float, result: Result) -> float | None:
    """Return (x - floor) / (reference - floor), the reference being a human or the optimum.

    Returns:
        None where the published record lacks these constants.
    """
    reference = result.metric.reference
    top = reference.human if reference.human is not None else reference.optimum
    if reference.floor is None or top is None or top == reference.floor:
        return None
    span = float(top - reference.floor)
    return (value - float(reference.floor)) / span


def suites_of(
    results: Sequence[Result],
    values: Mapping[str, Sequence[float]],
    rng: random.Random,
    draws: int = _DRAWS,
) -> tuple[Suite, ...]:
    """Return a summary of every suite and method with at least two tasks that can be normalised.

    Args:
        results: The paper's results.
        values: Result's id to the values of my runs; a task needs at least three. The best of
            several runs is passed over: it does not compare with a mean.
        rng: Where the bootstrap's chance comes from.
        draws: How many resamples.
    """
    tasks: dict[str, list[Result]] = {}
    for result in results:
        suite = result.on.suite
        if suite and _is_summed_up(result, len(values.get(result.id, ()))):
            label = f"{suite} {result.method}" if result.method else suite
            tasks.setdefault(label, []).append(result)
    found = []
    for name, members in sorted(tasks.items()):
        if len(members) >= _FEWEST_TASKS:
            found.append(_suite(name, members, values, rng, draws))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Task:
    """The normalised scores of my runs of a task, and which of their centres the paper prints."""

    scores: Sequence[float]
    centre: str


def _is_summed_up(result: Result, runs: int) -> bool:
    """Return whether a result has runs enough, constants, and a centre to compare with."""
    if runs < _FEWEST_RUNS or best_of_how_many(result) is not None:
        return False
    return normalised(0.0, result) is not None


def _suite(
    name: str,
    results: Sequence[Result],
    values: Mapping[str, Sequence[float]],
    rng: random.Random,
    draws: int,
) -> Suite:
    mine = []
    published = []
    tasks = []
    for result in results:
        runs = values[result.id]
        mine.append(_score(centre_of(runs, result.value.centre), result))
        published.append(_score(result.value.number, result))
        tasks.append(_Task([_score(value, result) for value in runs], result.value.centre))
    drawn = sorted(_resampled_mean(tasks, rng) for _ in range(draws))
    return Suite(
        name=name,
        tasks=tuple(result.id for result in results),
        runs=min(len(task.scores) for task in tasks),
        mine=quartile_mean(mine),
        low=drawn[int(0.025 * draws)],
        high=drawn[min(draws - 1, int(0.975 * draws))],
        paper=quartile_mean(published),
    )


def _resampled_mean(tasks: Sequence[_Task], rng: random.Random) -> float:
    """Return the mean of runs drawn with replacement within each task, so that all tasks stay."""
    centres = []
    for task in tasks:
        runs = rng.choices(task.scores, k=len(task.scores))
        centres.append(centre_of(runs, task.centre))
    return quartile_mean(centres)


def _score(value: float, result: Result) -> float:
    score = normalised(value, result)
    assert score is not None, "only results with constants are summed up"
    return score
