"""Read dates, times, durations and periods (RFC 5545 §3.3) leniently; which event they are of is not known here."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, tzinfo
from typing import NamedTuple, TypeAlias

from curriculum.ical.lenient_parser import Property
from curriculum.model.wall_clock import DAY, instant_of, local_midnight

_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt](\d\d)(\d\d)(\d\d)?([Zz])?)?", re.ASCII)
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE | re.ASCII,
)
_ZONE = re.compile(r';\s*TZID\s*=\s*(?:"([^"]*)"|([^;"]*))', re.IGNORECASE)

ZoneOf: TypeAlias = Callable[[str, Property], tzinfo]
"""Finds the zone of a TZID; the property is where the name stands."""


class WallTime(NamedTuple):
    """What a clock shows: `wall` in seconds since 1970-01-01T00:00 on it.

    Attributes:
        wall: The time shown.
        zone: The zone of the clock.
        is_day: A date without a time; `wall` is its midnight.
        floats: A time that names no zone; `zone` is a guess.
    """

    wall: int
    zone: tzinfo
    is_day: bool = False
    floats: bool = False

    @property
    def instant(self) -> int:
        """Return the seconds since 1970-01-01T00:00Z at which the clock shows this, for the first time."""
        return instant_of(self.wall, self.zone)


class Length(NamedTuple):
    """How long something lasts: first so many seconds on the wall clock, then so many exact ones.

    Days of a duration and ends that are given as a time move the wall clock; hours of a duration are exact
    (RFC 5545 §3.3.6). `unknown` lasts to the end of the day on the clock of the start: what is not understood is not
    free.
    """

    wall: int = 0
    exact: int = 0
    unknown: bool = False


class Clocks(NamedTuple):
    """The zones that times of one calendar are read in.

    Attributes:
        days: The zone of dates: the day of the person.
        floating: The zone of times that name none.
        named: Finds the zone of a TZID.
    """

    days: tzinfo
    floating: tzinfo
    named: ZoneOf


def parse_date_time(text: str, found: Property, clocks: Clocks) -> WallTime | None:
    """Return the date or time of a text, in the zone its property names; None when it is neither.

    `24:00:00` and the leap second `23:59:60` are the midnight after.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        wall = local_midnight(date(int(year), int(month), int(day)))
    except ValueError:
        return None
    if hour is None:
        return WallTime(wall, clocks.days, is_day=True)
    hours, minutes, seconds = int(hour), int(minute), int(second or 0)
    if hours > 24 or minutes > 59 or seconds > 60 or (hours == 24 and minutes + seconds):
        return None
    wall += hours * 3600 + minutes * 60 + seconds
    if utc:
        return WallTime(wall, UTC)
    name = zone_name(found)
    return (
        WallTime(wall, clocks.floating, floats=True)
        if name is None
        else WallTime(wall, clocks.named(name, found))
    )


def zone_name(found: Property) -> str | None:
    """Return the TZID of a property, without quotes; None without one."""
    match = _ZONE.search(found.rest.rpartition(":")[0])
    return None if match is None else (match[1] if match[1] is not None else match[2]).strip()


def parse_duration(text: str) -> Length | None:
    """Return the length written as `P1DT2H`; None when it is no duration.

    >>> duration("P1DT2H")
    Length(wall=86400, exact=7200, unknown=False)
    """
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(number or 0) for number in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    return Length(sign * (weeks * 7 + days) * DAY, sign * (hours * 3600 + minutes * 60 + seconds))


def between(start: WallTime, end: WallTime) -> Length:
    """Return the length from a start to an end; on one clock it is what the clock shows."""
    if start.zone is end.zone:
        return Length(wall=end.wall - start.wall)
    return Length(exact=end.instant - start.instant)


def extent(start: WallTime, length: Length) -> tuple[int, int]:
    """Return the instants, in seconds, at which something starts and ends; the end never lies before the start."""
    begin = instant_of(start.wall, start.zone)
    if length.unknown:
        return begin, max(begin, instant_of((start.wall // DAY + 1) * DAY, start.zone))
    end = instant_of(start.wall + length.wall, start.zone) + length.exact
    # 02:30-03:30 on the night without that half hour: the start is read with the offset before the gap.
    return begin, end if end > begin else begin + max(0, length.wall + length.exact)


def parse_period(text: str, found: Property, clocks: Clocks) -> tuple[WallTime, Length] | None:
    """Return the start and length of `start/end` or `start/duration`; None when it is no period."""
    first, slash, last = text.partition("/")
    start = parse_date_time(first.strip(), found, clocks)
    if not slash or start is None:
        return None
    end = parse_date_time(last.strip(), found, clocks)
    length = parse_duration(last.strip()) if end is None else between(start, end)
    if length is None or length.wall + length.exact < 0:
        return start, Length(unknown=True)
    return start, length
