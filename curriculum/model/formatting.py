"""Durations, days and counts as a person reads them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from curriculum.model.plan import instant

_ZERO_WIDTH_JOINER = "\u200d"


def hours_text(minutes: int) -> str:
    """Return minutes in hours and minutes.

    >>> hours_text(150), hours_text(45), hours_text(-120)
    ('2 h 30 min', '45 min', '-2 h')
    """
    hours, rest = divmod(abs(minutes), 60)
    parts = []
    if hours:
        parts.append(f"{hours} h")
    if rest or not hours:
        parts.append(f"{rest} min")
    sign = "-" if minutes < 0 else ""
    return sign + " ".join(parts)


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
    """Return the day something is due: the local day of the last minute before an instant."""
    return day_text(minute - 1, zone)


def clock_text(start: int, end: int, zone: tzinfo) -> str:
    """Return a span on the local clock, as `19:00-20:30`."""
    return f"{local(start, zone):%H:%M}-{local(end, zone):%H:%M}"


def counted(count: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "run"), counted(3, "run")
    ('1 run', '3 runs')
    """
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun}s"


def shortened(text: str, length: int) -> str:
    """Return at most `length` characters of a text, with an ellipsis, cut between whole letters."""
    if len(text) <= length:
        return text
    end = length - 1
    while end > 1 and _continues(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _continues(text: str, position: int) -> bool:
    """Return whether a character belongs to the letter before it: an accent, a joined emoji."""
    if unicodedata.category(text[position])[0] == "M":
        return True
    return _ZERO_WIDTH_JOINER in text[position - 1 : position + 1]


def names_text(names: Sequence[str], most: int) -> str:
    """Return names in a row, the first few where there are many.

    >>> names_text(["a/1", "a/2"], 2), names_text(["a/1", "a/2", "a/3"], 2)
    ('a/1, a/2', 'a/1, a/2 and 1 more')
    """
    shown = ", ".join(names[:most])
    hidden = len(names) - most
    return f"{shown} and {hidden} more" if hidden > 0 else shown


def zone_named(name: str, otherwise: tzinfo = UTC) -> tzinfo:
    """Return a zone by its name, or another one when this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return otherwise
