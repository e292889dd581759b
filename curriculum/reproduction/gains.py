"""What a change gained: the difference of two arms of one's own, by the engine of `score`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

from curriculum.model.ablations import ArmSummary, Gain
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Metric
from curriculum.reproduction.statistics.intervals import Variances, interval_of
from curriculum.reproduction.statistics.summaries import deviation

END_LEVEL = 0.05
"""The one-sided level of each end: the interval is one of 90 %."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How values are compared.

    Attributes:
        direction: `higher`, `lower` or `target`.
        target: What values should come near to; None unless the direction is `target`.
        floor: What is reached without any skill, from which relative gains are counted; None
            where it is not known.
    """

    direction: str
    target: float | None = None
    floor: float | None = None

    def placed(self, value: float) -> float:
        """Return a value as it is compared: the distance to the target, where there is one."""
        return value if self.target is None else abs(value - self.target)

    @property
    def sign(self) -> int:
        """1 where more is better, -1 where less is."""
        return 1 if self.direction == "higher" else -1


def yardstick_of(metric: Metric) -> Yardstick:
    """Return how the values of a published result are compared."""
    floor = metric.reference.floor
    return Yardstick(
        direction=metric.direction,
        target=None if metric.target is None else float(metric.target),
        floor=None if floor is None or metric.target is not None else float(floor),
    )


def gain_of(before: Sequence[float], after: Sequence[float], yardstick: Yardstick) -> Gain:
    """Return what the runs with a change gain over those without.

    Args:
        before: The runs without it, one at least.
        after: The runs with it, one at least.
        yardstick: How they are compared.
    """
    first = [yardstick.placed(value) for value in before]
    second = [yardstick.placed(value) for value in after]
    difference = yardstick.sign * (fmean(second) - fmean(first))
    size = abs(fmean(first) - (yardstick.floor or 0.0))
    scale = size or 1.0
    low, high = _ends(difference, first, second)
    return Gain(
        value=difference / scale,
        low=None if low is None else low / scale,
        high=None if high is None else high / scale,
        is_relative=size > 0,
    )


def _ends(
    difference: float, first: Sequence[float], second: Sequence[float]
) -> tuple[float | None, float | None]:
    """Return the ends of Welch's interval; None where one side is a single run."""
    if len(first) < 2 or len(second) < 2:
        return None, None
    interval = interval_of(difference, variances_of(first, second), math.inf, END_LEVEL)
    return interval.low, interval.high


def variances_of(first: Sequence[float], second: Sequence[float]) -> Variances:
    """Return the variances behind the difference of two arms, two runs each at least."""
    return Variances(
        paper=deviation(first) ** 2 / len(first),
        paper_freedom=len(first) - 1,
        mine=deviation(second) ** 2 / len(second),
        my_freedom=len(second) - 1,
        noise=0.0,
        paper_runs=len(first),
        my_runs=len(second),
        both_mine=True,
    )


def summary_of(values: Sequence[float]) -> ArmSummary:
    """Return the mean of some runs, and how many there are."""
    return ArmSummary(fmean(values), len(values))
