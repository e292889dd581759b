"""What the facts of the journal come to, as one value; the works and the plan are not known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact


class Statement(NamedTuple):
    """What the person said a unit still needs: so many minutes, when so many had been studied."""

    left: int
    studied: int


class Reached(NamedTuple):
    """The last page the person said to have read of a unit, when so many minutes of it had been studied."""

    page: int
    studied: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a journal.

    Attributes:
        live: The facts that were not taken back, in the order they were recorded; UNDONE is never among them.
        finished: Unit to the fact that finished it; units that are finished now.
        skipped: Unit to the fact that skipped it; units that are left out now.
        studied: Unit to all minutes logged for it (STUDIED and STOPPED), finished or not.
        left: Unit to what was last said to be left of it, for units that are neither finished nor skipped.
        reached: Unit to the last page that was said to be read of it, unless what is left was said since.
        timer: The STARTED fact of the timer that runs; None when none does.
        pins: UID to the PINNED fact that holds the session in its place.
        missed: UID to the MISSED fact that says that the session is not held, and its time not free.
    """

    live: tuple[Fact, ...] = ()
    finished: Mapping[UnitId, Fact] = field(default_factory=dict)
    skipped: Mapping[UnitId, Fact] = field(default_factory=dict)
    studied: Mapping[UnitId, int] = field(default_factory=dict)
    left: Mapping[UnitId, Statement] = field(default_factory=dict)
    reached: Mapping[UnitId, Reached] = field(default_factory=dict)
    timer: Fact | None = None
    pins: Mapping[str, Fact] = field(default_factory=dict)
    missed: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def done(self) -> frozenset[UnitId]:
        """The units that need no more study: finished or skipped."""
        return frozenset(self.finished) | frozenset(self.skipped)
