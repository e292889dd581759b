"""How far every work and goal has come, and when the goals will be reached."""

from __future__ import annotations

from dataclasses import dataclass

from curriculum.model.forecast import Forecast
from curriculum.model.pace import PaceNote
from curriculum.progress.work_status import WorkStatus
from curriculum.reproduction.papers import JudgedPaper
from curriculum.services.comparisons import judged_papers
from curriculum.services.forecasting import SEED, forecast_of
from curriculum.services.planning import Planned, make_plan
from curriculum.services.remaining import pace_notes_of, work_statuses
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Status:
    """Where the person stands.

    Attributes:
        planned: The plan of what is left.
        works: Where the person stands with each work, in the order the goals need them.
        forecast: When the goals will be finished at the person's own pace.
        pace: What the journal shows of that pace.
        papers: The papers among the works that have published results, judged.
    """

    planned: Planned
    works: tuple[WorkStatus, ...]
    forecast: Forecast
    pace: tuple[PaceNote, ...]
    papers: tuple[JudgedPaper, ...]


def status_of(workspace: Workspace, seed: int = SEED) -> Status:
    """Return how far every work and goal has come; the forecast is drawn from a seed.

    Raises:
        ProblemsError: A file has an error.
        CurriculumError: There is nothing to plan, or a file cannot be read.
    """
    planned = make_plan(workspace)
    forecast = forecast_of(planned, seed)
    works = work_statuses(workspace, planned.curriculum)
    names = [row.work for row in works]
    papers = judged_papers(workspace, names, workspace.progress)
    return Status(planned, works, forecast, pace_notes_of(workspace), papers)
