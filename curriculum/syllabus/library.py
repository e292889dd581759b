"""Read all available syllabi into one library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath

from curriculum import syllabus as syllabus_room
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.problems import Place, Problem
from curriculum.model.sources import Source
from curriculum.model.works import Work
from curriculum.syllabus.work_read import WorkRead


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


def _parse(syllabus: SyllabusText) -> WorkRead:
    return syllabus_room.works.read_work(syllabus.file, syllabus.text)


def read_library(
    syllabi: Iterable[SyllabusText], parse: Callable[[SyllabusText], WorkRead] = _parse
) -> LibraryRead:
    """Return the works of all syllabi.

    A built-in syllabus is not read when the workspace has one of the same name. Of two files of the
    workspace with the same stem the first by path counts, and the other is a problem.

    Args:
        syllabi: The texts.
        parse: What reads one of them; it may know what the text holds already.
    """
    chosen, problems = chosen_syllabi(syllabi)
    reads: dict[str, WorkRead] = {}
    for name, syllabus in sorted(chosen.items()):
        reads[name] = parse(syllabus)
        problems.extend(reads[name].problems)
    return LibraryRead(_library(chosen, reads), tuple(sorted(problems)))


def _library(chosen: Mapping[str, SyllabusText], reads: Mapping[str, WorkRead]) -> Library:
    works: dict[str, Work] = {}
    sources: dict[str, Source] = {}
    for name, read in reads.items():
        if read.work is not None:
            works[name] = read.work
            sources[name] = read.source
    return Library(
        works=works,
        sources=sources,
        own=frozenset(name for name in works if chosen[name].is_own),
        unread=frozenset(name for name, read in reads.items() if read.problems),
    )


def chosen_syllabi(
    syllabi: Iterable[SyllabusText],
) -> tuple[dict[str, SyllabusText], list[Problem]]:
    """Return the syllabus that counts for each name, and a problem for every other one."""
    chosen: dict[str, SyllabusText] = {}
    problems: list[Problem] = []
    # Own files come first, so that they hide the built-in ones.
    for syllabus in sorted(syllabi, key=lambda one: (not one.is_own, one.file)):
        first = chosen.setdefault(syllabus.name, syllabus)
        if first is not syllabus and first.is_own == syllabus.is_own:
            problems.append(_defined_twice(syllabus, first))
    return chosen, problems


def _defined_twice(syllabus: SyllabusText, first: SyllabusText) -> Problem:
    message = f"the work '{syllabus.name}' is already defined in '{first.file}'"
    hint = "rename or remove one of the files"
    return Problem(Place(syllabus.file), "duplicate-work", message, hint)
