"""The second schema: columns for a published result and the runs at it."""

from __future__ import annotations

ADD_SCORES = (
    "ALTER TABLE fact ADD COLUMN result TEXT",
    "ALTER TABLE fact ADD COLUMN entry TEXT",
)
