"""The smallest gap that matters, fixed by the published record alone; my runs are not known here."""

from __future__ import annotations

from curriculum.model.results import Result
from curriculum.model.verdicts import Margin
from curriculum.reproduction.published import rounding_unit

GAIN_FRACTION = 0.5
BOUND_FRACTION = 0.10
SPAN_FRACTION = 0.01
DEFAULT = 0.05


def margin_of(result: Result) -> Margin:
    """Return the margin with its origin: the tolerance, the gain that is claimed, the room to the bound, or 5 %.

    It is never less than half of the last printed digit, which nobody can tell apart.
    """
    margin = _margin(result)
    least = rounding_unit(result.value.value) / 2
    return margin if margin.size >= least else Margin(least, "half of the last printed digit")


def _margin(result: Result) -> Margin:
    tolerance, value = result.tolerance, float(result.value.value)
    if tolerance is not None and tolerance.abs is not None:
        return Margin(float(abs(tolerance.abs)), _because("stated", tolerance.why))
    if tolerance is not None and tolerance.rel is not None:
        share = float(abs(tolerance.rel))
        return Margin(
            share * _size(result), _because(f"{100 * share:g} %{_of(result)}", tolerance.why)
        )
    baseline = result.baseline.value
    fraction = None if tolerance is None else tolerance.gain_fraction
    if baseline is not None:
        part = GAIN_FRACTION if fraction is None else float(fraction)
        return Margin(part * abs(value - float(baseline)), f"{100 * part:g} % of the claimed gain")
    return _room(result) or Margin(DEFAULT * _size(result), f"5 %{_of(result)}, default")


def _room(result: Result) -> Margin | None:
    """Return a tenth of the room to the good bound, or a hundredth of all the room; None for an unbounded metric."""
    low, high = result.metric.bounds
    if low is None or high is None:
        return None
    good = {"higher": high, "lower": low, "target": result.metric.target}[result.metric.direction]
    assert good is not None, "a metric with a target has one"
    near = BOUND_FRACTION * abs(float(good) - float(result.value.value))
    least = SPAN_FRACTION * float(high - low)
    return (
        Margin(near, "10 % of the room to the bound")
        if near >= least
        else Margin(least, "1 % of the bounds")
    )


def _size(result: Result) -> float:
    """Return R: the distance to the score of a random policy where it is known, else the value's own size."""
    floor = result.metric.reference.floor
    return (
        abs(float(result.value.value - floor))
        if floor is not None
        else abs(float(result.value.value))
    )


def _of(result: Result) -> str:
    return "" if result.metric.reference.floor is None else " above the floor"


def _because(origin: str, why: str | None) -> str:
    return f"{origin}: {why}" if why else origin
