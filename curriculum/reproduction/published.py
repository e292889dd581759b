"""Read a published-result record as the numbers that a comparison needs (VERDICTS.md §6)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import fmean

from curriculum.model.results import Result, Spread
from curriculum.reproduction.statistics.ranges import expected_range, range_freedom
from curriculum.reproduction.statistics.summaries import MEDIAN_FACTOR, deviation
from curriculum.reproduction.statistics.t_distribution import NORMAL, student_quantile

_NOT_SEEDS = {"episodes", "items", "eval-runs", "tasks", "folds"}
_BEST_OF = re.compile(r"best-of-(\d+)")
_MAD_PER_SD = NORMAL.inv_cdf(0.75)
_MAD_EFFICIENCY = 0.37
"""Efficiency of the median absolute deviation as an estimate of a normal standard deviation."""

_FEWEST_WITH_A_SPREAD = 2
"""How many runs a spread is taken to be over when the paper does not say: the most cautious."""


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """The published side of a comparison, in one reading of the record.

    Attributes:
        centre: P, in the metric's unit.
        sd: The standard deviation over runs with n - 1; None where the paper gives none and mine
            is borrowed.
        n: How many runs stand behind it.
        freedom: The degrees of freedom of `sd`.
        noise: Variance to add to that of the difference: rounding, reading a figure, evaluation.
        what: The centre it reports: `mean`, `median`, `iqm`.
        factor: What the standard errors of both sides are multiplied by: 1.253 for medians.
        half_range: Half of a printed range over an unknown number of runs; None elsewhere.
        remarks: What the reading takes for granted.
    """

    centre: float
    sd: float | None
    n: int
    freedom: float
    noise: float
    what: str = "mean"
    factor: float = 1.0
    half_range: float | None = None
    remarks: tuple[str, ...] = ()


def rounding_unit(number: Decimal) -> float:
    """Return one unit in the last printed digit.

    >>> rounding_unit(Decimal("3.10")), rounding_unit(Decimal("230"))
    (0.01, 1.0)
    """
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int), "a printed number is finite"
    return float(Decimal(1).scaleb(exponent))


def known_runs(result: Result) -> int | None:
    """Return how many runs are behind a published number; None when the paper does not say."""
    n = result.runs.n
    return n if isinstance(n, int) else None


def best_of_how_many(result: Result) -> int | None:
    """Return the number of runs of which the paper prints the best.

    Returns:
        None when it prints another number, 0 when it does not say of how many.
    """
    selected = _BEST_OF.fullmatch(result.protocol.selection.seeds or "")
    if selected:
        return int(selected[1])
    if result.value.centre in ("best", "worst"):
        return known_runs(result) or 0
    return None


def readings_of(result: Result) -> tuple[PublishedValue, ...]:
    """Return every way to read the record: one, or one for each meaning of an unclear spread."""
    return tuple(_with_common_parts(result, reading) for reading in _readings(result))


def _with_common_parts(result: Result, reading: PublishedValue) -> PublishedValue:
    """Add what all readings share: rounding, the error of reading a figure, the kind of centre."""
    unit = rounding_unit(result.value.value)
    read_error = float(result.value.read_error or 0)
    centre = result.value.centre
    # A rounded number is uniform over one unit, a figure read to +-e over 2 e: variance width²/12.
    return replace(
        reading,
        noise=reading.noise + unit**2 / 12 + read_error**2 / 3,
        what=centre if centre in ("median", "iqm") else "mean",
        factor=MEDIAN_FACTOR if centre == "median" else 1.0,
    )


def _readings(result: Result) -> Iterator[PublishedValue]:
    spread = result.spread
    values = result.runs.values
    stated = float(result.value.value)
    if result.value.centre == "single":
        yield _value_only(stated, 1, _evaluation_noise(result))
    elif values is not None and len(values) > 1:
        numbers = [float(value) for value in values]
        yield PublishedValue(stated, deviation(numbers), len(numbers), len(numbers) - 1, 0.0)
    elif spread.kind == "none" or (spread.value is None and spread.low is None):
        # A number of unknown runs is not exact: counted as one run, or too much is *reproduced*.
        yield _value_only(stated, known_runs(result) or 1, 0.0)
    elif spread.over in _NOT_SEEDS:
        remark = f"the paper's spread is over {spread.over}, and not over seeds"
        yield _value_only(stated, 1, _evaluation_noise(result), remark)
    else:
        yield from _over_seeds(result, stated)
        if spread.over == "unknown":
            yield _value_only(stated, 1, 0.0, "the paper does not say what its spread is over")


def _over_seeds(result: Result, stated: float) -> Iterator[PublishedValue]:
    """Yield the readings of a spread over seeds."""
    n = known_runs(result)
    if n == 1:
        yield _value_only(stated, 1, 0.0)
        return
    if result.spread.kind == "range" and n is None:
        yield _range_of_unknown_many(result.spread, stated)
        return
    said: tuple[str, ...] = ()
    if n is None:
        n = _FEWEST_WITH_A_SPREAD
        said = (f"the paper does not say how many runs: taken as {n}",)
    for spread in _meanings(result):
        sd = _standard_deviation(spread, n)
        freedom = _freedom(spread, n)
        remarks = (*_conversion_remarks(spread), *said)
        yield PublishedValue(stated, sd, n, freedom, 0.0, remarks=remarks)


def _meanings(result: Result) -> Iterator[Spread]:
    """Yield the kinds of spread that a record may mean: itself, or two where it does not say."""
    spread = result.spread
    if is_of_unclear_kind(result):
        size = Decimal(repr(_half_width(spread)))
        yield Spread(kind="sd", value=size, over=spread.over, ddof=spread.ddof)
        yield Spread(kind="sem", value=size, over=spread.over, ddof=spread.ddof)
    elif spread.kind == "ci" and spread.level is None:
        for level in ("0.68", "0.95"):
            yield spread.model_copy(update={"level": Decimal(level)})
    else:
        yield spread


def _standard_deviation(spread: Spread, n: int) -> float:
    """Return the standard deviation with n - 1 that a spread over n runs stands for."""
    size = _half_width(spread)
    match spread.kind:
        case "sd":
            return size * math.sqrt(n / (n - 1)) if spread.ddof == 0 else size
        case "sem":
            return size * math.sqrt(n)
        case "2sd":
            return size / 2
        case "ci":
            return size / student_quantile((1 + _level(spread)) / 2, n - 1) * math.sqrt(n)
        case "range":
            return 2 * size / expected_range(n)
        case "iqr":
            # Wan et al. 2014: the expected quartiles of n normal values.
            quartile = NORMAL.inv_cdf((0.75 * n - 0.125) / (n + 0.25))
            return 2 * size / (2 * quartile)
        case "mad":
            return size / _MAD_PER_SD
    raise AssertionError("no other kind has a number")


def _level(spread: Spread) -> float:
    """Return the level of a confidence interval as a fraction; papers print it in percent, too."""
    level = float(spread.level or 0.95)
    return level / 100 if level > 1 else level


def _freedom(spread: Spread, n: int) -> float:
    """Return the degrees of freedom of the standard deviation that a spread stands for."""
    if spread.kind == "range":
        return range_freedom(n)
    if spread.kind == "mad":
        return max(1.0, _MAD_EFFICIENCY * (n - 1))
    return n - 1


def _conversion_remarks(spread: Spread) -> tuple[str, ...]:
    """Return what turning a spread into a standard deviation takes for granted."""
    if spread.kind == "sd" and spread.ddof not in (0, 1):
        return ("the paper does not say whether its SD divides by n or n - 1",)
    if spread.kind == "iqr":
        return ("read from quartiles",)
    if spread.kind == "mad":
        return ("read from the median absolute deviation",)
    return ()


def _half_width(spread: Spread) -> float:
    """Return the number after the plus-minus sign, or half of what lies between the ends."""
    if spread.low is not None and spread.high is not None:
        return abs(float(spread.high - spread.low)) / 2
    size = abs(float(spread.value or 0))
    return size / 2 if spread.kind in ("range", "iqr") else size


def _value_only(centre: float, n: int, noise: float, *remarks: str) -> PublishedValue:
    """Return a number without a spread over seeds; its spread is taken to be that of my runs."""
    said = (*remarks, "spread borrowed from mine")
    return PublishedValue(centre, None, n, math.inf, noise, remarks=said)


def _range_of_unknown_many(spread: Spread, stated: float) -> PublishedValue:
    centre = stated
    if spread.low is not None and spread.high is not None:
        centre = fmean([float(spread.low), float(spread.high)])
    return PublishedValue(
        centre,
        None,
        1,
        math.inf,
        0.0,
        half_range=_half_width(spread),
        remarks=("the paper gives a range over an unknown number of runs",),
    )


def _evaluation_noise(result: Result) -> float:
    """Return the variance that comes from evaluating one model on a limited number of episodes."""
    spread = result.spread
    counts = {"episodes": result.protocol.eval.episodes, "items": result.on.n_items}
    count = counts.get(spread.over)
    size = _half_width(spread)
    if spread.kind == "sem":
        return size**2
    if spread.kind == "sd" and isinstance(count, int) and count:
        return size**2 / count
    return 0.0


def is_of_unclear_kind(result: Result) -> bool:
    """Return whether the spread may be a standard deviation or a standard error."""
    return result.spread.kind == "unknown" or is_impossible(result)


def is_impossible(result: Result) -> bool:
    """Return whether the printed standard deviation or error cannot belong to the runs it is over.

    Success rates over T trials are multiples of 1/T, which bounds their deviation from below; a
    bounded metric bounds it from above (Bhatia and Davis 2000).
    """
    spread = result.spread
    n = known_runs(result) or _FEWEST_WITH_A_SPREAD
    if n == 1 or spread.kind not in ("sd", "sem") or spread.value is None:
        return False
    ddof = spread.ddof if isinstance(spread.ddof, int) else 1
    half = rounding_unit(spread.value) / 2
    to_sd = math.sqrt(n) if spread.kind == "sem" else 1.0
    least = (float(spread.value) - half) * to_sd
    most = (float(spread.value) + half) * to_sd
    largest = _largest_deviation(result, n, ddof)
    smallest = _smallest_deviation(result, n, ddof)
    return least > largest or most < smallest


def _largest_deviation(result: Result, n: int, ddof: int) -> float:
    """Return the greatest deviation of n values between the metric's bounds with that mean."""
    low, high = result.metric.bounds
    if low is None or high is None:
        return math.inf
    half = rounding_unit(result.value.value) / 2
    centre = min(max(float(result.value.value), float(low)), float(high))
    room = (float(high) - centre + half) * (centre + half - float(low))
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
    half = rounding_unit(result.value.value) / 2
    centre = float(result.value.value)
    # The sums of successes, over all runs, that round to the printed mean.
    first = math.ceil((centre - half) / whole * n * trials - 1e-9)
    last = math.floor((centre + half) / whole * n * trials + 1e-9)
    if last < first:
        return math.inf
    if last - first >= n:
        return 0.0
    rests = [total % n for total in range(first, last + 1)]
    # The runs are closest together when `rest` of them have one success more than the others.
    deviations = [math.sqrt(rest * (n - rest) / n / (n - ddof)) for rest in rests]
    return min(deviations) / trials * whole


def proportion_whole(result: Result) -> float | None:
    """Return what 100 % is in the metric's unit: 100 for percent, 1 for a fraction.

    Returns:
        None for a metric that is not a share.
    """
    low, high = result.metric.bounds
    whole = {"percent": 100.0, "fraction": 1.0}.get(result.metric.unit)
    if whole is None:
        return None
    starts_elsewhere = low is not None and low != 0
    ends_elsewhere = high is not None and float(high) != whole
    if starts_elsewhere or ends_elsewhere:
        return None
    return whole


def trials_of(result: Result) -> int | None:
    """Return over how many trials one run's share is taken: the data's items, else the episodes."""
    for count in (result.on.n_items, result.protocol.eval.episodes):
        if isinstance(count, int) and count:
            return count
    return None
