"""What per-run values on both sides tell besides the verdict; they never are the verdict.

VERDICTS.md §13 says why.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from itertools import combinations
from statistics import fmean, median

from curriculum.model.late_dataclasses import dataclass
from curriculum.reproduction.case import Case
from curriculum.reproduction.my_runs import towards_target

_DRAWS = 2_000
_FEWEST_SPLITS = 40
"""Below this a permutation test cannot reach 5 %."""

_MOST_SPLITS = 200_000


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What is shown beside a verdict.

    Attributes:
        better: The chance that a run of mine is better than a published one, ties counting half.
        better_low: Lower end of its 95 % bootstrap interval.
        better_high: Upper end of it.
        permutation: Two-sided exact permutation p of the difference of means; None where there
            are too few or too many ways to split the runs.
        medians: My median minus the published one, signed so that positive is better.
    """

    better: float
    better_low: float
    better_high: float
    permutation: float | None
    medians: float


def diagnostics_in(case: Case, rng: random.Random) -> Diagnostics | None:
    """Return what per-run values tell in a comparison; None where one side has too few of them."""
    published = case.result.runs.values
    if published is None or len(published) < 2:
        return None
    if not case.runs.values or case.protocol.closed is not None:
        return None
    paper = [towards_target(float(value), case.result) for value in published]
    return diagnostics_of(case.runs.values, paper, case.sign, rng)


def diagnostics_of(
    mine: Sequence[float], paper: Sequence[float], sign: int, rng: random.Random
) -> Diagnostics:
    """Return what per-run values tell.

    Args:
        mine: My runs, at least one.
        paper: The published runs, at least one.
        sign: 1 where more is better, -1 where less is.
        rng: Where the bootstrap's chance comes from.
    """
    ours = [sign * value for value in mine]
    theirs = [sign * value for value in paper]
    drawn = []
    for _ in range(_DRAWS):
        our_draw = rng.choices(ours, k=len(ours))
        their_draw = rng.choices(theirs, k=len(theirs))
        drawn.append(_chance_of_better(our_draw, their_draw))
    drawn.sort()
    return Diagnostics(
        better=_chance_of_better(ours, theirs),
        better_low=drawn[int(0.025 * _DRAWS)],
        better_high=drawn[int(0.975 * _DRAWS)],
        permutation=_permutation_p(ours, theirs),
        medians=median(ours) - median(theirs),
    )


def _chance_of_better(ours: Sequence[float], theirs: Sequence[float]) -> float:
    pairs = len(ours) * len(theirs)
    wins = sum((x > y) + 0.5 * (x == y) for x in ours for y in theirs)
    return wins / pairs


def _permutation_p(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Return the share of all ways to split the runs that separate the means as far."""
    n = len(ours)
    splits = math.comb(n + len(theirs), n)
    if not _FEWEST_SPLITS <= splits <= _MOST_SPLITS:
        return None
    pooled = [*ours, *theirs]
    total = math.fsum(pooled)
    seen = abs(fmean(ours) - fmean(theirs))
    # Sums of the same runs in another order may differ in the last digit and must count as equal.
    slack = 1e-12 * max(map(abs, pooled))
    as_far = 0
    for chosen in combinations(pooled, n):
        part = math.fsum(chosen)
        rest = total - part
        gap = abs(part / n - rest / len(theirs))
        as_far += gap >= seen - slack
    return as_far / splits
