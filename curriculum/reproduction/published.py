"""Read a published-result record as the numbers that a comparison needs (VERDICTS.md §6)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from statistics import fmean

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.results import Result, Spread
from curriculum.reproduction.plausibility import FEWEST_WITH_A_SPREAD, is_impossible
from curriculum.reproduction.spreads import assumptions, freedom, standard_deviation
from curriculum.reproduction.statistics.summaries import MEDIAN_FACTOR, deviation

BORROWED = "spread borrowed from mine"
"""Said where the published side has no spread over runs."""

_NOT_SEEDS = {"episodes", "items", "eval-runs", "tasks", "folds"}
_BEST_OF = late_pattern(r"best-of-(\d+)")


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
        meaning: What the spread is in this reading, as `±2 is a standard error`; None where the
            record leaves nothing open.
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
    meaning: str | None = None
    remarks: tuple[str, ...] = ()


def best_of_how_many(result: Result) -> int | None:
    """Return the number of runs of which the paper prints the best.

    Returns:
        None when it prints another number, 0 when it does not say of how many.
    """
    selected = _BEST_OF.fullmatch(result.protocol.selection.seeds or "")
    if selected:
        return int(selected[1])
    if result.value.centre in ("best", "worst"):
        return result.runs.count or 0
    return None


def readings_of(result: Result) -> tuple[PublishedValue, ...]:
    """Return every way to read the record: one, or one for each meaning of an unclear spread."""
    readings = tuple(_with_common_parts(result, reading) for reading in _readings(result))
    if len(readings) > 1:
        return readings
    return tuple(replace(reading, meaning=None) for reading in readings)


def _with_common_parts(result: Result, reading: PublishedValue) -> PublishedValue:
    """Add what all readings share: rounding, the error of reading a figure, the kind of centre."""
    unit = result.value.unit
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
    stated = result.value.number
    spread = result.spread
    values = result.runs.values or ()
    if result.value.centre == "single":
        yield _value_only(stated, 1, _evaluation_noise(result))
    elif len(values) > 1:
        yield _of_each_run(stated, [float(value) for value in values])
    elif not _has_spread(spread):
        # A number of unknown runs is not exact: taken as such, too much is *reproduced*.
        yield _value_only(stated, result.runs.count or 1)
    elif spread.over in _NOT_SEEDS:
        remark = f"the paper's spread is over {spread.over}, and not over seeds"
        yield _value_only(stated, 1, _evaluation_noise(result), remark)
    else:
        yield from _over_seeds(result, stated)


def _has_spread(spread: Spread) -> bool:
    if spread.kind == "none":
        return False
    return spread.value is not None or spread.low is not None


def _of_each_run(stated: float, values: Sequence[float]) -> PublishedValue:
    n = len(values)
    return PublishedValue(stated, deviation(values), n, freedom=n - 1, noise=0.0)


def _over_seeds(result: Result, stated: float) -> Iterator[PublishedValue]:
    """Yield the readings of a spread that is over seeds, or may be."""
    n = result.runs.count
    if n == 1:
        yield _value_only(stated, 1)
    elif n is not None:
        yield from _of_each_meaning(result, n)
    elif result.spread.kind == "range":
        yield _range_of_unknown_many(result.spread, stated)
    else:
        n = FEWEST_WITH_A_SPREAD
        remark = f"the paper does not say how many runs: taken as {n}"
        yield from _of_each_meaning(result, n, remark)
    if result.spread.over == "unknown":
        remark = "the paper does not say what its spread is over"
        whole = _value_only(stated, 1, 0.0, remark)
        yield replace(whole, meaning=f"{_printed(result.spread)} is not over seeds")


def _of_each_meaning(result: Result, n: int, *remarks: str) -> Iterator[PublishedValue]:
    for kind, spread in _meanings(result):
        yield PublishedValue(
            centre=result.value.number,
            sd=standard_deviation(spread, n),
            n=n,
            freedom=freedom(spread, n),
            noise=0.0,
            meaning=f"{_printed(result.spread)} is {kind}",
            remarks=(*assumptions(spread), *remarks),
        )


def _meanings(result: Result) -> Iterator[tuple[str, Spread]]:
    """Yield what a spread may be, in words and as a spread: itself, or two where it is unclear."""
    spread = result.spread
    if is_of_unclear_kind(result):
        size = Decimal(repr(spread.half_width))
        yield "an SD", Spread(kind="sd", value=size, over=spread.over, ddof=spread.ddof)
        yield "a standard error", Spread(kind="sem", value=size, over=spread.over, ddof=spread.ddof)
    elif spread.kind == "ci" and spread.level is None:
        for percent in (68, 95):
            level = Decimal(percent) / 100
            yield f"a {percent} % interval", spread.model_copy(update={"level": level})
    else:
        yield "over seeds", spread


def _printed(spread: Spread) -> str:
    """Return a spread as a sentence names it."""
    if spread.value is not None and spread.kind not in ("range", "iqr"):
        return f"±{spread.value}"
    if spread.low is not None and spread.high is not None:
        return f"[{spread.low}, {spread.high}]"
    return "the paper's spread"


def is_of_unclear_kind(result: Result) -> bool:
    """Return whether the spread may be a standard deviation or a standard error."""
    return result.spread.kind == "unknown" or is_impossible(result)


def _value_only(centre: float, n: int, noise: float = 0.0, *remarks: str) -> PublishedValue:
    """Return a number without a spread over seeds; its spread is taken to be that of my runs."""
    return PublishedValue(
        centre,
        sd=None,
        n=n,
        freedom=math.inf,
        noise=noise,
        remarks=(*remarks, BORROWED),
    )


def _range_of_unknown_many(spread: Spread, stated: float) -> PublishedValue:
    centre = stated
    if spread.low is not None and spread.high is not None:
        centre = fmean([float(spread.low), float(spread.high)])
    return PublishedValue(
        centre,
        sd=None,
        n=1,
        freedom=math.inf,
        noise=0.0,
        half_range=spread.half_width,
        meaning=f"{_printed(spread)} is over seeds",
        remarks=("the paper gives a range over an unknown number of runs",),
    )


def _evaluation_noise(result: Result) -> float:
    """Return the variance that comes from evaluating one model on a limited number of episodes."""
    spread = result.spread
    variance = spread.half_width**2
    if spread.kind == "sem":
        return variance
    counts = {"episodes": result.protocol.eval.episodes, "items": result.on.n_items}
    count = counts.get(spread.over)
    if spread.kind == "sd" and isinstance(count, int) and count:
        return variance / count
    return 0.0
