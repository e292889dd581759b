"""Find what there is to draw of a result or a paper, training curves included, and write it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from curriculum.disk.made_files import write_made
from curriculum.model.attempts import Attempt
from curriculum.model.formatting import counted
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.reproduction.case import Case, case_of
from curriculum.reproduction.claims import judge_claim
from curriculum.reproduction.curves import STRETCHES, curve_in
from curriculum.reproduction.figures import (
    ForestFigure,
    ResultFigure,
    figure_of_result,
    forest_of,
)
from curriculum.reproduction.my_runs import unit_scale
from curriculum.reproduction.papers import cases_of
from curriculum.services.comparisons import PaperAttempts, paper_attempts, result_meant
from curriculum.services.drawn_curves import CurveRequest, named_curves, recorded_curves
from curriculum.services.errors import UsageError
from curriculum.services.workspace import Workspace
from curriculum.views.figures.formats import MADE_BY, PictureFormat


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """What there is to draw, and what must be said of it."""

    values: ResultFigure | ForestFigure
    notes: tuple[str, ...]


class NothingToDrawError(CurriculumError):
    """There are no scores that could be drawn."""

    def __init__(self, name: str) -> None:
        """Build the sentence from the paper's or the result's name."""
        super().__init__(f"no scores yet of {name}; 'curriculum score' records them")


def paper_figure(workspace: Workspace, word: str) -> FoundFigure:
    """Return what there is to draw of the paper that a word names.

    Raises:
        NothingToDrawError: No score of it was recorded.
        ProblemsError: Its syllabus has errors.
        UsageError: The word does not name a paper.
    """
    judged = paper_attempts(workspace, word).judge()
    if not judged.cases:
        raise NothingToDrawError(judged.work)
    notes = []
    left_out = len(judged.verdict.unattempted)
    if left_out:
        notes.append(f"{counted(left_out, 'primary result')} not attempted and not drawn")
    return FoundFigure(forest_of(judged), tuple(notes))


def result_drawing(workspace: Workspace, text: str, request: CurveRequest) -> FoundFigure:
    """Return what there is to draw of the result that `PAPER#RESULT` names.

    Raises:
        CurriculumError: A log cannot be read, or there is neither a score nor a log.
        ProblemsError: The paper's syllabus has errors.
        UsageError: The text does not name a result, or something is wrong with the request.
    """
    paper, name = result_meant(workspace, text)
    if name not in paper.attempts and not request.paths:
        raise NothingToDrawError(f"{paper.work}#{name}")
    return _drawing(workspace, paper, name, request)


def recorded_drawings(workspace: Workspace, paper: PaperAttempts) -> tuple[FoundFigure, ...]:
    """Return what there is to draw of the results of a paper whose runs were read from logs.

    Raises:
        CurriculumError: A file cannot be read.
    """
    found = []
    for name, attempts in paper.attempts.items():
        if attempts[-1].readings:
            found.append(_drawing(workspace, paper, name, CurveRequest()))
    return tuple(found)


def _drawing(
    workspace: Workspace, paper: PaperAttempts, name: str, request: CurveRequest
) -> FoundFigure:
    cases = _cases(paper, name)
    case = cases[name]
    notes: list[str] = []
    if request.paths:
        series = named_curves(request, case.attempt)
    else:
        series, notes = recorded_curves(case.attempt, workspace.context.root)
    scale = unit_scale(case.attempt.unit, case.result.metric.unit)
    curves = [curve for one in series if (curve := curve_in(one, scale)) is not None]
    if any(curve.is_averaged for curve in curves):
        notes.append(f"long curves are drawn as the means of {STRETCHES} stretches of x")
    verdict = judge_claim(case, cases, paper.results)
    x_name = series[0].x_name if series else ""
    return FoundFigure(figure_of_result(case, verdict, curves, x_name), tuple(notes))


def _cases(paper: PaperAttempts, name: str) -> dict[str, Case]:
    """Return my attempts at a paper's results; one without any run where there is none."""
    current = {one: attempts[-1] for one, attempts in paper.attempts.items()}
    cases = cases_of(paper.work, paper.results, current)
    if name not in cases:
        full_name = f"{paper.work}#{name}"
        cases[name] = case_of(full_name, paper.results[name], Attempt(result=full_name))
    return cases


def format_of_picture(path: Path) -> PictureFormat:
    """Return the format that the ending of a file's name means.

    Raises:
        UsageError: It means none.
    """
    ending = path.suffix.removeprefix(".").lower()
    for form in get_args(PictureFormat):
        if ending == form:
            found: PictureFormat = form
            return found
    message = f"'{path}' does not say its format; end it with .png, .svg or .pdf"
    raise UsageError(message, "--output")


def write_picture(path: Path, data: bytes) -> bool:
    """Write a picture, and return whether that was needed.

    Raises:
        CurriculumError: A file that is not a picture of ours is in its place, or it cannot be
            written.
    """
    return write_made(path, data, lambda old: MADE_BY.encode() in old)
