"""What a paper claims, where it stands and how it was measured: a table and JSON; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from curriculum.model.results import Result
from curriculum.render.verdict_view import place_of
from curriculum.reproduction.margins import margin_of

Json = dict[str, Any]  # Any: a tree of JSON values


def results_table(results: Sequence[Result], tried: Mapping[str, str]) -> Table:
    """Return a table of published results.

    Args:
        results: The results to show, in order.
        tried: Result's id to what came of my attempt at it.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, style in (("result", "no_wrap"), ("claim", "no_wrap"), ("on", ""), ("measured", ""), ("source", "")):
        table.add_column(heading, no_wrap=style == "no_wrap")
    if tried:
        table.add_column("mine", no_wrap=True)
    for result in results:
        row: list[str | Text] = [
            Text(f"{'* ' if result.primary else '  '}{result.id}"),
            claim_of(result),
            " ".join(filter(None, [result.on.name, _known(result.on.version)])),
            "; ".join(measured(result)),
            f"{place_of(result)} ({result.tier}, {result.confidence})",
        ]
        table.add_row(*row, *([tried.get(result.id, "")] if tried else []))
    return table


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
    unit = "" if result.metric.unit in ("1", result.metric.name) else f" {result.metric.unit}"
    return f"{result.value.value}{plus}{unit} {arrow}{runs}"


def measured(result: Result) -> Iterator[str]:
    """Yield how the number was taken."""
    reducer = result.protocol.reducer
    k = f" of {reducer.k} {reducer.of or 'points'}" if reducer.k is not None else ""
    x = f" {reducer.x}" if reducer.x is not None else ""
    yield f"{result.metric.name}, {reducer.how}{k}{x}" if reducer.how != "unknown" else f"{result.metric.name}"
    if result.protocol.text:
        yield result.protocol.text
    if result.budget.text:
        yield result.budget.text


def _known(text: str) -> str | None:
    return None if text == "unknown" else text


def result_json(result: Result) -> Json:
    """Return a published result as JSON, whole, with the margin it is judged by; numbers keep their printed digits."""
    margin = margin_of(result)
    record: Json = result.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {**record, "margin": {"size": margin.size, "origin": margin.origin}}
