"""Unite the facts that two machines recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from curriculum.model.journal import Fact
from curriculum.model.problems import CurriculumError


class DifferentFactError(CurriculumError):
    """Two journals hold a fact of the same id with different contents."""

    def __init__(self, name: str) -> None:
        """Build the sentence from the fact's id."""
        super().__init__(
            f"the fact '{name}' differs between the two journals, so one of them was changed by "
            "hand; nothing was merged"
        )


def union(ours: Sequence[Fact], theirs: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts of both journals, each once, in an order that does not depend on the sides.

    Facts stay in the order of their journal: what was said last counts, also about an earlier day.
    Between facts of different journals, their instants decide.

    Raises:
        DifferentFactError: They disagree about a fact.
    """
    _refuse_different(ours, theirs)
    waiting = (_Waiting(ours), _Waiting(theirs))
    merged: list[Fact] = []
    for _ in range(len(ours) + len(theirs)):
        first = _first(*waiting)
        if first is None:
            break
        merged.append(first)
        for side in waiting:
            side.take(first)
    return tuple(merged)


class _Waiting:
    """The facts of one journal that are not merged yet."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self._facts = facts
        self._position = 0
        self._ids = {fact.id for fact in facts}

    def head(self) -> Fact | None:
        """Return the first of them; None when there is none."""
        facts = self._facts
        while self._position < len(facts) and facts[self._position].id not in self._ids:
            self._position += 1
        return facts[self._position] if self._position < len(facts) else None

    def holds(self, fact: Fact) -> bool:
        """Whether a fact is among them."""
        return fact.id in self._ids

    def take(self, fact: Fact) -> None:
        """Take a fact out, if it is among them."""
        self._ids.discard(fact.id)


def _first(ours: _Waiting, theirs: _Waiting) -> Fact | None:
    """Return the fact that comes next; None when none is left."""
    our, their = ours.head(), theirs.head()
    if our is None or their is None:
        return our or their
    # A fact that the other journal holds further on waits for what comes before it there.
    our_waits = theirs.holds(our)
    their_waits = ours.holds(their)
    if our_waits != their_waits:
        return their if our_waits else our
    return min(our, their, key=_order)


def _order(fact: Fact) -> tuple[datetime, str]:
    return fact.at, fact.id


def _refuse_different(ours: Sequence[Fact], theirs: Sequence[Fact]) -> None:
    known = {fact.id: fact for fact in ours}
    for fact in theirs:
        if known.get(fact.id, fact) != fact:
            raise DifferentFactError(fact.id)
