"""Facts as JSON objects and back: the form that the journal stores and that exports have."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from curriculum.model.identifiers import NAME, UnitId
from curriculum.model.journal import FACT_CLASSES, Fact, FactStamp
from curriculum.model.json_value import Json
from curriculum.model.late_patterns import late_pattern
from curriculum.model.plan import instant, minute
from curriculum.model.quantities import FIRST_YEAR, LAST_YEAR, Pages

STAMP_KEYS = ("id", "command", "at", "zone")
_MOST_MINUTES = 60 * 100_000
_RESULT = late_pattern(rf"{NAME}#{NAME}")
_WEEK = late_pattern(r"\d{4}-W\d{2}")
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


class UnreadableFactError(ValueError):
    """A stored fact that lacks something, or holds something that its kind does not have."""


class UnknownKindError(ValueError):
    """A fact of a kind that this version does not know, recorded by a newer one."""

    def __init__(self, kind: object) -> None:
        """Build the sentence from the name of the kind."""
        super().__init__(f"a fact of the kind '{kind}' needs a newer version of curriculum")


def fact_json(fact: Fact) -> Json:
    """Return a fact as JSON, with the time in UTC; fields without a value are left out."""
    stamp = {
        "id": fact.id,
        "command": fact.command,
        "kind": fact.kind,
        "at": instant_text(fact.at),
        "zone": fact.zone,
    }
    return stamp | payload(fact)


def payload(fact: Fact) -> dict[str, Any]:  # Any: JSON
    """Return the fields that only facts of its kind have, as JSON, as far as they have a value."""
    found = {}
    for name in _FIELDS[fact.kind]:
        value = getattr(fact, name)
        if value is not None:
            found[name] = _FIELD_WRITERS[name](value)
    return found


def fact_of(kind: str, stamp: FactStamp, stored: Mapping[str, Any]) -> Fact:  # Any: JSON
    """Return the fact that `payload` wrote.

    Raises:
        UnknownKindError: No class of facts has this name.
        UnreadableFactError: A field is missing, is not known, or has a value that cannot be read.
    """
    fact_class = FACT_CLASSES.get(kind)
    if fact_class is None:
        raise UnknownKindError(kind)
    readers = _READERS[kind]
    values: dict[str, Any] = {}  # Any: one type for each field
    # A journal is read by every command: what is wrong with a fact is looked for only when
    # something is.
    try:
        for name, value in stored.items():
            values[name] = readers[name](value)
        return fact_class(**stamp, **values)
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableFactError(_fault(kind, stored)) from error


def _fault(kind: str, stored: Any) -> str:  # Any: JSON
    """Return which key of a fact is missing, or is one that its kind does not have."""
    if not isinstance(stored, dict):
        return "it is not a JSON object"
    for name in stored:
        if name not in _FIELDS[kind]:
            return f"'{name}' is not a key of a fact '{kind}'"
    missing = [name for name in _FIELDS[kind] if name not in stored]
    return f"'{missing[0]}' is missing"


def instant_text(moment: datetime) -> str:
    """Return an instant in UTC as text, as `2027-01-04T19:00:00Z`."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def instant_from(text: Any) -> datetime:  # Any: JSON
    """Return the instant that `instant_text` wrote.

    Raises:
        UnreadableFactError: It is something else.
    """
    try:
        found = datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)
    except (TypeError, ValueError) as error:
        raise UnreadableFactError(str(error)) from error
    _require_a_year(found)
    return found


def _require_a_year(moment: datetime) -> None:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UnreadableFactError(f"{moment.year} is not a year of study")


