"""Find the zone a calendar means by a TZID: IANA and Windows names, paths that end in one; it never opens the file."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}", re.ASCII)
_UTC = frozenset(
    {"z", "utc", "gmt", "etc/utc", "etc/gmt", "zulu", "utc+0", "coordinated universal time"}
)


def find_zone(name: str) -> tzinfo | None:
    """Return the zone that a TZID, given without quotes, means in the whole world; None when nobody knows it."""
    if name.casefold() in _UTC:
        return UTC
    known = known_zone(name)
    if known is not None:
        return known
    windows = _windows_names().get(name.casefold())
    if windows is not None and (zone := known_zone(windows)) is not None:
        return zone
    return _by_path(name)


@lru_cache(maxsize=1024)
def known_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name in any case, or None; never raises, whatever the name.

    `ZoneInfo` raises four kinds of error for odd names, so only what looks like a name is asked for.
    """
    if _NAME.fullmatch(name) is None or len(name) > 60:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        exact = _exact_names().get(name.casefold())
        return ZoneInfo(exact) if exact is not None and exact != name else None


@cache
def _windows_names() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import (
        WINDOWS_TO_OLSON,
    )  # half the time it takes to read a small file

    return {windows.casefold(): name for windows, name in WINDOWS_TO_OLSON.items()}


@cache
def _exact_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def _by_path(name: str) -> tzinfo | None:
    """Return the zone whose name a path ends in, as in `/mozilla.org/20050126_1/Europe/Berlin`."""
    parts = [part for part in name.split("/")[-5:] if part]
    if "/" not in name:
        return None
    tails = ("/".join(parts[-size:]) for size in (3, 2))
    return next(
        (zone for tail in tails if "/" in tail and (zone := known_zone(tail)) is not None), None
    )
