"""Replay the facts of the journal into the state they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import assert_never

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import (
    Attached,
    Drew,
    Explored,
    Fact,
    Finished,
    Left,
    Missed,
    Pinned,
    Renamed,
    Reopened,
    Scored,
    Skimmed,
    Skipped,
    Started,
    Stopped,
    Studied,
    Undone,
    Unpinned,
    Wrote,
)
from curriculum.model.progress import Progress, Reached, Statement
from curriculum.progress.renames import facts_renamed, renamings_in

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def replay(facts: Iterable[Fact], formerly: Mapping[str, str] = _NO_NAMES) -> Progress:
    """Return the state after facts, in the order they were recorded.

    An `Undone` takes back all facts of its target command, as if they had never been.

    Args:
        facts: The facts.
        formerly: Former name of a work to its name now, as syllabi say it.
    """
    recorded = _live(tuple(facts))
    live = recorded
    if formerly or renamings_in(recorded):
        live = facts_renamed(recorded, formerly)
    state = _State()
    for fact in live:
        state.take(fact)
    return Progress(
        live=live,
        finished=state.finished,
        skipped=state.skipped,
        studied=state.studied,
        left=state.left,
        reached=state.reached,
        timer=state.timer,
        pins=state.pins,
        missed=state.missed,
        recorded=None if live is recorded else recorded,
        formerly=dict(formerly),
    )


def replay_more(progress: Progress, facts: Iterable[Fact]) -> Progress:
    """Return the state after more facts: as if all of them had been replayed at once."""
    return replay((*progress.as_recorded, *facts), progress.formerly)


def _live(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Return the facts that no later one takes back, in their order."""
    live: list[Fact] = []
    taken_back: set[str] = set()
    # From the end, so that a command is known to be taken back before its facts are met.
    for fact in reversed(facts):
        if isinstance(fact, Undone):
            taken_back.add(fact.target)
        elif fact.command not in taken_back:
            live.append(fact)
    return tuple(reversed(live))


class _State:
    """The state while facts are replayed, one after the other."""

    def __init__(self) -> None:
        self.finished: dict[UnitId, Finished] = {}
        self.skipped: dict[UnitId, Skipped] = {}
        self.studied: dict[UnitId, int] = {}
        self.left: dict[UnitId, Statement] = {}
        self.reached: dict[UnitId, Reached] = {}
        self.timer: Started | None = None
        self.pins: dict[str, Pinned] = {}
        self.missed: dict[str, Missed] = {}

    def take(self, fact: Fact) -> None:
        """Take in one fact; the kinds that a journal holds most of come first."""
        match fact:
            case Studied() | Stopped():
                self._take_study(fact)
            case Finished() | Skipped() | Reopened() | Left():
                self._take_unit(fact)
            case Pinned() | Missed() | Unpinned():
                self._take_session(fact)
            case Started():
                self.timer = fact
            case Scored() | Wrote() | Attached() | Drew() | Explored() | Skimmed():
                # Scores, exploration and skimming are read from the live facts, texts from their
                # files.
                pass
            case Renamed() | Undone():
                # The facts have the names of now, and what takes facts back is never live.
                pass
            case _:
                assert_never(fact)

    def _take_study(self, fact: Studied | Stopped) -> None:
        unit = fact.unit
        self.studied[unit] = self.studied.get(unit, 0) + fact.minutes
        if isinstance(fact, Stopped):
            self.timer = None
        elif fact.pages is not None:
            self.left.pop(unit, None)
            self.reached[unit] = Reached(fact.pages.last, self.studied[unit])

    def _take_unit(self, fact: Finished | Skipped | Reopened | Left) -> None:
        unit = fact.unit
        # The last word counts, and a unit that still needs time is not done.
        self.finished.pop(unit, None)
        self.skipped.pop(unit, None)
        match fact:
            case Finished():
                self.left.pop(unit, None)
                self.finished[unit] = fact
            case Skipped():
                self.left.pop(unit, None)
                self.skipped[unit] = fact
            case Left():
                self.reached.pop(unit, None)
                self.left[unit] = Statement(fact.minutes, self.studied.get(unit, 0))
            case Reopened():
                pass
            case _:
                assert_never(fact)

    def _take_session(self, fact: Pinned | Missed | Unpinned) -> None:
        self.pins.pop(fact.session, None)
        self.missed.pop(fact.session, None)
        match fact:
            case Pinned():
                self.pins[fact.session] = fact
            case Missed():
                self.missed[fact.session] = fact
            case Unpinned():
                pass
            case _:
                assert_never(fact)
