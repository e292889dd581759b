"""What must be said with every verdict: the caps on what it may claim, what speaks for it, and what casts doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from curriculum.model.verdicts import Verdict
from curriculum.reproduction.case import Case
from curriculum.reproduction.published import is_impossible

FEWEST_FOR_BEYOND = 3


def with_provisos(case: Case, verdict: Verdict) -> Verdict:
    """Apply the caps, and add what must be said with every verdict."""
    verdict = _capped(case, verdict)
    return replace(
        verdict,
        provisional=verdict.outcome != "inconclusive"
        and (verdict.provisional or case.gate.is_reducer_unknown),
        remarks=(
            *_praise(verdict),
            *verdict.remarks,
            *_doubts(case, verdict),
            *case.runs.remarks,
            *case.gate.remarks,
        ),
        deviations=case.gate.deviations,
        level=case.level,
        extra=case.runs.extra,
    )


def _capped(case: Case, verdict: Verdict) -> Verdict:
    """Take back what the conditions do not bear: *beyond* of few runs or a larger budget, *short* of a smaller one."""
    if verdict.outcome == "beyond":
        reasons = list(_against_beyond(case, verdict))
        return (
            replace(verdict, outcome="reproduced", remarks=(*verdict.remarks, *reasons))
            if reasons
            else verdict
        )
    share = case.gate.smaller_budget
    if verdict.outcome == "short" and share is not None:
        return replace(
            verdict,
            outcome="inconclusive",
            cause=f"budget: short at {100 * share:.3g} % of the paper's budget",
        )
    return verdict


def _against_beyond(case: Case, verdict: Verdict) -> Iterator[str]:
    if verdict.mine is not None and verdict.mine.n - case.runs.diverged < FEWEST_FOR_BEYOND:
        yield f"not called beyond: that needs {FEWEST_FOR_BEYOND} runs"
    if case.gate.has_larger_budget:
        yield "not called beyond: my budget is larger than the paper's"
    if case.gate.is_reducer_unknown:
        yield "not called beyond: the paper does not say how its number was taken"
    if _is_saturated(case):
        yield "not called beyond: saturated, for the paper is within the margin of the bound"


def _is_saturated(case: Case) -> bool:
    low, high = case.result.metric.bounds
    good = {"higher": high, "lower": low, "target": None}[case.result.metric.direction]
    return good is not None and abs(float(good) - float(case.result.value.value)) < case.margin.size


def _praise(verdict: Verdict) -> Iterator[str]:
    interval = verdict.interval
    if interval is None or verdict.outcome not in ("reproduced", "beyond"):
        return
    if verdict.outcome == "reproduced":
        yield "equivalent" if interval.high < verdict.margin.size else "at least as good"
    if interval.low > 0 and interval.error > 0:
        yield "significantly better; check protocol: better than published"


def _doubts(case: Case, verdict: Verdict) -> Iterator[str]:
    result, interval = case.result, verdict.interval
    n = result.runs.n if isinstance(result.runs.n, int) else 2
    if n > 1 and is_impossible(result, n):
        yield "published spread inconsistent with the runs it is over: its kind is taken as unknown"
    if result.value.centre == "unknown":
        yield "the paper does not say what its number is: taken as a mean"
    gain = result.baseline.value
    if interval is not None and gain is not None and verdict.outcome in ("short", "inconclusive"):
        claimed = abs(float(result.value.value - gain))
        if interval.lean == "short" and abs(interval.difference) <= claimed / 2:
            yield "published headline numbers are selected: expect them to shrink a little"
