"""What was recorded, in the words of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import assert_never

from curriculum.model.attempts import Run, read_entry
from curriculum.model.formatting import (
    clock_text,
    counted,
    day_text,
    hours_text,
    local,
    shortened,
    zone_named,
)
from curriculum.model.ideas import IdeaStep
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import (
    Attached,
    Drew,
    Explored,
    Fact,
    Finished,
    Left,
    Missed,
    Pinned,
    Renamed,
    Reopened,
    Scored,
    Skimmed,
    Skipped,
    Started,
    Stopped,
    Studied,
    Undone,
    Unpinned,
    Wrote,
)
from curriculum.model.late_patterns import late_pattern
from curriculum.model.library import Library
from curriculum.model.plan import minute
from curriculum.progress.session_outcomes import SessionOutcome

_CLOSED = ("- [x] ", "- [-] ")
"""How a follow-up begins that is closed; what became of it stands below."""

_MOST_WORDS = 60
"""How many characters of a note are shown."""

NOTHING_RECORDED = "nothing to record: already in the journal"

_LABELS = {
    Finished: "done",
    Studied: "logged",
    Left: "left",
    Skipped: "skipped",
    Reopened: "open again",
    Started: "started",
    Stopped: "stopped",
    Pinned: "pinned",
    Unpinned: "free to move",
    Scored: "scored",
    Missed: "missed",
    Wrote: "wrote",
    Attached: "attached",
    Drew: "to explore",
    Explored: "explored",
    Skimmed: "skimmed",
    Renamed: "renamed",
    Undone: "took back",
}


def record_line(fact: Fact, library: Library) -> str:
    """Return a fact as a line: `done: sutton-barto-2018/3 Finite MDPs (2 h 30 min)`."""
    return f"{_LABELS[type(fact)]}: {_summary(fact, library)}"


def fact_lines(facts: Iterable[Fact], library: Library) -> list[str]:
    """Return a line for each new fact, or one that there is none."""
    return [record_line(fact, library) for fact in facts] or [NOTHING_RECORDED]


def early_note(unit: UnitId, required: UnitId) -> str:
    """Return the note that a unit was marked as done before one that it requires."""
    return f"note: '{unit}' is done before '{required}', which it requires"


def left_note(unit: UnitId, minutes: int, *, is_used_up: bool) -> str:
    """Return how much of a unit is left, and how to mark it as done when its time is used up."""
    left = f"{hours_text(minutes)} left"
    if not is_used_up:
        return left
    return f"{left}; if it is finished: curriculum done {unit}"


def stays_done_note(unit: UnitId) -> str:
    """Return the note that time was logged for a unit that is done."""
    return f"note: '{unit}' stays done; if it is not finished: curriculum reopen {unit}"


def timer_note(minutes: int) -> str:
    """Return the note that a timer ran for long, and how to correct its time."""
    correction = "'curriculum undo', then 'curriculum stop --took 1h30m'"
    return f"note: it ran for {hours_text(minutes)}; if that is too long: {correction}"


def large_file_note(file: str) -> str:
    """Return the note that a file which was attached is large."""
    return f"note: '{file}' is larger than 1 MB; git keeps it for ever, --link leaves it in place"


def dropped_note(step: IdeaStep) -> str:
    """Return the note that an idea of the same title was given up."""
    why = f": {step.why}" if step.why else ""
    return f"note: an idea of this title was dropped on {step.on}{why}"


def running_note(timer: Started) -> str:
    """Return the note that a timer runs again after its stop was taken back."""
    zone = zone_named(timer.zone)
    started = f"{day_text(minute(timer.at), zone)} at {timer.at.astimezone(zone):%H:%M}"
    return f"note: the timer on '{timer.unit}', started on {started}, is running again"


def rescheduled_note(sessions: Sequence[SessionOutcome], zone: tzinfo) -> str:
    """Return the note that sessions were not logged, and how to say that they were held."""
    total = hours_text(sum(one.minutes_left for one in sessions))
    what = f"{counted(len(sessions), 'session')} ({total})"
    was = "was" if len(sessions) == 1 else "were"
    since = local(sessions[0].session.start, zone).date()
    remedy = f"if you studied as planned: curriculum done --since {since}"
    return f"note: {what} {was} rescheduled by a later plan and not logged; {remedy}"


def _summary(fact: Fact, library: Library) -> str:
    match fact:
        case Studied() | Stopped() | Finished() | Left():
            return f"{_unit_text(fact.unit, library)}{_amount(fact)}"
        case Skipped() | Reopened() | Started():
            return _unit_text(fact.unit, library)
        case Pinned() | Missed():
            zone = zone_named(fact.zone)
            time = f"{day_text(fact.start, zone)}, {clock_text(fact.start, fact.end, zone)}"
            return f"{_session_name(fact.session)}, {time}"
        case Unpinned():
            return _session_name(fact.session)
        case Scored():
            return f"{fact.result}{_runs(fact)}"
        case Drew() | Explored() | Skimmed():
            return _choice_text(fact)
        case Attached() | Wrote():
            return f"{fact.file}{_words(fact)}"
        case Renamed() | Undone():
            return _change_text(fact)
        case _:
            assert_never(fact)


def _change_text(fact: Renamed | Undone) -> str:
    """Return what changed what was recorded before."""
    if isinstance(fact, Undone):
        return f"command {fact.target}"
    return f"{fact.before} to {fact.after}"


def _unit_text(unit: UnitId, library: Library) -> str:
    """Return a unit with its title, as long as a syllabus defines it."""
    try:
        return f"{unit} {library.unit(unit).title}"
    except KeyError:
        return unit


def _choice_text(fact: Drew | Explored | Skimmed) -> str:
    """Return what is or was explored or skimmed, and when or how long."""
    if isinstance(fact, Skimmed):
        return f"papers that came in ({hours_text(fact.minutes)})"
    _, _, name = fact.choice.partition(":")
    if isinstance(fact, Drew):
        return f"{name} in {fact.week}"
    outcome = "" if fact.outcome is None else f", {fact.outcome}"
    return f"{name} ({hours_text(fact.minutes)}{outcome})"


def _amount(fact: Studied | Stopped | Finished | Left) -> str:
    """Return the minutes and the pages of a fact, as ` (45 min, pages 47-60)`."""
    parts = []
    if fact.minutes is not None:
        parts.append(hours_text(fact.minutes))
    if isinstance(fact, Studied) and fact.pages is not None:
        parts.append(f"pages {fact.pages}")
    return f" ({', '.join(parts)})" if parts else ""


def _session_name(uid: str) -> str:
    """Return the part of a session's UID that a person types: without the plan and the domain."""
    return uid.rpartition("@")[0].rpartition(".")[0]


