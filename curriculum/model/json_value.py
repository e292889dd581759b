"""A tree of JSON values, as Python reads it."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]  # Any: whatever JSON can hold
"""A JSON object."""


def parsed(data: str | bytes) -> Any:  # Any: JSON
    r"""Return what JSON says.

    Raises:
        ValueError: It is not JSON, or a text in it holds half of a character, as `"\ud800"`: such
            a text can be neither stored nor sent.
        RecursionError: It is nested too deeply.
    """
    found = json.loads(data)
    half = "\\ud" if isinstance(data, str) else b"\\ud"
    if half in data.lower():  # type: ignore[operator]  # both are text, or both are bytes
        json.dumps(found, ensure_ascii=False).encode()
    return found
