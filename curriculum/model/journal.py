"""The facts of the journal as values; where they are kept and what they come to is not known here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.quantities import Pages


class Kind(StrEnum):
    """What a fact says."""

    FINISHED = "finished"
    REOPENED = "reopened"
    STUDIED = "studied"
    LEFT = "left"
    STARTED = "started"
    STOPPED = "stopped"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    SKIPPED = "skipped"
    UNDONE = "undone"
    SCORED = "scored"
    MISSED = "missed"


class Fact(NamedTuple):
    """One thing that happened, said once and never changed; a correction is a new fact.

    Attributes:
        id: 32 hexadecimal digits, its own for ever and everywhere.
        command: 32 hexadecimal digits, shared by the facts of one command.
        kind: What it says.
        at: The instant it speaks of, in UTC, whole seconds.
        zone: The zone of the person's clock then, as `Europe/Berlin`.
        unit: The unit it speaks of; None for UNDONE, PINNED, UNPINNED, MISSED and SCORED.
        minutes: STUDIED, STOPPED: minutes of study up to `at`. FINISHED: what the unit took in all, None when not said.
            LEFT: minutes it still needs.
        pages: STUDIED: the pages that were read, None when not said.
        session: PINNED, UNPINNED, MISSED: the UID of the session.
        start: PINNED: where the session is held, in minutes since the epoch. MISSED: where it is not.
        end: PINNED, MISSED: where it ends, in minutes since the epoch.
        target: UNDONE: the command whose facts are taken back.
        result: SCORED: the published result, as `td3-2018#td3-hopper`.
        entry: SCORED: what was recorded of the runs at it, a `model.attempts.Entry` as compact JSON.
    """

    id: str
    command: str
    kind: Kind
    at: datetime
    zone: str
    unit: UnitId | None = None
    minutes: int | None = None
    pages: Pages | None = None
    session: str | None = None
    start: int | None = None
    end: int | None = None
    target: str | None = None
    result: str | None = None
    entry: str | None = None
