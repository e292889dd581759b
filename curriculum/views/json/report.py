"""A report as JSON, with the sections of the page."""

from __future__ import annotations

from curriculum.model.json_value import Json
from curriculum.practice.weekly_time import WeekTime
from curriculum.reproduction.figures import ForestRow, forest_of
from curriculum.reproduction.papers import JudgedPaper
from curriculum.views.json.forecast import forecast_json
from curriculum.views.json.paper_verdict import paper_json
from curriculum.views.json.plan import goals_json
from curriculum.views.json.review import follow_ups_json, said_json
from curriculum.views.json.time_audit import audit_json
from curriculum.views.report_values import ReportAhead, ReportFigure, ReportValues
from curriculum.views.text.report import idea_sentences, taste_sentences


def report_json(values: ReportValues) -> Json:
    """Return a report as JSON; instants in UTC, times in minutes, results in margins."""
    last = values.days.last
    shown: Json = {
        "title": values.title,
        "made": values.made.isoformat(),
        "from": values.days.first.isoformat(),
        "to": last.isoformat(),
        "previous": values.previous and values.previous.isoformat(),
        "since": follow_ups_json(values.since, last),
        "results": list(map(_paper_json, values.papers)),
        "earlier": [paper_json(one.work, one.verdict) for one in values.earlier],
        "findings": said_json(values.findings),
        "insights": said_json(values.insights),
        "figures": list(map(_figure_json, values.figures)),
        "time": audit_json(values.time),
        "weeks": list(map(_week_json, values.weeks)),
        "questions": said_json(values.questions),
        "next": follow_ups_json(values.next, last),
        **_ahead_json(values.ahead),
    }
    if values.ideas is not None:
        shown["ideas"] = [one.strip() for one in idea_sentences(values.ideas)]
    if values.taste is not None:
        shown["taste"] = list(taste_sentences(values.taste))
    return shown


def _ahead_json(ahead: ReportAhead | None) -> Json:
    if ahead is None:
        return {"goals": [], "forecast": None}
    return {"goals": goals_json(ahead.plan), "forecast": forecast_json(ahead.forecast)}


def _paper_json(judged: JudgedPaper) -> Json:
    rows = [_row_json(row) for row in forest_of(judged).rows]
    return {**paper_json(judged.work, judged.verdict), "results": rows}


def _row_json(row: ForestRow) -> Json:
    return {
        "result": row.result.id,
        "verdict": row.verdict.outcome,
        "D": row.difference,
        "interval": None if row.low is None else [row.low, row.high],
        "runs": list(row.runs),
        "spread": row.spread,
    }


def _figure_json(figure: ReportFigure) -> Json:
    return {
        "name": figure.name,
        "caption": figure.caption,
        "bytes": len(figure.data),
        "left_out": figure.left_out or None,
    }


def _week_json(week: WeekTime) -> Json:
    tracks = {track or "unknown": one.real for track, one in week.tracks.items()}
    return {
        "monday": week.monday.isoformat(),
        "planned": week.planned,
        "real": week.real,
        "tracks": tracks,
    }
