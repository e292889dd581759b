"""Fold what the journal says of scores into attempts; how they are judged is not known here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from curriculum.model.attempts import Attempt, Judged, read_entry
from curriculum.model.journal import Fact, Kind
from curriculum.model.results import Result
from curriculum.model.verdicts import Verdict

_NOT_COMPARED = {"primary", "weight", "tolerance", "notes", "scale", "confidence", "tier", "source"}


def attempts_of(facts: Iterable[Fact]) -> Mapping[str, tuple[Attempt, ...]]:
    """Return the attempts at each published result, oldest first; the last one is the current one.

    Args:
        facts: The live facts of the journal, in the order they were recorded.
    """
    found: dict[str, tuple[Attempt, ...]] = {}
    for fact in facts:
        if fact.kind is Kind.SCORED and fact.result is not None and fact.entry is not None:
            entry = read_entry(fact.entry)
            before = found.get(fact.result, ())
            current = before[-1] if before and not entry.new else Attempt(result=fact.result)
            earlier = before if entry.new else before[:-1]
            found[fact.result] = (*earlier, current.after(entry))
    return found


def fingerprint(result: Result) -> str:
    """Return 16 hexadecimal digits that change when anything changes that a comparison looks at."""
    text = result.model_dump_json(exclude=_NOT_COMPARED)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def judged_of(verdict: Verdict, result: Result) -> Judged:
    """Return what the journal keeps of a verdict."""
    interval = verdict.interval
    return Judged(
        published=fingerprint(result),
        value=str(result.value.value),
        outcome=verdict.outcome,
        lean=interval.lean if interval and verdict.outcome == "inconclusive" else None,
        n=verdict.mine.n if verdict.mine else 0,
        margin=verdict.margin.size,
        margin_from=verdict.margin.origin,
        difference=interval.difference if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )
