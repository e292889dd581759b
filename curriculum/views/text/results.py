"""What a paper claims, where it is printed and how it was measured, as lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from curriculum.model.results import Result
from curriculum.views.text.provenance import where_published

DIRECTION_ARROWS = {"higher": "↑", "lower": "↓", "target": "→"}
"""The better side of a metric."""


COVERED = "?"
"""What is shown of a published number until it is guessed."""


def results_lines(
    results: Sequence[Result], tried: Mapping[str, str], covered: Collection[str] = ()
) -> Iterator[Text]:
    """Yield a line for each published result, below a heading that says how they were measured.

    Args:
        results: The results to show, in order.
        tried: Result's id to the verdict on my attempt at it.
        covered: The ids of the results whose numbers are not shown.
    """
    claims = {one.id: COVERED if one.id in covered else claim_text(one) for one in results}
    id_width = max((len(result.id) for result in results), default=0)
    claim_width = max(map(len, claims.values()), default=0)
    for number, (heading, group) in enumerate(groupby(results, _heading)):
        if number:
            yield Text()
        yield Text(heading, style="italic")
        for result in group:
            star = "*" if result.primary else " "
            name = f"{result.id:<{id_width}}"
            claim = f"{claims[result.id]:<{claim_width}}"
            mine = f"   mine: {tried[result.id]}" if result.id in tried else ""
            yield Text(f"{star} {name}   {claim}   {dataset_text(result)}{mine}")


def _heading(result: Result) -> str:
    where = f"{where_published(result)} ({result.tier}, {result.confidence})"
    return f"{'; '.join(protocol_text(result))}   {where}"


def dataset_text(result: Result) -> str:
    """Return what a number was measured on, with its version where that is known."""
    if result.on.version == "unknown":
        return result.on.name
    return f"{result.on.name} {result.on.version}"


def claim_text(result: Result) -> str:
    """Return the number as printed, with its spread, unit, direction and runs."""
    metric = result.metric
    number = f"{result.value.value}{_spread_text(result)}"
    names_its_unit = metric.unit == "1" or metric.unit in metric.name
    if not names_its_unit:
        number = f"{number} {metric.unit}"
    arrow = DIRECTION_ARROWS[metric.direction]
    if result.runs.count is None:
        return f"{number} {arrow}"
    return f"{number} {arrow} (n={result.runs.count})"


def _spread_text(result: Result) -> str:
    spread = result.spread
    if spread.value is not None and spread.kind == "unknown":
        return f" ±{spread.value}"
    if spread.value is not None:
        return f" ±{spread.value} {spread.kind}"
    if spread.low is not None and spread.high is not None:
        return f" [{spread.low}, {spread.high}] {spread.kind}"
    return ""


def protocol_text(result: Result) -> Iterator[str]:
    """Yield how the number was measured, a clause each."""
    yield f"{result.metric.name}{_reducer_text(result)}"
    if result.protocol.text:
        yield result.protocol.text
    if result.budget.text:
        yield result.budget.text


def _reducer_text(result: Result) -> str:
    reducer = result.protocol.reducer
    if reducer.how == "unknown":
        return ""
    text = f", {result.metric.rule_name(reducer.how)}"
    if reducer.k is not None:
        text += f" of {reducer.k} {reducer.of or 'points'}"
    if reducer.x is not None:
        text += f" {reducer.x}"
    return text
