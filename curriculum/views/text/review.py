"""What is said of a review, and the list of follow-ups, as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from curriculum.model.formatting import counted
from curriculum.practice.followups import FollowUp, FollowUpState
from curriculum.practice.marked_blocks import MarkedBlock
from curriculum.practice.review_text import UnreadRepository
from curriculum.views.text.lines import StyledLine, line


def review_lines_said(file: str, kept: Iterable[MarkedBlock], *, is_new: bool) -> Iterator[str]:
    """Yield where a review is, and which of its blocks were left because they were edited."""
    yield f"{'wrote' if is_new else 'review'}: {file}"
    for block in kept:
        yield (
            f"note: line {block.first}: you edited '{block.name}', so it was left as it is; "
            "--ours writes over it"
        )


def unread_lines(unread: Iterable[UnreadRepository]) -> Iterator[str]:
    """Yield the repositories of the settings whose commits could not be read, and why."""
    for one in unread:
        yield f"note: the commits of '{one.path}' were not read: {one.fault}"


def follow_up_lines(every: Iterable[FollowUp], today: date) -> Iterator[str | StyledLine]:
    """Yield each follow-up with its id, its age and where it was noted."""
    is_empty = True
    for one in every:
        is_empty = False
        first = one.origin.text.split("\n")[0]
        yield line((f"^{one.origin.id}", "bold"), f"  {first}")
        yield f"       {_fate(one, today)}, {one.origin.file}:{one.origin.line}"
    if is_empty:
        yield "Nothing is open; 'curriculum note next: TEXT' notes what to do next."


def _fate(one: FollowUp, today: date) -> str:
    if one.state is not FollowUpState.OPEN:
        closed = "" if one.closed is None else f" on {one.closed}"
        why = f" ({one.why})" if one.why else ""
        return f"{one.state}{closed}{why}"
    age = (today - one.origin.day).days
    old = "today" if not age else f"{counted(age, 'day')} old"
    return f"{old}, carried {counted(one.carried, 'time')}" if one.carried else old
