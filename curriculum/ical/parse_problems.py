"""Collect the problems met while a calendar file is read, up to a limit."""

from __future__ import annotations

from curriculum.model.problems import Place, Problem, Severity

MAX_WARNINGS = 100
"""How many warnings of one file are listed; the others are only counted."""


class ParseProblems:
    """The problems of one file, in the order they were met."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._left_out = 0

    def warn(self, place: tuple[int, int], code: str, message: str, hint: str = "") -> None:
        """Add a warning at a line and column; the rest of the file is still used."""
        if len(self._problems) >= MAX_WARNINGS:
            self._left_out += 1
            return
        line, column = place
        where = Place(self._file, line, column)
        self._problems.append(Problem(where, code, message, hint, Severity.WARNING))

    def fail(self, line: int, code: str, message: str, hint: str = "") -> None:
        """Add an error: so much is missing that the free time of the person is not known."""
        column = min(line, 1)
        self._problems.append(Problem(Place(self._file, line, column), code, message, hint))

    def copy(self) -> ParseProblems:
        """Return the same problems, to which others can be added."""
        other = ParseProblems(self._file)
        other._problems = self._problems.copy()
        other._left_out = self._left_out
        return other

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, sorted by place, with the number of those left out."""
        if not self._left_out:
            return tuple(sorted(self._problems))
        message = f"{self._left_out} more problems like these are not shown"
        rest = Problem(Place(self._file), "busy-more", message, "", Severity.WARNING)
        return tuple(sorted([*self._problems, rest]))
