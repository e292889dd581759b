"""Durations, days and names in the words of a person; nothing is computed here but their spelling."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from curriculum.model.plan import instant


def hours_text(minutes: int) -> str:
    """Return minutes as a person says them.

    >>> hours_text(150), hours_text(45), hours_text(120)
    ('2 h 30 min', '45 min', '2 h')
    """
    whole, rest = divmod(abs(minutes), 60)
    parts = [f"{whole} h"] * bool(whole) + [f"{rest} min"] * (bool(rest) or not whole)
    return ("-" if minutes < 0 else "") + " ".join(parts)


def local(minute: int, zone: tzinfo) -> datetime:
    """Return an instant on the local clock."""
    return instant(minute).astimezone(zone)


def day_text(minute: int, zone: tzinfo) -> str:
    """Return the local day of an instant, as `Mon 4 Jan 2027`."""
    moment = local(minute, zone)
    return f"{moment:%a} {moment.day} {moment:%b %Y}"


def moment_text(moment: datetime, zone: tzinfo) -> str:
    """Return an instant on the local clock, as `Mon 4 Jan 2027 19:00`."""
    there = moment.astimezone(zone)
    return f"{there:%a} {there.day} {there:%b %Y %H:%M}"


def last_day(minute: int, zone: tzinfo) -> str:
    """Return the local day that holds the last minute before an instant: the day something is due."""
    return day_text(minute - 1, zone)


def clock_text(start: int, end: int, zone: tzinfo) -> str:
    """Return a span on the local clock, as `19:00-20:30`."""
    return f"{local(start, zone):%H:%M}-{local(end, zone):%H:%M}"


def counted(count: int, thing: str) -> str:
    """Return how many there are of a thing.

    >>> counted(1, "run"), counted(3, "run")
    ('1 run', '3 runs')
    """
    return f"{count} {thing}{'s' * (count != 1)}"


def zone_named(name: str) -> tzinfo:
    """Return a zone by its name; one that this machine does not know is taken as UTC."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC
