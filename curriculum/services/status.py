"""How far every work and goal has come, and when the goals will be reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from curriculum.model.forecast import Forecast
from curriculum.model.identifiers import work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import fact_day
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
        finished: Work to the day its last unit was finished, for works that are done, by day.
    """

    planned: Planned
    works: tuple[WorkStatus, ...]
    forecast: Forecast
    pace: tuple[PaceNote, ...]
    papers: tuple[JudgedPaper, ...]
    finished: Mapping[str, date]


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
    finished = _finished(workspace, [row.work for row in works if not row.left])
    return Status(planned, works, forecast, pace_notes_of(workspace), papers, finished)


def _finished(workspace: Workspace, works: Collection[str]) -> dict[str, date]:
    """Return when the last unit of each of some works was finished; by day, then by name."""
    last: dict[str, date] = {}
    for unit, fact in workspace.progress.finished.items():
        work = work_of(unit)
        if work in works:
            day = fact_day(fact, workspace.zone)
            last[work] = max(day, last.get(work, day))
    return dict(sorted(last.items(), key=lambda item: (item[1], item[0])))
