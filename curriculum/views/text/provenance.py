"""Where a published number is printed, and how my values were made from training curves."""

from __future__ import annotations

from curriculum.model.attempts import Attempt
from curriculum.model.results import Result


def reducer_of(result: Result, attempt: Attempt) -> str:
    """Return how my values were reduced; typed ones are taken to be by the paper's rule."""
    if attempt.readings:
        return result.metric.rule_name(attempt.readings[-1].reducer)
    if attempt.reducer is not None:
        return result.metric.rule_name(attempt.reducer)
    return f"{result.rule} (typed)"


def where_published(result: Result) -> str:
    """Return where a number is printed, as `Table 1, p. 7`."""
    source = result.source
    labels = {
        "Table": source.table,
        "Figure": source.figure,
        "Section": source.section,
        "p.": source.page,
    }
    parts = [f"{label} {number}" for label, number in labels.items() if number is not None]
    if parts:
        return ", ".join(parts)
    return source.text or source.url or source.quote or "source unknown"
