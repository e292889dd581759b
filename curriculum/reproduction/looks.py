"""Optional stopping: when a verdict may be looked at, and the level each look gets.

Looking after every run until the verdict pleases makes a wrong *reproduced* twice as likely, so
the looks share the level among them (VERDICTS.md §12).
"""

from __future__ import annotations

import math

from curriculum.model.attempts import Attempt

ALPHA = 0.05
"""The one-sided level of all looks together."""


def level_of(attempt: Attempt) -> float:
    """Return the one-sided level of a look: shared among the declared looks, else those taken."""
    looks = attempt.looks if attempt.seeds else attempt.looked
    return ALPHA / max(1, looks)


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
