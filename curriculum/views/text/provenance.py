"""Where a published number stands, and how it and mine were made of a training curve, in words."""

from __future__ import annotations

from curriculum.model.attempts import Attempt
from curriculum.model.results import Reducer, Result


def reducer_of(result: Result, attempt: Attempt) -> str:
    """Return how my values were reduced; typed ones are taken to be by the paper's rule."""
    if attempt.readings:
        return attempt.readings[-1].reducer
    if attempt.reducer is not None:
        return attempt.reducer
    return f"{rule_of(result.protocol.reducer)} (typed)"


def rule_of(reducer: Reducer) -> str:
    """Return a rule as it is written on the command line, as `last-k-mean:100`."""
    number = reducer.k or reducer.x
    return reducer.how if number in (None, "unknown") else f"{reducer.how}:{number}"


def where_published(result: Result) -> str:
    """Return where a number stands, as `Table 1, row Hopper`."""
    source = result.source
    parts = [f"Table {source.table}"] if source.table is not None else []
    parts += [f"Figure {source.figure}"] if source.figure is not None else []
    parts += [f"Section {source.section}"] if source.section is not None else []
    parts += [f"p. {source.page}"] if source.page is not None else []
    return ", ".join(parts) or source.text or source.url or source.quote or "source unknown"
