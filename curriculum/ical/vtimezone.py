"""Make a zone of a VTIMEZONE (RFC 5545 §3.6.5), for the years that are asked about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from curriculum.ical.date_times import IN_UTC, parse_date_time
from curriculum.ical.lenient_parser import Component, Property
from curriculum.ical.rrule import Rrule, RruleError, parse_rrule
from curriculum.ical.rrule_expansion import Expansion, Horizon, expand
from curriculum.ical.series import OccurrenceSpan
from curriculum.model.late_patterns import late_pattern
from curriculum.model.wall_clock import SECONDS_A_DAY, offset_at

_OFFSET = late_pattern(r"([+-])(\d\d):?(\d\d)(?::?(\d\d))?", re.ASCII)
_EPOCH = datetime(1970, 1, 1)
_SECOND = timedelta(seconds=1)
_MAX_STEPS = 8_000
_LOOK_BACK = 800 * SECONDS_A_DAY
"""More than two years: the last change before the time asked about is still in force."""


class Transition(NamedTuple):
    """The clock is moved: what it shows then, and its offsets before and after in seconds."""

    wall: int
    before: int
    after: int


class CustomZone(tzinfo):
    """A zone made of transitions; in a gap or fold the earlier offset holds (RFC 5545 §3.3.5)."""

    def __init__(
        self,
        name: str,
        transitions: Iterable[Transition],
        *,
        goes_on: bool = True,
    ) -> None:
        """Put the transitions in order.

        Args:
            name: What the file calls the zone.
            transitions: When its clock is moved.
            goes_on: Whether what comes after the last of them is known.
        """
        ordered = sorted(set(transitions))
        self._name = name
        self._transitions = ordered
        self._goes_on = goes_on
        self._walls = [one.wall + max(0, one.after - one.before) for one in ordered]
        self._offsets = [ordered[0].before, *(one.after for one in ordered)]

    def agrees_with(self, other: tzinfo, span: OccurrenceSpan) -> bool:
        """Return whether another clock shows the same, as far as this one is defined."""
        return all(offset_at(instant, other) == offset for instant, offset in self._samples(span))

    def _samples(self, span: OccurrenceSpan) -> Iterator[tuple[int, int]]:
        """Yield instants with the offsets then: after, between and before the transitions.

        Many definitions name the changes of some past year alone. They say nothing of later ones.
        """
        since, offset = span.low, self._offsets[0]
        for transition in self._transitions:
            instant = transition.wall - transition.before
            if since < instant < span.high:
                yield from _between(since, instant, offset)
                since = instant
            if instant < span.high:
                offset = transition.after
        if self._goes_on:
            yield from _between(since, span.high, offset)

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return how far the clock is ahead of UTC when it shows a moment."""
        wall = 0
        if moment is not None:
            wall = int((moment.replace(tzinfo=None) - _EPOCH) / _SECOND)
        index = bisect_right(self._walls, wall)
        return timedelta(seconds=self._offsets[index])

    def dst(self, moment: datetime | None) -> timedelta:
        """Return zero: summer time is part of the offset."""
        return timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        """Return the name the file gives the zone."""
        return self._name


def _between(since: int, until: int, offset: int) -> Iterator[tuple[int, int]]:
    """Yield three instants between two transitions, none of them within a day of either.

    Some programs write the hour of a transition, or the offset before it, carelessly.
    """
    margin = min(SECONDS_A_DAY, (until - since) // 2)
    for instant in (since + margin, (since + until) // 2, until - margin):
        yield instant, offset


def custom_zone(
    name: str,
    observances: Iterable[Component],
    span: OccurrenceSpan,
) -> CustomZone | None:
    """Return the zone that STANDARD and DAYLIGHT components define, or None when it cannot be read.

    Args:
        name: What the file calls it.
        observances: The components.
        span: The wall times that are asked about.
    """
    goes_on = False
    transitions: list[Transition] = []
    steps = _MAX_STEPS
    for observance in observances:
        horizon = Horizon(span.low - _LOOK_BACK, span.high + 2 * SECONDS_A_DAY, steps)
        found = _transitions(observance, horizon)
        if found is None:
            return None
        transitions += found.transitions
        steps -= found.steps
        goes_on = goes_on or found.goes_on
    if not transitions:
        return None
    is_fixed = all(one.before == one.after for one in transitions)
    return CustomZone(name, transitions, goes_on=goes_on or is_fixed)


class _Observance(NamedTuple):
    transitions: list[Transition]
    steps: int
    goes_on: bool


def _transitions(observance: Component, horizon: Horizon) -> _Observance | None:
    """Return when one observance begins and the steps that took, or None when it cannot be read."""
    properties = {found.name: found for found in observance.properties}
    before = _offset(properties.get("TZOFFSETFROM"))
    after = _offset(properties.get("TZOFFSETTO"))
    starts = _walls(properties.get("DTSTART"))
    if before is None or after is None or not starts:
        return None
    recurring = _recurring(properties.get("RRULE"), starts[0], before, horizon)
    if recurring is None:
        return None
    walls = starts + _further_walls(observance) + list(recurring.walls)
    transitions = [Transition(wall, before, after) for wall in walls]
    return _Observance(transitions, recurring.steps, recurring.goes_on)


class _Recurring(NamedTuple):
    walls: tuple[int, ...]
    steps: int
    goes_on: bool


def _recurring(
    found: Property | None,
    start: int,
    before: int,
    horizon: Horizon,
) -> _Recurring | None:
    """Return when an observance begins again by its rule; None when that cannot be read."""
    if found is None:
        return _Recurring((), 0, goes_on=False)
    try:
        rule = parse_rrule(found.times)
    except RruleError:
        return None
    expansion = _expanded(rule, start, before, horizon)
    if expansion is None or not expansion.complete:
        return None
    goes_on = rule.until is None and rule.count is None
    return _Recurring(expansion.walls, expansion.steps, goes_on)


def _expanded(
    rule: Rrule,
    start: int,
    before: int,
    horizon: Horizon,
) -> Expansion | None:
    if rule.until is None:
        return expand(rule, start, horizon)
    last = parse_date_time(rule.until, Property("UNTIL", 0, ""), IN_UTC)
    if last is None:
        return None
    until = last.wall
    if not last.floats:
        until += before
    # The last transition of a rule that has ended is still in force.
    low = min(horizon.low, until - _LOOK_BACK)
    return expand(rule, start, horizon._replace(low=low), until)


def _further_walls(observance: Component) -> list[int]:
    walls = []
    for found in observance.properties:
        if found.name == "RDATE":
            walls += _walls(found)
    return walls


def _walls(found: Property | None) -> list[int]:
    if found is None:
        return []
    head = found.head
    walls = []
    for text in found.listed:
        read = parse_date_time(text, head, IN_UTC)
        if read is not None:
            walls.append(read.wall)
    return walls


def _offset(found: Property | None) -> int | None:
    if found is None:
        return None
    match = _OFFSET.fullmatch(found.times)
    if match is None:
        return None
    sign, hours, minutes, seconds = match.groups()
    size = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    if size >= SECONDS_A_DAY:
        return None
    if sign == "-":
        return -size
    return size
