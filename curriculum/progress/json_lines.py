"""The journal as JSON Lines and back, without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from curriculum import model
from curriculum.model.attempts import ScoreEntry
from curriculum.model.journal import Fact, FactStamp, Scored
from curriculum.model.json_value import parsed
from curriculum.model.problems import CurriculumError
from curriculum.progress.fact_json import (
    UnknownKindError,
    UnreadableFactError,
    fact_json,
    fact_of,
    instant_from,
    text_from,
)


class BrokenLineError(CurriculumError):
    """A line that is not a fact, or that contradicts a recorded one."""

    def __init__(self, file: str, line: int, fault: str) -> None:
        """Build the sentence from the place and what is wrong."""
        super().__init__(f"{file}:{line}: {fault}; nothing was imported")


def journal_lines(facts: Iterable[Fact]) -> str:
    """Return facts as JSON Lines, in their order."""
    lines = (json.dumps(fact_json(fact), ensure_ascii=False) for fact in facts)
    return "".join(f"{line}\n" for line in lines)


def read_lines(file: str, text: str) -> tuple[Fact, ...]:
    """Return the facts of JSON Lines, in their order; empty lines are ignored.

    Raises:
        BrokenLineError: A line is not a fact, or a fact of a kind that this version does not know.
    """
    found = []
    # Not splitlines(): a JSON string may hold U+2028, which is not the end of a line here.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_fact_on(line))
        except (UnknownKindError, UnreadableFactError) as error:
            raise BrokenLineError(file, number, str(error)) from error
        except (ValueError, RecursionError) as error:
            fault = f"this is not a fact of a journal ({error})"
            raise BrokenLineError(file, number, fault) from error
    return tuple(found)


def additions(file: str, facts: Iterable[Fact], known: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts that are not known yet, each once.

    Raises:
        BrokenLineError: A fact has the id of another one and differs from it.
    """
    seen = {fact.id: fact for fact in known}
    added = []
    for number, fact in enumerate(facts, 1):
        if fact.id not in seen:
            seen[fact.id] = fact
            added.append(fact)
        elif seen[fact.id] != fact:
            fault = f"the fact '{fact.id}' is in the journal already, with other contents"
            raise BrokenLineError(file, number, fault)
    return tuple(added)


def _fact_on(line: str) -> Fact:
    values = parsed(line)
    if not isinstance(values, dict):
        raise ValueError("it is not a JSON object")
    stamp: FactStamp = {
        "id": text_from(_taken(values, "id")),
        "command": text_from(_taken(values, "command")),
        "at": instant_from(_taken(values, "at")),
        "zone": text_from(_taken(values, "zone")),
    }
    kind = text_from(_taken(values, "kind"))
    stored = {key: value for key, value in values.items() if value is not None}
    if kind == Scored.kind and "entry" in stored:
        stored["entry"] = _valid_entry(stored["entry"])
    return fact_of(kind, stamp, stored)


def _taken(values: dict[str, Any], key: str) -> Any:  # Any: JSON
    """Remove a key, and return its value."""
    if key not in values:
        raise UnreadableFactError(f"'{key}' is missing")
    return values.pop(key)


def _valid_entry(entry: Any) -> Any:  # Any: JSON
    """Return what was recorded of some runs in the form in which it is compared with what is known.

    The journal holds what `score` checked, but a file may have been edited.
    """
    try:
        valid = ScoreEntry.model_validate(entry)
    except ValueError as error:
        fault = model.checking.first_fault(error)
        raise UnreadableFactError(f"the entry cannot be read: {fault}") from error
    return valid.model_dump(mode="json", exclude_defaults=True)
