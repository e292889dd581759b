"""From a published-result record to the numbers that a comparison needs; my runs are not known here."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import fmean

from curriculum.model.results import Result, Spread
from curriculum.reproduction.statistics.summaries import MEDIAN_FACTOR, deviation
from curriculum.reproduction.statistics.t_distribution import (
    NORMAL,
    expected_range,
    range_freedom,
    student_quantile,
)

_NOT_SEEDS = {"episodes", "items", "eval-runs", "tasks", "folds"}
_BEST_OF = re.compile(r"best-of-(\d+)")
_MAD = NORMAL.inv_cdf(0.75)
_MAD_EFFICIENCY = 0.37


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """The published side of a comparison, in one reading of the record.

    Attributes:
        centre: P, in the metric's unit.
        sd: The standard deviation over runs with n - 1; None where the paper gives none and mine is borrowed.
        n: How many runs stand behind it.
        freedom: The degrees of freedom of `sd`.
        noise: Variance to add to that of the difference: rounding, reading a figure, evaluation noise.
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


def best_of_how_many(result: Result) -> int | None:
    """Return of how many runs the paper prints the best; None when it does not, 0 when it does not say of how many."""
    said = _BEST_OF.fullmatch(result.protocol.selection.seeds or "")
    if said:
        return int(said[1])
    if result.value.centre in ("best", "worst"):
        return result.runs.n if isinstance(result.runs.n, int) else 0
    return None


def readings_of(result: Result) -> tuple[PublishedValue, ...]:
    """Return every way to read the record: one, or one for each meaning that an unknown spread may have."""
    return tuple(_finished(result, reading) for reading in _readings(result))


def _finished(result: Result, reading: PublishedValue) -> PublishedValue:
    """Add what every reading shares: rounding, the error of reading a figure, and what the centre is."""
    unit = rounding_unit(result.value.value)
    read_error = float(result.value.read_error or 0)
    centre = result.value.centre
    return replace(
        reading,
        noise=reading.noise + unit**2 / 12 + read_error**2 / 3,
        what=centre if centre in ("median", "iqm") else "mean",
        factor=MEDIAN_FACTOR if centre == "median" else 1.0,
    )


def _readings(result: Result) -> Iterator[PublishedValue]:
    spread, values = result.spread, result.runs.values
    stated = float(result.value.value)
    if result.value.centre == "single":
        yield _value_only(stated, 1, _evaluation_noise(result))
    elif values is not None and len(values) > 1:
        numbers = [float(value) for value in values]
        yield PublishedValue(stated, deviation(numbers), len(numbers), len(numbers) - 1, 0.0)
    elif spread.kind == "none" or (spread.value is None and spread.low is None):
        yield _value_only(stated, _runs(result), 0.0)
    elif spread.over in _NOT_SEEDS:
        yield _value_only(
            stated,
            1,
            _evaluation_noise(result),
            f"the paper's spread is over {spread.over}, and not over seeds",
        )
    else:
        yield from _over_seeds(result, stated)
        if spread.over == "unknown":
            yield _value_only(stated, 1, 0.0, "the paper does not say what its spread is over")


def _over_seeds(result: Result, stated: float) -> Iterator[PublishedValue]:
    """Yield the readings of a spread over seeds."""
    n = result.runs.n if isinstance(result.runs.n, int) else None
    if n == 1:
        yield _value_only(stated, 1, 0.0)
    elif result.spread.kind == "range" and n is None:
        yield _range_of_unknown_many(result.spread, stated)
    else:
        for spread in _meanings(result, n or 2):
            sd, freedom, remarks = _converted(spread, n or 2)
            said = () if n else ("the paper does not say how many runs: taken as 2",)
            yield PublishedValue(stated, sd, n or 2, freedom, 0.0, remarks=(*remarks, *said))


def _meanings(result: Result, n: int) -> Iterator[Spread]:
    """Yield the kinds of spread that a record may mean: itself, or each of two where it does not say."""
    spread = result.spread
    if spread.kind == "unknown" or is_impossible(result, n):
        size = _half_width(spread)
        for kind in ("sd", "sem"):
            yield Spread(kind=kind, value=Decimal(repr(size)), over=spread.over, ddof=spread.ddof)
    elif spread.kind == "ci" and spread.level is None:
        for level in ("0.68", "0.95"):
            yield spread.model_copy(update={"level": Decimal(level)})
    else:
        yield spread


