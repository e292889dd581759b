"""Fold the facts of the journal into what they come to; works, plans and clocks are not known here."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Fact, Kind
from curriculum.model.progress import Progress, Reached, Statement


def replay(progress: Progress, facts: Iterable[Fact]) -> Progress:
    """Return the state after more facts, in the order they were recorded; folding in halves equals folding whole.

    A fact UNDONE takes back all facts of its target command, as if they had never been.
    """
    return _state(_live((*progress.live, *facts)))


def _live(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts that no later one takes back, in their order."""
    live: list[Fact] = []
    taken_back: set[str | None] = set()
    for fact in reversed(facts):
        if fact.kind is Kind.UNDONE:
            taken_back.add(fact.target)
        elif fact.command not in taken_back:
            live.append(fact)
    return tuple(reversed(live))


def last_command(progress: Progress) -> tuple[Fact, ...]:
    """Return the facts of the command recorded last that was not taken back; none when there is none."""
    if not progress.live:
        return ()
    command = progress.live[-1].command
    return tuple(fact for fact in progress.live if fact.command == command)


def _state(live: tuple[Fact, ...]) -> Progress:
    folding = _Folding()
    for fact in live:
        folding.take(fact)
    return Progress(
        live=live,
        finished=folding.finished,
        skipped=folding.skipped,
        studied=folding.studied,
        left=folding.left,
        reached=folding.reached,
        timer=folding.timer,
        pins=folding.pins,
        missed=folding.missed,
    )


class _Folding:
    """The state while facts are taken in; it lives for one fold."""

    def __init__(self) -> None:
        self.finished: dict[UnitId, Fact] = {}
        self.skipped: dict[UnitId, Fact] = {}
        self.studied: dict[UnitId, int] = {}
        self.left: dict[UnitId, Statement] = {}
        self.reached: dict[UnitId, Reached] = {}
        self.timer: Fact | None = None
        self.pins: dict[str, Fact] = {}
        self.missed: dict[str, Fact] = {}

    def take(self, fact: Fact) -> None:
        """Take in one fact."""
        if fact.session is not None:
            self._take_session(fact, fact.session)
        elif fact.unit is not None:
            self._take_unit(fact, fact.unit)

    def _take_session(self, fact: Fact, session: str) -> None:
        self.pins.pop(session, None)
        self.missed.pop(session, None)
        if fact.kind is Kind.PINNED:
            self.pins[session] = fact
        elif fact.kind is Kind.MISSED:
            self.missed[session] = fact

    def _take_unit(self, fact: Fact, unit: UnitId) -> None:
        minutes = fact.minutes or 0
        if fact.kind is Kind.STARTED:
            self.timer = fact
        elif fact.kind in (Kind.STUDIED, Kind.STOPPED):
            self.timer = None if fact.kind is Kind.STOPPED else self.timer
            self.studied[unit] = self.studied.get(unit, 0) + minutes
            if fact.pages is not None:
                self.left.pop(unit, None)
                self.reached[unit] = Reached(fact.pages.last, self.studied[unit])
        elif fact.kind in (Kind.FINISHED, Kind.SKIPPED):
            self._reopen(unit)
            self.left.pop(unit, None)
            (self.finished if fact.kind is Kind.FINISHED else self.skipped)[unit] = fact
        else:
            self._reopen(unit)
            if fact.kind is Kind.LEFT:
                self.reached.pop(unit, None)
                self.left[unit] = Statement(minutes, self.studied.get(unit, 0))

    def _reopen(self, unit: UnitId) -> None:
        self.finished.pop(unit, None)
        self.skipped.pop(unit, None)
