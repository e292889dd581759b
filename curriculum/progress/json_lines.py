"""The journal as JSON Lines and back, without loss; no file is opened here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from curriculum.model.attempts import ScoreEntry, entry_text
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Kind
from curriculum.model.json_value import Json
from curriculum.model.plan import instant, minute
from curriculum.model.problems import CurriculumError
from curriculum.model.quantities import Pages

_STAMP = "%Y-%m-%dT%H:%M:%SZ"
_KEYS = (
    "id",
    "command",
    "kind",
    "at",
    "zone",
    "unit",
    "minutes",
    "pages",
    "session",
    "start",
    "end",
    "target",
    "result",
    "entry",
)


class BrokenLineError(CurriculumError):
    """A line that is not a fact, or contradicts one that is known."""

    def __init__(self, file: str, line: int, fault: str) -> None:
        """Build the sentence from the place and what is wrong."""
        super().__init__(f"{file}:{line}: {fault}; nothing was imported")


def fact_json(fact: Fact) -> Json:
    """Return a fact as JSON; what it does not say is left out, instants are in UTC."""
    values = {
        "id": fact.id,
        "command": fact.command,
        "kind": str(fact.kind),
        "at": _stamp(fact.at),
        "zone": fact.zone,
        "unit": fact.unit,
        "minutes": fact.minutes,
        "pages": None if fact.pages is None else [fact.pages.first, fact.pages.last],
        "session": fact.session,
        "start": None if fact.start is None else _stamp(instant(fact.start)),
        "end": None if fact.end is None else _stamp(instant(fact.end)),
        "target": fact.target,
        "result": fact.result,
        "entry": None if fact.entry is None else json.loads(fact.entry),
    }
    return {key: value for key, value in values.items() if value is not None}


def journal_lines(facts: Iterable[Fact]) -> str:
    """Return facts as JSON Lines, in their order."""
    return "".join(json.dumps(fact_json(fact), ensure_ascii=False) + "\n" for fact in facts)


def read_lines(file: str, text: str) -> tuple[Fact, ...]:
    """Return the facts of JSON Lines, in their order; empty lines are passed over.

    Raises:
        BrokenLineError: A line is not a fact.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append(_fact(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise BrokenLineError(
                    file, number, f"this is not a fact of a journal ({_fault(error)})"
                ) from error
    return tuple(found)


def additions(file: str, facts: Iterable[Fact], known: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that are not known yet, each once.

    Raises:
        BrokenLineError: A fact has the id of another that says something else.
    """
    seen = {fact.id: fact for fact in known}
    added = []
    for number, fact in enumerate(facts, 1):
        if fact.id not in seen:
            seen[fact.id] = fact
            added.append(fact)
        elif seen[fact.id] != fact:
            raise BrokenLineError(
                file, number, f"the fact '{fact.id}' is known already and says something else"
            )
    return tuple(added)


def _fault(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _fact(values: Json) -> Fact:
    strange = sorted(values.keys() - set(_KEYS))
    if strange:
        raise ValueError(f"'{strange[0]}' is not a key of a fact")
    start, end = _minute(values.get("start")), _minute(values.get("end"))
    pages = values.get("pages")
    return Fact(
        id=_text(values["id"]),
        command=_text(values["command"]),
        kind=Kind(values["kind"]),
        at=_moment(values["at"]),
        zone=_text(values["zone"]),
        unit=None if values.get("unit") is None else UnitId(_text(values["unit"])),
        minutes=_whole(values.get("minutes")),
        pages=None if pages is None else Pages(*map(int, pages)),
        session=_optional(values.get("session")),
        start=start,
        end=end,
        target=_optional(values.get("target")),
        result=_optional(values.get("result")),
        entry=None
        if values.get("entry") is None
        else entry_text(ScoreEntry.model_validate(values["entry"])),
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: Any) -> datetime:  # Any: JSON
    return datetime.strptime(text, _STAMP).replace(tzinfo=UTC)


def _minute(text: Any) -> int | None:  # Any: JSON
    return None if text is None else minute(_moment(text))


def _text(value: Any) -> str:  # Any: JSON
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not text")
    return value


def _optional(value: Any) -> str | None:  # Any: JSON
    return None if value is None else _text(value)


def _whole(value: Any) -> int | None:  # Any: JSON
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ValueError(f"{value!r} is not a number of minutes")
    return value
