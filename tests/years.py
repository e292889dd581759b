"""A year of somebody's life: works of many hours, a person who studies most days, and a plan every morning."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from curriculum.disk.journal import writing
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, FactStamp, Finished, Studied
from curriculum.model.plan import Session, instant
from curriculum.services.context import Context
from curriculum.services.planning import Planned, make_plan, within_horizon
from curriculum.services.publishing import publish_plan
from curriculum.services.snapshot import Snapshot
from curriculum.services.syllabi import SyllabusParser
from curriculum.services.workspace import Workspace

FIRST = date(2027, 1, 4)
SICK = [(date(2027, 2, 15), 7), (date(2027, 7, 5), 14), (date(2027, 11, 1), 4)]


def book(title: str, chapters: int, pages: int) -> str:
    """Return a textbook with chapters of so many pages."""
    rows = [
        f"  - {{id: {number}, title: Part {number}, pages: [{pages * (number - 1) + 1}, {pages * number}]}}"
        for number in range(1, chapters + 1)
    ]
    return f"kind: textbook\ntitle: {title}\nchapters:\n" + "\n".join(rows) + "\n"


def paper(title: str, requires: str, steps: int) -> str:
    """Return a paper that rests on something, with steps of four hours."""
    rows = [
        f"  - {{id: s{number}, title: Step {number}, effort: 4h}}" for number in range(1, steps + 1)
    ]
    return f"kind: paper\ntitle: {title}\nrequires: [{requires}]\nsteps:\n" + "\n".join(rows) + "\n"


def desk_on(day: date, root: Path) -> Context:
    """Return the desk of a morning."""
    return Context(root, datetime.combine(day, time(), UTC), day)


@dataclass
class Person:
    """Someone who studies what is planned, at a pace of their own, and sometimes not at all."""

    root: Path
    rng: random.Random
    recorded: int = 0
    spent: Counter[UnitId] = field(default_factory=Counter)
    true: dict[UnitId, float] = field(default_factory=dict)

    def live(self, day: date, sessions: tuple[Session, ...], efforts: dict[UnitId, int]) -> None:
        """Study the sessions of a day, unless sick or busy with life."""
        if (
            any(first <= day < first + timedelta(days=length) for first, length in SICK)
            or self.rng.random() < 0.1
        ):
            return
        done = Snapshot(desk_on(day, self.root)).progress.done
        for session in sessions:
            for piece in session.pieces:
                if piece.unit not in done and self.rng.random() > 0.05:
                    self._study(piece.unit, piece.minutes, session.end, efforts)

    def _study(self, unit: UnitId, minutes: int, at: int, efforts: dict[UnitId, int]) -> None:
        true = self.true.setdefault(unit, efforts[unit] * self.rng.lognormvariate(0.1, 0.3))
        self.spent[unit] += minutes
        facts: list[Fact] = [Studied(**self._stamp(at), unit=unit, minutes=minutes)]
        if self.spent[unit] >= true:
            facts.append(Finished(**self._stamp(at), unit=unit))
        with writing(self.root / "journal.db") as journal:
            journal.append(facts)

    def _stamp(self, at: int) -> FactStamp:
        self.recorded += 1
        name = f"{self.recorded:032x}"
        return {"id": name, "command": name, "at": instant(at), "zone": "Europe/Berlin"}


def plan_on(
    day: date, parser: SyllabusParser, root: Path, horizon: timedelta | None = None
) -> Planned:
    """Plan and publish in the morning of a day; the plan is audited as every plan is."""
    planned = make_plan(Workspace(desk_on(day, root), parser=parser))
    planned = within_horizon(planned, horizon)
    publish_plan(planned)
    return planned
