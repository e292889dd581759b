"""Judge claims that set results against one another: a gap, or an ordering; each arm is run in my own code."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from curriculum.model.attempts import Attempt, Outcome
from curriculum.model.results import Result
from curriculum.model.verdicts import ConfidenceInterval, Margin, Sample, Verdict
from curriculum.reproduction.margins import GAIN_FRACTION, margin_of
from curriculum.reproduction.my_runs import MyRuns, runs_of, too_many_diverged
from curriculum.reproduction.protocol_check import gate_of
from curriculum.reproduction.statistics.intervals import Variances, interval_of
from curriculum.reproduction.statistics.summaries import centre_of, deviation
from curriculum.reproduction.verdicts import judge, level_of


def judge_claim(
    name: str, result: Result, attempts: Mapping[str, Attempt], others: Mapping[str, Result]
) -> Verdict:
    """Return the verdict on a result, whatever it claims.

    A gap is reproduced when the interval of mine lies above half of the published one; an ordering when the interval
    of my gap to each result below lies above zero.

    Args:
        name: The published result, as `td3-2018#td3-hopper`.
        result: The published record.
        attempts: Result's id to my attempt at it; holds `result.id`.
        others: The paper's results by id.
    """
    mine = attempts[result.id]
    if result.claim.kind in ("value", "trend"):
        return judge(name, result, mine)
    below = [result.claim.vs or ""] if result.claim.kind == "gap" else list(result.claim.above)
    rivals = [other for other in below if other in others]
    if not rivals or len(rivals) < len(below):
        return _open(
            name,
            result,
            mine,
            f"claim: the {result.claim.kind} names no result of this paper to compare with",
        )
    missing = [rival for rival in rivals if rival not in attempts or not attempts[rival].runs]
    if missing:
        return _open(name, result, mine, f"claim: run '{missing[0]}' in your own code as well")
    verdicts = [_against(name, result, mine, others[rival], attempts[rival]) for rival in rivals]
    return min(
        verdicts,
        key=lambda one: (one.outcome == "reproduced", -(one.interval.short if one.interval else 1)),
    )


def _against(name: str, result: Result, mine: Attempt, rival: Result, theirs: Attempt) -> Verdict:
    """Return the verdict on my gap between two arms."""
    arms = [(result, mine, runs_of(result, mine)), (rival, theirs, runs_of(rival, theirs))]
    closed = next(
        (gate.closed for one, attempt, _ in arms if (gate := gate_of(one, attempt)).closed), None
    )
    if closed is not None:
        return _open(name, result, mine, closed)
    if any(len(runs.values) < 2 or too_many_diverged(runs) for _, _, runs in arms):
        return _open(name, result, mine, "claim: it takes several runs of both arms")
    sign = 1 if result.metric.direction == "higher" else -1
    published = sign * float(result.value.value - rival.value.value)
    wanted = GAIN_FRACTION * published if result.claim.kind == "gap" else 0.0
    (above, above_error), (below, below_error) = (
        _centre_and_error(runs, one) for one, _, runs in arms
    )
    gap = sign * (above - below)
    errors = Variances(
        below_error, len(arms[1][2].values) - 1, above_error, len(arms[0][2].values) - 1, 0.0
    )
    level = min(level_of(mine), level_of(theirs))
    interval = (
        interval_of(gap - wanted, errors, 0.0, level)
        if errors.standard_error
        else _exact(gap - wanted)
    )
    outcome: Outcome = (
        "reproduced" if interval.low > 0 else ("short" if interval.high < 0 else "inconclusive")
    )
    what = f"my gap to {rival.id} is {gap:.4g}, the published one {published:.4g}"
    return Verdict(
        name,
        outcome,
        "interval" if outcome == "inconclusive" else None,
        Sample(above, deviation(arms[0][2].values), len(arms[0][2].values)),
        Sample(
            float(result.value.value), None, result.runs.n if isinstance(result.runs.n, int) else 0
        ),
        interval,
        Margin(
            wanted, f"{100 * GAIN_FRACTION:g} % of the published gap" if wanted else "the ordering"
        ),
        remarks=(what,),
        level=level,
        deviations=gate_of(result, mine).deviations,
    )


def _centre_and_error(runs: MyRuns, result: Result) -> tuple[float, float]:
    """Return the centre of my runs and its variance."""
    values: Sequence[float] = runs.values
    return centre_of(values, str(result.value.centre)), deviation(values) ** 2 / len(values)


def _exact(difference: float) -> ConfidenceInterval:
    return ConfidenceInterval(
        difference,
        difference,
        difference,
        0.0,
        math.inf,
        float(difference < 0),
        0.0,
        float(difference >= 0),
        difference == 0,
    )


def _open(name: str, result: Result, attempt: Attempt, cause: str) -> Verdict:
    valued = result.model_copy(update={"claim": result.claim.model_copy(update={"kind": "value"})})
    shown = judge(name, valued, attempt)
    return replace(
        shown,
        outcome="inconclusive",
        cause=cause,
        interval=None,
        seeds=None,
        provisional=False,
        margin=margin_of(result),
    )
