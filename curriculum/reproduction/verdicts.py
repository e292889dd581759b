"""Judge an attempt at a published result as a careful statistician would.

The order is fixed: may the two be compared, which of my runs count, what the record means, and only then the interval.
What cannot be decided is inconclusive, and says why.
"""

from __future__ import annotations

import math
from dataclasses import replace

from curriculum.model.attempts import Attempt
from curriculum.model.results import Result
from curriculum.model.verdicts import Margin, Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.caveats import with_provisos
from curriculum.reproduction.comparison import compared
from curriculum.reproduction.margins import margin_of
from curriculum.reproduction.my_runs import is_off_by_a_hundred, runs_of, too_many_diverged
from curriculum.reproduction.protocol_check import gate_of
from curriculum.reproduction.published import proportion_whole

ALPHA = 0.05


def judge(name: str, result: Result, attempt: Attempt, margin: Margin | None = None) -> Verdict:
    """Return the verdict on an attempt.

    Args:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        attempt: My runs at it.
        margin: Another margin than the record's own, for telling what a changed one has changed.
    """
    runs = runs_of(result, attempt)
    case = Case(
        name, result, runs, gate_of(result, attempt), margin or margin_of(result), level_of(attempt)
    )
    return with_provisos(case, _judged(case, attempt))


def level_of(attempt: Attempt) -> float:
    """Return the one-sided level: 5 %, shared out among the looks that were declared, else among those taken."""
    return ALPHA / max(1, attempt.looks if attempt.seeds else attempt.looked)


def next_look(attempt: Attempt, runs: int) -> int | None:
    """Return at how many runs the next declared look is; None when a look is due now, or none was declared."""
    if attempt.seeds is None:
        return None
    looks = [
        math.ceil(attempt.seeds * number / attempt.looks) for number in range(1, attempt.looks + 1)
    ]
    return (
        None
        if runs in looks or runs >= attempt.seeds
        else min(look for look in looks if look > runs)
    )


def _judged(case: Case, attempt: Attempt) -> Verdict:
    """Return the verdict before what must be said with every one of them."""
    runs, result = case.runs, case.result
    waiting = next_look(attempt, runs.total)
    if result.claim.kind != "value":
        return case.undecided(f"claim: a {result.claim.kind} is not judged by one number")
    if case.gate.closed is not None:
        return case.undecided(case.gate.closed)
    if not runs.total:
        return case.undecided("no run yet")
    if waiting is not None:
        return case.undecided(
            f"{runs.total} of {attempt.seeds} declared runs are in; the next look is at {waiting}"
        )
    if too_many_diverged(runs):
        if result.runs.failed == 0:
            return replace(
                case.undecided(None),
                outcome="short",
                remarks=("the paper reports that none of its runs failed",),
            )
        return case.undecided(f"runs: {runs.diverged} of {runs.total} diverged")
    if not runs.values:
        return case.undecided("runs: none came to a number")
    if proportion_whole(result) is not None and is_off_by_a_hundred(
        case.centre("mean"), float(result.value.value)
    ):
        return case.undecided("metric.unit: mine and the paper's differ a hundredfold; scale?")
    return compared(case)
