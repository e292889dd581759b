"""Reviews and follow-ups as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from curriculum.model.json_value import Json
from curriculum.practice.followups import FollowUp, NextLine
from curriculum.practice.notebook import entry_file
from curriculum.practice.predictions import PREDICTIONS
from curriculum.practice.review_text import CodeCommit, ReviewContent, SaidLine
from curriculum.practice.skim_files import SkimRead
from curriculum.views.json.time_audit import audit_json


def review_json(content: ReviewContent, file: str) -> Json:
    """Return what a review is filled in with, as JSON."""
    said = content.said
    return {
        "from": content.days.first.isoformat(),
        "to": content.days.last.isoformat(),
        "file": file,
        "followups": follow_ups_json(content.follow_ups, content.days.last),
        "findings": said_json(said.get("finding", ())),
        "insights": said_json(said.get("insight", ())),
        "questions": said_json(said.get("question", ())),
        "code": [
            *said_json(said.get("code", ())),
            *({"text": one} for one in content.finished),
            *map(_commit_json, content.commits),
        ],
        "predictions": [
            {"text": one.text, "file": PREDICTIONS, "line": one.line} for one in content.predictions
        ],
        "papers": list(map(_paper_json, content.skims)),
        "unread_papers": content.unread_papers,
        "unread": [{"repository": one.path, "fault": one.fault} for one in content.unread],
        "next": said_json(said.get("next", ())),
        "time": audit_json(content.time),
    }


def _paper_json(one: SkimRead) -> Json:
    skim = one.skim
    said: Json = {"id": skim.id, "mark": skim.mark, "doubt": skim.doubt}
    return said | {"file": one.file, "line": one.line}


def _commit_json(one: CodeCommit) -> Json:
    return {"text": one.subject, "repository": one.repository, "commit": one.id}


def follow_ups_json(every: Iterable[FollowUp], today: date) -> list[Json]:
    """Return follow-ups as JSON, with their age in days."""
    return [_follow_up_json(one, today) for one in every]


def _follow_up_json(one: FollowUp, today: date) -> Json:
    return {
        "id": one.origin.id,
        "text": one.origin.text,
        "since": one.origin.day.isoformat(),
        "age": (today - one.origin.day).days,
        "carried": one.carried,
        "state": one.state,
        "closed": None if one.closed is None else one.closed.isoformat(),
        "why": one.why or None,
        "file": one.origin.file,
        "line": one.origin.line,
        "where": [_place_json(line) for line in one.where],
    }


def _place_json(line: NextLine) -> Json:
    return {"file": line.file, "line": line.line, "state": line.state}


def said_json(lines: Iterable[SaidLine]) -> list[Json]:
    """Return lines of the notebook as JSON, with where each stands."""
    return [{"text": one.text, "file": entry_file(one.day), "line": one.line} for one in lines]
