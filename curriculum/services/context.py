"""Where and when a command runs: the folder of the workspace, and the one reading of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path

from curriculum.model.late_dataclasses import dataclass

AT_ONCE = timedelta(0)
"""Ask for busy calendars again, however new the copies are."""

LATER = timedelta(hours=1)
"""How old copies of busy calendars may be for commands that only look."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when a command runs.

    Attributes:
        root: The folder of the workspace.
        now: The instant of the command, aware. Only the maker of the context reads the clock.
        day: The day the user set as today; None means that of `now`.
    """

    root: Path
    now: datetime
    day: date | None = None

    @property
    def calendars(self) -> Path:
        """The folder of what is published."""
        return self.root / "calendars"

    @property
    def stamp(self) -> datetime:
        """The instant that events are stamped with: now, or 00:00 UTC of the day that was set."""
        if self.day is None:
            return self.now
        return datetime.combine(self.day, time(), UTC)

    def today(self, zone: tzinfo) -> date:
        """Return today's date on the workspace's clock."""
        return self.day or self.now.astimezone(zone).date()

    def minute(self, zone: tzinfo) -> int:
        """Return the minute of now since the epoch; the first of the local day if one was set."""
        moment = self.now if self.day is None else datetime.combine(self.day, time(), zone)
        return int(moment.timestamp()) // 60
