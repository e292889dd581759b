"""The ideas on the back burner as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.ideas import Idea, IdeaStep
from curriculum.model.json_value import Json
from curriculum.practice.ideas import DueIdea, IdeaRead


def ideas_json(
    every: Sequence[IdeaRead], due: Sequence[DueIdea], *, only_due: bool = False
) -> list[Json]:
    """Return ideas as JSON; of one whose file has a problem, only the name and the file."""
    back = {one.read.name: one for one in due}
    shown = [one.read for one in due] if only_due else every
    return [_idea_json(read, back.get(read.name)) for read in shown]


def _idea_json(read: IdeaRead, due: DueIdea | None) -> Json:
    shown: Json = {"id": read.name, "file": read.file, "line": 1}
    if read.idea is None:
        return shown | {"has_problem": True}
    return shown | _said_json(read.idea) | _due_json(due)


def _said_json(idea: Idea) -> Json:
    return {
        "title": idea.title,
        "since": idea.since.isoformat(),
        "look": None if idea.look is None else idea.look.isoformat(),
        "requires": [one.model_dump(mode="json", exclude_defaults=True) for one in idea.requires],
        "upside": idea.upside,
        "from": idea.from_,
        "note": idea.note,
        "open": idea.is_open,
        "history": [_step_json(step) for step in idea.history],
    }


def _due_json(due: DueIdea | None) -> Json:
    if due is None:
        return {"due": False, "due_since": None, "learned": False}
    return {"due": True, "due_since": due.since.isoformat(), "learned": due.is_learned}


def _step_json(step: IdeaStep) -> Json:
    return {
        "on": step.on.isoformat(),
        "did": step.did,
        "why": step.why,
        "look": None if step.look is None else step.look.isoformat(),
    }
