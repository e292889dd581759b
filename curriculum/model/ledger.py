"""What was published, so that a calendar program can follow changes; how it is kept on disk is not known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from curriculum.model.names import TRACKS, Track

DEADLINES = "deadlines.ics"
LEDGER = "ledger.json"


def calendar_file(track: Track) -> str:
    """Return the name of the file that holds a track's sessions.

    >>> calendar_file("papers")
    'papers.ics'
    """
    return f"{track}.ics"


CALENDARS = (*map(calendar_file, TRACKS), DEADLINES)
"""The names of the published calendars."""


@dataclass(frozen=True, slots=True)
class Published:
    """One event as it was last published.

    Attributes:
        file: The calendar that holds it.
        content: A digest of everything it says; its SEQUENCE and stamps change only when this does.
        sequence: Its SEQUENCE: how often the content has changed (RFC 5545 §3.8.7.4).
        stamp: Its DTSTAMP and LAST-MODIFIED: when the content last changed, in UTC, whole seconds.
    """

    file: str
    content: str
    sequence: int
    stamp: datetime


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that was published under one plan id.

    Attributes:
        plan: The plan's own id, part of every UID.
        events: UID to the event as it was last published; sorted.
        retired: UIDs that were published once and are not any more; never used again.
        files: Calendar to the digest of its bytes, which were parsed again and found right; sorted.
    """

    plan: str
    events: Mapping[str, Published] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)
