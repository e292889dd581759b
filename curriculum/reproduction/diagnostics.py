"""What per-run values on both sides can tell besides the verdict; none of it is ever the verdict."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean, median

DRAWS = 2_000
FEWEST_SPLITS = 40
MOST_SPLITS = 200_000


@dataclass(frozen=True, slots=True)
class Extras:
    """Beside the verdict.

    Attributes:
        better: The chance that a run of mine is better than a published one, ties counting half.
        better_low: Lower end of its 95 % bootstrap interval.
        better_high: Upper end of it.
        permutation: Two-sided exact permutation p of the difference of means; None where there are too few or too many
            ways to split the runs.
        medians: My median minus the published one, signed so that positive is better.
    """

    better: float
    better_low: float
    better_high: float
    permutation: float | None
    medians: float


def extras_of(
    mine: Sequence[float], paper: Sequence[float], sign: int, rng: random.Random
) -> Extras:
    """Return what per-run values tell.

    Args:
        mine: My runs, at least one.
        paper: The published runs, at least one.
        sign: 1 where more is better, -1 where less is.
        rng: Where the bootstrap's chance comes from.
    """
    ours, theirs = [sign * value for value in mine], [sign * value for value in paper]
    drawn = sorted(
        _chance_of_better(rng.choices(ours, k=len(ours)), rng.choices(theirs, k=len(theirs)))
        for _ in range(DRAWS)
    )
    return Extras(
        better=_chance_of_better(ours, theirs),
        better_low=drawn[int(0.025 * DRAWS)],
        better_high=drawn[int(0.975 * DRAWS)],
        permutation=_permutation(ours, theirs),
        medians=median(ours) - median(theirs),
    )


def _chance_of_better(ours: Sequence[float], theirs: Sequence[float]) -> float:
    wins = sum((x > y) + 0.5 * (x == y) for x in ours for y in theirs)
    return wins / (len(ours) * len(theirs))


def _permutation(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Return the share of all ways to split the runs that separate the means as far."""
    splits = math.comb(len(ours) + len(theirs), len(ours))
    if not FEWEST_SPLITS <= splits <= MOST_SPLITS:
        return None
    pooled, total = [*ours, *theirs], math.fsum([*ours, *theirs])
    seen = abs(fmean(ours) - fmean(theirs))
    room = 1e-12 * max(map(abs, pooled))
    as_far = 0
    for chosen in combinations(pooled, len(ours)):
        part = math.fsum(chosen)
        gap = abs(part / len(ours) - (total - part) / len(theirs))
        as_far += gap >= seen - room
    return as_far / splits
