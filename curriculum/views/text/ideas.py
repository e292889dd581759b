"""The ideas on the back burner as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from curriculum.model.ideas import Idea
from curriculum.practice.ideas import LOOK_AGAIN, Adopted, DueIdea, IdeaRead
from curriculum.views.text.lines import StyledLine, line


def idea_lines(
    every: Sequence[IdeaRead], due: Sequence[DueIdea], *, closed: bool
) -> Iterator[str | StyledLine]:
    """Yield each idea with what brings it back; those with problems are named."""
    came_back = {one.read.name for one in due}
    is_empty = True
    for read in every:
        if read.idea is not None and not (closed or read.idea.is_open):
            continue
        is_empty = False
        yield line((read.name, "bold"), f"  {_title(read)}")
        yield f"    {idea_fate(read, is_due=read.name in came_back)}"
    if is_empty:
        yield "The back burner is empty; 'curriculum idea TEXT' puts an idea there."


def due_lines(due: Sequence[DueIdea]) -> Iterator[str | StyledLine]:
    """Yield the ideas that have come back, and what can be decided about them."""
    if not due:
        yield "No idea has come back; 'curriculum ideas' lists all."
        return
    for one in due:
        reason = "what it requires was learned" if one.is_learned else "its day has come"
        yield line((one.read.name, "bold"), f"  {_title(one.read)}")
        yield f"    since {one.since}: {reason}{_upside(one.read)}"
    yield "Decide with 'curriculum idea keep|try|adopt|drop IDEA'."


def adopted_lines(adopted: Adopted) -> Iterator[str]:
    """Yield the goals that an idea becomes."""
    if adopted.is_written:
        yield "added to the goals in syllabi/curriculum.yaml:"
    else:
        yield "add to the goals in syllabi/curriculum.yaml, or run it again with --write:"
    for goal in adopted.goals:
        yield f"  - {goal}"


def _title(read: IdeaRead) -> str:
    if read.idea is None:
        return f"({read.file} has a problem; see 'curriculum check')"
    return read.idea.title


def _upside(read: IdeaRead) -> str:
    if read.idea is None or read.idea.upside is None:
        return ""
    return f"; upside: {read.idea.upside}"


def idea_fate(read: IdeaRead, *, is_due: bool) -> str:
    """Return what became of an idea, or what brings it back."""
    if read.idea is None:
        return read.file
    last = read.idea.last
    if last is not None and not read.idea.is_open:
        why = "" if last.why is None else f": {last.why}"
        return f"{last.did} on {last.on}{why}"
    if is_due:
        return f"has come back{_upside(read)}"
    return f"{_waits(read.idea)}{_upside(read)}"


def _waits(idea: Idea) -> str:
    """Return what brings an idea back."""
    last = idea.last
    look = idea.look if last is None else last.look or last.on + LOOK_AGAIN
    parts = []
    if look is not None:
        parts.append(f"comes back on {look}")
    elif not idea.requires:
        parts.append(f"comes back on {idea.since + LOOK_AGAIN}")
    if idea.requires:
        parts.append("when what it requires has been learned")
    return ", or ".join(parts)
