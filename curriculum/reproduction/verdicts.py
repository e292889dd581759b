"""Judge an attempt at a published result as a careful statistician would.

The order is fixed (VERDICTS.md §1): may the two be compared, which of my runs count, what does the
record mean, and only then the interval. What cannot be decided is inconclusive, and says why.
"""

from __future__ import annotations

from dataclasses import replace

from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.caveats import with_caveats
from curriculum.reproduction.comparison import compare_case
from curriculum.reproduction.looks import next_look
from curriculum.reproduction.my_runs import mistaken_unit, too_many_diverged
from curriculum.reproduction.plausibility import proportion_whole

_PLURALS = {"fraction": "fractions", "percent": "percentages"}


def judge(case: Case) -> Verdict:
    """Return the verdict on a comparison with one published number."""
    return with_caveats(case, _judge_plainly(case))


def _judge_plainly(case: Case) -> Verdict:
    """Return the verdict before the caveats."""
    obstacle = _obstacle(case)
    if obstacle is not None:
        return case.undecided(obstacle)
    if too_many_diverged(case.runs):
        return _mostly_diverged(case)
    obstacle = _obstacle_in_values(case)
    if obstacle is not None:
        return case.undecided(obstacle)
    return compare_case(case)


def _obstacle(case: Case) -> str | None:
    """Return what keeps the runs from being compared at all; None when nothing does."""
    claim = case.result.claim.kind
    if claim != "value":
        return f"claim: a {claim} is not judged by one number"
    if case.protocol.closed is not None:
        return case.protocol.closed
    total = case.runs.total
    if not total:
        return "no run yet"
    look = next_look(case.attempt, total)
    if look is not None:
        are = "is" if total == 1 else "are"
        declared = f"{total} of {case.attempt.seeds} declared runs {are} in"
        return f"{declared}; the next look is at {look}"
    return None


def _mostly_diverged(case: Case) -> Verdict:
    """Return the verdict on runs of which too many diverged: it depends on the paper's own."""
    if case.result.runs.failed == 0:
        remark = "the paper reports that all of its runs finished"
        return replace(case.undecided(None), outcome="short", remarks=(remark,))
    runs = case.runs
    return case.undecided(f"runs: {runs.diverged} of {runs.total} diverged")


def _obstacle_in_values(case: Case) -> str | None:
    """Return what is wrong with my values as numbers; None when nothing is."""
    if not case.runs.values:
        return "runs: none came to a number"
    # Who names the unit means the values as they are, however small.
    if proportion_whole(case.result) is None or case.attempt.unit is not None:
        return None
    unit = mistaken_unit(case.centre("mean"), case.result)
    if unit is None:
        return None
    return f"your values look like {_PLURALS[unit]}: add --unit {unit}"
