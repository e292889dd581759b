"""Read all syllabi at hand into one library; which folders they come from is not known here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from curriculum.model.library import Library
from curriculum.model.problems import Place, Problem
from curriculum.syllabus.works import WorkRead, read_work


@dataclass(frozen=True, slots=True)
class SyllabusText:
    """The text of one syllabus.

    Attributes:
        file: How the file is called in problems; its stem is the name of the work.
        text: What it holds.
        is_own: Whether the workspace defines it; otherwise it is built in.
    """

    file: str
    text: str
    is_own: bool = True

    @property
    def name(self) -> str:
        """The name of the work that the file defines."""
        return PurePosixPath(self.file.replace("\\", "/")).stem


@dataclass(frozen=True, slots=True)
class LibraryRead:
    """What all syllabi hold.

    Attributes:
        library: The works without a problem.
        problems: Everything wrong with the files, sorted by place.
    """

    library: Library
    problems: tuple[Problem, ...] = ()


def read_library(syllabi: Iterable[SyllabusText]) -> LibraryRead:
    """Return the works of all syllabi; a work of the workspace's own stands before a built-in one of the same name.

    A built-in syllabus that is hidden in this way is not read. Of two own files with the same stem the first by path
    counts, and the other is a problem.
    """
    chosen, repeated = _chosen(syllabi)
    reads = {
        name: read_work(syllabus.file, syllabus.text) for name, syllabus in sorted(chosen.items())
    }
    works = {name: read.work for name, read in reads.items() if read.work is not None}
    library = Library(
        works=works,
        sources={name: reads[name].source for name in works},
        own=frozenset(name for name in works if chosen[name].is_own),
        unread=frozenset(name for name, read in reads.items() if read.problems),
    )
    return LibraryRead(library, tuple(sorted([*repeated, *_problems(reads)])))


def _chosen(syllabi: Iterable[SyllabusText]) -> tuple[dict[str, SyllabusText], list[Problem]]:
    """Return the syllabus that counts for each name, and the problems of those that say the same name twice."""
    chosen: dict[str, SyllabusText] = {}
    problems = []
    for syllabus in sorted(syllabi, key=lambda one: (not one.is_own, one.file)):
        first = chosen.setdefault(syllabus.name, syllabus)
        if first is not syllabus and first.is_own == syllabus.is_own:
            message = f"the work '{syllabus.name}' is already defined in '{first.file}'"
            problems.append(
                Problem(
                    Place(syllabus.file),
                    "duplicate-work",
                    message,
                    "rename or remove one of the files",
                )
            )
    return chosen, problems


def _problems(reads: Mapping[str, WorkRead]) -> Iterable[Problem]:
    return (problem for read in reads.values() for problem in read.problems)