def stamp_of(name: Any, command: Any, at: Any, zone: Any) -> FactStamp:  # Any: columns
    """Return the stamp that the columns of a journal hold, `at` in seconds since 1970.

    Raises:
        UnreadableFactError: One of them holds something else.
    """
    if not type(name) is type(command) is type(zone) is str:
        raise UnreadableFactError("its id, its command or its zone is not text")
    try:
        moment = datetime.fromtimestamp(at, UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise UnreadableFactError(f"{at!r} is not a time") from error
    _require_a_year(moment)
    return {"id": name, "command": command, "at": moment, "zone": zone}


def text_from(value: Any) -> str:  # Any: JSON
    """Return text as it is.

    Raises:
        UnreadableFactError: It is not text.
    """
    if not isinstance(value, str):
        raise UnreadableFactError(f"{value!r} is not text")
    return value


def _minutes_from(value: Any) -> int:  # Any: JSON
    if type(value) is not int:  # true and false are integers to isinstance
        raise UnreadableFactError(f"{value!r} is not a number of minutes")
    if not 0 <= value <= _MOST_MINUTES:
        raise UnreadableFactError(f"{value} minutes are not a time of study")
    return value


def _truth_from(value: Any) -> bool:  # Any: JSON
    if not isinstance(value, bool):
        raise UnreadableFactError(f"{value!r} is neither true nor false")
    return value


def _pages_from(value: Any) -> Pages:  # Any: JSON
    try:
        first, last = map(int, value)
    except (TypeError, ValueError) as error:
        raise UnreadableFactError(f"{value!r} is not a range of pages") from error
    return Pages(first, last)


def _pieces_from(value: Any) -> tuple[tuple[UnitId, int], ...]:  # Any: JSON
    if not isinstance(value, list):
        raise UnreadableFactError(f"{value!r} is not a list of units with their minutes")
    return tuple(map(_piece_from, value))


def _piece_from(value: Any) -> tuple[UnitId, int]:  # Any: JSON
    try:
        unit, minutes = value
    except (TypeError, ValueError) as error:
        raise UnreadableFactError(f"{value!r} is not a unit with its minutes") from error
    return UnitId(text_from(unit)), _minutes_from(minutes)


def _result_from(value: Any) -> str:  # Any: JSON
    text = text_from(value)
    if not _RESULT.fullmatch(text):
        raise UnreadableFactError(f"{value!r} is not the name of a result")
    return text


def _week_from(value: Any) -> str:  # Any: JSON
    text = text_from(value)
    if not _WEEK.fullmatch(text):
        raise UnreadableFactError(f"{value!r} is not a week like '2027-W02'")
    return text


def _minute_from(value: Any) -> int:  # Any: JSON
    return minute(instant_from(value))


def _entry_from(value: Any) -> str:  # Any: JSON
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _as_it_is(value: object) -> object:
    return value


def _pages_json(pages: Pages) -> list[int]:
    return [pages.first, pages.last]


def _pieces_json(pieces: tuple[tuple[UnitId, int], ...]) -> list[list[object]]:
    return [[unit, minutes] for unit, minutes in pieces]


def _minute_text(value: int) -> str:
    return instant_text(instant(value))


_FIELD_READERS: Mapping[str, Callable[[Any], object]] = {  # Any: JSON
    "unit": text_from,
    "minutes": _minutes_from,
    "pages": _pages_from,
    "session": text_from,
    "start": _minute_from,
    "end": _minute_from,
    "pieces": _pieces_from,
    "target": text_from,
    "result": _result_from,
    "entry": _entry_from,
    "file": text_from,
    "before": text_from,
    "after": text_from,
    "timed": _truth_from,
    "digest": text_from,
    "week": _week_from,
    "choice": text_from,
    "drawn": text_from,
    "outcome": text_from,
    "note": text_from,
}
_FIELD_WRITERS: Mapping[str, Callable[[Any], object]] = {  # Any: the field's value
    "unit": _as_it_is,
    "minutes": _as_it_is,
    "pages": _pages_json,
    "session": _as_it_is,
    "start": _minute_text,
    "end": _minute_text,
    "pieces": _pieces_json,
    "target": _as_it_is,
    "result": _as_it_is,
    "entry": json.loads,
    "file": _as_it_is,
    "before": _as_it_is,
    "after": _as_it_is,
    "timed": _as_it_is,
    "digest": _as_it_is,
    "week": _as_it_is,
    "choice": _as_it_is,
    "drawn": _as_it_is,
    "outcome": _as_it_is,
    "note": _as_it_is,
}


def _own_fields(fact_class: type[Fact]) -> tuple[str, ...]:
    """Return the fields of a kind besides the stamp."""
    return tuple(field.name for field in fields(fact_class) if field.name not in STAMP_KEYS)


def _readers(kind: str) -> Mapping[str, Callable[[Any], object]]:  # Any: JSON
    return {name: _FIELD_READERS[name] for name in _FIELDS[kind]}


_FIELDS = {kind: _own_fields(one) for kind, one in FACT_CLASSES.items()}
_READERS = {kind: _readers(kind) for kind in FACT_CLASSES}
