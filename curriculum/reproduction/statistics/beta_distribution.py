"""The beta distribution, and the interval that Jeffreys' prior gives a share of trials."""

from __future__ import annotations

from curriculum.reproduction.statistics.t_distribution import incomplete_beta

_HALVINGS = 60


def beta_quantile(chance: float, a: float, b: float) -> float:
    """Return the value that a beta variable stays below with a chance, by halving.

    Args:
        chance: Above 0 and below 1.
        a: First shape, above 0.
        b: Second shape, above 0.

    >>> round(beta_quantile(0.5, 2, 2), 6), round(beta_quantile(0.05, 3.5, 1.5), 4)
    (0.5, 0.3493)
    """
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if incomplete_beta(a, b, middle, 1 - middle) < chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def jeffreys(successes: int, trials: int, level: float) -> tuple[float, float]:
    """Return Jeffreys' interval of a proportion (Brown, Cai and DasGupta 2001, §3.1.2).

    With no success it begins at 0, with nothing else it ends at 1.

    Args:
        successes: How many of the trials succeeded.
        trials: How many there were; none gives the whole range.
        level: The level of the interval, as 0.9.

    >>> low, high = jeffreys(0, 5, 0.9)
    >>> low, round(high, 3)
    (0.0, 0.306)
    """
    if not trials:
        return 0.0, 1.0
    tail = (1 - level) / 2
    a, b = successes + 0.5, trials - successes + 0.5
    low = 0.0 if successes == 0 else beta_quantile(tail, a, b)
    high = 1.0 if successes == trials else beta_quantile(1 - tail, a, b)
    return low, high
