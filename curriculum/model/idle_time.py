"""Times in which only one track has work that is ready, and what would fill them."""

from __future__ import annotations

from curriculum.model.identifiers import Track, UnitId
from curriculum.model.late_dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IdleTime:
    """A time in which a track has nothing ready, while the other one is studied.

    Attributes:
        track: The track that waits.
        start: When the other track is first studied for want of it.
        minutes: Minutes the other track is studied for want of it.
        until: When the track is studied again; None when nothing of it is left.
        waits_for: The unit whose end makes its next unit ready; None when that waits for a date.
    """

    track: Track
    start: int
    minutes: int
    until: int | None = None
    waits_for: UnitId | None = None


@dataclass(frozen=True, slots=True)
class Filler:
    """A work that could be studied at once, and the minutes that are left of it."""

    work: str
    minutes: int


@dataclass(frozen=True, slots=True)
class IdleTrack:
    """A time in which a track has nothing ready, and what would fill it.

    Attributes:
        time: The time.
        fillers: Works of the track that are ready.
        unread: For the papers, how many that came in are unread.
        ideas: For the papers, how many ideas are on the back burner.
    """

    time: IdleTime
    fillers: tuple[Filler, ...]
    unread: int = 0
    ideas: int = 0
