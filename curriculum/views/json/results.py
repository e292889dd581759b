"""Published results as JSON."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from curriculum.model.json_value import Json
from curriculum.model.results import Result
from curriculum.model.verdicts import Margin


def paper_results_json(
    work: str,
    results: Mapping[str, Result],
    margins: Mapping[str, Margin],
    covered: Collection[str] = (),
) -> Json:
    """Return what a paper claims as JSON, each result with the margin it is judged by.

    Of a result that is covered until it is guessed, only what says nothing of its number.
    """
    shown = [
        _covered_json(result) if name in covered else _result_json(result, margins[name])
        for name, result in results.items()
    ]
    return {"paper": work, "results": shown}


_TELLING = {"value", "spread", "baseline", "claim", "runs", "tolerance", "notes", "scale"}
"""What of a result would tell its number, or much of it."""


def _covered_json(result: Result) -> Json:
    record: Json = result.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude=_TELLING
    )
    return record | {"covered": True}


def _result_json(result: Result, margin: Margin) -> Json:
    # Numbers are text in JSON too, so that they keep their printed digits.
    record: Json = result.model_dump(mode="json", by_alias=True, exclude_none=True)
    record["margin"] = {"size": margin.size, "origin": margin.origin}
    return record
