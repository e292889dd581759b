"""What is said with every verdict: limits on what it may claim, and what casts doubt on it.

VERDICTS.md §11 lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curriculum.model.verdicts import Assumption, Outcome, Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.margins import GAIN_FRACTION, claimed_gain, states_its_margin
from curriculum.reproduction.plausibility import is_impossible
from curriculum.reproduction.worst_gaps import worst_gap_of

FEWEST_FOR_BEYOND = 3
_ASKS_FOR_A_FLOOR = (
    "the size of this score means nothing without its zero: give a random policy's score "
    "as 'metric: {reference: {floor: ...}}', or a 'tolerance'"
)


def with_caveats(case: Case, verdict: Verdict) -> Verdict:
    """Limit what a verdict claims, and add what is said with every one."""
    limited = _limited(case, verdict)
    is_provisional = False
    if limited.outcome != "inconclusive":
        is_provisional = limited.provisional or case.protocol.is_reducer_unknown
    return replace(
        limited,
        provisional=is_provisional,
        remarks=(
            *_qualities(limited),
            *limited.remarks,
            *_record_doubts(case),
            *_selection_doubt(case, limited),
            *case.runs.remarks,
            *case.protocol.remarks,
        ),
        deviations=case.protocol.deviations,
        level=case.level,
        extra=case.runs.extra,
        worst_gap=worst_gap_of(case, limited),
        assumed=(*limited.assumed, *_assumed_rule(case)),
        barred=tuple(_barred(case, verdict)),
    )


def _assumed_rule(case: Case) -> Iterator[Assumption]:
    if case.protocol.is_reducer_unknown:
        yield "the paper's rule"


def _barred(case: Case, verdict: Verdict) -> Iterator[Outcome]:
    """Yield the outcomes that the conditions do not allow."""
    if any(_against_beyond(case, verdict)):
        yield "beyond"
    if case.protocol.smaller_budget is not None:
        yield "short"


def _limited(case: Case, verdict: Verdict) -> Verdict:
    """Take back what the conditions do not allow.

    *Beyond* needs enough runs and no larger budget; *short* needs no smaller budget.
    """
    if verdict.outcome == "beyond":
        reasons = tuple(_against_beyond(case, verdict))
        if not reasons:
            return verdict
        return replace(verdict, outcome="reproduced", remarks=(*verdict.remarks, *reasons))
    return within_budget(case, verdict)


def within_budget(case: Case, verdict: Verdict) -> Verdict:
    """Take back a *short* that more training might have averted."""
    share = case.protocol.smaller_budget
    if verdict.outcome == "short" and share is not None:
        cause = f"budget: short at {100 * share:.3g} % of the paper's budget"
        return replace(verdict, outcome="inconclusive", cause=cause)
    return verdict


def _against_beyond(case: Case, verdict: Verdict) -> Iterator[str]:
    if not _is_exact(verdict) and _finished(case, verdict) < FEWEST_FOR_BEYOND:
        yield f"not called beyond: that needs {FEWEST_FOR_BEYOND} runs"
    if case.protocol.has_larger_budget:
        yield "not called beyond: my budget is larger than the paper's"
    if case.protocol.is_reducer_unknown:
        yield "not called beyond: the paper does not say how its number was taken"
    if _is_saturated(case, verdict):
        yield "not called beyond: saturated, for the paper is within the margin of the bound"


def _is_exact(verdict: Verdict) -> bool:
    """Return whether the number comes out the same in every run, so that one is enough."""
    return verdict.interval is not None and verdict.interval.error == 0


def _finished(case: Case, verdict: Verdict) -> int:
    """Return how many of my runs came to a number."""
    if verdict.mine is None:
        return 0
    return verdict.mine.n - case.runs.diverged


def _is_saturated(case: Case, verdict: Verdict) -> bool:
    """Return whether the paper leaves less room to the good bound than the margin."""
    metric = case.result.metric
    if metric.best is None or metric.target is not None:
        return False
    room = abs(metric.best - case.result.value.number)
    return room < verdict.margin.size


def _qualities(verdict: Verdict) -> Iterator[str]:
    """Yield what makes a good verdict better than it needs to be."""
    interval = verdict.interval
    if interval is None or verdict.outcome not in ("reproduced", "beyond"):
        return
    is_within = interval.high < verdict.margin.size
    if verdict.outcome == "reproduced":
        yield "equivalent" if is_within else "at least as good"
    if interval.low > 0 and interval.error > 0:
        yield "significantly better; check protocol: better than published"


def _record_doubts(case: Case) -> Iterator[str]:
    """Yield what the published record leaves in doubt."""
    if is_impossible(case.result):
        yield "published spread inconsistent with the runs it is over: its kind is taken as unknown"
    if case.result.value.centre == "unknown":
        yield "the paper does not say what its number is: taken as a mean"
    if case.lacks_a_floor and not states_its_margin(case.result):
        yield _ASKS_FOR_A_FLOOR


def _selection_doubt(case: Case, verdict: Verdict) -> Iterator[str]:
    """Yield a reminder of the winner's curse where mine is short by less than half the gain."""
    interval = verdict.interval
    gain = claimed_gain(case.result)
    if interval is None or gain is None or verdict.outcome not in ("short", "inconclusive"):
        return
    if interval.lean == "short" and abs(interval.difference) <= GAIN_FRACTION * gain:
        yield "published headline numbers are selected: expect them to shrink a little"
