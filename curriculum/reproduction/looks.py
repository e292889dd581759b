"""Optional stopping: when a verdict may be looked at, and the level each look gets.

Looking after every run until the verdict pleases makes a wrong *reproduced* twice as likely, and so
does starting anew until one attempt does. So all looks of all attempts at a result spend one level:
the first most of it, each later one half of what is left (VERDICTS.md §12).
"""

from __future__ import annotations

import math

from curriculum.model.attempts import Attempt

ALPHA = 0.05
"""The one-sided level of all looks at a result together, in every attempt."""

_FIRST_SHARE = 0.8
FIRST_LEVEL = _FIRST_SHARE * ALPHA
"""The level of the first look, which a single look is."""


def spending_level(number: int) -> float:
    """Return the level of a look, or of an attempt whose looks were declared, by its number.

    >>> [round(spending_level(number), 5) for number in (1, 2, 3)]
    [0.04, 0.005, 0.0025]
    """
    if number == 1:
        return FIRST_LEVEL
    rest = ALPHA - FIRST_LEVEL
    return float(rest / 2 ** (number - 1))


def level_of(attempt: Attempt) -> float:
    """Return the one-sided level of the last look at an attempt.

    Looks that were declared share one spending evenly; those that were not spend one each.
    """
    if attempt.seeds is not None:
        return spending_level(attempt.looks_before + 1) / attempt.looks
    return spending_level(attempt.looks_before + max(1, attempt.looked))


def next_level_of(attempt: Attempt) -> float:
    """Return the level of the look after the last: of the same attempt, or of the next one."""
    if attempt.seeds is None:
        return spending_level(attempt.looks_before + attempt.looked + 1)
    if len(attempt.runs) < attempt.seeds:
        return level_of(attempt)
    return spending_level(attempt.looks_before + 2)


def next_look(attempt: Attempt, runs: int) -> int | None:
    """Return at how many runs the next declared look is.

    Args:
        attempt: The attempt.
        runs: How many runs there are.

    Returns:
        None when a look is due now, or when none was declared.
    """
    if attempt.seeds is None or runs >= attempt.seeds:
        return None
    for number in range(1, attempt.looks + 1):
        look = math.ceil(attempt.seeds * number / attempt.looks)
        if look == runs:
            return None
        if look > runs:
            return look
    raise AssertionError("the last look is at all declared runs")
