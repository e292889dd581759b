"""An idea is noted, and what is decided about one."""

from __future__ import annotations

from starlette.responses import Response

from curriculum.model.ideas import IdeaDeed
from curriculum.services.errors import UsageError
from curriculum.services.ideas import NewIdea, decide_idea, note_idea
from curriculum.web.after_recording import after_recording
from curriculum.web.fields import day_ahead_field, required
from curriculum.web.page_request import PageRequest

_DEEDS = {one.value: one for one in (IdeaDeed.KEPT, IdeaDeed.TRIED, IdeaDeed.DROPPED)}


def idea_noted(asked: PageRequest) -> Response:
    """Put an idea on the back burner."""
    new = NewIdea(
        title=" ".join(required(asked, "text", "what it is").split()),
        look=day_ahead_field(asked),
        requires=tuple(asked.form.get("requires", "").split()),
        upside=asked.form.get("upside", "").strip() or None,
    )
    return after_recording(asked, note_idea(asked.workspace, new), "/ideas")


def idea_decided(asked: PageRequest) -> Response:
    """Keep an idea for later, try it, or drop it."""
    name = required(asked, "idea", "idea")
    what = required(asked, "what", "decision")
    if what not in _DEEDS:
        raise UsageError(f"'{what}' is not a decision; these are {', '.join(_DEEDS)}")
    why = asked.form.get("why", "").strip() or None
    if _DEEDS[what] is IdeaDeed.DROPPED and why is None:
        raise UsageError("say why the idea is dropped: it helps when it comes to mind again")
    look = day_ahead_field(asked) if _DEEDS[what] is IdeaDeed.KEPT else None
    recorded = decide_idea(asked.workspace, name, _DEEDS[what], why, look)
    return after_recording(asked, recorded, "/ideas")
