"""Carry what was recorded and published of works under former names over to their names now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import datetime

from curriculum.model.identifiers import UnitId
from curriculum.model.journal import (
    Drew,
    Explored,
    Fact,
    Finished,
    Left,
    Pinned,
    Renamed,
    Reopened,
    Scored,
    Skipped,
    Started,
    Stopped,
    Studied,
)
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.plan import Session

_OF_UNITS = (Studied, Stopped, Finished, Left, Skipped, Reopened, Started)
_WORK = "work:"


@dataclass(frozen=True, slots=True)
class FormerNames:
    """The names that works had before.

    Attributes:
        renamings: The renamings that were recorded and not taken back, in their order.
        formerly: Former name to the name now, as syllabi say it; it holds for everything.
    """

    renamings: tuple[Renamed, ...] = ()
    formerly: Mapping[str, str] = field(default_factory=dict)

    def since(self, at: datetime) -> Mapping[str, str]:
        """Return the name now of every work that was renamed at an instant or later."""
        names = dict(self.formerly)
        for one in reversed(self.renamings):
            if one.at >= at:
                names[one.before] = names.get(one.after, one.after)
        return names


def facts_renamed(live: Sequence[Fact], formerly: Mapping[str, str]) -> tuple[Fact, ...]:
    """Return facts with the names that the works have now.

    A renaming holds for what was recorded before it, so that a name may be used again.

    Args:
        live: The facts that were not taken back, in the order they were recorded.
        formerly: Former name to the name now, as syllabi say it.
    """
    names = dict(formerly)
    found: list[Fact] = []
    for fact in reversed(live):
        if isinstance(fact, Renamed):
            names[fact.before] = names.get(fact.after, fact.after)
            found.append(fact)
        else:
            found.append(_fact_renamed(fact, names))
    return tuple(reversed(found))


def _fact_renamed(fact: Fact, names: Mapping[str, str]) -> Fact:
    if isinstance(fact, _OF_UNITS):
        unit = _unit(fact.unit, names)
        return fact if unit == fact.unit else replace(fact, unit=unit)
    match fact:
        case Scored():
            work, mark, result = fact.result.partition("#")
            return replace(fact, result=f"{names.get(work, work)}{mark}{result}")
        case Pinned() if fact.pieces is not None:
            pieces = tuple((_unit(unit, names), minutes) for unit, minutes in fact.pieces)
            return replace(fact, pieces=pieces)
        case Drew() | Explored() if fact.choice.startswith(_WORK):
            work = fact.choice.removeprefix(_WORK)
            return replace(fact, choice=f"{_WORK}{names.get(work, work)}")
        case _:
            return fact


def _unit(unit: UnitId, names: Mapping[str, str]) -> UnitId:
    work, slash, part = unit.partition("/")
    return UnitId(f"{names[work]}{slash}{part}") if work in names else unit


def named_work(fact: Fact) -> str | None:
    """Return the work that a fact is about; None when it is not about one."""
    if isinstance(fact, _OF_UNITS):
        return fact.unit.partition("/")[0]
    match fact:
        case Scored():
            return fact.result.partition("#")[0]
        case Drew() | Explored() if fact.choice.startswith(_WORK):
            return fact.choice.removeprefix(_WORK)
        case _:
            return None


def ledger_renamed(ledger: Ledger, former: FormerNames) -> Ledger:
    """Return what was published with the names that the works have now; UIDs stay as they are.

    What calendars show is not changed here: the next publication does that.
    """
    if not former.renamings and not former.formerly:
        return ledger
    events = {uid: _event_renamed(event, former) for uid, event in ledger.events.items()}
    return replace(ledger, events=events)


def _event_renamed(event: PublishedEvent, former: FormerNames) -> PublishedEvent:
    session = event.session
    names = former.since(event.stamp)
    if session is None or not any(_unit(one.unit, names) != one.unit for one in session.pieces):
        return event
    return replace(event, session=_session_renamed(session, names))


def _session_renamed(session: Session, names: Mapping[str, str]) -> Session:
    pieces = tuple(replace(one, unit=_unit(one.unit, names)) for one in session.pieces)
    return replace(session, pieces=pieces)


def renamings_in(facts: Iterable[Fact]) -> tuple[Renamed, ...]:
    """Return the renamings among some facts."""
    return tuple(fact for fact in facts if isinstance(fact, Renamed))
