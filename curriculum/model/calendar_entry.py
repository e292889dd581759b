"""What each calendar entry says, as a plain value; how it is spelt in a calendar file is not known here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

DIGEST = 32
"""How many hexadecimal digits of a digest are kept."""


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
        pieces: Units and their minutes, in order.
        alarm: Minutes before the start at which to remind; None for never.
    """

    uid: str
    file: str
    start: date
    end: date
    summary: str
    description: str
    categories: tuple[str, ...] = ()
    url: str | None = None
    pieces: tuple[tuple[str, int], ...] = ()
    alarm: int | None = None

    @property
    def is_all_day(self) -> bool:
        """Whether it marks days and takes no time."""
        return not isinstance(self.start, datetime)


def digest_of(data: bytes) -> str:
    """Return the digest of some bytes."""
    return sha256(data).hexdigest()[:DIGEST]
