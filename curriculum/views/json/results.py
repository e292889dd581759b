"""Published results as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.model.json_value import Json
from curriculum.model.results import Result
from curriculum.model.verdicts import Margin


def paper_results_json(
    work: str, results: Mapping[str, Result], margins: Mapping[str, Margin]
) -> Json:
    """Return what a paper claims as JSON, each result with the margin it is judged by."""
    shown = [_result_json(result, margins[name]) for name, result in results.items()]
    return {"paper": work, "results": shown}


def _result_json(result: Result, margin: Margin) -> Json:
    # Numbers are text in JSON too, so that they keep their printed digits.
    record: Json = result.model_dump(mode="json", by_alias=True, exclude_none=True)
    record["margin"] = {"size": margin.size, "origin": margin.origin}
    return record
