"""Read dates, times, durations and periods (RFC 5545 §3.3) leniently."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, tzinfo
from typing import NamedTuple, TypeAlias

from curriculum.ical.lenient_parser import Property
from curriculum.model.late_patterns import late_pattern
from curriculum.model.wall_clock import SECONDS_A_DAY, instant_of, local_midnight

_DATE_TIME = late_pattern(r"(\d{4})-?(\d\d)-?(\d\d)(?:[Tt](\d\d)(\d\d)(\d\d)?([Zz])?)?", re.ASCII)
_DURATION = late_pattern(
    r"([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?",
    re.IGNORECASE | re.ASCII,
)
_TZID = late_pattern(r';\s*TZID\s*=\s*(?:"([^"]*)"|([^;"]*))', re.IGNORECASE)

FindZone: TypeAlias = Callable[[str, Property], tzinfo]
"""Finds the zone of a TZID; the property is the place of a problem."""


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
        """The seconds since 1970-01-01T00:00Z at which the clock first shows this."""
        return instant_of(self.wall, self.zone)


class Length(NamedTuple):
    """How long something lasts: some seconds on the wall clock, then some exact ones.

    Days of a duration, and ends that are given as a time, move the wall clock; hours of a duration
    are exact (RFC 5545 §3.3.6). An `unknown` length reaches to the end of the day on the clock of
    the start: what is not understood must not be taken for free time.
    """

    wall: int = 0
    exact: int = 0
    unknown: bool = False


class Clocks(NamedTuple):
    """The zones in which the times of one calendar are read.

    Attributes:
        days: The zone of dates: the day of the person.
        floating: The zone of times that name none.
        named: Finds the zone of a TZID.
    """

    days: tzinfo
    floating: tzinfo
    named: FindZone


IN_UTC = Clocks(UTC, UTC, lambda name, found: UTC)
"""Reads every time as if its clock showed UTC."""


def parse_date_time(
    text: str,
    found: Property,
    clocks: Clocks,
) -> WallTime | None:
    """Return the date or time of a text, in the zone its property names; None when it is neither.

    `24:00:00` and the leap second `23:59:60` are the midnight after.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, utc = match.groups()
    try:
        midnight = local_midnight(date(int(year), int(month), int(day)))
    except ValueError:
        return None
    if hour is None:
        return WallTime(midnight, clocks.days, is_day=True)
    seconds = _second_of_day(int(hour), int(minute), int(second or 0))
    if seconds is None:
        return None
    wall = midnight + seconds
    if utc:
        return WallTime(wall, UTC)
    name = zone_name(found)
    if name is None:
        return WallTime(wall, clocks.floating, floats=True)
    return WallTime(wall, clocks.named(name, found))


def _second_of_day(hour: int, minute: int, second: int) -> int | None:
    if hour > 24 or minute > 59 or second > 60:
        return None
    if hour == 24 and minute + second:
        return None
    return hour * 3600 + minute * 60 + second


def zone_name(found: Property) -> str | None:
    """Return the TZID of a property, without quotes; None without one."""
    parameters = found.rest.rpartition(":")[0]
    match = _TZID.search(parameters)
    if match is None:
        return None
    quoted, plain = match.groups()
    name: str = plain if quoted is None else quoted
    return name.strip()


def parse_duration(text: str) -> Length | None:
    """Return the length written as `P1DT2H`; None when it is not a duration.

    >>> parse_duration("P1DT2H")
    Length(wall=86400, exact=7200, unknown=False)
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    sign, *numbers = match.groups()
    if not any(numbers):
        return None
    weeks, days, hours, minutes, seconds = [int(number or 0) for number in numbers]
    wall = (weeks * 7 + days) * SECONDS_A_DAY
    exact = hours * 3600 + minutes * 60 + seconds
    if sign == "-":
        return Length(-wall, -exact)
    return Length(wall, exact)


def on_clock_of(start: WallTime, other: WallTime) -> WallTime:
    """Return another time of an event; one that names no zone is on the clock of the start."""
    if other.floats and not start.is_day:
        return other._replace(zone=start.zone, floats=start.floats)
    return other


def length_between(start: WallTime, end: WallTime) -> Length:
    """Return the length from a start to an end; on one clock it is what the clock shows."""
    end = on_clock_of(start, end)
    if start.zone is end.zone:
        return Length(wall=end.wall - start.wall)
    return Length(exact=end.instant - start.instant)


def is_negative(length: Length) -> bool:
    """Return whether a length runs backwards."""
    return length.wall + length.exact < 0


def extent(start: WallTime, length: Length) -> tuple[int, int]:
    """Return the instants, in seconds, at which something starts and ends.

    The end is never before the start.
    """
    begin = instant_of(start.wall, start.zone)
    if length.unknown:
        next_midnight = (start.wall // SECONDS_A_DAY + 1) * SECONDS_A_DAY
        return begin, max(begin, instant_of(next_midnight, start.zone))
    end = instant_of(start.wall + length.wall, start.zone) + length.exact
    if end > begin:
        return begin, end
    # 02:30-03:30 on the night without that half hour: the start has the offset before the gap.
    return begin, begin + max(0, length.wall + length.exact)


def parse_period(
    text: str,
    found: Property,
    clocks: Clocks,
) -> tuple[WallTime, Length] | None:
    """Return the start and length of `start/end` or `start/duration`; None for anything else."""
    first, slash, last = text.partition("/")
    start = parse_date_time(first.strip(), found, clocks)
    if not slash or start is None:
        return None
    length = _length_to(last.strip(), start, found, clocks)
    if length is None or is_negative(length):
        return start, Length(unknown=True)
    return start, length


def _length_to(
    text: str,
    start: WallTime,
    found: Property,
    clocks: Clocks,
) -> Length | None:
    end = parse_date_time(text, found, clocks)
    if end is None:
        return parse_duration(text)
    return length_between(start, end)
