"""From an attempt to my side of a comparison: which runs count, and as what; the published side is not known here."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from curriculum.model.attempts import Attempt, Run
from curriculum.model.results import Result

MOST_DIVERGED = 0.20
_PERCENT, _FRACTION = "percent", "fraction"


@dataclass(frozen=True, slots=True)
class MyRuns:
    """My runs as the comparison takes them.

    Attributes:
        values: One for each run that counts, in the paper's unit; the distance to the target where there is one.
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
    """Return the runs that count: one value per seed, diverged ones as the worst bound where there is one."""
    seeds = per_seed(attempt.runs)
    counted = seeds[: attempt.seeds] if attempt.seeds else seeds
    scale = unit_scale(attempt.unit, result.metric.unit)
    finished = [scale * run.value for run in counted if run.value is not None]
    diverged = len(counted) - len(finished)
    worst = _worst_bound(result)
    values = [*finished, *([worst] * diverged if worst is not None else [])]
    summary = (
        counted[0]
        if len(counted) == 1 and counted[0].sd is not None and counted[0].of > 1
        else None
    )
    return MyRuns(
        values=tuple(_towards_target(values, result)),
        sd=None if summary is None else scale * (summary.sd or 0.0),
        n=len(values) if summary is None else summary.of,
        diverged=diverged,
        total=len(counted) if summary is None else summary.of,
        extra=len(seeds) - len(counted),
        unit=0.0 if attempt.printed is None else scale * 10.0**-attempt.printed,
        remarks=tuple(_remarks(attempt.runs, seeds, diverged, len(counted), worst)),
    )


def per_seed(runs: Iterable[Run]) -> list[Run]:
    """Return one run for each seed, in order: values that share a seed are one run and are averaged."""
    grouped: dict[str | int, list[Run]] = {}
    for number, run in enumerate(runs):
        grouped.setdefault(number if run.seed is None else run.seed, []).append(run)
    return [_averaged(group) for group in grouped.values()]


def _averaged(group: Sequence[Run]) -> Run:
    values = [run.value for run in group if run.value is not None]
    if len(group) == 1 or len(values) < len(group):
        return next((run for run in group if run.value is None), group[0])
    return group[0].model_copy(update={"value": fmean(values)})


def unit_scale(mine: str | None, paper: str) -> float:
    """Return what my values are multiplied by to stand in the paper's unit; 1 for units that are the same."""
    return {(_FRACTION, _PERCENT): 100.0, (_PERCENT, _FRACTION): 0.01}.get(
        (mine or paper, paper), 1.0
    )


def is_convertible(mine: str | None, paper: str) -> bool:
    """Whether values in one unit can be told in the other."""
    return mine in (None, paper) or {mine, paper} == {_PERCENT, _FRACTION}


def towards_target(value: float, result: Result) -> float:
    """Return a value, or its distance to the target of a metric that has one."""
    target = result.metric.target
    return value if target is None else abs(value - float(target))


def _towards_target(values: Iterable[float], result: Result) -> Iterable[float]:
    return (towards_target(value, result) for value in values)


def _worst_bound(result: Result) -> float | None:
    low, high = result.metric.bounds
    bound = {"higher": low, "lower": high, "target": None}[result.metric.direction]
    return None if bound is None else float(bound)


def _remarks(
    runs: Sequence[Run], seeds: Sequence[Run], diverged: int, counted: int, worst: float | None
) -> Iterable[str]:
    if len(seeds) < len(runs):
        yield f"{len(runs)} values of {len(seeds)} seeds: averaged per seed"
    if diverged:
        how = "left out" if worst is None else f"counted as {worst:g}, the worst there is"
        yield f"{diverged} of {counted} diverged, {how}"


def too_many_diverged(runs: MyRuns) -> bool:
    """Whether so many runs came to nothing that the others alone would flatter."""
    if not runs.diverged:
        return False
    return runs.total - runs.diverged < 2 or runs.diverged > MOST_DIVERGED * runs.total + 1e-9


def is_off_by_a_hundred(mine: float, paper: float) -> bool:
    """Whether two shares differ as percent and fraction do."""
    if mine == 0 or paper == 0 or (mine > 0) != (paper > 0):
        return False
    ratio = abs(math.log(mine / paper))
    return abs(ratio - math.log(100)) < math.log(1.25)
