"""Collect what the journal says of scores into attempts (VERDICTS.md §4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from curriculum.model.attempts import Attempt, Judged, read_entry
from curriculum.model.journal import Fact, Scored
from curriculum.model.results import Baseline, Result
from curriculum.model.verdicts import Verdict

_NOT_COMPARED: dict[str, bool | set[str]] = {
    "primary": True,
    "tolerance": True,
    "notes": True,
    "scale": True,
    "confidence": True,
    "tier": True,
    "source": True,
    "baseline": {"ref"},
}
"""Another baseline is another margin, and a margin that was changed is told on its own."""


def attempts_of(facts: Iterable[Fact]) -> Mapping[str, tuple[Attempt, ...]]:
    """Return the attempts at each published result, oldest first; the last one is the current one.

    Args:
        facts: The live facts of the journal, in the order they were recorded.
    """
    found: dict[str, tuple[Attempt, ...]] = {}
    for fact in facts:
        if not isinstance(fact, Scored):
            continue
        entry = read_entry(fact.entry, fact.id)
        earlier = found.get(fact.result, ())
        current = earlier[-1] if earlier else Attempt(result=fact.result)
        if not entry.new:
            earlier = earlier[:-1]
        found[fact.result] = (*earlier, current.after(entry))
    return found


def fingerprint(result: Result) -> str:
    """Return 16 hexadecimal digits that change with anything that a comparison looks at."""
    if result.baseline.ref is not None:
        result = result.model_copy(update={"baseline": Baseline()})
    text = result.model_dump_json(exclude=_NOT_COMPARED)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def judged_of(verdict: Verdict, result: Result) -> Judged:
    """Return what the journal keeps of a verdict."""
    interval = verdict.interval
    kept = Judged(
        published=fingerprint(result),
        value=str(result.value.value),
        outcome=verdict.outcome,
        n=verdict.mine.n if verdict.mine else 0,
        margin=verdict.margin.size,
        margin_from=verdict.margin.origin,
    )
    if interval is None:
        return kept
    return kept.model_copy(
        update={
            "lean": verdict.lean,
            "difference": interval.difference,
            "low": interval.low,
            "high": interval.high,
        }
    )
