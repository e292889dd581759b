"""Find the zone that a TZID means: IANA and Windows names, and paths that end in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, tzinfo
from functools import cache, lru_cache
from importlib import import_module
from zoneinfo import ZoneInfo, available_timezones

from curriculum.model.late_patterns import late_pattern

_NAME = late_pattern(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,3}", re.ASCII)
_MAX_NAME = 60
_PREFIX = late_pattern(r"tzone://Microsoft/", re.IGNORECASE)
"""What Exchange writes before the names of zones."""
_NUMBER = late_pattern(r"(?<=[a-z)]) \d{1,2}$", re.IGNORECASE)
_UTC = frozenset(
    {"z", "utc", "gmt", "etc/utc", "etc/gmt", "zulu", "utc+0", "coordinated universal time"}
)


def find_zone(name: str) -> tzinfo | None:
    """Return the zone that a TZID, given without quotes, means everywhere; None if unknown."""
    name = _PREFIX.sub("", name)
    if name.casefold() in _UTC:
        return UTC
    for candidate in _readings(name):
        zone = known_zone(candidate)
        if zone is not None:
            return zone
    return None


def _readings(name: str) -> Iterator[str]:
    """Yield the names that a TZID may stand for, the likeliest first.

    A path is known by its end, as `/mozilla.org/20050126_1/Europe/Berlin`. Outlook numbers a zone
    that a file names twice: `GMT Standard Time 1`.
    """
    yield name
    name = _NUMBER.sub("", name)
    windows = _windows_names().get(name.casefold())
    if windows is not None:
        yield windows
    if "/" in name:
        parts = [part for part in name.split("/")[-5:] if part]
        for size in (3, 2):
            if len(parts) > 1:
                yield "/".join(parts[-size:])


@lru_cache(maxsize=1024)
def known_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name in any case, or None; never raises, whatever the name."""
    # ZoneInfo raises four kinds of error for odd names: ask only for what looks like one.
    if _NAME.fullmatch(name) is None or len(name) > _MAX_NAME:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        exact = _exact_names().get(name.casefold(), name)
    if exact == name:
        return None
    return ZoneInfo(exact)


@cache
def _windows_names() -> dict[str, str]:
    """Return Windows names of zones, case-folded, to IANA names.

    The table is icalendar's, which takes half as long to import as a small calendar takes to read:
    so it is imported when a name is met that the machine's zone database does not know.
    """
    table: dict[str, str] = import_module("icalendar.timezone.windows_to_olson").WINDOWS_TO_OLSON
    return {windows.casefold(): name for windows, name in table.items()}


@cache
def _exact_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}
