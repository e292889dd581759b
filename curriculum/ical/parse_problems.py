"""Gather what was not understood while a calendar file is read, a bounded number of it; it decides nothing."""

from __future__ import annotations

from curriculum.model.problems import Place, Problem, Severity

MOST = 100
"""So many problems of one file are told one by one; a person reads no more."""


class ParseProblems:
    """The problems of one file, in the order they were met."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []
        self._more = 0

    def warn(self, line: int, column: int, code: str, message: str, hint: str = "") -> None:
        """Note something that was not understood and is therefore used defensively."""
        if len(self._problems) < MOST:
            self._problems.append(
                Problem(Place(self._file, line, column), code, message, hint, Severity.WARNING)
            )
        else:
            self._more += 1

    def fail(self, line: int, code: str, message: str, hint: str = "") -> None:
        """Note that something of the file is not used at all: free time must not be trusted."""
        self._problems.append(Problem(Place(self._file, line, min(line, 1)), code, message, hint))

    def told(self) -> tuple[Problem, ...]:
        """Return the problems, sorted by place, and how many were left out."""
        more = []
        if self._more:
            message = f"{self._more} more problems like these are not shown"
            more = [Problem(Place(self._file), "busy-more", message, "", Severity.WARNING)]
        return tuple(sorted([*self._problems, *more]))
