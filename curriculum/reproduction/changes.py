"""What has changed in a published record since the first runs were judged (VERDICTS.md §12).

A margin that is widened once the runs are known, or a number that is entered again, must not
replace the earlier verdict silently.
"""

from __future__ import annotations

from dataclasses import replace

from curriculum.model.attempts import Judged
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.verdicts import Margin, Outcome, Verdict
from curriculum.reproduction.attempts import fingerprint
from curriculum.reproduction.case import Case
from curriculum.reproduction.verdicts import judge

_EQUAL_MARGINS = 1e-9


@dataclass(frozen=True, slots=True)
class RecordChange:
    """The published record is another than at the last verdict, which is stale."""

    judged: Judged


@dataclass(frozen=True, slots=True)
class MarginChange:
    """The margin is another than at the first verdict; with that one, this would be the outcome."""

    margin: Margin
    outcome: Outcome


def change_since(case: Case, verdict: Verdict) -> RecordChange | MarginChange | None:
    """Return what has changed since the attempt was judged; None when nothing has."""
    if not case.attempt.judged:
        return None
    first = case.attempt.judged[0]
    last = case.attempt.judged[-1]
    if last.published != fingerprint(case.result):
        return RecordChange(last)
    moved = abs(first.margin - verdict.margin.size)
    is_moved = moved > _EQUAL_MARGINS * abs(first.margin)
    # The margin of a deterministic number is that of how mine were typed.
    is_of_mine = case.result.protocol.is_exact or case.result.claim.kind != "value"
    if not is_moved or is_of_mine:
        return None
    margin = Margin(first.margin, first.margin_from)
    verdict_then = judge(replace(case, margin=margin))
    return MarginChange(margin, verdict_then.outcome)
