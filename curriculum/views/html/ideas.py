"""The back burner as a page: ideas that came back, all others, and a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from curriculum.model.late_dataclasses import dataclass
from curriculum.practice.ideas import DueIdea, IdeaRead
from curriculum.views.html.frame import Frame
from curriculum.views.html.rendering import rendered
from curriculum.views.text.ideas import idea_fate


@dataclass(frozen=True, slots=True)
class ShownIdea:
    """An idea as it is shown."""

    name: str
    title: str
    fate: str
    missing: tuple[str, ...]
    is_open: bool
    is_due: bool


def ideas_content(
    frame: Frame,
    every: Sequence[IdeaRead],
    due: Sequence[DueIdea],
    missing: Mapping[str, Sequence[str]],
) -> Markup:
    """Return the ideas: those that have come back first, then those that wait, then the others.

    Args:
        frame: What is around them.
        every: The ideas, by name.
        due: Those that have come back, the longest due first.
        missing: Idea to what it requires and is not learned yet.
    """
    came_back = [one.read.name for one in due]
    shown = {one.name: one for one in _shown(every, came_back, missing)}
    return rendered(
        "ideas.html",
        frame=frame,
        due=tuple(shown[name] for name in came_back),
        waiting=tuple(one for one in shown.values() if one.is_open and not one.is_due),
        closed=tuple(one for one in shown.values() if not one.is_open),
    )


def _shown(
    every: Sequence[IdeaRead], came_back: Sequence[str], missing: Mapping[str, Sequence[str]]
) -> Iterator[ShownIdea]:
    for read in every:
        is_due = read.name in came_back
        title = f"{read.file} has a problem" if read.idea is None else read.idea.title
        yield ShownIdea(
            name=read.name,
            title=title,
            fate=idea_fate(read, is_due=is_due),
            missing=tuple(missing.get(read.name, ())),
            is_open=read.idea is None or read.idea.is_open,
            is_due=is_due,
        )
