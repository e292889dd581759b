"""Published results as JSON."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.model.results import Result
from curriculum.reproduction.margins import margin_of


def result_json(result: Result) -> Json:
    """Return a published result as JSON, whole, with the margin it is judged by; numbers keep their printed digits."""
    margin = margin_of(result)
    record: Json = result.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {**record, "margin": {"size": margin.size, "origin": margin.origin}}
