"""Problems that know their path into a file, and get their line and column from its source."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.sources import Path, Source


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong at a path of a file.

    Attributes:
        path: Keys and indices from the root.
        code: The code of the problem.
        message: What is wrong.
        hint: One imperative or question.
        of_key: Whether the key is wrong, not its value.
    """

    path: Path
    code: str
    message: str
    hint: str
    of_key: bool = False


def with_places(flaws: Iterable[Flaw], source: Source) -> tuple[Problem, ...]:
    """Return the problems of a file, sorted by place.

    A fault in `defaults`, which many results inherit, is one problem.
    """
    problems: set[Problem] = set()
    for flaw in flaws:
        place = source.place(flaw.path, of_key=flaw.of_key)
        problems.add(Problem(place, flaw.code, flaw.message, flaw.hint))
    return tuple(sorted(problems))
