"""A problem before its place is known: it names a path into the file; how files are read is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

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
    """Return the problems of a file, sorted by place; what many values inherit from one place is said once."""
    problems: set[Problem] = set()
    for flaw in flaws:
        place = source.place(flaw.path, of_key=flaw.of_key)
        problems.add(Problem(place, flaw.code, flaw.message, flaw.hint))
    return tuple(sorted(problems))


def suggestion(name: str, known: Sequence[str], otherwise: str) -> str:
    """Return the question whether a near name was meant, or other advice when none is near."""
    near = nearest(name, known)
    return f"did you mean '{near}'?" if near else otherwise


def nearest(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that a person who wrote `name` may have meant, None when none is near."""
    folded = {candidate.casefold(): candidate for candidate in known}
    near = get_close_matches(name.casefold()[:100], folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None
