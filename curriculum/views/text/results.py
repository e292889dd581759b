"""What a paper claims, where it stands and how it was measured: lines and JSON; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from curriculum.model.results import Result
from curriculum.views.text.provenance import where_published


def results_lines(results: Sequence[Result], tried: Mapping[str, str]) -> Iterator[Text]:
    """Yield a line for each published result, below a heading that says how those that follow were measured.

    Args:
        results: The results to show, in order.
        tried: Result's id to what came of my attempt at it.
    """
    names = max((len(result.id) for result in results), default=0)
    claims = max((len(claim_of(result)) for result in results), default=0)
    for number, (heading, group) in enumerate(groupby(results, _heading)):
        if number:
            yield Text()
        yield Text(heading, style="italic")
        for result in group:
            data = " ".join(filter(None, [result.on.name, _known(result.on.version)]))
            mine = f"   mine: {tried[result.id]}" if result.id in tried else ""
            star = "*" if result.primary else " "
            yield Text(f"{star} {result.id:<{names}}   {claim_of(result):<{claims}}   {data}{mine}")


def _heading(result: Result) -> str:
    return f"{'; '.join(measured(result))}   {where_published(result)} ({result.tier}, {result.confidence})"


def claim_of(result: Result) -> str:
    """Return the number as printed, with its spread, runs and unit."""
    spread = result.spread
    plus = (
        f" ±{spread.value} {'' if spread.kind == 'unknown' else spread.kind}".rstrip()
        if spread.value is not None
        else ""
    )
    if spread.value is None and spread.low is not None and spread.high is not None:
        plus = f" [{spread.low}, {spread.high}] {spread.kind}"
    arrow = {"higher": "↑", "lower": "↓", "target": "→"}[result.metric.direction]
    runs = "" if result.runs.n == "unknown" else f" (n={result.runs.n})"
    is_plain = result.metric.unit == "1" or result.metric.unit in result.metric.name
    unit = "" if is_plain else f" {result.metric.unit}"
    return f"{result.value.value}{plus}{unit} {arrow}{runs}"


def measured(result: Result) -> Iterator[str]:
    """Yield how the number was taken."""
    reducer = result.protocol.reducer
    k = f" of {reducer.k} {reducer.of or 'points'}" if reducer.k is not None else ""
    x = f" {reducer.x}" if reducer.x is not None else ""
    yield (
        f"{result.metric.name}, {reducer.how}{k}{x}"
        if reducer.how != "unknown"
        else f"{result.metric.name}"
    )
    if result.protocol.text:
        yield result.protocol.text
    if result.budget.text:
        yield result.budget.text


def _known(text: str) -> str | None:
    return None if text == "unknown" else text
