"""Read when an event recurs: RRULE, RDATE, EXDATE, RECURRENCE-ID (RFC 5545 §3.8.4.4, §3.8.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from curriculum.ical.date_times import (
    Clocks,
    Length,
    WallTime,
    on_clock_of,
    parse_date_time,
    parse_period,
)
from curriculum.ical.lenient_parser import Component, Property
from curriculum.ical.parse_problems import ParseProblems
from curriculum.ical.rrule import Rrule, RruleError, parse_rrule
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.wall_clock import SECONDS_A_DAY, wall_of

RECURRENCE = frozenset({"RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"})
"""The properties that are read here."""


class EventRule(NamedTuple):
    """A rule, the last wall time at which an occurrence may start, and the rule's line."""

    rule: Rrule
    until: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When an event takes place again, or does not.

    Attributes:
        rules: Its rules.
        extra: Further occurrences; a length of None is that of the event.
        excluded: Starts of occurrences that do not take place.
        replaces: The start of the occurrence of another event that this one replaces.
        onwards: It replaces that occurrence and all later ones.
    """

    rules: tuple[EventRule, ...] = ()
    extra: tuple[tuple[WallTime, Length | None], ...] = ()
    excluded: tuple[WallTime, ...] = ()
    replaces: WallTime | None = None
    onwards: bool = False


def read_recurrence(
    component: Component,
    start: WallTime,
    clocks: Clocks,
    problems: ParseProblems,
) -> Recurrence:
    """Return what a component says of its recurrence, given its start."""
    named = component.properties
    rules: list[EventRule] = []
    extra: list[tuple[WallTime, Length | None]] = []
    excluded: list[WallTime] = []
    for found in named:
        if found.name == "RRULE":
            rules += _rules(found, start, clocks, problems)
        elif found.name == "RDATE":
            extra += _extra(found, start, clocks, problems)
        elif found.name == "EXDATE":
            excluded += _excluded(found, clocks, problems)
        elif found.name == "EXRULE":
            message = "exceptions given as a rule are not supported; the occurrences still count"
            problems.warn(found.place, "busy-exrule", message, "use 'EXDATE'")
    replaced = component.first_of_each().get("RECURRENCE-ID")
    if replaced is None:
        return Recurrence(tuple(rules), tuple(extra), tuple(excluded))
    return Recurrence(
        tuple(rules),
        tuple(extra),
        tuple(excluded),
        replaces=_date_time(replaced.times, replaced, clocks, problems),
        onwards="THISANDFUTURE" in replaced.rest.upper(),
    )


def _rules(
    found: Property,
    start: WallTime,
    clocks: Clocks,
    problems: ParseProblems,
) -> Iterator[EventRule]:
    """Yield the rule of a property, if it can be read."""
    try:
        rule = parse_rrule(found.times)
        yield EventRule(rule, _until(rule, start, found, clocks), found.line)
    except RruleError as error:
        message = f"the rule {error}; only the first occurrence counts"
        problems.warn(found.place, "busy-bad-rule", message, "correct the 'RRULE'")


def _until(
    rule: Rrule,
    start: WallTime,
    found: Property,
    clocks: Clocks,
) -> int | None:
    """Return the last wall time at which an occurrence may start.

    Files mix the types of UNTIL and DTSTART, and leave out zones: of the possible readings the
    later one is taken.
    """
    if rule.until is None:
        return None
    last = parse_date_time(rule.until, found, clocks)
    if last is None:
        raise RruleError(f"has 'UNTIL={rule.until[:20]}'")
    if last.is_day:
        return last.wall + SECONDS_A_DAY - 1
    if last.floats:
        return last.wall
    on_clock_of_start = wall_of(last.instant, start.zone)
    if start.is_day:
        return max(on_clock_of_start, last.wall)
    return on_clock_of_start


def _extra(
    found: Property,
    first: WallTime,
    clocks: Clocks,
    problems: ParseProblems,
) -> Iterator[tuple[WallTime, Length | None]]:
    head = found.head
    for text in found.listed:
        if "/" not in text:
            start = _date_time(text, head, clocks, problems)
            if start is not None:
                yield on_clock_of(first, start), None
            continue
        period = parse_period(text, head, clocks)
        if period is None:
            _warn_of_date(text, head, problems)
        else:
            start, length = period
            yield on_clock_of(first, start), length


def _excluded(
    found: Property,
    clocks: Clocks,
    problems: ParseProblems,
) -> Iterator[WallTime]:
    head = found.head
    for text in found.listed:
        start = _date_time(text, head, clocks, problems)
        if start is not None:
            yield start


def _date_time(
    text: str,
    found: Property,
    clocks: Clocks,
    problems: ParseProblems,
) -> WallTime | None:
    read = parse_date_time(text, found, clocks)
    if read is None:
        _warn_of_date(text, found, problems)
    return read


def _warn_of_date(
    text: str,
    found: Property,
    problems: ParseProblems,
) -> None:
    message = f"'{text[:40]}' in '{found.name}' is not a date or time; it is ignored"
    problems.warn(found.place, "busy-bad-date", message, "write it like '20270104T180000'")
