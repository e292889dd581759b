"""Say what is wrong in a user's file, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class CurriculumError(Exception):
    """Something outside the user's files that stops a command; its text is one sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file.

    Line and column count from 1, columns in characters; 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """Return `file:line:column`, as editors and compilers write it."""
        return f"{self.file}:{self.line}:{self.column}"


class Severity(IntEnum):
    """How much a problem matters: an error stops the plan, a warning is only reported."""

    ERROR = 0
    WARNING = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in the user's files.

    The message is lower case, has no full stop and names the thing in quotes; the hint is one
    imperative or question.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Return the first line of the report: `file:line:column: code: message`."""
        return f"{self.place}: {self.code}: {self.message}"
