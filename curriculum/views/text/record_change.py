"""What has changed in a published record since it was judged, as a line.

JSON shows the same line, so that this module does without rich.
"""

from __future__ import annotations

from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.changes import MarginChange, RecordChange
from curriculum.views.text.digits import digits_of


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
            size = f"{margin.size:.{digits_of(verdict, case).margin}f}"
            return (
                f"the margin was changed after the first run: with Δ {size} ({margin.origin}) "
                f"it is {outcome}"
            )
