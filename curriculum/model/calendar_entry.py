"""What each published calendar entry says, as a plain value."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.plan import Piece

_DIGEST_LENGTH = 32


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One calendar entry, apart from its SEQUENCE and stamps.

    Attributes:
        uid: Its name, unique for ever.
        file: The calendar that holds it.
        start: An instant in UTC; a date for an entry that lasts all day.
        end: The first instant, or day, after it.
        summary: One line.
        description: Several lines.
        categories: Its labels.
        url: The address of the work, None when it has none.
        pieces: Units with their minutes and pages, in order.
        alarms: Minutes before the start at which to remind, the earliest first.
        is_free: Whether the time is shown as free, so that others may take it.
        depends_on: The UIDs of the sessions that must be held before it.
    """

    uid: str
    file: str
    start: date
    end: date
    summary: str
    description: str
    categories: tuple[str, ...] = ()
    url: str | None = None
    pieces: tuple[Piece, ...] = ()
    alarms: tuple[int, ...] = ()
    is_free: bool = False
    depends_on: tuple[str, ...] = ()

    @property
    def is_all_day(self) -> bool:
        """Whether it marks days and takes no time."""
        return not isinstance(self.start, datetime)


def digest_of(data: bytes) -> str:
    """Return the digest of a published file."""
    return sha256(data).hexdigest()[:_DIGEST_LENGTH]
