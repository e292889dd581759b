"""What was recorded, in the words of a person and as JSON; nothing is decided here."""

from __future__ import annotations

from curriculum.model.attempts import read_entry
from curriculum.model.formatting import clock_text, day_text, hours_text, zone_named
from curriculum.model.journal import Fact, Kind
from curriculum.model.library import Library

_SAID = {
    Kind.FINISHED: "done",
    Kind.STUDIED: "logged",
    Kind.LEFT: "left",
    Kind.SKIPPED: "skipped",
    Kind.REOPENED: "open again",
    Kind.STARTED: "started",
    Kind.STOPPED: "stopped",
    Kind.PINNED: "pinned",
    Kind.UNPINNED: "free to move",
    Kind.SCORED: "scored",
    Kind.MISSED: "missed",
}


def record_line(fact: Fact, library: Library) -> str:
    """Return a fact as a line: `done: sutton-barto-2018/3 Finite Markov Decision Processes (2 h 30 min)`."""
    parts = [hours_text(fact.minutes)] if fact.minutes is not None else []
    parts += [f"pages {fact.pages}"] if fact.pages is not None else []
    detail = f" ({', '.join(parts)})" if parts else ""
    return f"{_SAID[fact.kind]}: {_subject(fact, library)}{detail}"


def _subject(fact: Fact, library: Library) -> str:
    """Return what a fact speaks of: a unit with its title, as long as a syllabus defines it, or a session."""
    if fact.result is not None:
        return f"{fact.result}{_runs(fact)}"
    if fact.unit is None:
        return _session(fact)
    try:
        return f"{fact.unit} {library.unit(fact.unit).title}"
    except KeyError:
        return fact.unit


def _runs(fact: Fact) -> str:
    """Return the values that were recorded, as `: 497.5, 481.2, no number (diverged)`."""
    entry = read_entry(fact.entry or "{}")
    said = [
        f"{run.value:g}" if run.value is not None else f"no number ({run.failed})"
        for run in entry.runs
    ]
    declared = [f"{entry.seeds} runs declared"] if entry.seeds else []
    return f": {', '.join((*declared, *said))}" if declared or said else ""


def _session(fact: Fact) -> str:
    name = (fact.session or "").rpartition("@")[0].rpartition(".")[0]
    if fact.start is None or fact.end is None:
        return name
    zone = zone_named(fact.zone)
    return f"{name}, {day_text(fact.start, zone)}, {clock_text(fact.start, fact.end, zone)}"
