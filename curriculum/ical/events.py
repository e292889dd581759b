"""Read one VEVENT as a value, and say what of it was not understood; other events and the asked time it ignores."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

from curriculum.ical.date_times import (
    Clocks,
    Length,
    WallTime,
    between,
    parse_date_time,
    parse_duration,
    parse_period,
)
from curriculum.ical.filters import EventFilter
from curriculum.ical.lenient_parser import Component, Property
from curriculum.ical.parse_problems import ParseProblems
from curriculum.ical.rrule import RruleError, Rule, parse_rrule
from curriculum.model.wall_clock import DAY, wall_of

_OURS = "X-CURRICULUM"
_RECURRENCE = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})


class Recurring(NamedTuple):
    """A rule of an event, the last wall time it may start at, and the line it stands on."""

    rule: Rule
    until: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Event:
    """What an event says about time.

    Attributes:
        uid: Its UID; empty without one.
        line: Where it begins.
        sequence: The revision: of two with the same UID the higher counts.
        busy: Whether it takes the time of the person.
        start: Where it starts, the first time.
        length: How long it lasts.
        rules: When it recurs.
        more: Further occurrences; a length of None is that of the event.
        without: Starts of occurrences that do not take place.
        replaces: The start of the occurrence of another event that this one replaces.
        onwards: It replaces that occurrence and all later ones.
    """

    uid: str
    line: int
    sequence: int
    busy: bool
    start: WallTime
    length: Length
    rules: tuple[Recurring, ...] = ()
    more: tuple[tuple[WallTime, Length | None], ...] = ()
    without: tuple[WallTime, ...] = ()
    replaces: WallTime | None = None
    onwards: bool = False


def read_event(
    component: Component,
    clocks: Clocks,
    ours: Container[str],
    doubts: ParseProblems,
    is_ignored: EventFilter,
) -> Event | None:
    """Return the event of a VEVENT, or None when it does not say when it starts."""
    once = {found.name: found for found in reversed(component.properties)}  # of several the first
    start = _start(component, once, clocks, doubts)
    if start is None:
        return None
    uid = once["UID"].value if "UID" in once else ""
    busy = (
        _is_busy(once)
        and uid not in ours
        and _OURS not in once
        and not is_ignored(component.properties)
    )
    length = _length(component, once, start, clocks, doubts)
    sequence = _sequence(once.get("SEQUENCE"))
    if once.keys().isdisjoint(_RECURRENCE):
        return Event(uid, component.line, sequence, busy, start, length)
    replaced = once.get("RECURRENCE-ID")
    return Event(
        uid,
        component.line,
        sequence,
        busy,
        start,
        length,
        rules=_rules(component, start, clocks, doubts),
        more=_more(component, clocks, doubts),
        without=_without(component, clocks, doubts),
        replaces=None if replaced is None else _date(replaced.times, replaced, clocks, doubts),
        onwards=replaced is not None and "THISANDFUTURE" in replaced.rest.upper(),
    )


def _is_busy(once: dict[str, Property]) -> bool:
    """Say whether an event takes time: opaque unless it says otherwise, and not cancelled (RFC 5545 §3.8.2.7)."""
    if "STATUS" in once and once["STATUS"].value.upper() == "CANCELLED":
        return False
    if "TRANSP" in once:
        return once["TRANSP"].value.upper() != "TRANSPARENT"
    return not (
        "X-MICROSOFT-CDO-BUSYSTATUS" in once
        and once["X-MICROSOFT-CDO-BUSYSTATUS"].value.upper() == "FREE"
    )


def _sequence(found: Property | None) -> int:
    text = "" if found is None else found.value
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _start(
    component: Component, once: dict[str, Property], clocks: Clocks, doubts: ParseProblems
) -> WallTime | None:
    found = once.get("DTSTART")
    if found is None:
        message = "this event has no start; it is not counted as busy"
        doubts.warn(component.line, 1, "busy-no-start", message, "add a 'DTSTART'")
        return None
    start = parse_date_time(found.times, found, clocks)
    if start is None:
        message = f"'{found.times[:40]}' is no date or time; the event is not counted as busy"
        doubts.warn(
            found.line, found.column, "busy-bad-start", message, "write it like '20270104T180000'"
        )
        return None
    for name, line, rest in component.parts:
        if name == "DTSTART" and rest != found.rest:
            again = Property(name, line, rest)
            message = (
                f"the event starts a second time at '{again.times[:40]}'; the first start counts"
            )
            doubts.warn(line, again.column, "busy-two-starts", message, "remove one of them")
    return start


def _length(
    component: Component,
    once: dict[str, Property],
    start: WallTime,
    clocks: Clocks,
    doubts: ParseProblems,
) -> Length:
    found = once.get("DTEND") or once.get("DURATION")
    if found is None:
        if not component.ended:
            return Length(unknown=True)
        return Length(wall=DAY) if start.is_day else Length()
    if found.name == "DTEND":
        end = parse_date_time(found.times, found, clocks)
        length = None if end is None else between(start, end)
    else:
        length = parse_duration(found.times)
    if length is None or length.wall + length.exact < 0:
        what = (
            f"'{found.times[:40]}' is no end"
            if length is None
            else "the event ends before it starts"
        )
        message = f"{what}; it is taken to last to the end of the day"
        doubts.warn(
            found.line, found.column, "busy-bad-end", message, "correct the end of the event"
        )
        return Length(unknown=True)
    if start.is_day and length == Length():
        return Length(wall=DAY)  # Exchange ends an all-day event on the day it starts
    return length


def _rules(
    component: Component, start: WallTime, clocks: Clocks, doubts: ParseProblems
) -> tuple[Recurring, ...]:
    rules = []
    for found in component.properties:
        if found.name == "EXRULE":
            message = "exceptions by rule are not understood; the occurrences stay busy"
            doubts.warn(found.line, found.column, "busy-exrule", message, "use 'EXDATE'")
        if found.name != "RRULE":
            continue
        try:
            read = parse_rrule(found.times)
            rules.append(Recurring(read, _until(read, start, found, clocks), found.line))
        except RruleError as error:
            message = f"the rule {error}; only the first occurrence is counted as busy"
            doubts.warn(found.line, found.column, "busy-bad-rule", message, "correct the 'RRULE'")
    return tuple(rules)


def _until(read: Rule, start: WallTime, found: Property, clocks: Clocks) -> int | None:
    """Return the last wall time at which an occurrence may start.

    Files mix the types of UNTIL and DTSTART, and leave out zones: of the readings the later one is taken.
    """
    if read.until is None:
        return None
    last = parse_date_time(read.until, found, clocks)
    if last is None:
        raise RruleError(f"has 'UNTIL={read.until[:20]}'")
    if last.is_day:
        return last.wall + DAY - 1
    if last.floats:
        return last.wall
    there = wall_of(last.instant, start.zone)
    return max(there, last.wall) if start.is_day else there


def _more(
    component: Component, clocks: Clocks, doubts: ParseProblems
) -> tuple[tuple[WallTime, Length | None], ...]:
    found_more: list[tuple[WallTime, Length | None]] = []
    for found, text in _listed(component, "RDATE"):
        if "/" in text:
            read = parse_period(text, found, clocks)
            if read is None:
                _doubt(text, found, doubts)
            else:
                found_more.append(read)
        elif (read_date := _date(text, found, clocks, doubts)) is not None:
            found_more.append((read_date, None))
    return tuple(found_more)


def _without(component: Component, clocks: Clocks, doubts: ParseProblems) -> tuple[WallTime, ...]:
    read = (_date(text, found, clocks, doubts) for found, text in _listed(component, "EXDATE"))
    return tuple(date for date in read if date is not None)


def _listed(component: Component, name: str) -> list[tuple[Property, str]]:
    lists = [found for found in component.properties if found.name == name]
    return [(head, text) for found in lists for head in [found.head] for text in found.listed]


def _date(text: str, found: Property, clocks: Clocks, doubts: ParseProblems) -> WallTime | None:
    read = parse_date_time(text, found, clocks)
    if read is None:
        _doubt(text, found, doubts)
    return read


def _doubt(text: str, found: Property, doubts: ParseProblems) -> None:
    message = f"'{text[:40]}' in '{found.name}' is no date or time; it is passed over"
    doubts.warn(
        found.line, found.column, "busy-bad-date", message, "write it like '20270104T180000'"
    )
