"""The smallest gap that matters, fixed by the published record alone (VERDICTS.md §7).

It never depends on my runs: a margin that widens with their spread would reward noise.
"""

from __future__ import annotations

from curriculum.model.results import Result
from curriculum.model.verdicts import Margin

GAIN_FRACTION = 0.5
_BOUND_FRACTION = 0.10
_SPAN_FRACTION = 0.01
_DEFAULT_FRACTION = 0.05


def margin_of(result: Result) -> Margin:
    """Return the margin with its origin: the first that applies, at least half the last digit."""
    margin = _first_that_applies(result)
    least = result.value.unit / 2
    if margin.size >= least:
        return margin
    return Margin(least, "half of the last printed digit")


def _first_that_applies(result: Result) -> Margin:
    for rule in (_stated, _share_of_the_gain, _share_of_the_room):
        margin = rule(result)
        if margin is not None:
            return margin
    size = _DEFAULT_FRACTION * _size(result)
    return Margin(size, f"5 %{_above_the_floor(result)}, default")


def _stated(result: Result) -> Margin | None:
    """Return the margin that the record states; None where it states none."""
    tolerance = result.tolerance
    if tolerance is None:
        return None
    if tolerance.abs is not None:
        size = float(abs(tolerance.abs))
        return Margin(size, _because("stated", tolerance.why))
    if tolerance.rel is None:
        return None
    share = float(abs(tolerance.rel))
    origin = f"{100 * share:g} %{_above_the_floor(result)}"
    return Margin(share * _size(result), _because(origin, tolerance.why))


def _share_of_the_gain(result: Result) -> Margin | None:
    """Return half the gain over the baseline: closer to the claim than to what it beats."""
    baseline = result.baseline.value
    if baseline is None:
        return None
    fraction = GAIN_FRACTION
    if result.tolerance is not None and result.tolerance.gain_fraction is not None:
        fraction = float(result.tolerance.gain_fraction)
    gain = abs(result.value.number - float(baseline))
    origin = f"{100 * fraction:g} % of the claimed gain"
    return Margin(fraction * gain, origin)


def _share_of_the_room(result: Result) -> Margin | None:
    """Return a tenth of the room to the good bound, or a hundredth of all the room.

    Returns:
        None for an unbounded metric.
    """
    low, high = result.metric.bounds
    if low is None or high is None:
        return None
    best = result.metric.best
    assert best is not None, "a bounded metric has a good bound, or a target"
    room = abs(best - result.value.number)
    near = _BOUND_FRACTION * room
    least = _SPAN_FRACTION * float(high - low)
    if near >= least:
        return Margin(near, "10 % of the room to the bound")
    return Margin(least, "1 % of the bounds")


def _size(result: Result) -> float:
    """Return R: the distance to a random policy's score where known, else the value itself."""
    floor = result.metric.reference.floor
    if floor is None:
        return abs(result.value.number)
    return abs(float(result.value.value - floor))


def _above_the_floor(result: Result) -> str:
    if result.metric.reference.floor is None:
        return ""
    return " above the floor"


def _because(origin: str, why: str | None) -> str:
    if why is None:
        return origin
    return f"{origin}: {why}"
