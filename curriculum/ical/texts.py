"""Read values of type TEXT, and lists of them (RFC 5545 §3.3.11)."""

from __future__ import annotations

import re

from curriculum.model.late_patterns import late_pattern

_ESCAPE = late_pattern(r"\\(.)", re.DOTALL)
_ITEM = late_pattern(r"(?:[^\\,]|\\.)+", re.DOTALL)


def unescaped(value: str) -> str:
    r"""Return a text without its escapes.

    >>> unescaped("Read\\, then write")
    'Read, then write'
    """
    if "\\" not in value:
        return value
    return _ESCAPE.sub(_plain_character, value)


def _plain_character(match: re.Match[str]) -> str:
    character: str = match[1]
    if character in "nN":
        return "\n"
    return character


def listed_texts(value: str) -> list[str]:
    """Return the texts of a list such as CATEGORIES, without their escapes."""
    return [unescaped(item) for item in _ITEM.findall(value)]
