"""What was recorded, in the words of a person and as JSON; nothing is decided here."""

from __future__ import annotations

from curriculum.model.journal import Fact, Kind
from curriculum.model.library import Library
from curriculum.render.words import hours

_SAID = {
    Kind.FINISHED: "done",
    Kind.STUDIED: "logged",
    Kind.LEFT: "left",
    Kind.SKIPPED: "skipped",
    Kind.REOPENED: "open again",
}


def record_line(fact: Fact, library: Library) -> str:
    """Return a fact as a line: `done: sutton-barto-2018/3 Finite Markov Decision Processes (2 h 30 min)`."""
    parts = [hours(fact.minutes)] if fact.minutes is not None else []
    parts += [f"pages {fact.pages}"] if fact.pages is not None else []
    detail = f" ({', '.join(parts)})" if parts else ""
    return f"{_SAID.get(fact.kind, fact.kind)}: {fact.unit}{_title(fact, library)}{detail}"


def _title(fact: Fact, library: Library) -> str:
    try:
        return "" if fact.unit is None else f" {library.unit(fact.unit).title}"
    except KeyError:
        return ""
