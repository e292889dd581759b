"""Add results to the text of a paper's syllabus, and keep every byte that is not meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from curriculum.model.late_patterns import late_pattern
from curriculum.model.results import Result
from curriculum.syllabus.importers.result_rows import ResultRow

_KEY = late_pattern(r"results\s*:\s*(?:#.*)?")
_ITEM = late_pattern(r"( *)- ")


def results_block(lines: Sequence[str]) -> tuple[int, str] | None:
    """Return the line after which further results go, from 1, and how they are indented.

    None means that the file has no results yet.

    Raises:
        ValueError: Results are written in a way in which none can be added.
    """
    start = _start(lines)
    if start is None:
        return None
    if not _KEY.fullmatch(lines[start].rstrip()):
        raise ValueError
    last, indent = start, "  "
    for at, line in enumerate(lines[start + 1 :], start=start + 1):
        if _is_key(line):
            break
        item = _ITEM.match(line)
        if item is not None and last == start:
            indent = item[1]
        if line.startswith((" ", "-")) and line.strip():
            last = at
    return last + 1, indent


def _start(lines: Sequence[str]) -> int | None:
    return next((at for at, line in enumerate(lines) if line.startswith("results")), None)


def _is_key(line: str) -> bool:
    """Whether a line begins another key of the file."""
    return bool(line.strip()) and line[0] not in " #-"


def fields_of(result: Result) -> ResultRow:
    """Return what a result says, as the fields that a person gives."""
    said: dict[str, Callable[[], object]] = {
        "id": lambda: result.id,
        "on": lambda: result.on.name,
        "version": lambda: result.on.version,
        "method": lambda: result.method,
        "metric": lambda: result.metric.name,
        "direction": lambda: result.metric.direction,
        "unit": lambda: result.metric.unit,
        "value": lambda: result.value.value,
        "centre": lambda: result.value.centre,
        "spread": lambda: result.spread.value,
        "spread_kind": lambda: result.spread.kind,
        "over": lambda: result.spread.over,
        "runs": lambda: result.runs.count,
        "reducer": lambda: result.protocol.reducer.rule,
        "table": lambda: result.source.table,
        "figure": lambda: result.source.figure,
        "section": lambda: result.source.section,
        "page": lambda: result.source.page,
    }
    found = {name: read() for name, read in said.items()}
    return {name: str(value) for name, value in found.items() if value is not None}
