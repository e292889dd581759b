"""The interval of a difference with two one-sided tests, and how many runs would settle it.

Welch's interval holds its level where the paper has no more runs than mine. Where it has more, skew
does not cancel, and the wider of Welch's and the pooled interval counts (VERDICTS.md §8).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.verdicts import ConfidenceInterval, Outcome, Seeds, StandardError
from curriculum.reproduction.statistics.behrens_fisher import ScaledT, sum_cdf
from curriculum.reproduction.statistics.t_distribution import (
    NORMAL,
    student_cdf,
    student_quantile,
)

MOST_RUNS = 1_000_000
POWER = 0.80


@dataclass(frozen=True, slots=True)
class Variances:
    """The variances behind a difference of two centres.

    Attributes:
        paper: Variance of the published centre, s_p^2 / n.
        paper_freedom: Its degrees of freedom; infinite where it is borrowed from mine or exact.
        mine: Variance of my centre, s_m^2 / m.
        my_freedom: Its degrees of freedom.
        noise: Rounding, reading errors and evaluation noise.
        paper_runs: n.
        my_runs: m.
        borrowed: Whether both variances rest on one deviation, and share its degrees of freedom.
        both_mine: Whether the other side is not the paper but another arm of mine.
    """

    paper: float
    paper_freedom: float
    mine: float
    my_freedom: float
    noise: float
    paper_runs: int = 1
    my_runs: int = 1
    borrowed: bool = False
    both_mine: bool = False

    @property
    def standard_error(self) -> float:
        """The standard error of the difference."""
        return math.sqrt(self.paper + self.mine + self.noise)

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

    def with_runs(self, runs: int) -> Variances:
        """Return the variances that some other number of my runs with this deviation would have.

        Where both arms are mine, it is the number of each.
        """
        later = self
        if self.both_mine:
            later = replace(
                later,
                paper=self.paper * self.paper_runs / runs,
                paper_freedom=max(1, runs - 1),
                paper_runs=runs,
            )
        if runs == self.my_runs:
            return later
        return replace(
            later,
            mine=self.mine * self.my_runs / runs,
            my_freedom=max(1, runs - 1),
            my_runs=runs,
        )

    @property
    def to_come(self) -> float:
        """The variance that the centres of runs still to be made have around their true means."""
        return self.mine + self.paper if self.both_mine else self.mine

    def half_width(self, level: float) -> float:
        """Return half of the interval at the one-sided level of each test."""
        errors = [StandardError(self.standard_error, self.freedom)]
        if self.pooled is not None:
            errors.append(self.pooled)
        return max(half_of(error, level) for error in errors)

    @property
    def pooled(self) -> StandardError | None:
        """The standard error if both sides vary alike; None unless the paper has more runs."""
        is_plain = self.borrowed or self.both_mine or math.isinf(self.paper_freedom)
        if is_plain or self.paper_runs <= self.my_runs:
            return None
        paper = self.paper_freedom * self.paper * self.paper_runs
        mine = self.my_freedom * self.mine * self.my_runs
        freedom = self.paper_freedom + self.my_freedom
        variance = (paper + mine) / freedom * (1 / self.paper_runs + 1 / self.my_runs)
        return StandardError(math.sqrt(variance + self.noise), freedom)

    def at_its_best(self, level: float) -> Variances:
        """Return the variances of as many of my runs as make the interval shortest.

        Where the published variance dominates, Welch's degrees of freedom fall towards the paper's
        as my runs grow, so that more runs would undo what fewer showed. A test with fewer of them
        is as valid, so it is the one that counts.
        """
        if self.borrowed or self.both_mine or self.my_runs <= 2:
            return self

        def width(runs: int) -> float:
            return self.with_runs(runs).half_width(level)

        return self.with_runs(_first_that_rises(width, self.my_runs))


def half_of(error: StandardError, level: float) -> float:
    """Return half of the interval that a standard error makes, at the one-sided level."""
    return student_quantile(1 - level, error.freedom) * error.size


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
    best = errors.at_its_best(level)
    error = best.standard_error
    freedom = best.freedom
    half = best.half_width(level)
    below = _chance_below(-margin - difference, errors)
    not_above = _chance_below(margin - difference, errors)
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
        pooled=best.pooled,
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


def p_below(interval: ConfidenceInterval, point: float) -> float:
    """Return the p-value of the test that the true difference is below a point.

    The wider of its intervals counts, so that the test is significant at a level just where the
    interval of that level lies below the point.
    """
    return max(_p_below(interval.difference, error, point) for error in interval.errors)


def p_above(interval: ConfidenceInterval, point: float) -> float:
    """Return the p-value of the test that the true difference is above a point."""
    errors = interval.errors
    return max(_p_below(-interval.difference, error, -point) for error in errors)


def _p_below(difference: float, error: StandardError, point: float) -> float:
    if error.size == 0:
        return float(difference >= point)
    return student_cdf((difference - point) / error.size, error.freedom)


def half_width_to_settle(difference: float, margin: float) -> float:
    """Return how short half the interval must be to settle a difference that stays as it is.

    A difference no worse than the margin settles as *reproduced*, without counting on luck; a
    worse one as *short* (VERDICTS.md §12).
    """
    if difference >= -margin:
        return margin + min(difference, 0.0)
    return -margin - difference


def seeds_to_settle(target: float, level: float, errors: Variances) -> Seeds:
    """Return how many runs, in all, make half the interval shorter than a target.

    For the chance of 80 % the true difference is taken to be the present one, around which the mean
    of so many runs varies.

    Args:
        target: See `half_width_to_settle`.
        level: The one-sided level of each test.
        errors: The variances now.
    """
    needed = _least_runs(errors, level, target)
    if needed is None:
        return Seeds(None)
    quantile = NORMAL.inv_cdf(POWER)
    return Seeds(needed, _least_runs(errors, level, target, quantile=quantile, fewest=needed))


def _least_runs(
    errors: Variances, level: float, target: float, *, quantile: float = 0.0, fewest: int = 2
) -> int | None:
    """Return the least number of runs whose width is below a target; None when none is.

    Args:
        errors: The variances now.
        level: The one-sided level of each test.
        target: Half the interval must be shorter.
        quantile: How many standard errors of the runs to come the width allows for.
        fewest: The number to begin at; the answer is not below it.
    """

    def width(runs: int) -> float:
        later = errors.with_runs(runs)
        return later.half_width(level) + quantile * math.sqrt(later.to_come)

    high = fewest
    while width(high) >= target:
        # A width that rises again has its least value before.
        if high >= MOST_RUNS or width(high + 1) > width(high):
            high = _first_that_rises(width, high)
            break
        high *= 2
    if width(high) >= target:
        return None
    low = fewest - 1
    while high - low > 1:
        middle = (low + high) // 2
        if width(middle) < target:
            high = middle
        else:
            low = middle
    return high


def _first_that_rises(width: Callable[[int], float], most: int) -> int:
    """Return the number of runs, from two on, after which a width that falls at first rises."""
    low, high = 2, most
    while low < high:
        middle = (low + high) // 2
        if width(middle + 1) > width(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _chance_below(distance: float, errors: Variances) -> float:
    """Return the chance that the true difference lies below a point at a distance from D."""
    if errors.standard_error == 0:
        return float(distance >= 0)
    total = errors.paper + errors.mine
    if errors.borrowed or total == 0:
        return student_cdf(distance / errors.standard_error, errors.freedom)
    # The noise is shared out, so that the variance of the sum is right.
    stretch = 1 + errors.noise / total
    paper = ScaledT(math.sqrt(errors.paper * stretch), errors.paper_freedom)
    mine = ScaledT(math.sqrt(errors.mine * stretch), errors.my_freedom)
    return sum_cdf(distance, paper, mine)
