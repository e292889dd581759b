"""The study that was recorded as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.json_value import Json
from curriculum.progress.study_record import (
    StudyEntry,
    assumed_minutes,
    recorded_minutes,
)


def study_json(entries: Sequence[StudyEntry]) -> Json:
    """Return the entries and their totals as JSON; instants in UTC, minutes whole."""
    return {
        **totals_json(entries),
        "entries": [_entry_json(entry) for entry in entries],
    }


def totals_json(entries: Sequence[StudyEntry]) -> Json:
    """Return what some entries add up to as JSON; `assumed` is a part of `minutes`."""
    return {"minutes": recorded_minutes(entries), "assumed": assumed_minutes(entries)}


def _entry_json(entry: StudyEntry) -> Json:
    pages = entry.pages
    return {
        "day": entry.day.isoformat(),
        "at": f"{entry.at:%Y-%m-%dT%H:%M:%SZ}",
        "unit": entry.unit,
        "minutes": entry.minutes,
        "kind": entry.kind.value,
        "pages": None if pages is None else [pages.first, pages.last],
    }
