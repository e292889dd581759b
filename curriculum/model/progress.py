"""The state of the journal, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Finished, Missed, Pinned, Skipped, Started
from curriculum.model.late_dataclasses import dataclass


class Statement(NamedTuple):
    """The minutes a unit still needed by the person's word, and those logged for it until then."""

    left: int
    studied: int


class Reached(NamedTuple):
    """The last page of a unit that was read, and the minutes logged for the unit until then."""

    page: int
    studied: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a journal.

    Attributes:
        live: The facts that were not taken back, in the order they were recorded; never an
            `Undone`. They have the names that works have now.
        finished: Unit to the fact that finished it; units that are finished now.
        skipped: Unit to the fact that skipped it; units that are left out now.
        studied: Unit to all minutes logged for it, by hand or by the timer, finished or not.
        left: Unit to the last statement of what it still needs, for units that are neither finished
            nor skipped.
        reached: Unit to the last page read of it, unless a later statement says what is left.
        timer: The fact that started the running timer; None when none is running.
        pins: UID to the fact that holds the session in its place.
        missed: UID to the fact that the session is not held, and that its time is not free.
        recorded: The same facts with the names that works had then; None where none was renamed.
        formerly: Former name of a work to its name now, as syllabi say it.
    """

    live: tuple[Fact, ...] = ()
    finished: Mapping[UnitId, Finished] = field(default_factory=dict)
    skipped: Mapping[UnitId, Skipped] = field(default_factory=dict)
    studied: Mapping[UnitId, int] = field(default_factory=dict)
    left: Mapping[UnitId, Statement] = field(default_factory=dict)
    reached: Mapping[UnitId, Reached] = field(default_factory=dict)
    timer: Started | None = None
    pins: Mapping[str, Pinned] = field(default_factory=dict)
    missed: Mapping[str, Missed] = field(default_factory=dict)
    recorded: tuple[Fact, ...] | None = None
    formerly: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_recorded(self) -> tuple[Fact, ...]:
        """The facts that were not taken back, as they were recorded."""
        return self.live if self.recorded is None else self.recorded

    @property
    def done(self) -> frozenset[UnitId]:
        """The units that need no more study: finished or skipped."""
        return frozenset(self.finished) | frozenset(self.skipped)
