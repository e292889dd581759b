"""Find the clock for each time of a file; each name of a zone is looked up, and reported, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import lru_cache
from typing import TypeAlias

from curriculum.ical.date_times import Clocks
from curriculum.ical.lenient_parser import Component, ParsedCalendar, Property
from curriculum.ical.parse_problems import ParseProblems
from curriculum.ical.series import OccurrenceSpan
from curriculum.ical.texts import unescaped
from curriculum.ical.vtimezone import CustomZone, custom_zone
from curriculum.ical.zones import find_zone
from curriculum.model.wall_clock import SECONDS_A_DAY

MAX_CUSTOM_ZONES = 40
"""Zones that a file defines itself, each different from the others."""
MAX_UNKNOWN_ZONES = 1_000
"""Give up looking up time-zone names after this many unknown ones."""
_COMPARED = 731 * SECONDS_A_DAY


class CalendarZones:
    """The clocks of the calendars in one file."""

    def __init__(
        self,
        parsed: ParsedCalendar,
        zone: tzinfo,
        span: OccurrenceSpan,
        problems: ParseProblems,
    ) -> None:
        """Read the calendars' own zones.

        Args:
            parsed: The file.
            zone: The zone of dates, and of times whose zone is not known.
            span: The instants for which a VTIMEZONE is expanded.
            problems: Collects names that nobody knows.
        """
        self._zone = zone
        # Definitions are compared with known zones over whole years, however few days are asked
        # about: whichever counts for a day must not depend on the other days.
        self._span = OccurrenceSpan(span.low, max(span.high, span.low + _COMPARED))
        self._problems = problems
        self._definitions = _definitions(parsed.components)
        self._found: dict[tuple[int, str], tzinfo] = {}
        self._custom: dict[_Definition, CustomZone | None] = {}
        self._unknown = 0
        self._has_custom_zones = False
        self._clocks = {-1: self._clocks_of(-1, ())}
        for number, properties in enumerate(parsed.calendars):
            self._clocks[number] = self._clocks_of(number, properties)

    def clocks(self, component: Component) -> Clocks:
        """Return the clocks of the calendar a component is in."""
        return self._clocks[component.calendar]

    @property
    def has_custom_zones(self) -> bool:
        """Whether a zone is one that the file defines: such a one is only right in the span."""
        return self._has_custom_zones

    def _clocks_of(
        self,
        number: int,
        properties: Sequence[Property],
    ) -> Clocks:
        def named(text: str, found: Property) -> tzinfo:
            name = _plain_name(text)
            key = number, name
            if key not in self._found:
                self._found[key] = self._look_up(number, name, found)
            return self._found[key]

        for found in properties:
            if found.name == "X-WR-TIMEZONE" and found.value:
                return Clocks(self._zone, named(found.value, found), named)
        return Clocks(self._zone, self._zone, named)

    def _look_up(
        self,
        number: int,
        name: str,
        found: Property,
    ) -> tzinfo:
        known = None
        if self._unknown < MAX_UNKNOWN_ZONES:
            known = find_zone(name)
        defined = self._defined(self._definitions.get((number, name), []), name)
        if known is not None and (defined is None or _agree(defined, known, self._span)):
            return known
        if defined is None:
            self._unknown += 1
            message = f"the zone '{name[:60]}' is not known; its times are read in your own zone"
            hint = "use a name like 'Europe/Berlin'"
            self._problems.warn((found.line, 1), "busy-unknown-zone", message, hint)
            return self._zone
        if known is not None:
            # The definition says what the program that wrote the file meant (RFC 5545 §3.6.5).
            message = f"the file defines the zone '{name[:60]}' differently; its definition is used"
            hint = "compare the hours of its events with those in the program that wrote it"
            self._problems.warn((found.line, 1), "busy-own-zone", message, hint)
        self._has_custom_zones = True
        return defined

    def _defined(
        self,
        observances: list[Component],
        name: str,
    ) -> CustomZone | None:
        """Return the zone a calendar defines itself.

        Files of many calendars define the same one in each.
        """
        if not observances:
            return None
        definition = tuple(_fields(observance) for observance in observances)
        if definition not in self._custom and len(self._custom) < MAX_CUSTOM_ZONES:
            self._custom[definition] = _zone_of(definition, name, self._span)
        return self._custom.get(definition)


_Definition: TypeAlias = tuple[tuple[tuple[str, str], ...], ...]
"""The names and values of the properties of each observance."""


def _fields(observance: Component) -> tuple[tuple[str, str], ...]:
    return tuple((name, rest) for name, _, rest in observance.parts)


# The files of a vdir, one for each event, define the same few zones.
@lru_cache(maxsize=128)
def _zone_of(definition: _Definition, name: str, span: OccurrenceSpan) -> CustomZone | None:
    """Return the zone that the properties of observances define; None when it cannot be read."""
    observances: list[Component] = []
    for fields in definition:
        parts = [(part, 0, rest) for part, rest in fields]
        observances.append(Component("STANDARD", 0, parts, -1, ended=True, owner=0))
    return custom_zone(name, observances, span)


@lru_cache(maxsize=128)
def _agree(defined: CustomZone, known: tzinfo, span: OccurrenceSpan) -> bool:
    return defined.agrees_with(known, span)


def _plain_name(text: str) -> str:
    r"""Return a TZID as it is compared.

    The property is a TEXT with escapes, as `TZID:Kuala Lumpur\, Singapore`; the parameter is not,
    but some programs write it alike.
    """
    return unescaped(text.strip('"'))


def _definitions(components: Sequence[Component]) -> dict[tuple[int, str], list[Component]]:
    """Return the observances of each VTIMEZONE, by the number of its calendar and its TZID."""
    observances: dict[int, list[Component]] = {}
    for component in components:
        if component.kind in ("STANDARD", "DAYLIGHT"):
            observances.setdefault(component.owner, []).append(component)
    found: dict[tuple[int, str], list[Component]] = {}
    for component in components:
        if component.kind != "VTIMEZONE":
            continue
        for one in component.properties:
            if one.name == "TZID":
                key = component.calendar, _plain_name(one.value)
                found[key] = observances.get(component.line, [])
    return found