_FIRST_KEYS = ("title: ", "- id: ", "- work: ")
"""What a new idea or syllabus, a prediction and what is admired begin with."""

_NOTEBOOK = "notebook/"
_SKIMS = "skim/"
_PAPER = late_pattern(r"^- id: (.*?)\r?$", re.MULTILINE)
_MARK = late_pattern(r"^  mark: (\w+)", re.MULTILINE)


def _words(fact: Attached | Wrote) -> str:
    """Return the beginning of what was written, as `: finding: clip 0.1 is enough`."""
    if isinstance(fact, Attached):
        return ""
    if fact.file.startswith(_SKIMS):
        return _paper_words(fact.after)
    known = frozenset(fact.before.splitlines())
    lines = [line.strip() for line in fact.after.splitlines() if line not in known]
    said = [line for line in lines if line and not line.startswith("#")]
    return f": {_said_words(fact, said)}" if said else ""


def _said_words(fact: Wrote, said: Sequence[str]) -> str:
    """Return the beginning of the lines that were added, of which there is one at least."""
    if fact.file.startswith(_NOTEBOOK) and not fact.before and len(said) > 1:
        more = counted(len(said) - 1, "more line")
        return f"{shortened(said[0], _MOST_WORDS)}, and {more}"
    if fact.file.startswith(_NOTEBOOK) and said[0].startswith(_CLOSED):
        return shortened(said[0], _MOST_WORDS)
    # Some entries begin with their name; of everything else, what was added comes last.
    return shortened(_named_first(said) or said[-1], _MOST_WORDS)


def _named_first(said: Sequence[str]) -> str:
    """Return the name or the title that some lines begin with; nothing where they do not."""
    # A syllabus says its kind first.
    first = said[1] if said[0].startswith("kind: ") and len(said) > 1 else said[0]
    for key in _FIRST_KEYS:
        if first.startswith(key):
            return first.removeprefix(key).partition("  # ")[0].strip('"')
    return ""


def _paper_words(after: str) -> str:
    """Return which paper that came in was decided about, or how many came in."""
    papers = _PAPER.findall(after)
    if len(papers) != 1:
        return f": {counted(len(papers), 'paper')}"
    mark = _MARK.search(after)
    return f": {papers[0]}{f': {mark[1]}' if mark else ''}"


def _runs(fact: Scored) -> str:
    """Return the values that were recorded, as `: 497.5, 481.2, no number (diverged)`."""
    entry = read_entry(fact.entry, fact.id)
    parts = []
    if entry.seeds:
        parts.append(f"{entry.seeds} runs declared")
    parts += map(_run_text, entry.runs)
    return f": {', '.join(parts)}" if parts else ""


def _run_text(run: Run) -> str:
    if run.value is None:
        return f"no number ({run.failed})"
    return f"{run.value:g}"
