"""What a plan is made of, so that a published plan guides the next one only if that is the same."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from curriculum.model.settings import Settings
from curriculum.services.workspace import Workspace

_OF_NO_MATTER = frozenset(
    {
        "title",
        "goals",
        "known",
        "away",
        "busy",
        "habits",
        "me",
        "freeze",
        "alarm",
        "publish",
        "caldav",
    }
)
"""Settings that move no session, or are part of what the goals lead to, or only take time away."""


def basis_of(workspace: Workspace, goals: tuple[str, ...] = ()) -> str:
    """Return a digest of the goals, of all they lead to and of the settings that share out time.

    It does not depend on what was done, nor on how long anything takes.

    Args:
        workspace: The workspace.
        goals: The goals as they are typed; none means those of the settings.
    """
    lines = "\n".join((*_goals(workspace, goals), *_terms(workspace.settings)))
    return sha256(lines.encode()).hexdigest()[:16]


def _goals(workspace: Workspace, goals: tuple[str, ...]) -> Iterator[str]:
    whole = workspace.curriculum(goals)
    for reached in whole.goals:
        yield f"{reached.goal} {reached.release} {reached.due}"
    for unit in whole.units:
        yield " ".join((unit, *whole.requires.get(unit, ())))


def _terms(settings: Settings) -> Iterator[str]:
    """Yield the settings that are not the usual ones: a later version may have more of them."""
    for name, field in sorted(type(settings).model_fields.items()):
        value = getattr(settings, name)
        if name not in _OF_NO_MATTER and value != field.default:
            yield f"{name}: {value!r}"
