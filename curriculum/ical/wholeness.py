"""Tell whether bytes are a calendar, and all of one, without reading what it says."""

from __future__ import annotations

import re

from curriculum.model.late_patterns import late_pattern

_BEGIN = late_pattern(rb"BEGIN\s*:\s*VCALENDAR", re.IGNORECASE)
_LAST = late_pattern(rb"(?:^|[\r\n])(BEGIN|END)\s*:\s*([A-Z-]+)", re.IGNORECASE)
_WEB_PAGE = late_pattern(rb"<\s*(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LOOKED_AT = 20_000
"""How many bytes at an end are looked at; the line that ends a calendar is within them."""


def is_calendar(data: bytes) -> bool:
    """Return whether a calendar begins somewhere in the bytes."""
    return _BEGIN.search(_narrow(data)) is not None


def foreign_fault(data: bytes) -> str:
    """Return what bytes are that are not a calendar, as the end of a sentence."""
    if not data.strip():
        return "the answer is empty"
    if _WEB_PAGE.search(_narrow(data[:_LOOKED_AT])):
        return "the answer is a web page; does the address want a login?"
    return "the answer is not a calendar"


def is_whole(data: bytes) -> bool:
    """Return whether the last thing that begins or ends in the bytes is the end of a calendar."""
    found = _LAST.findall(_narrow(data[-_LOOKED_AT:]))
    if not found:
        return False
    mark, kind = found[-1]
    last: bytes = mark + kind
    return last.upper() == b"ENDVCALENDAR"


def _narrow(data: bytes) -> bytes:
    """Return the bytes of UTF-16 as those of ASCII, as far as they are ASCII."""
    if b"\0" in data[:64]:
        return data.replace(b"\0", b"")
    return data
