"""The second schema: columns for the published result of a fact and for what was recorded of the runs."""

from __future__ import annotations

ADD_SCORES = (
    "ALTER TABLE fact ADD COLUMN result TEXT",
    "ALTER TABLE fact ADD COLUMN entry TEXT",
)
