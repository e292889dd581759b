"""Write our part of an event into the version on the server, so that the rest of it stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC

from curriculum.calendars.icalendar_writer import escaped_text, folded
from curriculum.exchange.event_parts import (
    ALARM,
    CATEGORIES,
    STATE_PROPERTIES,
    alarm_atom,
    alarms_of,
    categories_of,
    category_atom,
    is_rest,
    is_title_alarm,
    line_atom,
    main_part,
    mark_of,
    text_of,
    written_before,
)
from curriculum.exchange.remote_event import parse_remote_event
from curriculum.exchange.revision_mark import (
    DESCRIPTION,
    MARK_PROPERTY,
    SUMMARY,
    TEXTS,
    RevisionMark,
    mark_digest,
    rest_digests,
)
from curriculum.ical.calendar_parts import CalendarPart, read_calendar_part
from curriculum.ical.lenient_parser import Property
from curriculum.ical.texts import unescaped

_OF_THE_CALENDAR = frozenset({"VERSION", "PRODID", "CALSCALE", "METHOD"})
_OVER = frozenset({"CANCELLED", "COMPLETED"})
_ZONED = ";TZID="


def merged_event(ours: bytes, theirs: bytes | None, keep: Iterable[str] = ()) -> bytes:
    """Return an event with our part as it should be and everything else as it is there.

    Args:
        ours: A calendar of one event or to-do, as we would write it where there is none.
        theirs: The version that is there; None when there is none.
        keep: Names of the texts of the person that stay.
    """
    calendar, mine = _read(ours)
    mark = _property(MARK_PROPERTY, _mark(ours, mine).value)
    there = None if theirs is None else read_calendar_part(theirs)
    part = None if there is None else main_part(there)
    if there is None or part is None:
        mine.lines.append(mark)
        return _bytes(calendar)
    result = _Merge(mine, part, _before(there, part, mine)).result(frozenset(keep))
    result.lines.append(mark)
    return _bytes(_calendar(calendar, there, result))


def mark_to_write(ours: bytes) -> RevisionMark:
    """Return the mark that an event carries once it is written."""
    return _mark(ours, _read(ours)[1])


def _mark(ours: bytes, mine: CalendarPart) -> RevisionMark:
    event = parse_remote_event(ours, UTC)
    assert event is not None, "we write times that can be read"
    return mark_of(mine, event.times_digest)


def _read(ours: bytes) -> tuple[CalendarPart, CalendarPart]:
    """Return a calendar that we write, and the event in it."""
    calendar = read_calendar_part(ours)
    assert calendar is not None, "we write whole calendars"
    mine = main_part(calendar)
    assert mine is not None, "we write calendars of one event"
    return calendar, mine


def _property(name: str, value: str) -> Property:
    return Property(name, 0, f":{value}")


def _before(there: CalendarPart, part: CalendarPart, mine: CalendarPart) -> frozenset[str]:
    """Return the digests of what we wrote before; where nothing tells, what we write now."""
    mark = written_before(there, part)
    if mark is None:
        mark = mark_of(mine, "")
    return mark.rest


def _calendar(ours: CalendarPart, theirs: CalendarPart, event: CalendarPart) -> CalendarPart:
    """Return the calendar around a merged event."""
    lines = list(ours.lines)
    lines += [line for line in theirs.lines if line.name not in _OF_THE_CALENDAR]
    # Our times are in UTC: a zone is needed only by what else is there.
    needs_zones = any(_ZONED in text.partition(":")[0].upper() for text in event.texts())
    zones = [one for one in theirs.inside if needs_zones and one.kind == "VTIMEZONE"]
    return CalendarPart("VCALENDAR", lines, [*zones, event])


def _bytes(calendar: CalendarPart) -> bytes:
    return b"".join(map(folded, calendar.texts()))


class _Merge:
    """A merge of two versions of one event, by what we wrote before."""

    def __init__(self, mine: CalendarPart, theirs: CalendarPart, before: frozenset[str]) -> None:
        self._mine = mine
        self._theirs = theirs
        self._before = before

    def result(self, keep: frozenset[str]) -> CalendarPart:
        """Return the merged event; `keep` names the texts that stay as they are there."""
        lines: list[Property] = []
        for line in self._mine.lines:
            if line.name in TEXTS:
                lines += self._text_lines(line, keep)
            elif line.name == "SEQUENCE":
                lines.append(self._later(line))
            elif not is_rest(line):
                lines.append(line)
        lines += self._never_ours()
        lines += self._rest_lines()
        lines += self._category_lines()
        return CalendarPart(self._mine.kind, lines, [*self._alarms(), *self._other_parts()])

    def _text_lines(self, line: Property, keep: frozenset[str]) -> list[Property]:
        """Return a text: the person's if it stays, or if it says the same in its own way."""
        there = self._theirs.named(line.name)[:1]
        same = bool(there) and unescaped(there[0].value) == unescaped(line.value)
        return there if line.name in keep or same else [line]

    def _never_ours(self) -> Iterator[Property]:
        """Yield what is ours in events, and the person's in to-dos, which say less."""
        names = {line.name for line in self._mine.lines}
        for line in self._theirs.lines:
            is_start = line.name == "DTSTART" and self._mine.kind == "VTODO"
            if (line.name in TEXTS and line.name not in names) or is_start:
                yield line

    def _later(self, line: Property) -> Property:
        """Return the higher SEQUENCE: one that falls would look like an older version."""
        there = self._theirs.value(line.name)
        if there.isdecimal() and int(there) > int(line.value):
            return _property(line.name, there)
        return line

    def _rest_lines(self) -> Iterator[Property]:
        mine, theirs = _by_name(self._mine), _by_name(self._theirs)
        for name in dict.fromkeys((*mine, *theirs)):
            yield from self._of_name(name, mine.get(name, []), theirs.get(name, []))

    def _of_name(self, name: str, mine: list[Property], theirs: list[Property]) -> list[Property]:
        """Return the properties of one name: the person's if the person changed them."""
        is_news = self._has_new(mine)
        if name in STATE_PROPERTIES and (is_news or not theirs or _is_over(theirs)):
            return mine
        if not theirs:
            # What we wrote and is not there any more was removed by the person.
            return mine if is_news else []
        # Untouched: ours, but as it is written there, perhaps with parameters.
        if self._has_new(theirs) or _atoms_of(mine) == _atoms_of(theirs):
            return theirs
        return mine

    def _has_new(self, lines: Iterable[Property]) -> bool:
        return any(map(self._is_new, _atoms_of(lines)))

    def _is_new(self, atom: str) -> bool:
        """Whether we did not write this before."""
        return mark_digest(atom) not in self._before

    def _stays(self, atom: str, mine: frozenset[str]) -> bool:
        """Whether a part that is there stays: it is not ours, or still wanted."""
        return self._is_new(atom) or mark_digest(atom) in mine

    def _comes(self, atom: str, theirs: frozenset[str]) -> bool:
        """Whether a part that is wanted is new and not there."""
        return self._is_new(atom) and mark_digest(atom) not in theirs

    def _category_lines(self) -> Iterator[Property]:
        mine, theirs = categories_of(self._mine), categories_of(self._theirs)
        wanted = rest_digests(map(category_atom, mine))
        found = rest_digests(map(category_atom, theirs))
        kept = [one for one in theirs if self._stays(category_atom(one), wanted)]
        kept += [one for one in mine if self._comes(category_atom(one), found)]
        if kept:
            yield _property(CATEGORIES, ",".join(map(escaped_text, kept)))

    def _alarms(self) -> Iterator[CalendarPart]:
        mine, theirs = alarms_of(self._mine), alarms_of(self._theirs)
        wanted, found = rest_digests(map(alarm_atom, mine)), rest_digests(map(alarm_atom, theirs))
        for alarm in theirs:
            if self._stays(alarm_atom(alarm), wanted):
                yield self._retitled(alarm)
        for alarm in mine:
            if self._comes(alarm_atom(alarm), found):
                yield alarm

    def _retitled(self, alarm: CalendarPart) -> CalendarPart:
        """Return an alarm of the event there; one that says the title follows it."""
        if not is_title_alarm(alarm, self._theirs):
            return alarm
        title = _property(DESCRIPTION, escaped_text(text_of(self._mine, SUMMARY)))
        lines = [title if line.name == DESCRIPTION else line for line in alarm.lines]
        return CalendarPart(alarm.kind, lines, alarm.inside)

    def _other_parts(self) -> Iterator[CalendarPart]:
        for part in self._theirs.inside:
            if part.kind != ALARM:
                yield part


def _by_name(part: CalendarPart) -> dict[str, list[Property]]:
    """Return the properties that are neither of the plan, nor a time, nor a text, by name."""
    found: dict[str, list[Property]] = {}
    for line in part.lines:
        if is_rest(line) and line.name != CATEGORIES:
            found.setdefault(line.name, []).append(line)
    return found


def _atoms_of(lines: Iterable[Property]) -> list[str]:
    return list(map(line_atom, lines))


def _is_over(lines: Iterable[Property]) -> bool:
    return any(line.name == "STATUS" and line.value.upper() in _OVER for line in lines)
