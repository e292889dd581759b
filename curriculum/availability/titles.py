"""Compare titles of events with patterns that the person writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fnmatch import translate

from curriculum.ical.lenient_parser import Property
from curriculum.ical.texts import unescaped


def title_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern in which only `*` and `?` are special: a `[` is itself."""
    literal_brackets = compared(pattern).replace("[", "[[]")
    return re.compile(translate(literal_brackets), re.IGNORECASE | re.DOTALL)


def has_title(properties: Mapping[str, Property], patterns: Iterable[re.Pattern[str]]) -> bool:
    """Return whether the title of an event matches one of some patterns, in any case."""
    summary = properties.get("SUMMARY")
    if summary is None:
        return False
    title = compared(unescaped(summary.value))
    return any(pattern.fullmatch(title) for pattern in patterns)


def compared(text: str) -> str:
    """Return a text as it is compared: in any case, whatever space is around it."""
    return text.strip().casefold()
