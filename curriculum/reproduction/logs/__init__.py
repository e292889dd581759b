"""Read the logs that training programs write into series of numbers."""

from __future__ import annotations

from curriculum.reproduction.logs.folders import column_values, read_series, tags_of
from curriculum.reproduction.logs.tags import Tag

__all__ = ["Tag", "column_values", "read_series", "tags_of"]
