"""The rows of a table of time: for each day, week, work or unit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from curriculum.model.identifiers import work_of
from curriculum.practice.time_table import PlannedAndReal, TimeCell, UnitOnDay, times_by

RowKind: TypeAlias = Literal["day", "week", "work", "unit"]


def time_rows(cells: Iterable[TimeCell], by: RowKind) -> dict[str, PlannedAndReal]:
    """Return a row for each day or week in order, or for each work or unit, the most time first."""
    rows = times_by(cells, lambda where: _name(where, by))
    if by in ("day", "week"):
        return rows
    ordered = sorted(rows.items(), key=lambda row: (-row[1].real, -row[1].planned, row[0]))
    return dict(ordered)


def _name(where: UnitOnDay, by: RowKind) -> str:
    match by:
        case "day":
            return where.day.isoformat()
        case "week":
            year, week, _ = where.day.isocalendar()
            return f"{year}-W{week:02}"
        case "work":
            return work_of(where.unit)
        case "unit":
            return where.unit
