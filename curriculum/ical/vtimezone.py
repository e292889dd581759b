"""Make a clock of a VTIMEZONE (RFC 5545 §3.6.5) for the years that matter; who uses it is not known here."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

from curriculum.ical.date_times import Clocks, parse_date_time
from curriculum.ical.lenient_parser import Component, Property
from curriculum.ical.rrule import RruleError, parse_rrule
from curriculum.ical.rrule_expansion import Expansion, expand
from curriculum.model.wall_clock import DAY

_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)(?::?(\d\d))?", re.ASCII)
_EPOCH = datetime(1970, 1, 1)
_STEPS = 8_000
_LOOK_BACK = 800 * DAY


class Change(NamedTuple):
    """The clock is moved: what it shows at that moment, and its offsets before and after in seconds."""

    wall: int
    before: int
    after: int


class CustomZone(tzinfo):
    """A zone made of changes; a time in a gap or a fold is read with the offset before it (RFC 5545 §3.3.5)."""

    def __init__(self, name: str, changes: Iterable[Change]) -> None:
        ordered = sorted(set(changes))
        self._name = name
        self._walls = [change.wall + max(0, change.after - change.before) for change in ordered]
        self._offsets = [ordered[0].before, *(change.after for change in ordered)]

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return how far the clock is ahead of UTC when it shows a moment."""
        wall = (
            0
            if moment is None
            else int((moment.replace(tzinfo=None) - _EPOCH) / timedelta(seconds=1))
        )
        return timedelta(seconds=self._offsets[bisect_right(self._walls, wall)])

    def dst(self, moment: datetime | None) -> timedelta:
        """Return zero: summer time is part of the offset."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        """Return the name the file gives the zone."""
        return self._name


def custom_zone(
    name: str, observances: Iterable[Component], low: int, high: int
) -> CustomZone | None:
    """Return the zone that STANDARD and DAYLIGHT components define from low to high, or None when it cannot be read."""
    changes: list[Change] = []
    steps = _STEPS
    for observance in observances:
        found = _changes(observance, low - _LOOK_BACK, high + 2 * DAY, steps)
        if found is None:
            return None
        changes += found[0]
        steps -= found[1]
    return CustomZone(name, changes) if changes else None


def _changes(
    observance: Component, low: int, high: int, steps: int
) -> tuple[list[Change], int] | None:
    """Return when one observance begins and the steps that took, or None when it cannot be read."""
    properties = {found.name: found for found in observance.properties}
    before, after = _offset(properties.get("TZOFFSETFROM")), _offset(properties.get("TZOFFSETTO"))
    starts = _moments(properties.get("DTSTART"))
    if before is None or after is None or not starts:
        return None
    walls = [
        *starts,
        *(
            wall
            for found in observance.properties
            if found.name == "RDATE"
            for wall in _moments(found)
        ),
    ]
    spent = 0
    if "RRULE" in properties:
        expansion = _recurring(properties["RRULE"].times, starts[0], before, low, high, steps)
        if expansion is None or not expansion.complete:
            return None
        walls += expansion.walls
        spent = expansion.steps
    return [Change(wall, before, after) for wall in walls], spent


def _recurring(
    text: str, start: int, before: int, low: int, high: int, steps: int
) -> Expansion | None:
    try:
        read = parse_rrule(text)
    except RruleError:
        return None
    until = None
    if read.until is not None:
        last = parse_date_time(read.until, Property("UNTIL", 0, ""), _PLAIN)
        if last is None:
            return None
        until = last.wall if last.floats else last.wall + before
        low = min(
            low, until - _LOOK_BACK
        )  # the last change of a rule that has ended is still in force
    return expand(read, start, low, high, until, steps)


def _moments(found: Property | None) -> list[int]:
    if found is None:
        return []
    head = found.head
    moments = (parse_date_time(text, head, _PLAIN) for text in found.listed)
    return [read.wall for read in moments if read is not None]


def _offset(found: Property | None) -> int | None:
    match = None if found is None else _OFFSET.fullmatch(found.times)
    if match is None:
        return None
    hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4] or 0)
    size = hours * 3600 + minutes * 60 + seconds
    return None if size >= DAY else -size if match[1] == "-" else size


_PLAIN = Clocks(UTC, UTC, lambda name, found: UTC)
