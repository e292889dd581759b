"""What was recorded, in the words of a person and as JSON; nothing is decided here."""

from __future__ import annotations

from typing import Any

from curriculum.model.journal import Fact, Kind
from curriculum.model.library import Library
from curriculum.model.plan import instant
from curriculum.render.words import hours

Json = dict[str, Any]  # Any: a tree of JSON values

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


def fact_json(fact: Fact) -> Json:
    """Return a fact as JSON; what it does not say is left out, instants are in UTC."""
    values = {
        "id": fact.id,
        "command": fact.command,
        "kind": str(fact.kind),
        "at": f"{fact.at:%Y-%m-%dT%H:%M:%SZ}",
        "zone": fact.zone,
        "unit": fact.unit,
        "minutes": fact.minutes,
        "pages": None if fact.pages is None else [fact.pages.first, fact.pages.last],
        "session": fact.session,
        "start": None if fact.start is None else f"{instant(fact.start):%Y-%m-%dT%H:%M:%SZ}",
        "end": None if fact.end is None else f"{instant(fact.end):%Y-%m-%dT%H:%M:%SZ}",
        "target": fact.target,
    }
    return {key: value for key, value in values.items() if value is not None}
