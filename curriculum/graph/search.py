"""Find works by what a person remembers of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.works import Paper, Work

Scale: TypeAlias = Literal["cpu", "cpu-cluster", "gpu", "multi-gpu"]
"""The machines on which published results were computed; `cpu` is a laptop."""


@dataclass(frozen=True, slots=True)
class WorkSearch:
    """What is looked for; a work is found when it has all of it.

    Attributes:
        words: Each of them is in the name, the title, the authors or the topics.
        topic: A unit teaches it.
        years: The first and the last year in which it may have appeared.
        author: Is in the name of an author.
        scale: A published result was computed on such a machine, as `cpu`.
        most_minutes: The effort of the whole work is at most that.
    """

    words: str = ""
    topic: str | None = None
    years: tuple[int, int] | None = None
    author: str | None = None
    scale: Scale | None = None
    most_minutes: int | None = None


def search_library(library: Library, search: WorkSearch) -> Mapping[str, Work]:
    """Return the works that a search finds, sorted by name, whatever their effort is.

    Case does not matter.
    """
    words = _folded(search.words).split()
    found = {}
    for name, work in library.works.items():
        text = _text(name, work)
        if all(word in text for word in words) and _fits(work, search):
            found[name] = work
    return found


def _fits(work: Work, search: WorkSearch) -> bool:
    """Whether a work has what is looked for besides words."""
    return (
        _teaches(work, search.topic)
        and _appeared(work, search.years)
        and _is_by(work, search.author)
        and has_result_at(work, search.scale)
    )


def _teaches(work: Work, topic: str | None) -> bool:
    return topic is None or any(topic in unit.teaches for unit in work.units)


def _appeared(work: Work, years: tuple[int, int] | None) -> bool:
    if years is None:
        return True
    first, last = years
    return work.year is not None and first <= work.year <= last


def _is_by(work: Work, author: str | None) -> bool:
    if author is None:
        return True
    return any(_folded(author) in _folded(name) for name in work.authors)


def has_result_at(work: Work, scale: Scale | None) -> bool:
    """Whether a work has a published result that a machine can compute; None is any work."""
    if scale is None:
        return True
    return isinstance(work, Paper) and any(result.scale == scale for result in work.results)


def _text(name: str, work: Work) -> str:
    parts = [name, work.kind, work.title, *work.authors]
    for unit in work.units:
        parts += unit.teaches
    return _folded(" ".join(parts))


def _folded(text: str) -> str:
    return text.casefold().replace("-", " ")
