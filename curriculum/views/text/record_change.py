"""What has changed in a published record since it was judged, as a line.

JSON shows the same line, so that this module does without rich.
"""

from __future__ import annotations

import math

from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.changes import MarginChange, RecordChange

_MOST_DIGITS = 10


def change_line(change: RecordChange | MarginChange, case: Case, verdict: Verdict) -> str:
    """Return what has changed in the published record since an attempt was judged."""
    match change:
        case RecordChange(judged):
            now = case.result.value.value
            return (
                "the published record has changed since it was judged "
                f"({judged.value} then, {now} now): the verdict then, {judged.outcome} "
                f"with {judged.n} runs, is stale"
            )
        case MarginChange(margin, outcome):
            size = f"{margin.size:.{digits_of(verdict, case.result)}f}"
            return (
                f"the margin was changed after the first run: with Δ {size} ({margin.origin}) "
                f"it is {outcome}"
            )


def digits_of(verdict: Verdict, result: Result) -> int:
    """Return how many decimals to show: those of the paper, and enough for two of the margin."""
    exponent = result.value.value.as_tuple().exponent
    printed = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    size = verdict.margin.size
    needed = 0
    if size > 0:
        needed = max(0, 1 - math.floor(math.log10(size)))
    if size >= 100:
        printed = min(printed, 1)
    return min(max(printed, needed), _MOST_DIGITS)
