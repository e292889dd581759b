"""What a report shows, as one value: the page, the text and the JSON show the same."""

from __future__ import annotations

from datetime import date, tzinfo

from curriculum.graph.study_map import StudyMap
from curriculum.model.forecast import Forecast
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Plan
from curriculum.model.settings import DayRange
from curriculum.practice.followups import FollowUp
from curriculum.practice.ideas import DueIdea, IdeaRead
from curriculum.practice.predictions import PredictionCounts
from curriculum.practice.review_text import SaidLine
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.weekly_time import WeekTime
from curriculum.reproduction.calibration import Calibration
from curriculum.reproduction.papers import JudgedPaper


@dataclass(frozen=True, slots=True)
class ReportFigure:
    """A figure of the notebook.

    Attributes:
        day: The day of its entry.
        name: The name of its file, without the folder.
        caption: What the person wrote of it.
        media: Its type, as `image/png`; empty where it is left out.
        data: Its bytes; empty likewise.
        left_out: Why it is left out; empty for one that is shown.
    """

    day: date
    name: str
    caption: str
    media: str = ""
    data: bytes = b""
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class ReportAhead:
    """What lies ahead.

    Attributes:
        plan: The plan.
        forecast: When its goals will be finished.
        study: The path to the goals, by units, or by works where it is long.
        now: The minute of the report.
        zone: The zone of its days.
    """

    plan: Plan
    forecast: Forecast
    study: StudyMap
    now: int
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class ReportIdeas:
    """The ideas on the back burner: those that are open, and those of them that have come back."""

    every: tuple[IdeaRead, ...]
    due: tuple[DueIdea, ...]


@dataclass(frozen=True, slots=True)
class ReportTaste:
    """How good the person's predictions were."""

    calibration: Calibration
    counts: PredictionCounts


@dataclass(frozen=True, slots=True)
class ReportValues:
    """What a report shows.

    Attributes:
        title: What the person calls the workspace.
        made: The day on which it is made.
        days: The days that it is about.
        previous: The last day of the report before; None for the first one.
        since: What was to be done next when we met, and what became of it.
        papers: The papers with scores of these days, judged at their end.
        earlier: The papers that were scored before them, likewise.
        findings: The findings of these days.
        insights: The insights of these days.
        figures: The figures that belong to them, those that are left out last.
        time: Where the time of these days went.
        weeks: The time of the last twelve weeks.
        questions: The questions of these days.
        next: What is to be done next.
        ahead: What lies ahead; None where there is nothing to plan.
        ideas: The back burner; None unless it was asked for.
        taste: The predictions; None likewise.
    """

    title: str
    made: date
    days: DayRange
    previous: date | None
    since: tuple[FollowUp, ...]
    papers: tuple[JudgedPaper, ...]
    earlier: tuple[JudgedPaper, ...]
    findings: tuple[SaidLine, ...]
    insights: tuple[SaidLine, ...]
    figures: tuple[ReportFigure, ...]
    time: TimeAudit
    weeks: tuple[WeekTime, ...]
    questions: tuple[SaidLine, ...]
    next: tuple[FollowUp, ...]
    ahead: ReportAhead | None = None
    ideas: ReportIdeas | None = None
    taste: ReportTaste | None = None
