"""The mean over a paper's tasks of how much better mine is, in margins (VERDICTS.md §15).

Three runs seldom settle one task. Five tasks that are each a little uncertain settle together what
the paper claims of its method.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean

from curriculum.model.attempts import Attempt
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.verdicts import Outcome, StandardError, Verdict
from curriculum.reproduction.statistics.intervals import half_of

FEWEST_TASKS = 2


@dataclass(frozen=True, slots=True)
class Average:
    """The mean over tasks of D in margins.

    Attributes:
        tasks: The results of each task, in the paper's order; several that share their runs, such
            as top-1 and top-5 error, are one task.
        gap: The mean; positive means that mine is better, -1 that it is worse by the margin.
        low: Lower end of its interval.
        high: Upper end of it.
        level: The one-sided level of each test.
        outcome: Reproduced when it lies above -1, beyond above 1; short when that of a level shared
            with the tasks lies below -1.
    """

    tasks: tuple[tuple[str, ...], ...]
    gap: float
    low: float
    high: float
    level: float
    outcome: Outcome

    @property
    def results(self) -> tuple[str, ...]:
        """The results that it is made of."""
        return tuple(name for task in self.tasks for name in task)

    @property
    def worst(self) -> float:
        """How many margins mine is worse on average at most."""
        return max(0.0, -self.low)


@dataclass(frozen=True, slots=True)
class _Gap:
    """D of a result or a task in margins, with its standard errors: Welch's and the pooled one.

    Where the paper has no more runs than mine, both are the same.
    """

    size: float
    welch: StandardError
    pooled: StandardError


def why_outside(result: Result, verdict: Verdict) -> str | None:
    """Return why a result cannot be part of an average; None when it can."""
    interval = verdict.interval
    if result.claim.kind != "value":
        return f"a claim of {_A_CLAIM[result.claim.kind]}, judged by itself"
    if interval is None:
        return verdict.cause or "judged without an interval"
    if math.isinf(interval.freedom):
        return "does not vary, judged by itself"
    if result.spread.kind == "range" and result.runs.count is None:
        return "a range over an unknown number of runs"
    return None


_A_CLAIM = {"gap": "a gap", "ordering": "an ordering", "trend": "a trend"}


def average_of(
    results: Sequence[Result], verdicts: Mapping[str, Verdict], attempts: Mapping[str, Attempt]
) -> Average | None:
    """Return the average over the tasks of some results.

    The variance is the sum of the tasks' own over the square of their number, with Satterthwaite's
    degrees of freedom; the pooled interval counts where it is wider, as for a single result.

    Args:
        results: Those that can be part of it.
        verdicts: Result's id to the verdict on it.
        attempts: Result's id to my attempt, as far as known; its logs tell which results share
            their runs.

    Returns:
        None for a single task, which is judged by itself.
    """
    tasks = _tasks(results, attempts)
    if len(tasks) < FEWEST_TASKS:
        return None
    gaps = [_of_same_runs([_gap(verdicts[name]) for name in task]) for task in tasks]
    # All looks at a result share one level; that of the one that was looked at most often holds.
    level = min(verdicts[result.id].level for result in results)
    mean = fmean(gap.size for gap in gaps)
    errors = (_mean_error([gap.welch for gap in gaps]), _mean_error([gap.pooled for gap in gaps]))
    half = _half(errors, level)
    barred = {outcome for result in results for outcome in verdicts[result.id].barred}
    # That one of the tasks is short says it of the paper, too: the mean is one test more.
    farther = _half(errors, level / (len(tasks) + 1))
    return Average(
        tasks=tasks,
        gap=mean,
        low=mean - half,
        high=mean + half,
        level=level,
        outcome=_outcome(mean - half, mean + farther, barred),
    )


def _half(errors: Iterable[StandardError], level: float) -> float:
    return max(half_of(error, level) for error in errors)


def _outcome(low: float, high: float, barred: Collection[Outcome]) -> Outcome:
    """Return what an interval says, except what the conditions of a task do not allow."""
    if low > 1 and "beyond" not in barred:
        return "beyond"
    if low > -1:
        return "reproduced"
    if high < -1 and "short" not in barred:
        return "short"
    return "inconclusive"


def _gap(verdict: Verdict) -> _Gap:
    interval = verdict.interval
    assert interval is not None, "only what was tested is part of an average"
    scale = 1 / verdict.margin.size
    errors = [error.times(scale) for error in interval.errors]
    return _Gap(scale * interval.difference, welch=errors[0], pooled=errors[-1])


def _of_same_runs(gaps: Sequence[_Gap]) -> _Gap:
    """Return the mean of several numbers of the same runs, which vary together at worst."""
    return _Gap(
        size=fmean(gap.size for gap in gaps),
        welch=_common_error([gap.welch for gap in gaps]),
        pooled=_common_error([gap.pooled for gap in gaps]),
    )


def _common_error(errors: Sequence[StandardError]) -> StandardError:
    size = fmean(error.size for error in errors)
    return StandardError(size, min(error.freedom for error in errors))


def _mean_error(errors: Sequence[StandardError]) -> StandardError:
    """Return the error of the mean of independent gaps (Satterthwaite 1946)."""
    size = math.hypot(*(error.size for error in errors))
    # Shares of the total: the squares of the variances themselves could under- or overflow.
    inverse = sum((error.size / size) ** 4 / error.freedom for error in errors)
    return StandardError(size / len(errors), 1 / inverse)


def _tasks(
    results: Sequence[Result], attempts: Mapping[str, Attempt]
) -> tuple[tuple[str, ...], ...]:
    """Return the results in groups that share their runs, in their order."""
    groups: list[tuple[set[str], list[str]]] = []
    for result in results:
        marks = set(_marks(result, attempts.get(result.id)))
        names = [result.id]
        apart = []
        for other_marks, others in groups:
            if marks.isdisjoint(other_marks):
                apart.append((other_marks, others))
            else:
                marks |= other_marks
                names = [*others, *names]
        groups = [*apart, (marks, names)]
    order = [result.id for result in results]
    tasks = [tuple(sorted(names, key=order.index)) for _, names in groups]
    return tuple(sorted(tasks, key=lambda task: order.index(task[0])))


def _marks(result: Result, attempt: Attempt | None) -> Iterable[str]:
    """Yield what two results have in common when they are numbers of the same runs.

    That is the method and what it was run on, or a log of mine.
    """
    yield f"published {result.method} {result.on.name} {result.on.version}"
    if attempt is not None:
        for run in attempt.runs:
            if run.sha256 is not None:
                yield f"log {run.sha256}"
