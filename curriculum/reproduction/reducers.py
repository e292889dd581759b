"""From the curves of all runs to one number a run, by the paper's own rule; statistics are not known here."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean

from curriculum.model.problems import CurriculumError
from curriculum.model.results import Reducer, Result
from curriculum.model.runs import Series


class ReducerError(CurriculumError):
    """Curves that a rule cannot be applied to."""

    def __init__(self, how: str, fault: str) -> None:
        """Build the sentence from the rule and what is wrong."""
        super().__init__(f"the reducer '{how}' cannot be applied: {fault}")


def reduce_curves(
    curves: Sequence[Series],
    reducer: Reducer,
    result: Result,
    validation: Sequence[Series] = (),
    *,
    val_sign: int = 1,
) -> tuple[float, ...]:
    """Return one number for each run, in their order; NaN for a run whose number diverged.

    Args:
        curves: A curve for each run, none of them empty.
        reducer: The rule.
        result: The published result: which way is better, and on which split it is measured.
        validation: For `best-val`: the validation curve of each run.
        val_sign: For `best-val`: 1 where more is better on it, -1 where less is.

    Raises:
        ReducerError: The rule needs what the curves do not have.
    """
    sign = -1 if result.metric.direction == "lower" else 1
    if any(not curve.values for curve in curves):
        raise ReducerError(reducer.how, "a run has no points")
    match reducer.how:
        case "final" | "single":
            return tuple(curve.values[-1] for curve in curves)
        case "last-k-mean":
            return tuple(_last_mean(curve, reducer) for curve in curves)
        case "at":
            return tuple(_at(curve, reducer) for curve in curves)
        case "max-per-run":
            return tuple(_best(curve.values, sign) for curve in curves)
        case "argmax-of-mean-curve":
            return _at_best_mean(curves, sign)
        case "auc":
            return tuple(_mean_height(curve) for curve in curves)
        case "best-val":
            return _at_best_validation(curves, validation, result, sign, val_sign)
        case _:
            raise ReducerError(
                reducer.how,
                "the paper does not say how its number was taken; choose one with --reducer",
            )


def _last_mean(curve: Series, reducer: Reducer) -> float:
    if not isinstance(reducer.k, int) or reducer.k < 1:
        raise ReducerError(
            reducer.how,
            "the paper does not say over how many points; give it as --reducer last-k-mean:100",
        )
    if len(curve.values) < reducer.k:
        raise ReducerError(
            reducer.how, f"it needs {reducer.k} points, and '{curve.tag}' has {len(curve.values)}"
        )
    return fmean(curve.values[-reducer.k :])


def _at(curve: Series, reducer: Reducer) -> float:
    """Return the value at an x: the last one that was logged by then."""
    if reducer.x is None:
        raise ReducerError(
            reducer.how, "the paper does not say at which x; give it as --reducer at:1000000"
        )
    x = float(reducer.x)
    if curve.xs[-1] < x:
        raise ReducerError(
            reducer.how,
            f"it needs {curve.x_name} {x:g}, and '{curve.tag}' ends at {curve.xs[-1]:g}",
        )
    index = bisect_right(curve.xs, x)
    if not index:
        raise ReducerError(
            reducer.how,
            f"it needs {curve.x_name} {x:g}, and '{curve.tag}' begins at {curve.xs[0]:g}",
        )
    return curve.values[index - 1]


def _best(values: Sequence[float], sign: int) -> float:
    finite = [value for value in values if math.isfinite(value)]
    return sign * max(sign * value for value in finite) if finite else math.nan


def _at_best_mean(curves: Sequence[Series], sign: int) -> tuple[float, ...]:
    """Return every run's value where the mean over the runs is best; all runs must be logged on one grid."""
    first = list(curves[0].xs)
    if any(list(curve.xs) != first for curve in curves[1:]):
        raise ReducerError(
            "argmax-of-mean-curve",
            "the runs are not logged at the same x; a denser grid inflates the maximum",
        )
    means = [fmean(curve.values[index] for curve in curves) for index in range(len(first))]
    finite = [index for index, mean in enumerate(means) if math.isfinite(mean)]
    if not finite:
        return tuple(math.nan for _ in curves)
    best = max(finite, key=lambda index: sign * means[index])
    return tuple(curve.values[best] for curve in curves)


def _mean_height(curve: Series) -> float:
    """Return the area under a curve by trapezoids, as the mean height over its x."""
    span = curve.xs[-1] - curve.xs[0]
    if not span:
        return fmean(curve.values)
    points = pairwise(zip(curve.xs, curve.values, strict=True))
    return math.fsum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in points) / span


def _at_best_validation(
    curves: Sequence[Series], validation: Sequence[Series], result: Result, sign: int, val_sign: int
) -> tuple[float, ...]:
    """Return every run's value where its validation is best; a result on validation data is its own validation."""
    if not validation:
        if result.on.split not in ("validation", "dev"):
            raise ReducerError(
                "best-val", "it needs the validation's curve; name its tag with --val-tag"
            )
        return tuple(_best(curve.values, sign) for curve in curves)
    found = []
    for curve, other in zip(curves, validation, strict=True):
        best = max(range(len(other.values)), key=lambda index: val_sign * other.values[index])
        index = bisect_right(curve.xs, other.xs[best])
        if not index:
            raise ReducerError(
                "best-val", f"'{curve.tag}' has no point by {curve.x_name} {other.xs[best]:g}"
            )
        found.append(curve.values[index - 1])
    return tuple(found)
