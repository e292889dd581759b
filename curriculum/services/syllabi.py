"""The syllabi at hand, each parsed at most once without its results and at most once with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from curriculum.disk.workspace import (
    WorkspaceFile,
    built_in_library,
    is_home_of_the_library,
    read_syllabi,
)
from curriculum.model.problems import Problem
from curriculum.syllabus.library import SyllabusText
from curriculum.syllabus.text_checks import decode
from curriculum.syllabus.without_results import without_results
from curriculum.syllabus.works import WorkRead, read_work


@dataclass(frozen=True, slots=True)
class SyllabusTexts:
    """The syllabi as text, the workspace's own and the built-in ones behind them.

    Attributes:
        texts: All texts, those included that another of the same name hides.
        undecoded: Names of works whose file is not text.
        problems: What is wrong with the files before they are parsed.
    """

    texts: tuple[SyllabusText, ...]
    undecoded: frozenset[str]
    problems: tuple[Problem, ...]


def syllabus_texts(root: Path) -> SyllabusTexts:
    """Read the syllabi of a workspace and of the built-in library.

    Raises:
        CurriculumError: A file is there and cannot be read.
    """
    found = read_syllabi(root)
    at_home = is_home_of_the_library(root)
    behind = () if at_home else built_in_library()
    own, own_problems = _decoded(found.syllabi, is_own=not at_home)
    built_in, built_in_problems = _decoded(behind, is_own=False)
    undecoded = {problem.place.file for problem in own_problems}
    return SyllabusTexts(
        texts=(*built_in, *own),
        undecoded=frozenset(file.stem for file in found.syllabi if file.label in undecoded),
        problems=(*found.problems, *own_problems, *built_in_problems),
    )


def _decoded(
    files: Iterable[WorkspaceFile], *, is_own: bool
) -> tuple[list[SyllabusText], list[Problem]]:
    texts: list[SyllabusText] = []
    problems: list[Problem] = []
    for file in files:
        text = decode(file.label, file.data)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            texts.append(SyllabusText(file.label, text, is_own))
    return texts, problems


class SyllabusParser:
    """Parses syllabi and remembers the result by their text, so that changes are noticed.

    Results of papers are more than half of the library's text, and few commands need them.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[tuple[str, str], WorkRead] = {}

    def in_full(self, syllabus: SyllabusText) -> WorkRead:
        """Return all that a syllabus holds."""
        return self._parsed(syllabus.file, syllabus.text)

    def outline(self, syllabus: SyllabusText) -> WorkRead:
        """Return what a syllabus holds besides published results."""
        return self._parsed(syllabus.file, without_results(syllabus.text))

    def _parsed(self, file: str, text: str) -> WorkRead:
        key = (file, text)
        if key not in self._known:
            self._known[key] = read_work(file, text)
        return self._known[key]
