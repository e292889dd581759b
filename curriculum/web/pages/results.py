"""The pages of verdicts and of what papers claim."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response

from curriculum.model.works import Paper
from curriculum.reproduction.figures import ResultFigure
from curriculum.reproduction.paper_comparison import compare_paper
from curriculum.services.comparisons import PaperAttempts, attempted_papers, paper_attempts
from curriculum.services.figures import recorded_drawings
from curriculum.services.workspace import Workspace
from curriculum.views.html.results import (
    PaperRow,
    ShownCurves,
    claim_rows,
    claims_content,
    results_content,
    shown_curves,
    shown_paper,
)
from curriculum.web.answers import shown_page
from curriculum.web.page_request import PageRequest

_SEED = 1


def show_results(asked: PageRequest) -> Response:
    """Show the verdicts on every paper with scores, and which papers have none yet."""
    workspace = asked.workspace
    works = workspace.library.works
    papers = []
    for attempts in attempted_papers(workspace):
        judged = attempts.judge()
        title = works[judged.work].title if judged.work in works else judged.work
        has_logs = any(each[-1].readings for each in attempts.attempts.values())
        papers.append(shown_paper(judged, compare_paper(judged, _SEED), title, has_logs=has_logs))
    scored = {one.work for one in papers}
    others = tuple(_others(workspace, scored))
    content = results_content(asked.frame, papers, others)
    commands = ("curriculum compare", "curriculum score ppo-2017#ppo-pong 20.1 20.6 20.4")
    return shown_page(asked, "results", "Results", content, commands)


def _others(workspace: Workspace, scored: set[str]) -> Iterator[PaperRow]:
    """Yield the papers of the goals that have results to reproduce and no score."""
    for goal in workspace.settings.goals or ():
        work = (goal.work or "").partition("/")[0]
        if work in scored or not isinstance(workspace.library.works.get(work), Paper):
            continue
        verdict = paper_attempts(workspace, work).judge().verdict
        if verdict.primary:
            scored = scored | {work}
            title = workspace.library.works[work].title
            yield PaperRow(work, title, verdict.settled, verdict.primary)


def _curves(workspace: Workspace, attempted: PaperAttempts) -> Iterator[ShownCurves]:
    for found in recorded_drawings(workspace, attempted):
        assert isinstance(found.values, ResultFigure), "a result is asked for"
        yield shown_curves(found.values, found.notes)


def show_claims(asked: PageRequest) -> Response:
    """Show what a paper claims, and the verdicts on what was attempted of it."""
    workspace = asked.workspace
    attempted = paper_attempts(workspace, asked.path["work"])
    judged = attempted.judge()
    title = workspace.library.works[judged.work].title
    paper = shown_paper(judged, compare_paper(judged, _SEED), title) if judged.cases else None
    claims = tuple(claim_rows(judged.results, judged.verdicts))
    curves = tuple(_curves(workspace, attempted))
    content = claims_content(asked.frame, paper, judged.work, claims, curves)
    commands = [f"curriculum results {judged.work}", f"curriculum compare {judged.work}"]
    if curves:
        commands.append(f"curriculum plot {judged.work}#{curves[0].name} --output curves.svg")
    return shown_page(asked, "results", title, content, commands)
