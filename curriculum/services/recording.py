"""Record facts in the journal, decided on what it holds while it is locked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from curriculum.disk.journal import writing
from curriculum.model.ideas import IdeaStep
from curriculum.model.identifiers import UnitId
from curriculum.model.journal import Attached, Fact, FactStamp, Skimmed, Wrote
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.lived_days import name_of_zone, session_day, session_zone
from curriculum.model.plan import Session, instant, minute
from curriculum.model.progress import Progress
from curriculum.progress.session_outcomes import SessionOutcome
from curriculum.progress.state import replay
from curriculum.services.said_time import LAST_MINUTE, NOW, SaidTime, moment_said
from curriculum.services.workspace import Workspace

if TYPE_CHECKING:
    from curriculum.reproduction.papers import JudgedPaper


@dataclass(frozen=True, slots=True)
class UnitLeft:
    """What a unit still needs after some of it was logged.

    Attributes:
        unit: The unit.
        minutes: Minutes it still needs, unless it is done.
        is_used_up: Whether the time it was expected to take is used up, so that it may be finished.
        is_done: Whether it was marked as done before; it stays so.
    """

    unit: UnitId
    minutes: int
    is_used_up: bool
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a command recorded, and what there is to say about it.

    Attributes:
        workspace: The workspace, with the works for the titles of units.
        facts: The new facts; none when the journal held them already.
        early: Units that were marked as done, each with a prerequisite that is not done.
        unsettled: Papers whose last step was marked as done, with results that are not settled.
        left: What a unit still needs after it was studied; None for other commands.
        long_timer: Minutes of a timer that was perhaps forgotten; None when it was not.
        rescheduled: Past sessions that were not logged, because a later plan rescheduled them.
        large_files: Files that were attached to a note and are larger than a repository likes.
        dropped_before: The decision that gave up an idea of the same title; None without one.
    """

    workspace: Workspace
    facts: tuple[Fact, ...]
    early: tuple[tuple[UnitId, UnitId], ...] = ()
    unsettled: tuple[JudgedPaper, ...] = ()
    left: UnitLeft | None = None
    long_timer: int | None = None
    rescheduled: tuple[SessionOutcome, ...] = ()
    large_files: tuple[str, ...] = ()
    dropped_before: IdeaStep | None = None

    @property
    def library(self) -> Library:
        """The works, for the titles of units; none where all facts are about texts."""
        if all(isinstance(fact, Wrote | Attached | Skimmed) for fact in self.facts):
            return Library({}, {})
        return self.workspace.library


class WrittenFacts(NamedTuple):
    """New facts of the journal, and the state on which they were decided."""

    facts: tuple[Fact, ...]
    before: Progress


@dataclass(frozen=True, slots=True)
class JournalWriter:
    """What the facts of one command have in common.

    Attributes:
        workspace: The workspace whose journal is written.
        at: The instant the facts are about.
        command: 32 hexadecimal digits, shared by the facts.
    """

    workspace: Workspace
    at: datetime
    command: str

    def stamp(self) -> FactStamp:
        """Return what a new fact begins with."""
        zone = name_of_zone(self.workspace.zone, minute(self.at))
        return self._stamp(self.at, zone)

    def stamp_of_session(self, session: Session) -> FactStamp:
        """Return what a new fact on a session that was held begins with: its end, and its zone.

        Of a session that reached across midnight, it is the last minute of the day it belongs to.
        """
        own = self.workspace.zone
        zone = session_zone(session, own)
        day = session_day(session, own)
        end = instant(session.end)
        if end.astimezone(zone).date() > day:
            end = datetime.combine(day, LAST_MINUTE, zone).astimezone(UTC)
        return self._stamp(end, session.zone or name_of_zone(own, session.end))

    def _stamp(self, at: datetime, zone: str) -> FactStamp:
        return {"id": uuid4().hex, "command": self.command, "at": at, "zone": zone}

    def record(
        self, decide: Callable[[Progress], Iterable[Fact]], *, names_units: bool = True
    ) -> WrittenFacts:
        """Record the facts that a decision on the journal's state leads to.

        Args:
            decide: The decision.
            names_units: Whether the facts may be about units; texts need no syllabus.

        Raises:
            CurriculumError: The journal cannot be read or written, or a syllabus cannot be read.
        """
        # Its titles are in what is said afterwards, when no file may stop the command any more.
        if names_units:
            _ = self.workspace.library
        with writing(self.workspace.journal) as journal:
            # Read again under the lock: another command may have recorded something since.
            before = replay(journal.facts, self.workspace.former_names)
            facts = tuple(decide(before))
            journal.append(facts)
        return WrittenFacts(facts, before)


def journal_writer(workspace: Workspace, said: SaidTime = NOW) -> JournalWriter:
    """Return what is needed to record facts about a time that the person gave.

    Raises:
        UsageError: It is still to come.
    """
    return writer_at(workspace, moment_said(workspace, said))


def writer_at(workspace: Workspace, at: datetime) -> JournalWriter:
    """Return what is needed to record facts about an instant, in UTC and whole seconds."""
    return JournalWriter(workspace, at, uuid4().hex)
