"""Welch's interval with two one-sided tests, and the runs it would take to settle it; wording is not known here."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from curriculum.model.attempts import Outcome
from curriculum.model.verdicts import ConfidenceInterval
from curriculum.reproduction.statistics.t_distribution import student_cdf, student_quantile

MOST_RUNS = 1_000_000


@dataclass(frozen=True, slots=True)
class Variances:
    """The variances behind a difference of two centres.

    Attributes:
        paper: Variance of the published centre, s_p^2 / n_p.
        paper_freedom: Its degrees of freedom; infinite where it is borrowed from mine or known exactly.
        mine: Variance of my centre, s_m^2 / m.
        my_freedom: Its degrees of freedom; infinite where it is assumed to be the paper's.
        noise: Rounding, reading errors and evaluation noise.
        borrowed: Whether the published variance rests on my deviation, so that the two share its degrees of freedom.
    """

    paper: float
    paper_freedom: float
    mine: float
    my_freedom: float
    noise: float
    borrowed: bool = False

    @property
    def standard_error(self) -> float:
        """The standard error of the difference."""
        return math.sqrt(self.paper + self.mine + self.noise)

    @property
    def alone(self) -> Variances:
        """The variances if the published runs did not vary at all; what is borrowed from mine stays."""
        return self if self.borrowed else replace(self, paper=0.0, paper_freedom=math.inf)

    @property
    def freedom(self) -> float:
        """Welch and Satterthwaite's degrees of freedom; infinite when only noise is left."""
        total = self.paper + self.mine
        if total == 0:
            return math.inf
        if self.borrowed:
            return self.my_freedom
        # shares, and not squares of variances, so that no scale under- or overflows
        share = self.paper / total
        inverse = share**2 / self.paper_freedom + (1 - share) ** 2 / self.my_freedom
        return 1 / inverse if inverse > 0 else math.inf


def interval_of(
    difference: float, errors: Variances, margin: float, level: float
) -> ConfidenceInterval:
    """Return the interval of a difference.

    Args:
        difference: D; positive means that mine is better.
        errors: The variances behind it.
        margin: The smallest gap that matters.
        level: The one-sided level of each test.
    """
    error, freedom = errors.standard_error, errors.freedom
    half = _half(errors, level)
    below, not_above = (_chance(edge - difference, error, freedom) for edge in (-margin, margin))
    return ConfidenceInterval(
        difference=difference,
        low=difference - half,
        high=difference + half,
        error=error,
        freedom=freedom,
        short=below,
        within=max(0.0, not_above - below),
        beyond=1 - not_above,
        consistent=abs(difference) <= student_quantile(0.975, freedom) * error,
    )


def outcome_of(interval: ConfidenceInterval, margin: float) -> Outcome:
    """Return the verdict of an interval against a margin."""
    if interval.low > margin:
        return "beyond"
    if interval.low > -margin:
        return "reproduced"
    return "short" if interval.high < -margin else "inconclusive"


def room_of(difference: float, margin: float) -> float:
    """Return how short half the interval must be to settle a difference that stays as it is.

    One that is no worse than the margin is to be shown to be so (*reproduced*), without counting luck; a worse one as
    well (*short*).
    """
    return margin + min(difference, 0.0) if difference >= -margin else -margin - difference


def runs_needed(room: float, level: float, errors: Variances, runs: int) -> int | None:
    """Return with how many runs of mine in all half the interval is shorter than `room`; None when with no number.

    Args:
        room: See `room_of`.
        level: The one-sided level of each test.
        errors: The variances now.
        runs: My runs now, behind `errors.mine`.
    """
    variance = errors.mine * runs

    def settles(count: float) -> bool:
        later = Variances(
            paper=errors.paper,
            paper_freedom=errors.paper_freedom,
            mine=variance / count,
            my_freedom=max(1.0, count - 1),
            noise=errors.noise,
            borrowed=errors.borrowed,
        )
        return max(_half(later, level), _half(later.alone, level)) < room

    if not settles(MOST_RUNS):
        return None
    low, high = max(1, runs - 1), MOST_RUNS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if settles(middle) else (middle, high)
    return high


def _half(errors: Variances, level: float) -> float:
    """Return half the length of the interval."""
    return student_quantile(1 - level, errors.freedom) * errors.standard_error


def _chance(distance: float, error: float, freedom: float) -> float:
    """Return the chance that the true difference lies below a point so far above the measured one."""
    if error == 0:
        return float(distance >= 0)
    return student_cdf(distance / error, freedom)
