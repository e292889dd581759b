"""Welch's interval of a difference with two one-sided tests, and how many runs would settle it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from curriculum.model.verdicts import ConfidenceInterval, Outcome
from curriculum.reproduction.statistics.t_distribution import student_cdf, student_quantile

MOST_RUNS = 1_000_000


@dataclass(frozen=True, slots=True)
class Variances:
    """The variances behind a difference of two centres.

    Attributes:
        paper: Variance of the published centre, s_p^2 / n_p.
        paper_freedom: Its degrees of freedom; infinite where it is borrowed from mine or exact.
        mine: Variance of my centre, s_m^2 / m.
        my_freedom: Its degrees of freedom.
        noise: Rounding, reading errors and evaluation noise.
        borrowed: Whether both variances rest on one deviation, and share its degrees of freedom.
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
        """The variances if the published runs did not vary; a borrowed one stays."""
        if self.borrowed:
            return self
        return replace(self, paper=0.0, paper_freedom=math.inf)

    @property
    def freedom(self) -> float:
        """Welch and Satterthwaite's degrees of freedom; infinite when only noise is left."""
        total = self.paper + self.mine
        if total == 0:
            return math.inf
        if self.borrowed:
            return self.my_freedom
        # Shares of the total: the squares of the variances themselves could under- or overflow.
        share = self.paper / total
        inverse = share**2 / self.paper_freedom + (1 - share) ** 2 / self.my_freedom
        if inverse > 0:
            return 1 / inverse
        return math.inf


def interval_of(
    difference: float, errors: Variances, margin: float, level: float
) -> ConfidenceInterval:
    """Return the interval of a difference (VERDICTS.md §8).

    Args:
        difference: D; positive means that mine is better.
        errors: The variances behind it.
        margin: The smallest gap that matters.
        level: The one-sided level of each test.
    """
    error = errors.standard_error
    freedom = errors.freedom
    half = _half_width(errors, level)
    below = _chance_below(-margin - difference, error, freedom)
    not_above = _chance_below(margin - difference, error, freedom)
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


def exact_interval(
    difference: float, *, short: bool, beyond: bool, consistent: bool
) -> ConfidenceInterval:
    """Return the interval of a difference that is known without any uncertainty."""
    return ConfidenceInterval(
        difference=difference,
        low=difference,
        high=difference,
        error=0.0,
        freedom=math.inf,
        short=float(short),
        within=float(not short and not beyond),
        beyond=float(beyond),
        consistent=consistent,
    )


def outcome_of(interval: ConfidenceInterval, margin: float) -> Outcome:
    """Return the verdict of an interval against a margin."""
    if interval.low > margin:
        return "beyond"
    if interval.low > -margin:
        return "reproduced"
    if interval.high < -margin:
        return "short"
    return "inconclusive"


def half_width_to_settle(difference: float, margin: float) -> float:
    """Return how short half the interval must be to settle a difference that stays as it is.

    A difference no worse than the margin settles as *reproduced*, without counting on luck; a
    worse one as *short* (VERDICTS.md §12).
    """
    if difference >= -margin:
        return margin + min(difference, 0.0)
    return -margin - difference


def runs_needed(target: float, level: float, errors: Variances, runs: int) -> int | None:
    """Return the number of my runs, in all, that makes half the interval shorter than a target.

    Args:
        target: See `half_width_to_settle`.
        level: The one-sided level of each test.
        errors: The variances now.
        runs: My runs now, behind `errors.mine`.

    Returns:
        The least number of runs; None when no number is enough.
    """
    variance = errors.mine * runs

    def settles(count: float) -> bool:
        freedom = max(1.0, count - 1)
        later = replace(errors, mine=variance / count, my_freedom=freedom)
        widest = max(_half_width(later, level), _half_width(later.alone, level))
        return widest < target

    if not settles(MOST_RUNS):
        return None
    low, high = max(1, runs - 1), MOST_RUNS
    while high - low > 1:
        middle = (low + high) // 2
        if settles(middle):
            high = middle
        else:
            low = middle
    return high


def _half_width(errors: Variances, level: float) -> float:
    return student_quantile(1 - level, errors.freedom) * errors.standard_error


def _chance_below(distance: float, error: float, freedom: float) -> float:
    """Return the chance that the true difference lies below a point at a distance from D."""
    if error == 0:
        return float(distance >= 0)
    return student_cdf(distance / error, freedom)
