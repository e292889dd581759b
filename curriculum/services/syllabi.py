"""The syllabi at hand; each is parsed once, unless what it holds was kept by an earlier command."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import cast

from curriculum import syllabus
from curriculum.disk.kept_readings import KeptReadings, kept_bytes, reading_key
from curriculum.disk.workspace import (
    SyllabusFiles,
    WorkspaceFile,
    built_in_library,
    compiled_library,
    is_home_of_the_library,
)
from curriculum.model.json_value import Json
from curriculum.model.kept_values import NotKeptError, kept, restored
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem
from curriculum.model.sources import Node, Source
from curriculum.model.works import Work, WorkFields
from curriculum.syllabus.library import SyllabusText
from curriculum.syllabus.text_checks import decode
from curriculum.syllabus.without_results import without_results
from curriculum.syllabus.work_read import WorkRead


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


def syllabus_texts(
    root: Path, found: SyllabusFiles, works: Collection[str] | None = None
) -> SyllabusTexts:
    """Return the syllabi of a workspace, and read those of the built-in library behind them.

    Args:
        root: The workspace.
        found: Its own syllabi.
        works: The works that are asked for; None means all.

    Raises:
        CurriculumError: A file is there and cannot be read.
    """
    at_home = is_home_of_the_library(root)
    behind = () if at_home else built_in_library(works)
    asked = [file for file in found.syllabi if works is None or file.stem in works]
    own, own_problems = _decoded(asked, is_own=not at_home)
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


def readings_of_syllabi(root: Path) -> KeptReadings:
    """Return what earlier commands read of the syllabi of a workspace, and what came compiled."""
    return KeptReadings(root, "syllabi", compiled_library())


class SyllabusParser:
    """Reads syllabi and remembers what they hold by their text, so that changes are noticed.

    Published results are more than half of the library's text, and few commands need them.
    """

    def __init__(self, readings: KeptReadings | None = None) -> None:
        """Know nothing yet; with kept readings, what was found sound before is not parsed again."""
        self._known: dict[tuple[str, str], WorkRead] = {}
        self._outlines: dict[tuple[str, str], WorkRead] = {}
        self._checked: dict[tuple[str, str], WorkRead] = {}
        self._readings = readings

    def in_full(self, one: SyllabusText) -> WorkRead:
        """Return all that a syllabus holds."""
        has_results = without_results(one.text) != one.text
        return self._parsed(one.file, one.text) if has_results else self.outline(one)

    def outline(self, one: SyllabusText) -> WorkRead:
        """Return what a syllabus holds besides published results, which are not looked at."""
        key = (one.file, one.text)
        if key not in self._outlines:
            self._outlines[key] = self._kept(*key, checked=False) or self._outline(*key)
        return self._outlines[key]

    def checked_outline(self, one: SyllabusText) -> WorkRead:
        """Return what a syllabus holds besides published results, or the problems of all of it."""
        key = (one.file, one.text)
        if key not in self._checked:
            self._checked[key] = self._kept(*key, checked=True) or self._checked_outline(*key)
        return self._checked[key]

    def keep(self) -> None:
        """Keep what was read for the commands after this one."""
        if self._readings is not None:
            self._readings.keep()

    def _outline(self, file: str, text: str, *, checked: bool = False) -> WorkRead:
        outline = without_results(text)
        found = self._parsed(file, outline)
        if self._readings is not None and not found.problems:
            with suppress(NotKeptError):
                # Where there are no results, nothing is left to be checked.
                form = {"work": kept(found.work), "checked": checked or outline == text}
                self._readings.add(_digest(file, text), form)
        return replace(found, source=_source(file, text))

    def _checked_outline(self, file: str, text: str) -> WorkRead:
        whole = self._parsed(file, text)
        return whole if whole.problems else self._outline(file, text, checked=True)

    def _kept(self, file: str, text: str, *, checked: bool) -> WorkRead | None:
        """Return the outline that was kept; None when there is none, or none that was checked."""
        form = self._readings.find(_digest(file, text)) if self._readings is not None else None
        if form is None:
            return None
        try:
            if checked and not form["checked"]:
                return None
            work = None if form["work"] is None else restored(form["work"], WorkFields)
        except (NotKeptError, KeyError, TypeError):
            return None
        return WorkRead(cast("Work | None", work), _source(file, text))

    def _parsed(self, file: str, text: str) -> WorkRead:
        key = (file, text)
        if key not in self._known:
            self._known[key] = syllabus.works.read_work(file, text)
        return self._known[key]


def compiled(texts: Iterable[SyllabusText]) -> bytes:
    """Return what syllabi hold in the form in which it is shipped with the program.

    Raises:
        ValueError: One of them has a problem.
    """
    forms: Json = {}
    for one in texts:
        if problems := syllabus.works.read_work(one.file, one.text).problems:
            raise ValueError(str(problems[0]))
        outline = syllabus.works.read_work(one.file, without_results(one.text)).work
        forms[_digest(one.file, one.text)] = {"work": kept(outline), "checked": True}
    return kept_bytes(forms)


def compiled_built_in() -> bytes:
    """Return the built-in library as it is compiled into the wheel."""
    texts, problems = _decoded(built_in_library(), is_own=False)
    if problems:
        raise ValueError(str(problems[0]))
    return compiled(texts)


def _digest(file: str, text: str) -> str:
    """Return the digest of a syllabus; its meaning depends on the name of the work as well."""
    return reading_key(PurePosixPath(file).stem, text)


def _source(file: str, text: str) -> Source:
    return Source(file, text.removeprefix("\ufeff"), _tree)


def _tree(text: str) -> Node | None:
    return syllabus.works.work_tree(text)
