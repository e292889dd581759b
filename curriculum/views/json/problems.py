"""Problems as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.problems import Problem


def problems_json(problems: Iterable[Problem]) -> list[dict[str, str | int]]:
    """Return the problems, sorted by place, as values for JSON."""
    return [_problem_json(problem) for problem in sorted(set(problems))]


def _problem_json(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "severity": problem.severity.name.lower(),
    }