def _converted(spread: Spread, n: int) -> tuple[float, float, tuple[str, ...]]:
    """Return the standard deviation with n - 1, its degrees of freedom, and what was taken for granted."""
    size = _half_width(spread)
    if spread.kind == "sd":
        if spread.ddof == 0:
            return size * math.sqrt(n / (n - 1)), n - 1, ()
        return (
            size,
            n - 1,
            ()
            if spread.ddof == 1
            else ("the paper does not say whether its SD divides by n or n - 1",),
        )
    if spread.kind == "sem":
        return size * math.sqrt(n), n - 1, ()
    if spread.kind == "2sd":
        return size / 2, n - 1, ()
    if spread.kind == "ci":
        level = float(spread.level or 0.95)
        level = level / 100 if level > 1 else level
        return size / student_quantile((1 + level) / 2, n - 1) * math.sqrt(n), n - 1, ()
    if spread.kind == "range":
        return 2 * size / expected_range(n), range_freedom(n), ()
    if spread.kind == "iqr":
        return (
            2 * size / (2 * NORMAL.inv_cdf((0.75 * n - 0.125) / (n + 0.25))),
            n - 1,
            ("read from quartiles",),
        )
    assert spread.kind == "mad", "no other kind has a number"
    return (
        size / _MAD,
        max(1.0, _MAD_EFFICIENCY * (n - 1)),
        ("read from the median absolute deviation",),
    )


def _half_width(spread: Spread) -> float:
    """Return the number after the plus-minus sign, or half of what lies between the ends."""
    if spread.low is not None and spread.high is not None:
        return abs(float(spread.high - spread.low)) / 2
    size = abs(float(spread.value or 0))
    return size / 2 if spread.kind in ("range", "iqr") else size


def _value_only(centre: float, n: int, noise: float, *remarks: str) -> PublishedValue:
    return PublishedValue(
        centre, None, n, math.inf, noise, remarks=(*remarks, "spread borrowed from mine")
    )


def _range_of_unknown_many(spread: Spread, stated: float) -> PublishedValue:
    ends = [float(end) for end in (spread.low, spread.high) if end is not None]
    centre = fmean(ends) if len(ends) == 2 else stated
    remarks = ("the paper gives a range over an unknown number of runs",)
    return PublishedValue(
        centre, None, 1, math.inf, 0.0, half_range=_half_width(spread), remarks=remarks
    )


def _runs(result: Result) -> int:
    """Return the runs behind a number without spread; one when the paper does not say, for it is not exact."""
    return result.runs.n if isinstance(result.runs.n, int) else 1


def _evaluation_noise(result: Result) -> float:
    """Return the variance of the number that comes from evaluating one model on so many episodes or items."""
    spread = result.spread
    counts = {"episodes": result.protocol.eval.episodes, "items": result.on.n_items}
    count = counts.get(spread.over)
    size = _half_width(spread)
    if spread.kind == "sem":
        return size**2
    return size**2 / count if spread.kind == "sd" and isinstance(count, int) and count else 0.0


def is_impossible(result: Result, n: int) -> bool:
    """Whether the printed standard deviation or error cannot belong to n runs.

    Success rates over T trials are multiples of 1/T, which bounds their deviation from below; a bounded metric bounds
    it from above (Bhatia and Davis 2000).
    """
    spread = result.spread
    if spread.kind not in ("sd", "sem") or spread.value is None:
        return False
    ddof = spread.ddof if isinstance(spread.ddof, int) else 1
    half = rounding_unit(spread.value) / 2
    to_sd = math.sqrt(n) if spread.kind == "sem" else 1.0
    least, most = (float(spread.value) - half) * to_sd, (float(spread.value) + half) * to_sd
    return least > _largest_deviation(result, n, ddof) or most < _smallest_deviation(
        result, n, ddof
    )


def _largest_deviation(result: Result, n: int, ddof: int) -> float:
    low, high = result.metric.bounds
    if low is None or high is None:
        return math.inf
    half = rounding_unit(result.value.value) / 2
    centre = min(max(float(result.value.value), float(low)), float(high))
    room = (float(high) - centre + half) * (centre + half - float(low))
    return math.sqrt(max(0.0, room) * n / (n - ddof))


def _smallest_deviation(result: Result, n: int, ddof: int) -> float:
    """Return the least deviation of n shares of T trials whose mean is printed so; 0 where trials are not known."""
    trials, whole = trials_of(result), proportion_whole(result)
    if trials is None or whole is None:
        return 0.0
    half = rounding_unit(result.value.value) / 2
    first = math.ceil((float(result.value.value) - half) / whole * n * trials - 1e-9)
    last = math.floor((float(result.value.value) + half) / whole * n * trials + 1e-9)
    if last < first:
        return math.inf
    if last - first >= n:
        return 0.0
    rests = [total % n for total in range(first, last + 1)]
    return min(math.sqrt(rest * (n - rest) / n / (n - ddof)) for rest in rests) / trials * whole


def proportion_whole(result: Result) -> float | None:
    """Return what 100 % is in the metric's unit: 100 for percent, 1 for a fraction; None for what is no share."""
    low, high = result.metric.bounds
    whole = {"percent": 100.0, "fraction": 1.0}.get(result.metric.unit)
    if (
        whole is None
        or (low is not None and low != 0)
        or (high is not None and float(high) != whole)
    ):
        return None
    return whole


def trials_of(result: Result) -> int | None:
    """Return over how many trials one run's share is taken: the items of the data, else the evaluation's episodes."""
    items, episodes = result.on.n_items, result.protocol.eval.episodes
    for count in (items, episodes):
        if isinstance(count, int) and count:
            return count
    return None
