"""Decide which events of a calendar take the person's time."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

from curriculum.availability.titles import compared, has_title, title_pattern
from curriculum.ical.events import TakesTime
from curriculum.ical.free_busy import BusyPeriod
from curriculum.ical.lenient_parser import (
    Component,
    Property,
    PropertySelection,
    times_and,
)
from curriculum.ical.parameters import parameter
from curriculum.ical.texts import listed_texts
from curriculum.model.busy import BusySource
from curriculum.model.late_dataclasses import dataclass

_OUTLOOK_STATUS = "X-MICROSOFT-CDO-BUSYSTATUS"


def busy_rule(
    source: BusySource,
    ours: Container[str],
    calendars: Sequence[Sequence[Property]],
    me: Collection[str] = (),
) -> TakesTime:
    """Return what decides whether an event takes time.

    An event does unless it is transparent, cancelled, a session of this plan, declined by the
    person, or excluded by the person: by its title, by its category, or because it is tentative.

    Args:
        source: Where the events come from, and what of it does not count.
        ours: The UIDs of this plan; those of another one take time.
        calendars: The properties of each calendar in the file.
        me: The person's mail addresses.
    """
    return _BusyRule(
        ours=ours,
        me=frozenset(compared(address) for address in me),
        cancelled=cancelled_calendars(calendars),
        tentative_is_free=source.tentative == "free",
        titles=tuple(title_pattern(pattern) for pattern in source.ignore.title),
        categories=frozenset(compared(category) for category in source.ignore.categories),
    )


@dataclass(frozen=True, slots=True)
class _BusyRule:
    """Decides whether an event takes time."""

    ours: Container[str]
    me: frozenset[str]
    cancelled: frozenset[int]
    tentative_is_free: bool
    titles: tuple[re.Pattern[str], ...]
    categories: frozenset[str]

    def __call__(
        self,
        component: Component,
        properties: Mapping[str, Property],
    ) -> bool:
        if component.calendar in self.cancelled or not _is_opaque(properties):
            return False
        if "UID" in properties and properties["UID"].value in self.ours:
            return False
        if self.me and _is_declined(component.properties, self.me):
            return False
        return not self._is_ignored(component, properties)

    def _is_ignored(
        self,
        component: Component,
        properties: Mapping[str, Property],
    ) -> bool:
        if self.tentative_is_free and _is_tentative(properties):
            return True
        if self.titles and has_title(properties, self.titles):
            return True
        if not self.categories:
            return False
        return not self.categories.isdisjoint(_categories(component.properties))


def selection_for(source: BusySource, me: Collection[str] = ()) -> PropertySelection:
    """Return which lines of a file are needed to decide; see `busy_rule`."""
    names: list[str] = []
    if source.ignore.title or source.ignore.categories:
        names += ["SUMMARY", "CATEGORIES"]
    if me:
        names.append("ATTENDEE")
    return times_and(*names)


def cancelled_calendars(calendars: Sequence[Sequence[Property]]) -> frozenset[int]:
    """Return the numbers of the calendars that only cancel events (RFC 5546 §3.2.5)."""
    found = set()
    for number, properties in enumerate(calendars):
        for one in properties:
            if one.name == "METHOD" and one.value.upper() == "CANCEL":
                found.add(number)
    return frozenset(found)


def is_cancelled(properties: Mapping[str, Property]) -> bool:
    """Return whether an event does not take place after all (RFC 5545 §3.8.1.11)."""
    return "STATUS" in properties and properties["STATUS"].value.upper() == "CANCELLED"


def is_busy_period(period: BusyPeriod, source: BusySource) -> bool:
    """Return whether a period takes time; one of an unknown type does (RFC 5545 §3.2.9)."""
    return period.kind != "BUSY-TENTATIVE" or source.tentative == "busy"


def _is_opaque(properties: Mapping[str, Property]) -> bool:
    """Return whether an event takes time: it does unless it says otherwise (RFC 5545 §3.8.2.7)."""
    if is_cancelled(properties):
        return False
    if "TRANSP" in properties:
        return properties["TRANSP"].value.upper() != "TRANSPARENT"
    if _OUTLOOK_STATUS in properties:
        return properties[_OUTLOOK_STATUS].value.upper() != "FREE"
    return True


def _is_tentative(properties: Mapping[str, Property]) -> bool:
    """Return whether an event may not take place (RFC 5545 §3.8.1.11)."""
    for name in ("STATUS", _OUTLOOK_STATUS):
        if name in properties and properties[name].value.upper() == "TENTATIVE":
            return True
    return False


def _is_declined(properties: Iterable[Property], me: frozenset[str]) -> bool:
    """Return whether the person declined an invitation (RFC 5545 §3.2.12)."""
    answers: list[str] = []
    for found in properties:
        if found.name == "ATTENDEE" and not _addresses(found).isdisjoint(me):
            answers.append((parameter(found, "PARTSTAT") or "").upper())
    return bool(answers) and all(answer == "DECLINED" for answer in answers)


def _addresses(attendee: Property) -> set[str]:
    """Return the mail addresses of an attendee: the value, and EMAIL where that is another URI."""
    found = {compared(attendee.value).removeprefix("mailto:")}
    mail = parameter(attendee, "EMAIL")
    if mail is not None:
        found.add(compared(mail))
    return found


def _categories(properties: Iterable[Property]) -> Iterator[str]:
    """Yield the categories as they are compared: whole, in any case."""
    for found in properties:
        if found.name == "CATEGORIES":
            for category in listed_texts(found.value):
                yield compared(category)
