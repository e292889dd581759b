"""Reduce the curves of all runs to one number a run, by the paper's own rule (VERDICTS.md §5)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
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
    how = reducer.how
    if not all(curve.values for curve in curves):
        raise ReducerError(how, "a run has no points")
    sign = -1 if result.metric.direction == "lower" else 1
    if how == "argmax-of-mean-curve":
        return _at_best_mean(curves, sign)
    if how == "best-val" and validation:
        return _at_best_validation(curves, validation, val_sign)
    if how == "best-val" and result.on.split not in ("validation", "dev"):
        raise ReducerError(how, "it needs the validation's curve; name its tag with --val-tag")
    return tuple(_reduced(curve, reducer, sign) for curve in curves)


def from_first_number(curve: Series) -> Series:
    """Return a curve without the NaN before its first number; one of nothing else stays.

    Programs write NaN until the first episode has ended: nothing has diverged there.
    """
    if not math.isnan(curve.values[0]):
        return curve
    for index, value in enumerate(curve.values):
        if not math.isnan(value):
            return replace(curve, xs=curve.xs[index:], values=curve.values[index:])
    return curve


def _reduced(curve: Series, reducer: Reducer, sign: int) -> float:
    """Return the number of one run, by a rule that looks at each run alone."""
    curve = from_first_number(curve)
    match reducer.how:
        case "final" | "single":
            return curve.values[-1]
        case "last-k-mean":
            return _last_mean(curve, reducer)
        case "at":
            return _value_at(curve, reducer)
        case "max-per-run" | "best-val":
            # A result that is measured on validation data is its own validation.
            return _best(curve.values, sign)
        case "auc":
            return _mean_height(curve)
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
    count = len(curve.values)
    if count < reducer.k:
        fault = f"it needs {reducer.k} points, and '{curve.tag}' has {count}"
        raise ReducerError(reducer.how, fault)
    return fmean(curve.values[-reducer.k :])


def _value_at(curve: Series, reducer: Reducer) -> float:
    """Return the value at an x: the last one that was logged by then."""
    if reducer.x is None:
        raise ReducerError(
            reducer.how, "the paper does not say at which x; give it as --reducer at:1000000"
        )
    x = float(reducer.x)
    first = curve.xs[0]
    last = curve.xs[-1]
    needs = f"it needs {curve.x_name} {x:g}, and '{curve.tag}'"
    if last < x:
        raise ReducerError(reducer.how, f"{needs} ends at {last:g}")
    index = bisect_right(curve.xs, x)
    if not index:
        raise ReducerError(reducer.how, f"{needs} begins at {first:g}")
    return curve.values[index - 1]


def _best(values: Sequence[float], sign: int) -> float:
    finite = [sign * value for value in values if math.isfinite(value)]
    if not finite:
        return math.nan
    return sign * max(finite)


def _at_best_mean(curves: Sequence[Series], sign: int) -> tuple[float, ...]:
    """Return every run's value at the point where the mean over the runs is best."""
    _require_one_grid(curves)
    means: dict[int, float] = {}
    for index, values in enumerate(zip(*(curve.values for curve in curves), strict=True)):
        mean = fmean(values)
        if math.isfinite(mean):
            means[index] = sign * mean
    if not means:
        return (math.nan,) * len(curves)
    best = max(means, key=means.__getitem__)
    return tuple(curve.values[best] for curve in curves)


def _require_one_grid(curves: Sequence[Series]) -> None:
    """Refuse curves that are not logged at the same x.

    Raises:
        ReducerError: They are not.
    """
    grid = list(curves[0].xs)
    if any(list(curve.xs) != grid for curve in curves[1:]):
        raise ReducerError(
            "argmax-of-mean-curve",
            "the runs are not logged at the same x; a denser grid inflates the maximum",
        )


def _mean_height(curve: Series) -> float:
    """Return the area under a curve by trapezoids, as the mean height over its x."""
    width = curve.xs[-1] - curve.xs[0]
    if not width:
        return fmean(curve.values)
    areas = []
    points = zip(curve.xs, curve.values, strict=True)
    for (x1, y1), (x2, y2) in pairwise(points):
        areas.append((x2 - x1) * (y1 + y2) / 2)
    return math.fsum(areas) / width


def _at_best_validation(
    curves: Sequence[Series], validation: Sequence[Series], val_sign: int
) -> tuple[float, ...]:
    """Return every run's value where its validation is best, or the last one logged by then."""
    found = []
    for curve, other in zip(curves, validation, strict=True):
        x = _best_x(other, val_sign)
        found.append(math.nan if x is None else _last_by(from_first_number(curve), x))
    return tuple(found)


def _best_x(validation: Series, sign: int) -> float | None:
    """Return the first x at which validation is best; None when it is never a number."""
    scores: dict[int, float] = {}
    for index, value in enumerate(validation.values):
        if math.isfinite(value):
            scores[index] = sign * value
    if not scores:
        return None
    return validation.xs[max(scores, key=scores.__getitem__)]


def _last_by(curve: Series, x: float) -> float:
    index = bisect_right(curve.xs, x)
    if not index:
        place = f"{curve.x_name} {x:g}"
        raise ReducerError("best-val", f"'{curve.tag}' has no point by {place}")
    return curve.values[index - 1]
