"""Keep facts as rows of the journal's table, and read them back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from curriculum.model.journal import Fact
from curriculum.progress.fact_json import UnreadableFactError, fact_of, payload, stamp_of

_READ = "SELECT id, command, at, zone, kind, payload FROM fact ORDER BY number"
_WRITE = "INSERT INTO fact (id, command, at, zone, kind, payload) VALUES (?, ?, ?, ?, ?, ?)"
_Row = tuple[str, str, int, str, str, str]


def stored_facts(connection: sqlite3.Connection) -> tuple[Fact, ...]:
    """Return the facts of a journal of the newest schema."""
    return _facts(connection.execute(_READ).fetchall())


class FactsReadBefore:
    """Facts of a journal that is read many times: only what was added to it is parsed."""

    def __init__(self) -> None:
        """Know no fact yet."""
        self._known: tuple[list[_Row], tuple[Fact, ...]] = [], ()

    def stored_facts(self, connection: sqlite3.Connection) -> tuple[Fact, ...]:
        """Return the facts of a journal of the newest schema."""
        rows = connection.execute(_READ).fetchall()
        known, facts = self._known
        count = len(known)
        # Whatever was done to the file: a row that differs has everything parsed anew.
        if rows[:count] != known:
            count, facts = 0, ()
        facts += _facts(rows[count:])
        self._known = rows, facts
        return facts


def _facts(rows: Sequence[_Row]) -> tuple[Fact, ...]:
    facts = []
    for row, stored in zip(rows, _payloads(rows), strict=True):
        *stamp, kind, _ = row
        try:
            facts.append(fact_of(kind, stamp_of(*stamp), stored))
        except UnreadableFactError as error:
            raise UnreadableFactError(f"the fact '{row[0]}' is damaged ({error})") from error
    return tuple(facts)


def _payloads(rows: Sequence[_Row]) -> list[Any]:  # Any: JSON
    """Return the payload of each row."""
    # Parsed one by one, 10,000 payloads would take four times as long.
    text = ",".join(row[-1] for row in rows)
    payloads = []
    with suppress(ValueError):
        payloads = json.loads(f"[{text}]")
    if len(payloads) != len(rows):
        payloads = [_payload(row) for row in rows]
    return payloads


def _payload(row: _Row) -> Any:  # Any: JSON
    """Return the payload of one row, or say which fact is damaged."""
    try:
        return json.loads(row[-1])
    except ValueError as error:
        raise UnreadableFactError(f"the fact '{row[0]}' is damaged ({error})") from error


def store_facts(connection: sqlite3.Connection, facts: Iterable[Fact]) -> None:
    """Add facts to a journal of the newest schema, after all others."""
    connection.executemany(_WRITE, map(_row, facts))


def _row(fact: Fact) -> _Row:
    moment = int(fact.at.timestamp())
    stored = json.dumps(payload(fact), ensure_ascii=False, separators=(",", ":"))
    return fact.id, fact.command, moment, fact.zone, fact.kind, stored
