"""Attempts at a published result as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.attempts import Attempt
from curriculum.model.json_value import Json


def attempts_json(attempts: Sequence[Attempt]) -> list[Json]:
    """Return attempts as JSON, without what was not given."""
    return [attempt.model_dump(mode="json", exclude_none=True) for attempt in attempts]
