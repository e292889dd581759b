"""A tree of JSON values, as Python reads it."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]  # Any: whatever JSON can hold
"""A JSON object."""
