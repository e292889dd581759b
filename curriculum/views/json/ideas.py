"""The ideas on the back burner as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curriculum.model.ideas import Idea, IdeaDeed, IdeaStep
from curriculum.model.json_value import Json
from curriculum.practice.ideas import DueIdea, IdeaRead, idea_state


def ideas_json(
    every: Sequence[IdeaRead],
    due: Sequence[DueIdea],
    missing: Mapping[str, Sequence[str]],
    *,
    only_due: bool = False,
) -> list[Json]:
    """Return ideas as JSON; of one whose file has a problem, only the name and the file.

    Args:
        every: The ideas.
        due: Those of them that have come back.
        missing: Name of an idea to what it requires and is not learned.
        only_due: Whether only those that have come back are shown.
    """
    back = {one.read.name: one for one in due}
    named = {read.name: read for read in every}
    shown = [named[one.read.name] for one in due] if only_due else every
    found: list[Json] = []
    for read in shown:
        one = _idea_json(read, back.get(read.name))
        found.append(one | {"missing": list(missing.get(read.name, ()))})
    return found


def _idea_json(read: IdeaRead, due: DueIdea | None) -> Json:
    shown: Json = {"id": read.name, "file": read.file, "line": 1}
    if read.idea is None:
        return shown | {"has_problem": True}
    state = idea_state(read.idea, is_due=due is not None)
    return shown | {"state": state} | _said_json(read.idea) | _due_json(due)


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
        "kept": sum(1 for step in idea.history if step.did is IdeaDeed.KEPT),
        "history": [_step_json(step) for step in idea.history],
    }


def _due_json(due: DueIdea | None) -> Json:
    if due is None:
        return {"due": False, "due_since": None, "due_because": None, "learned": False}
    return {
        "due": True,
        "due_since": due.since.isoformat(),
        "due_because": "requires" if due.is_learned else "date",
        "learned": due.is_learned,
    }


def _step_json(step: IdeaStep) -> Json:
    return {
        "on": step.on.isoformat(),
        "did": step.did,
        "why": step.why,
        "look": None if step.look is None else step.look.isoformat(),
        "outcome": step.outcome,
    }
