"""The smallest gap that matters, fixed by the published record alone (VERDICTS.md §7).

It never depends on my runs: a margin that widens with their spread would reward noise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from curriculum.model.results import Result
from curriculum.model.verdicts import Margin
from curriculum.reproduction.plausibility import proportion_whole
from curriculum.reproduction.published import PublishedValue, readings_of

GAIN_FRACTION = 0.5
_ROOM_FRACTION = 0.10
_SPAN_FRACTION = 0.01
_DEFAULT_FRACTION = 0.05


def margin_of(result: Result) -> Margin:
    """Return the margin with its origin: the first that applies, at least half the last digit."""
    return margin_under(result, readings_of(result))


def margin_under(result: Result, readings: Sequence[PublishedValue]) -> Margin:
    """Return the margin of a record whose readings are known already."""
    margin = _first_that_applies(result, readings)
    least = result.value.unit / 2
    if margin.size >= least:
        return margin
    return Margin(least, "half of the last printed digit")


def _first_that_applies(result: Result, readings: Sequence[PublishedValue]) -> Margin:
    for rule in (_stated, _share_of_the_room, _share_of_the_gain):
        margin = rule(result)
        if margin is not None:
            return margin
    if lacks_a_floor(result, readings):
        return _spread_alone(result, readings)
    return _share_of_the_distance(result)


def _stated(result: Result) -> Margin | None:
    """Return the margin that the record states; None where it states none."""
    tolerance = result.tolerance
    if tolerance is None:
        return None
    if tolerance.abs is not None:
        size = float(abs(tolerance.abs))
        return Margin(size, _because("stated", tolerance.why))
    if tolerance.rel is not None:
        share = float(abs(tolerance.rel))
        origin = f"{100 * share:g} % {_distance_name(result)}"
        return Margin(share * _distance(result), _because(origin, tolerance.why))
    if tolerance.gain_fraction is not None:
        return _share_of_the_gain(result)
    return None


def _share_of_the_room(result: Result) -> Margin | None:
    """Return a tenth of the room to the nearer bound with the noise of the test set.

    It is at most half the claimed gain. An accuracy and the error that belongs to it leave the same
    room, so that the same runs get the same verdict.

    Returns:
        None for an unbounded metric.
    """
    low, high = result.metric.limits
    if low is None or high is None:
        return None
    number = result.value.number
    room = min(abs(number - low), abs(high - number))
    noise = _item_noise(result, high - low)
    margin = Margin(_ROOM_FRACTION * room + noise, _room_origin(result, noise))
    if room < result.value.unit / 2 and not noise:
        margin = _at_the_bound(result, high - low)
    gain = _share_of_the_gain(result)
    if gain is not None and gain.size < margin.size:
        return gain
    return margin


def _room_origin(result: Result, noise: float) -> str:
    room = "10 % of the room to the nearer bound"
    if not noise:
        return room
    return f"{room} + the chance error of {result.on.n_items} items"


def _at_the_bound(result: Result, span: float) -> Margin:
    """Return the margin of a number that leaves no room, and so does not say how good it is."""
    if proportion_whole(result) is not None:
        return Margin(0.0, "no room to the bound")
    return Margin(_SPAN_FRACTION * span, "1 % of the bounds: the paper is at one of them")


def _item_noise(result: Result, span: float) -> float:
    """Return the standard error of a share of the test set's items, at least one item.

    Returns:
        0 where the items are not known, or where the metric does not count them.
    """
    items = result.on.n_items
    if not isinstance(items, int) or not items or not _counts_items(result, span):
        return 0.0
    low, _ = result.metric.limits
    assert low is not None, "the metric is bounded"
    share = min(max((result.value.number - low) / span, 0.0), 1.0)
    error = math.sqrt(share * (1 - share) / items)
    return span * max(error, 1 / items)


def _counts_items(result: Result, span: float) -> bool:
    """Return whether a metric is the share of items, or their number."""
    return proportion_whole(result) is not None or span == result.on.n_items


def _share_of_the_gain(result: Result) -> Margin | None:
    """Return half the gain over the baseline: closer to the claim than to what it beats."""
    gain = claimed_gain(result)
    if gain is None:
        return None
    fraction = GAIN_FRACTION
    if result.tolerance is not None and result.tolerance.gain_fraction is not None:
        fraction = float(result.tolerance.gain_fraction)
    over = ""
    if result.baseline.ref is not None:
        over = f" over {result.baseline.ref}"
    return Margin(fraction * gain, f"{100 * fraction:g} % of the claimed gain{over}")


def claimed_gain(result: Result) -> float | None:
    """Return how much better the number is than its baseline; None where it is not better."""
    baseline = result.baseline.value
    if baseline is None:
        return None
    metric = result.metric
    number = result.value.value
    gain = number - baseline
    if metric.direction == "lower":
        gain = -gain
    elif metric.target is not None:
        gain = abs(baseline - metric.target) - abs(number - metric.target)
    if gain <= 0:
        return None
    return float(gain)


def states_its_margin(result: Result) -> bool:
    """Return whether the margin rests on more than the size of the number and its spread."""
    return _stated(result) is not None or claimed_gain(result) is not None


def _share_of_the_distance(result: Result) -> Margin:
    """Return 5 % of the distance to the score's natural zero."""
    size = _DEFAULT_FRACTION * _distance(result)
    return Margin(size, f"5 % {_distance_name(result)}, default")


def _spread_alone(result: Result, readings: Sequence[PublishedValue]) -> Margin:
    """Return the published deviation as the margin of a score without a natural zero.

    The least of the readings, because what is unknown never narrows a verdict's margin.
    """
    reason = "the score has no natural zero"
    deviation = _least_deviation(readings)
    if deviation:
        return Margin(deviation, f"the paper's SD, because {reason}")
    size = _DEFAULT_FRACTION * abs(result.value.number)
    return Margin(size, f"5 % of the printed number, although {reason}")


def lacks_a_floor(result: Result, readings: Sequence[PublishedValue]) -> bool:
    """Return whether a share of the number would mean nothing, and its floor is not known.

    So it is with a score below zero, and with one that is smaller than the spread of its runs.
    """
    if _floor(result) is not None or _is_bounded(result):
        return False
    return result.value.number <= _least_deviation(readings)


def _least_deviation(readings: Sequence[PublishedValue]) -> float:
    """Return the least of the published deviation's readings; 0 where there is none."""
    deviations = [reading.sd for reading in readings if reading.sd]
    return min(deviations, default=0.0)


def _is_bounded(result: Result) -> bool:
    return None not in result.metric.limits


def _floor(result: Result) -> float | None:
    """Return the score from which to count: a random policy's, else the only known bound."""
    floor = result.metric.reference.floor
    if floor is not None:
        return float(floor)
    known = [bound for bound in result.metric.limits if bound is not None]
    if len(known) == 1:
        return known[0]
    return None


def _distance(result: Result) -> float:
    """Return R: the distance to the floor where one is known, else the number itself."""
    floor = _floor(result)
    if floor is None:
        return abs(result.value.number)
    return abs(result.value.number - floor)


def _distance_name(result: Result) -> str:
    floor = _floor(result)
    if floor is None:
        return "of the printed number"
    if result.metric.reference.floor is None:
        return f"of the distance to the bound {floor:g}"
    return f"of the distance to the floor {floor:g}"


def _because(origin: str, why: str | None) -> str:
    if why is None:
        return origin
    return f"{origin}: {why}"
