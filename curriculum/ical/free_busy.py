"""Read the periods of a VFREEBUSY (RFC 5545 §3.6.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curriculum.ical.date_times import Clocks, Length, WallTime, parse_period
from curriculum.ical.lenient_parser import Component, Property
from curriculum.ical.parse_problems import ParseProblems


class BusyPeriod(NamedTuple):
    """A period of a VFREEBUSY and its type in capitals; `BUSY` where it names none."""

    kind: str
    start: WallTime
    length: Length


def read_periods(
    component: Component,
    clocks: Clocks,
    problems: ParseProblems,
) -> Iterator[BusyPeriod]:
    """Yield the periods of a component, in file order; those of type FREE are skipped."""
    for found in component.properties:
        if found.name != "FREEBUSY":
            continue
        kind = _type_of(found)
        if kind == "FREE":
            continue
        head = found.head
        for text in found.listed:
            period = parse_period(text, head, clocks)
            if period is None:
                message = f"'{text[:40]}' is not a period; it is ignored"
                problems.warn(found.place, "busy-bad-date", message, "write it like 'start/end'")
                continue
            yield BusyPeriod(kind, *period)


def _type_of(found: Property) -> str:
    """Return the FBTYPE; BUSY is the default (RFC 5545 §3.2.9)."""
    parameters = found.rest.rpartition(":")[0].upper()
    plain = parameters.replace(" ", "").replace('"', "")
    types = []
    for parameter in plain.split(";"):
        name, _, value = parameter.partition("=")
        if name == "FBTYPE":
            types.append(value)
    if "FREE" in types:
        return "FREE"
    return types[0] if types else "BUSY"
