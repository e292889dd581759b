"""The second schema: a fact may speak of a published result, and hold what was recorded of the runs at it."""

from __future__ import annotations

STATEMENTS = (
    "ALTER TABLE fact ADD COLUMN result TEXT",
    "ALTER TABLE fact ADD COLUMN entry TEXT",
)
