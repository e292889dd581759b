"""Training curves of several runs as curves to look at, and the band of their spread."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import fmean

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.runs import Series
from curriculum.reproduction.statistics.summaries import deviation

MOST_POINTS = 400
"""The most points of a curve that are kept one by one."""

STRETCHES = 200
"""Into how many stretches of x a longer curve is divided; each becomes the mean of its points."""


@dataclass(frozen=True, slots=True)
class TrainingCurve:
    """The finite points of one run, x rising.

    Attributes:
        xs: The x of each point.
        values: The value there.
        is_averaged: Whether each point is the mean of a stretch of x.
    """

    xs: tuple[float, ...]
    values: tuple[float, ...]
    is_averaged: bool = False

    def at(self, x: float) -> float:
        """Return the value at an x between the first and the last, on the line between points."""
        right = bisect_left(self.xs, x)
        if self.xs[right] == x:
            return self.values[right]
        left = right - 1
        share = (x - self.xs[left]) / (self.xs[right] - self.xs[left])
        return self.values[left] + share * (self.values[right] - self.values[left])


@dataclass(frozen=True, slots=True)
class CurveBand:
    """The mean of several runs, and one standard deviation (n - 1) on each side of it.

    Attributes:
        xs: Where; only where every run has values.
        means: The mean there.
        lows: The mean less the deviation.
        highs: The mean and the deviation.
        runs: How many runs.
    """

    xs: tuple[float, ...]
    means: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    runs: int


def curve_in(series: Series, scale: float = 1.0) -> TrainingCurve | None:
    """Return the curve of a series, times a scale; None where no point is finite.

    Points at one x become their mean, and a long curve the means of its stretches.
    """
    points = list(_points(series, scale))
    if not points:
        return None
    is_long = len(points) > MOST_POINTS
    if is_long:
        points = list(_stretches(points))
    xs, values = zip(*points, strict=True)
    return TrainingCurve(xs, values, is_long)


def _points(series: Series, scale: float) -> Iterator[tuple[float, float]]:
    finite = [
        (x, scale * value)
        for x, value in zip(series.xs, series.values, strict=True)
        if math.isfinite(x) and math.isfinite(value)
    ]
    for x, group in groupby(finite, key=lambda point: point[0]):
        yield x, fmean(value for _, value in group)


def _stretches(points: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    first, last = points[0][0], points[-1][0]
    width = (last - first) / STRETCHES

    def stretch(point: tuple[float, float]) -> int:
        return min(int((point[0] - first) / width), STRETCHES - 1)

    for _, group in groupby(points, key=stretch):
        xs, values = zip(*group, strict=True)
        yield fmean(xs), fmean(values)


def band_of(curves: Sequence[TrainingCurve]) -> CurveBand | None:
    """Return the band of two runs or more; None for fewer, or where they share no stretch of x."""
    if len(curves) < 2:
        return None
    first = max(curve.xs[0] for curve in curves)
    last = min(curve.xs[-1] for curve in curves)
    if first >= last:
        return None
    xs = _grid(curves, first, last)
    means, lows, highs = zip(*(_spread_at(x, curves) for x in xs), strict=True)
    return CurveBand(xs, means, lows, highs, len(curves))


def _spread_at(x: float, curves: Sequence[TrainingCurve]) -> tuple[float, float, float]:
    """Return the mean of curves at an x, and what lies one deviation below and above it."""
    values = [curve.at(x) for curve in curves]
    mean, sd = fmean(values), deviation(values)
    return mean, mean - sd, mean + sd


def _grid(curves: Sequence[TrainingCurve], first: float, last: float) -> tuple[float, ...]:
    """Return the x of all curves where they are the same, else places at even distances."""
    grids = {curve.xs for curve in curves}
    if len(grids) == 1:
        return grids.pop()
    step = (last - first) / STRETCHES
    inner = [first + step * number for number in range(1, STRETCHES)]
    return (first, *inner, last)
