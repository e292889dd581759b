"""Read the parameters of a property (RFC 5545 §3.2)."""

from __future__ import annotations

from curriculum.ical.lenient_parser import Property
from curriculum.model.late_patterns import late_pattern

_PARAMETER = late_pattern(r';\s*([A-Za-z0-9-]+)\s*=((?:"[^"]*"|[^;:"])*)')


def parameter(found: Property, name: str) -> str | None:
    """Return a parameter of a property, without quotes; None without one.

    Args:
        found: The property.
        name: The name of the parameter, in capitals.
    """
    position = 0
    while match := _PARAMETER.match(found.rest, position):
        if match[1].upper() == name:
            return match[2].strip().strip('"')
        position = match.end()
    return None
