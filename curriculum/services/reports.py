"""The report to send to an advisor: what happened since the last one, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TypeAlias

from curriculum.disk.made_files import write_made
from curriculum.disk.texts import files_below, shown_text, write_text
from curriculum.model.journal import Scored
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.lived_days import fact_day
from curriculum.model.progress import Progress
from curriculum.model.settings import DayRange
from curriculum.practice.followups import FollowUp, FollowUpState, follow_ups
from curriculum.practice.report_memory import (
    REPORTS,
    ReportMemory,
    days_to_report,
    last_before,
    memory_file,
    memory_text,
    read_memory,
    since_met,
)
from curriculum.practice.review_text import lines_said, listed_follow_ups
from curriculum.practice.shown_lines import public_follow_ups, public_lines
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.weekly_time import WeekTime, monday_before, weekly_time
from curriculum.progress.state import replay
from curriculum.reproduction.papers import JudgedPaper
from curriculum.services.comparisons import judged_papers
from curriculum.services.errors import UsageError
from curriculum.services.followups import entries_of, lines_to_follow
from curriculum.services.forecasting import forecast_of
from curriculum.services.ideas import ideas_due, ideas_of
from curriculum.services.planning import NothingToPlanError, make_plan
from curriculum.services.report_figures import report_figures
from curriculum.services.reviews import review_period
from curriculum.services.snapshot import Snapshot
from curriculum.services.study_maps import path_map, works_of_path
from curriculum.services.taste import taste_of
from curriculum.services.time_audit import audit_time
from curriculum.services.workspace import Workspace
from curriculum.views.report_values import (
    ReportAhead,
    ReportIdeas,
    ReportTaste,
    ReportValues,
)

ReportPart: TypeAlias = Literal["ideas", "taste"]
REPORT_PARTS: tuple[ReportPart, ...] = ("ideas", "taste")

MADE_BY_REPORT = b'<meta name="generator" content="curriculum report">'
"""By this line of its head, a page is known as one that may be replaced."""

_WEEKS_SHOWN = 12
_MOST_UNITS = 150
"""A path with more units is drawn by works."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What a person asks of a report.

    Attributes:
        days: The days that it is about; None means those since the last report.
        parts: What it shows besides.
        every_figure: Whether it shows all figures, however many and large.
    """

    days: DayRange | None = None
    parts: frozenset[ReportPart] = frozenset()
    every_figure: bool = False


def report_values(workspace: Workspace, request: ReportRequest) -> ReportValues:
    """Return what a report shows; nothing is written.

    Raises:
        ProblemsError: A file has an error.
        CurriculumError: A file cannot be read.
    """
    made = memories_of(workspace)
    days = request.days or _days_due(workspace, made)
    previous = last_before(made, days.last)
    entries = entries_of(workspace, days)
    listed = listed_follow_ups(follow_ups(lines_to_follow(workspace)), days)
    every = public_follow_ups(listed)
    since = tuple(since_met(every, previous, days.first))
    scored, earlier = _papers(workspace, days)
    audit, weeks = _time(workspace, days)
    return ReportValues(
        title=workspace.settings.title,
        made=workspace.today,
        days=days,
        previous=None if previous is None else previous.days.last,
        since=since,
        papers=scored,
        earlier=earlier,
        findings=public_lines(lines_said(entries, "finding")),
        insights=public_lines(lines_said(entries, "insight")),
        figures=report_figures(workspace.context.root, entries, every=request.every_figure),
        time=audit,
        weeks=weeks,
        questions=public_lines(lines_said(entries, "question")),
        next=tuple(_open_besides(every, since)),
        ahead=_ahead(workspace),
        ideas=_ideas(workspace) if "ideas" in request.parts else None,
        taste=_taste(workspace) if "taste" in request.parts else None,
    )


def report_days(snapshot: Snapshot, of: DayRange | None, since: date | None) -> DayRange | None:
    """Return the days that options name; None when there is none.

    Raises:
        UsageError: Both are given, or the first day is still to come.
    """
    if since is None:
        return of
    if of is not None:
        raise UsageError("'--of' names all days; leave out '--since'", "--since")
    if since > snapshot.today:
        raise UsageError(f"{since} is after {snapshot.today}", "--since")
    return DayRange(since, snapshot.today)


def write_report(workspace: Workspace, values: ReportValues, page: str, path: Path) -> bool:
    """Write a page and remember its report for the next one; return whether the page is new.

    Raises:
        CurriculumError: Another file is in its place, or one cannot be written.
    """
    is_new = write_made(path, page.encode(), lambda old: MADE_BY_REPORT in old)
    still_open = [one for one in values.since if one.state is FollowUpState.OPEN]
    kept = memory_text(values.days, [*still_open, *values.next])
    write_text(workspace.context.root, memory_file(values.days.last), kept)
    return is_new


def memories_of(snapshot: Snapshot) -> tuple[ReportMemory, ...]:
    """Return the reports that were made; a file that is not of one is passed over.

    Raises:
        CurriculumError: A file cannot be read.
    """
    root = snapshot.context.root
    read = (read_memory(shown_text(root, file)) for file in files_below(root, REPORTS, ".json"))
    return tuple(one for one in read if one is not None)


def _days_due(workspace: Workspace, made: Iterable[ReportMemory]) -> DayRange:
    previous = last_before(made, workspace.today)
    return days_to_report(previous, workspace.today, review_period(workspace))


def _open_besides(every: Iterable[FollowUp], since: Collection[FollowUp]) -> Iterable[FollowUp]:
    return (one for one in every if one.state is FollowUpState.OPEN and one not in since)


def _papers(
    workspace: Workspace, days: DayRange
) -> tuple[tuple[JudgedPaper, ...], tuple[JudgedPaper, ...]]:
    """Return the papers with scores of some days, and those scored before, judged at their end."""
    zone = workspace.zone
    scored: dict[str, date] = {}
    for fact in workspace.progress.live:
        day = fact_day(fact, zone)
        if isinstance(fact, Scored) and day <= days.last:
            work = fact.result.partition("#")[0]
            scored[work] = max(day, scored.get(work, day))
    progress = _until(workspace, days.last)
    judged = judged_papers(workspace, scored, progress)
    attempted = [one for one in judged if one.cases]
    return (
        tuple(one for one in attempted if scored[one.work] >= days.first),
        tuple(one for one in attempted if scored[one.work] < days.first),
    )


def _until(workspace: Workspace, last: date) -> Progress:
    if last >= workspace.today:
        return workspace.progress
    live = workspace.progress.live
    return replay(fact for fact in live if fact_day(fact, workspace.zone) <= last)


def _time(workspace: Workspace, days: DayRange) -> tuple[TimeAudit, tuple[WeekTime, ...]]:
    """Return where the time of some days went, and that of the weeks up to the last of them."""
    weeks = timedelta(weeks=_WEEKS_SHOWN - 1)
    looked_at = DayRange(monday_before(days.last) - weeks, days.last)
    audit = audit_time(workspace, looked_at)
    if days.first >= looked_at.first:
        # A day has the same cells in every audit, so that the sessions need not be read again.
        cells = tuple(cell for cell in audit.cells if days.first <= cell.where.day <= days.last)
        return replace(audit, days=days, cells=cells), weekly_time(audit)
    return audit_time(workspace, days), weekly_time(audit)


def _ahead(workspace: Workspace) -> ReportAhead | None:
    try:
        planned = make_plan(workspace)
    except NothingToPlanError:
        return None
    study = path_map(workspace)
    if len(study.nodes) > _MOST_UNITS:
        study = works_of_path(workspace)
    return ReportAhead(planned.plan, forecast_of(planned), study, workspace.minute, workspace.zone)


def _ideas(workspace: Workspace) -> ReportIdeas:
    every = [one for one in ideas_of(workspace) if one.idea is not None and one.idea.is_open]
    return ReportIdeas(tuple(every), ideas_due(workspace, every))


def _taste(workspace: Workspace) -> ReportTaste:
    found = taste_of(workspace)
    return ReportTaste(found.calibration, found.counts)
