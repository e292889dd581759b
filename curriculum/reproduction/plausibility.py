"""Check whether a printed spread can belong to the runs that it is over (VERDICTS.md §6)."""

from __future__ import annotations

import math

from curriculum.model.results import WHOLES, Result, last_digit

FEWEST_WITH_A_SPREAD = 2
"""How many runs a spread is taken to be over when the paper does not say: the most cautious."""

_SLACK = 1e-9


def is_impossible(result: Result) -> bool:
    """Return whether the printed standard deviation or error cannot belong to the runs it is over.

    Success rates over T trials are multiples of 1/T, which bounds their deviation from below; a
    bounded metric bounds it from above (Bhatia and Davis 2000).
    """
    n = result.runs.count or FEWEST_WITH_A_SPREAD
    spread = result.spread
    if n == 1 or spread.kind not in ("sd", "sem") or spread.value is None:
        return False
    ddof = spread.ddof if isinstance(spread.ddof, int) else 1
    to_sd = math.sqrt(n) if spread.kind == "sem" else 1.0
    half = last_digit(spread.value) / 2
    least = (float(spread.value) - half) * to_sd
    most = (float(spread.value) + half) * to_sd
    largest = _largest_deviation(result, n, ddof)
    smallest = _smallest_deviation(result, n, ddof)
    return least > largest or most < smallest


def _largest_deviation(result: Result, n: int, ddof: int) -> float:
    """Return the greatest deviation of n values between the metric's bounds with that mean."""
    low, high = result.metric.limits
    if low is None or high is None:
        return math.inf
    half = result.value.unit / 2
    centre = min(max(result.value.number, low), high)
    room = (high - centre + half) * (centre + half - low)
    return math.sqrt(max(0.0, room) * n / (n - ddof))


def _smallest_deviation(result: Result, n: int, ddof: int) -> float:
    """Return the least deviation of n shares of T trials whose mean is printed so.

    Returns:
        0 where the trials are not known, infinity where no n shares have that mean.
    """
    trials = trials_of(result)
    whole = proportion_whole(result)
    if trials is None or whole is None:
        return 0.0
    half = result.value.unit / 2
    lowest = (result.value.number - half) / whole * n * trials
    highest = (result.value.number + half) / whole * n * trials
    # The sums of successes, over all runs, that round to the printed mean.
    totals = range(math.ceil(lowest - _SLACK), math.floor(highest + _SLACK) + 1)
    if not totals:
        return math.inf
    if len(totals) > n:
        return 0.0
    deviations = []
    for total in totals:
        # The runs are closest together when some have one success more than the others.
        ahead = total % n
        deviations.append(math.sqrt(ahead * (n - ahead) / n / (n - ddof)))
    return min(deviations) / trials * whole


def proportion_whole(result: Result) -> float | None:
    """Return what 100 % is in the metric's unit: 100 for percent, 1 for a fraction.

    Returns:
        None for a metric that is not a share.
    """
    whole = WHOLES.get(result.metric.unit)
    if result.metric.limits != (0.0, whole):
        return None
    return whole


def trials_of(result: Result) -> int | None:
    """Return over how many trials one run's share is taken: the data's items, else the episodes."""
    for count in (result.on.n_items, result.protocol.eval.episodes):
        if isinstance(count, int) and count:
            return count
    return None
