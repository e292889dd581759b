"""What a push or pull did and left open, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from curriculum.model.formatting import clock_text, counted, day_text
from curriculum.model.sync import (
    CalendarPush,
    EventName,
    LeftEdit,
    MassDeletion,
    PushQuestion,
    QuestionKind,
)

REFUSED_HINT = "the next 'curriculum push' tries again what was refused"

_MOST_REFUSED = 10

NO_EDITS = "nothing was changed there"
ALREADY_RECORDED = "nothing to record: already in the journal"


def push_hint(vdir: Path | None = None) -> str:
    """Return how to answer questions that a push to the server, or to a vdir, left open."""
    where = "" if vdir is None else f" --vdir {vdir}"
    return (
        f"'curriculum pull{where}' takes over single changes; "
        f"'curriculum push{where} --theirs' leaves what is there, "
        f"'curriculum push{where} --ours' overwrites it"
    )


def push_line(pushed: CalendarPush) -> str:
    """Return what a push did to one calendar."""
    sent = pushed.sent
    counts = {
        "changed": sent.changed,
        "new": sent.new,
        "removed": sent.removed,
        "unchanged": pushed.unchanged,
    }
    parts = [f"{count} {word}" for word, count in counts.items() if count > 0]
    line = f"{pushed.name}: {', '.join(parts) or 'nothing'}"
    if pushed.is_dry_run:
        return f"{line} (dry run)"
    return line


def open_lines(pushed: CalendarPush) -> Iterator[str]:
    """Yield what a push left open in one calendar for the person to decide."""
    for question in pushed.unanswered:
        yield question_text(question)
    for event in pushed.overtaken:
        yield f"{event_text(event)} was changed there in the meantime"


def refused_lines(pushed: CalendarPush) -> Iterator[str]:
    """Yield what the server refused of one calendar."""
    if pushed.failure:
        yield f"{pushed.name}: {pushed.failure}"
    for one in pushed.refused[:_MOST_REFUSED]:
        yield f"{event_text(one.event)}: {one.reason}"
    more = len(pushed.refused) - _MOST_REFUSED
    if more > 0:
        yield f"{pushed.name}: and {counted(more, 'more event')} refused"
    if pushed.sent.untried:
        changes = counted(pushed.sent.untried, "more change")
        yield f"{pushed.name}: {changes} not tried, since none was taken"


def failure_lines(failures: Mapping[str, str]) -> list[str]:
    """Return which calendars could not be looked at, and why."""
    return [f"{name}: {reason}" for name, reason in failures.items()]


def question_text(question: PushQuestion) -> str:
    """Return what the person did on the server that a question is about."""
    if question.kind is QuestionKind.NEWER:
        return _newer(question.calendar)
    if question.event is None:
        return _deleted(question.calendar, question.count, question.of)
    name = event_text(question.event)
    if question.kind is QuestionKind.DELETED:
        return f"{name} was deleted there"
    if question.kind is QuestionKind.UNPLANNED:
        return f"{name} was changed there, and is not planned any more"
    return f"{name} was changed there, and here"


def event_text(event: EventName) -> str:
    """Return the title of an event, and the time of its session."""
    session = event.session
    if session is None:
        return f"'{event.title}'"
    day = day_text(session.start, event.zone)
    return f"'{event.title}' of {day}, {clock_text(session.start, session.end, event.zone)}"


def left_line(edit: LeftEdit) -> str:
    """Return why an edit was not taken over."""
    return f"note: '{edit.title}': {edit.reason}"


def deletion_line(deletion: MassDeletion) -> str:
    """Return that many events were deleted at once, and what to do about it."""
    return (
        f"note: {deletion_text(deletion)}; that is taken as an accident, not as missed sessions: "
        "'curriculum push --ours' sends them again, 'curriculum pull --missed' takes them for "
        "missed"
    )


def deletion_text(deletion: MassDeletion) -> str:
    """Return how many events of a calendar were deleted."""
    return _deleted(deletion.name, deletion.count, deletion.of)


def _deleted(name: str, count: int, of: int) -> str:
    if count == of:
        return f"all {count} entries of '{name}' were deleted there"
    return f"{count} of the {of} entries of '{name}' were deleted there"


def newer_line(calendar: str) -> str:
    """Return that another copy of the workspace sent a newer plan, and what follows from it."""
    return f"note: {_newer(calendar)}; what is missing there does not count as missed"


def _newer(calendar: str) -> str:
    return (
        f"'{calendar}' shows a newer plan, sent from another copy of this workspace; bring the two "
        "together (README: On two machines)"
    )
