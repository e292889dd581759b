"""What was published, so that a calendar program can follow changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.habits import SittingKind
from curriculum.model.identifiers import TRACKS, Track
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Session
from curriculum.model.settings import Settings

DEADLINES = "deadlines.ics"
LEDGER = "ledger.json"
PREVIOUS = "previous.json"
"""The ledger of the publication before."""


def calendar_file(track: Track) -> str:
    """Return the name of the file that holds a track's sessions.

    >>> calendar_file("papers")
    'papers.ics'
    """
    return f"{track}.ics"


CALENDARS = (*map(calendar_file, TRACKS), DEADLINES)
"""The names of the published calendars."""

COMBINED = "study.ics"
FREE_BUSY = "free-busy.ics"
HABITS = "habits.ics"
REVIEW_SITTINGS = "review.ics"
EXPLORATION = "exploration.ics"
SKIM_SITTINGS = "skim.ics"
SITTING_FILES: Mapping[SittingKind, str] = {
    SittingKind.HABIT: HABITS,
    SittingKind.REVIEW: REVIEW_SITTINGS,
    SittingKind.EXPLORATION: EXPLORATION,
    SittingKind.SKIM: SKIM_SITTINGS,
}
"""The calendar in which sittings of each kind are published."""

MORE_CALENDARS = (COMBINED, FREE_BUSY, *SITTING_FILES.values())
"""The names of those that are there where the settings ask for them."""


def more_calendars(settings: Settings) -> tuple[str, ...]:
    """Return the names of the calendars that are published besides those of the tracks."""
    wanted = {
        COMBINED: settings.publish.combined,
        FREE_BUSY: settings.publish.free_busy,
        HABITS: bool(settings.habits),
        REVIEW_SITTINGS: settings.review is not None,
        EXPLORATION: settings.explore is not None,
        SKIM_SITTINGS: settings.skim is not None,
    }
    return tuple(name for name, is_wanted in wanted.items() if is_wanted)


def sitting_calendars(settings: Settings) -> tuple[str, ...]:
    """Return the names of the calendars of sittings that are published."""
    wanted = more_calendars(settings)
    return tuple(file for file in SITTING_FILES.values() if file in wanted)


def has_sessions(file: str) -> bool:
    """Whether the events of a calendar stand for sessions."""
    return file != DEADLINES and file not in SITTING_FILES.values()


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """One event as it was last published.

    Attributes:
        entry: Everything it says; its SEQUENCE and stamps change only when this does.
        sequence: Its SEQUENCE: how often the entry has changed (RFC 5545 §3.8.7.4).
        stamp: Its DTSTAMP and LAST-MODIFIED: when the entry last changed, in UTC, whole seconds.
        session: The session it stands for, None for a deadline. Once the session is over, the entry
            may say what was really done in it; the session stays as it was planned.
    """

    entry: CalendarEntry
    sequence: int
    stamp: datetime
    session: Session | None = None


@dataclass(frozen=True)
class Ledger:
    """Everything that was published under one plan id.

    Attributes:
        plan: The plan's own id, part of every UID.
        events: UID to the event as it was last published, those that are over included; sorted.
        retired: UIDs that were published once and are not any more; never used again.
        cancelled: UID of a retired event to what is left to say of it, with the SEQUENCE and stamp
            of its end; sorted. Earlier versions forgot those that were over for four weeks.
        files: Calendar to the digest of its bytes, which were parsed again and found right; sorted.
        finishes: Goal, as typed, to the minute at which the plan finishes it, for goals that it
            finishes; sorted.
        rescheduled: UID of a session that was over, with something of it still to do, when a plan
            was published, to the minute of that first publication, which put the rest elsewhere;
            sorted.
        balances: Minute to the share of the study time that the textbooks get from then on; the
            first is 0, and stands for all the time before the second. Empty in ledgers of earlier
            versions.
        basis: What the plan was made of, as a digest: its goals and the settings that share out the
            time; empty in ledgers of earlier versions, and in one that was made again.
        writer: How the events of the calendars were written; 0 when it is not known.
    """

    plan: str
    events: Mapping[str, PublishedEvent] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)
    finishes: Mapping[str, int] = field(default_factory=dict)
    cancelled: Mapping[str, PublishedEvent] = field(default_factory=dict)
    rescheduled: Mapping[str, int] = field(default_factory=dict)
    balances: Mapping[int, Fraction] = field(default_factory=dict)
    basis: str = ""
    writer: int = 0

    def sessions(self) -> tuple[tuple[str, Session], ...]:
        """Return the published sessions with their UIDs, in calendar order."""
        return self._sessions

    @cached_property
    def _sessions(self) -> tuple[tuple[str, Session], ...]:
        found = []
        for uid, event in self.events.items():
            if event.session is not None:
                found.append((uid, event.session))
        return tuple(sorted(found, key=_by_start))


def _by_start(named: tuple[str, Session]) -> tuple[int, str]:
    uid, session = named
    return session.start, uid
