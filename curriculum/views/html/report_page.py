"""The report as one file: no script, nothing fetched, figures inside, two sides when printed."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from markupsafe import Markup

from curriculum.model.formatting import hours_text, last_day
from curriculum.model.late_dataclasses import dataclass
from curriculum.practice.followups import FollowUp, FollowUpState
from curriculum.practice.review_text import SaidLine, days_text
from curriculum.practice.weekly_time import WeekTime
from curriculum.reproduction.figures import forest_of
from curriculum.reproduction.papers import JudgedPaper
from curriculum.views.html.forest_chart import forest_chart
from curriculum.views.html.graph_chart import graph_chart
from curriculum.views.html.inline_prose import inline_prose
from curriculum.views.html.markup import plain_text
from curriculum.views.html.rendering import rendered, static_text, stylesheet
from curriculum.views.html.road_chart import goals_ahead, road_chart
from curriculum.views.html.time_chart import time_chart
from curriculum.views.report_values import ReportAhead, ReportFigure, ReportValues
from curriculum.views.text.goal_values import note_text
from curriculum.views.text.paper_verdict import paper_lines
from curriculum.views.text.report import idea_sentences, taste_sentences

_MOST_LINES = 12
"""How many lines of a list are shown: a page is two sides."""

_SIGNS = {
    FollowUpState.OPEN: "○",
    FollowUpState.DONE: "✓",
    FollowUpState.DROPPED: "✗",
    FollowUpState.PARKED: "→",
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of a list: its sign, its words, and what is said beside it."""

    words: Markup
    beside: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class _Picture:
    """A figure with its address, which holds its bytes."""

    address: str
    caption: str


def report_page(values: ReportValues) -> str:
    """Return the page of a report."""
    style = stylesheet() + static_text("report.css")
    page = rendered(
        "report.html",
        style=Markup(style),
        digest=base64.b64encode(sha256(style.encode()).digest()).decode(),
        most=_MOST_LINES,
        title=plain_text(values.title),
        days=days_text(values.days),
        made=_day_text(values.made),
        previous=None if values.previous is None else _day_text(values.previous),
        **_looking_back(values),
        **_looking_ahead(values),
    )
    return str(page)


def _looking_back(values: ReportValues) -> dict[str, object]:
    """Return what the template shows of the days of the report."""
    return {
        "since": [_followed_up(one) for one in _closed_first(values.since)],
        "papers": list(map(_paper, values.papers)),
        "earlier": [_verdict_lines(one)[0] for one in values.earlier],
        "findings": _said(values.findings),
        "insights": _said(values.insights),
        "figures": [_picture(one) for one in values.figures if not one.left_out],
        "left_out": [one for one in values.figures if one.left_out],
        "total": values.time.total,
        "time": _time(values.weeks),
    }


def _looking_ahead(values: ReportValues) -> dict[str, object]:
    """Return what the template shows of what is open and what is to come."""
    ideas, taste = values.ideas, values.taste
    return {
        "questions": _said(values.questions),
        "next": list(map(_to_do, values.next)),
        "road": _road(values.ahead),
        "due": _due(values.ahead),
        "graph": _graph(values.ahead),
        "ideas": None if ideas is None else list(map(plain_text, idea_sentences(ideas))),
        "taste": None if taste is None else list(taste_sentences(taste)),
    }


def _day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _time(weeks: Sequence[WeekTime]) -> Markup:
    return time_chart(weeks) if any(one.planned or one.real for one in weeks) else Markup()


def _said(lines: Iterable[SaidLine]) -> list[_Item]:
    return [_Item(inline_prose(one.text), f"{one.day.day} {one.day:%b}") for one in lines]


def _closed_first(every: Iterable[FollowUp]) -> list[FollowUp]:
    return sorted(every, key=lambda one: one.state is FollowUpState.OPEN)


def _followed_up(one: FollowUp) -> _Item:
    return _Item(_words(one), f"{one.state}{_when(one)}", _SIGNS[one.state])


def _when(one: FollowUp) -> str:
    if one.state is FollowUpState.OPEN:
        return f" since {one.origin.day.day} {one.origin.day:%b}"
    closed = "" if one.closed is None else f" on {one.closed.day} {one.closed:%b}"
    is_told = one.state is FollowUpState.DROPPED and one.why
    return f"{closed}: {one.why}" if is_told else closed


def _to_do(one: FollowUp) -> _Item:
    return _Item(_words(one), f"since {one.origin.day.day} {one.origin.day:%b}")


def _words(one: FollowUp) -> Markup:
    return inline_prose(one.origin.text.split("\n")[0])


def _paper(judged: JudgedPaper) -> tuple[Markup, list[str]]:
    return forest_chart(forest_of(judged), f"forest-{judged.work}"), _verdict_lines(judged)


def _verdict_lines(judged: JudgedPaper) -> list[str]:
    lines = paper_lines(judged.work, judged.verdict)
    return [", ".join(line.plain.strip().split("   ")) for line in lines]


def _picture(figure: ReportFigure) -> _Picture:
    data = base64.b64encode(figure.data).decode()
    caption = plain_text(figure.caption) or figure.name
    return _Picture(f"data:{figure.media};base64,{data}", caption)


def _road(ahead: ReportAhead | None) -> Markup:
    if ahead is None:
        return Markup()
    return road_chart(goals_ahead(ahead.plan, ahead.forecast), ahead.now, ahead.zone)


def _due(ahead: ReportAhead | None) -> list[str]:
    """Return a sentence for each deadline, with its cushion, and what goals say of themselves."""
    if ahead is None:
        return []
    found = []
    for goal in ahead.plan.goals:
        said = []
        if goal.due is not None and goal.units:
            cushion = "" if goal.cushion is None else f", cushion {hours_text(goal.cushion)}"
            late = " (late)" if goal.is_late else ""
            said.append(f"due {last_day(goal.due, ahead.zone)}{late}{cushion}")
        if note := note_text(goal.goal):
            said.append(note)
        if said:
            found.append(f"{goal.goal}: {'; '.join(said)}")
    return found


def _graph(ahead: ReportAhead | None) -> Markup:
    return Markup() if ahead is None or not ahead.study.nodes else graph_chart(ahead.study)
