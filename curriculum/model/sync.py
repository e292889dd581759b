"""What a sync with a calendar server did, and what it has to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import tzinfo
from enum import StrEnum

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Session


class Side(StrEnum):
    """Whose version of an event counts."""

    OURS = "ours"
    THEIRS = "theirs"


class QuestionKind(StrEnum):
    """What the person did on the server."""

    WIPED = "wiped"
    NEWER = "newer"
    DELETED = "deleted"
    CHANGED = "changed"
    UNPLANNED = "unplanned"


@dataclass(frozen=True, slots=True)
class EventName:
    """What a person calls an event.

    Attributes:
        title: Its title, or the readable part of its UID.
        session: The session it stands for; None for a deadline, or when it is not published.
        zone: The zone of the person's clock.
    """

    title: str
    session: Session | None
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class PushQuestion:
    """A question to the person: whose version counts?

    Attributes:
        kind: What they did: deleted all events of a calendar, sent a newer plan from another copy
            of the workspace, deleted one, changed one that
            changed here too, or changed one that is not planned any more.
        calendar: The calendar.
        event: The event; None for WIPED and NEWER.
        count: WIPED: how many events were deleted.
        of: WIPED: how many events there were.
    """

    kind: QuestionKind
    calendar: str
    event: EventName | None = None
    count: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """What was done to a calendar.

    Attributes:
        new: How many events were written that were not there.
        changed: How many were overwritten.
        removed: How many were removed.
        overtaken: UIDs of events that were left alone, as they changed on the server meanwhile.
        refused: UID of an event that the server refused to its reason.
        untried: How many changes were not tried, as the server had refused all before.
    """

    new: int = 0
    changed: int = 0
    removed: int = 0
    overtaken: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    untried: int = 0

    @property
    def requests(self) -> int:
        """How many requests it took."""
        return self.new + self.changed + self.removed


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event that the server refused.

    Attributes:
        event: What a person calls it.
        reason: What the server refused, and its answer.
    """

    event: EventName
    reason: str


@dataclass(frozen=True, slots=True)
class CalendarPush:
    """What a push did to one calendar.

    Attributes:
        name: The calendar.
        sent: What was sent, or would be.
        unchanged: How many events were left as they are.
        is_dry_run: Whether nothing was really sent.
        unanswered: Questions that are still open; their events were left alone.
        overtaken: Events that changed on the server while they were to be sent.
        refused: Events that the server refused; they are sent again by the next push.
        failure: Why nothing could be done with this calendar; empty when something could.
    """

    name: str
    sent: Sent = Sent()
    unchanged: int = 0
    is_dry_run: bool = False
    unanswered: tuple[PushQuestion, ...] = ()
    overtaken: tuple[EventName, ...] = ()
    refused: tuple[RefusedEvent, ...] = ()
    failure: str = ""


@dataclass(frozen=True, slots=True)
class LeftEdit:
    """An edit on the server that was not taken over.

    Attributes:
        title: The title of the event.
        reason: Why, as a clause about the event.
    """

    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class MassDeletion:
    """A calendar from which all events, or a large share of them, were deleted.

    Attributes:
        name: The calendar.
        count: How many events were deleted.
        of: How many there were.
    """

    name: str
    count: int
    of: int
