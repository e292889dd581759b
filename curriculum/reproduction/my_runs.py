"""Turn an attempt into my side of a comparison: which runs count, and as what (VERDICTS.md §4)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from curriculum.model.attempts import Attempt, Run
from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result, unit_name

_MOST_DIVERGED = 0.20
_PERCENT, _FRACTION = "percent", "fraction"


@dataclass(frozen=True, slots=True)
class MyRuns:
    """My runs as the comparison takes them.

    Attributes:
        values: One for each run that counts, in the paper's unit; the distance to the target
            where there is one.
        sd: The deviation that was given with a mean; None when it is to be taken from the values.
        n: How many runs stand behind them.
        diverged: How many came to no number.
        total: How many there are with those.
        extra: Runs beyond what was declared.
        unit: One unit in the last digit of typed values; 0 for values read from logs.
        remarks: What was done with them.
    """

    values: tuple[float, ...]
    sd: float | None
    n: int
    diverged: int
    total: int
    extra: int
    unit: float
    remarks: tuple[str, ...]


def runs_of(result: Result, attempt: Attempt) -> MyRuns:
    """Return the runs that count: one value per seed, diverged ones as the worst bound if any."""
    seeds = per_seed(attempt.runs)
    counted = seeds[: attempt.seeds]
    scale = unit_scale(attempt.unit, result.metric.unit)
    values = [scale * run.value for run in counted if run.value is not None]
    diverged = len(counted) - len(values)
    worst = result.metric.worst
    if worst is not None:
        values.extend([worst] * diverged)
    runs = MyRuns(
        values=tuple(towards_target(value, result) for value in values),
        sd=None,
        n=len(values),
        diverged=diverged,
        total=len(counted),
        extra=len(seeds) - len(counted),
        unit=_typed_unit(attempt, scale),
        remarks=(
            *_averaging_remarks(attempt.runs, seeds),
            *_divergence_remarks(diverged, len(counted), worst),
        ),
    )
    return _as_summarised(runs, counted, scale)


def _as_summarised(runs: MyRuns, counted: Sequence[Run], scale: float) -> MyRuns:
    """Return the runs as those that a mean was given of, where the only value is such a mean."""
    if len(counted) != 1:
        return runs
    mean = counted[0]
    if mean.of == 1:
        return runs
    sd = None if mean.sd is None else scale * mean.sd
    return replace(runs, sd=sd, n=mean.of, total=mean.of)


def per_seed(runs: Iterable[Run]) -> list[Run]:
    """Return one run for each seed, in order: values that share a seed are averaged.

    Several episodes of one agent are not several runs (VERDICTS.md §17, edge case 10).
    """
    grouped: dict[str | int, list[Run]] = {}
    for number, run in enumerate(runs):
        key = run.seed or number
        grouped.setdefault(key, []).append(run)
    return [_averaged(group) for group in grouped.values()]


def _averaged(group: Sequence[Run]) -> Run:
    """Return one run for all of a seed; a part that came to nothing decides over the others."""
    for run in group:
        if run.value is None:
            return run
    if len(group) == 1:
        return group[0]
    mean = fmean(run.value for run in group if run.value is not None)
    return group[0].model_copy(update={"value": mean})


def _typed_unit(attempt: Attempt, scale: float) -> float:
    if attempt.printed is None:
        return 0.0
    return scale * 10.0**-attempt.printed


def unit_scale(mine: str | None, paper: str) -> float:
    """Return the factor that converts my values to the paper's unit; 1 for equal units."""
    mine = unit_name(mine)
    if (mine, paper) == (_FRACTION, _PERCENT):
        return 100.0
    if (mine, paper) == (_PERCENT, _FRACTION):
        return 0.01
    return 1.0


def is_convertible(mine: str | None, paper: str) -> bool:
    """Return whether values in one unit can be expressed in the other."""
    mine = unit_name(mine)
    if mine in (None, paper):
        return True
    return {mine, paper} == {_PERCENT, _FRACTION}


def towards_target(value: float, result: Result) -> float:
    """Return a value, or its distance to the target of a metric that has one."""
    target = result.metric.target
    if target is None:
        return value
    return abs(value - float(target))


def _averaging_remarks(runs: Sequence[Run], seeds: Sequence[Run]) -> Iterator[str]:
    if len(seeds) < len(runs):
        values = counted(len(runs), "value")
        yield f"{values} of {counted(len(seeds), 'seed')}: averaged per seed"


def _divergence_remarks(diverged: int, counted: int, worst: float | None) -> Iterator[str]:
    if not diverged:
        return
    how = "left out"
    if worst is not None:
        how = f"counted as {worst:g}, the worst there is"
    yield f"{diverged} of {counted} diverged, {how}"


def too_many_diverged(runs: MyRuns) -> bool:
    """Return whether too many runs diverged for the others alone to speak for the method."""
    if not runs.diverged:
        return False
    finished = runs.total - runs.diverged
    most = _MOST_DIVERGED * runs.total + 1e-9
    return finished < 2 or runs.diverged > most


def mistaken_unit(mine: float, result: Result) -> str | None:
    """Return the unit of a rate that my values look like, where it is not the paper's.

    Percent and fraction differ a hundredfold, give or take a quarter.
    """
    paper = result.value.number
    other = _FRACTION if result.metric.unit == _PERCENT else _PERCENT
    ratio = mine * unit_scale(other, result.metric.unit) / paper if paper else 0.0
    if ratio <= 0 or abs(math.log(ratio)) >= math.log(1.25):
        return None
    return other
