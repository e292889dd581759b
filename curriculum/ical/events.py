"""Read a VEVENT as a value: when it starts, how long it lasts, when it recurs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from curriculum.ical.date_times import (
    Clocks,
    Length,
    WallTime,
    is_negative,
    length_between,
    parse_date_time,
    parse_duration,
)
from curriculum.ical.lenient_parser import Component, Property
from curriculum.ical.parse_problems import ParseProblems
from curriculum.ical.recurrence import RECURRENCE, Recurrence, read_recurrence
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.wall_clock import SECONDS_A_DAY

TakesTime: TypeAlias = Callable[[Component, Mapping[str, Property]], bool]
"""Decides whether an event takes time, from its component and the first property of each name."""

_ONCE = Recurrence()
_MOST_DIGITS = 18
_ENDS = frozenset({"DTEND", "DURATION"})


@dataclass(frozen=True, slots=True)
class Event:
    """What an event says about time.

    Attributes:
        uid: Its UID; empty without one.
        line: Where it begins.
        sequence: The revision: of two with the same UID the higher counts (RFC 5545 §3.8.7.4).
        takes_time: Whether its own occurrences count. One that does not count can still replace
            occurrences that do.
        start: Where it starts, the first time.
        length: How long it lasts.
        recurrence: When it takes place again, or does not.
        has_end: Whether it says when it ends; a time without an end takes no time.
    """

    uid: str
    line: int
    sequence: int
    takes_time: bool
    start: WallTime
    length: Length
    recurrence: Recurrence = _ONCE
    has_end: bool = True


def read_event(
    component: Component,
    clocks: Clocks,
    problems: ParseProblems,
    takes_time: TakesTime,
) -> Event | None:
    """Return the event of a VEVENT, or None when it does not say when it starts."""
    properties = component.first_of_each()
    start = _start(component, properties, clocks, problems)
    if start is None:
        return None
    uid = ""
    if "UID" in properties:
        uid = properties["UID"].value
    recurrence = _ONCE
    if not properties.keys().isdisjoint(RECURRENCE):
        recurrence = read_recurrence(component, start, clocks, problems)
    return Event(
        uid,
        component.line,
        sequence_of(properties.get("SEQUENCE")),
        takes_time(component, properties),
        start,
        _length(component, properties, start, clocks, problems),
        recurrence,
        not properties.keys().isdisjoint(_ENDS),
    )


def sequence_of(found: Property | None) -> int:
    """Return the number of a SEQUENCE; 0 when it is missing or not a number."""
    if found is None:
        return 0
    text = found.value
    # Some programs number revisions by the time, in milliseconds.
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return 0


def _start(
    component: Component,
    properties: Mapping[str, Property],
    clocks: Clocks,
    problems: ParseProblems,
) -> WallTime | None:
    found = properties.get("DTSTART")
    if found is None:
        message = "this event has no start; it is ignored"
        problems.warn((component.line, 1), "busy-no-start", message, "add a 'DTSTART'")
        return None
    start = parse_date_time(found.times, found, clocks)
    if start is None:
        message = f"'{found.times[:40]}' is not a date or time; the event is ignored"
        hint = "write it like '20270104T180000'"
        problems.warn(found.place, "busy-bad-start", message, hint)
        return None
    for name, line, rest in component.parts:
        if name == "DTSTART" and rest != found.rest:
            _warn_of_second_start(Property(name, line, rest), problems)
    return start


def _warn_of_second_start(found: Property, problems: ParseProblems) -> None:
    message = f"the event has a second start, '{found.times[:40]}'; the first one counts"
    problems.warn(found.place, "busy-two-starts", message, "remove one of them")


def _length(
    component: Component,
    properties: Mapping[str, Property],
    start: WallTime,
    clocks: Clocks,
    problems: ParseProblems,
) -> Length:
    found = properties.get("DTEND") or properties.get("DURATION")
    if found is None:
        return _implied_length(component, start)
    length = _given_length(found, start, clocks)
    if length is None or is_negative(length):
        fault = "the event ends before it starts"
        if length is None:
            fault = f"'{found.times[:40]}' is not an end"
        message = f"{fault}; the event is taken to last until the end of the day"
        problems.warn(found.place, "busy-bad-end", message, "correct the end of the event")
        return Length(unknown=True)
    if start.is_day and length == Length():
        # Exchange ends an all-day event on the day it starts.
        return Length(wall=SECONDS_A_DAY)
    return length


def _implied_length(component: Component, start: WallTime) -> Length:
    """Return how long an event without an end lasts (RFC 5545 §3.6.1)."""
    if not component.ended:
        # The file is damaged here: the end may be among what is missing.
        return Length(unknown=True)
    if start.is_day:
        return Length(wall=SECONDS_A_DAY)
    return Length()


def _given_length(
    found: Property,
    start: WallTime,
    clocks: Clocks,
) -> Length | None:
    if found.name == "DURATION":
        return parse_duration(found.times)
    end = parse_date_time(found.times, found, clocks)
    if end is None:
        return None
    return length_between(start, end)
