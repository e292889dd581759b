"""The desk a command works at: which workspace, and what time it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

AT_ONCE = timedelta(0)
"""Busy calendars are asked anew."""

LATER = timedelta(hours=1)
"""How old copies of busy calendars may be for commands that only look."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when a command runs.

    Attributes:
        root: The folder of the workspace.
        now: The instant of the command, aware; midnight UTC of a day that the user set.
        day: The day the user set as today; None means the clock's.
    """

    root: Path
    now: datetime
    day: date | None = None

    @property
    def calendars(self) -> Path:
        """The folder of what is published."""
        return self.root / "calendars"

    def today(self, zone: tzinfo) -> date:
        """Return today's date on the workspace's clock."""
        return self.day or self.now.astimezone(zone).date()

    def minute(self, zone: tzinfo) -> int:
        """Return the minute of now since the epoch; the first of the local day when the user set one."""
        moment = self.now if self.day is None else datetime.combine(self.day, time(), zone)
        return int(moment.timestamp()) // 60
