"""Which parts of an event are ours, and which a person or another program added.

Ours are what the plan decides: the times, and whatever names the event and its units. The title and
the text are ours until the person writes in them. Everything else that we write (categories, the
address of the work, the alarm, whether it takes time) is ours as long as it is as we wrote it. All
other properties and components are the person's.
"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.calendars.icalendar_writer import PRODUCT, RELATION, UNIT_PROPERTY
from curriculum.calendars.uids import plan_id_in
from curriculum.exchange.revision_mark import (
    DESCRIPTION,
    MARK_PROPERTY,
    SUMMARY,
    TEXTS,
    RevisionMark,
    mark_digest,
    parse_mark,
    rest_digests,
    text_digest,
)
from curriculum.ical.calendar_parts import CalendarPart
from curriculum.ical.date_times import parse_duration
from curriculum.ical.lenient_parser import Property
from curriculum.ical.texts import listed_texts, unescaped

PLAN_PROPERTIES = frozenset(
    {"UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", UNIT_PROPERTY, MARK_PROPERTY}
)
"""What names an event; never a person's."""

TIME_PROPERTIES = frozenset(
    {
        "DTSTART",
        "DTEND",
        "DURATION",
        "DUE",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "RECURRENCE-ID",
    }
)
"""When it is. A person who changes these moves the session, which is not a matter of merging."""

STATE_PROPERTIES = frozenset({"STATUS", "COMPLETED", "PERCENT-COMPLETE"})
"""How far it is; what the journal knows better goes before what is there."""

_WRITTEN_BY_US = frozenset({"TRANSP", "URL", "CATEGORIES", *STATE_PROPERTIES})
_BOOKKEEPING = (
    "CREATED",
    "X-APPLE-",
    "X-EVOLUTION-",
    "X-GOOGLE-",
    "X-LIC-",
    "X-MICROSOFT-",
    "X-MOZ-",
)
_DEFAULTS = frozenset({"CLASS:PUBLIC", "PRIORITY:0", "PRIORITY:5"})
"""What some servers write into every event."""

CATEGORIES, ALARM = "CATEGORIES", "VALARM"
_EVENT_KINDS = ("VEVENT", "VTODO")


def main_part(calendar: CalendarPart) -> CalendarPart | None:
    """Return the event or to-do of a calendar rather than one of its exceptions."""
    events = [part for part in calendar.inside if part.kind in _EVENT_KINDS]
    for part in events:
        if not part.named("RECURRENCE-ID"):
            return part
    return next(iter(events), None)


def is_rest(line: Property) -> bool:
    """Whether a property is neither of the plan, nor a time, nor a text.

    Of relations, those to our own events are the plan's; a person may have others.
    """
    if line.name == RELATION and plan_id_in(unescaped(line.value)) is not None:
        return False
    return line.name not in PLAN_PROPERTIES | TIME_PROPERTIES and line.name not in TEXTS


def line_atom(line: Property) -> str:
    """Return what a property says, without its parameters."""
    return f"{line.name}:{line.value}"


def category_atom(category: str) -> str:
    """Return what one category says."""
    return f"{CATEGORIES}:{category}"


def alarm_atom(alarm: CalendarPart) -> str:
    """Return when an alarm goes off, however it is written, and how."""
    trigger = alarm.value("TRIGGER")
    length = parse_duration(trigger)
    when = trigger if length is None else str(length.wall + length.exact)
    return f"{ALARM}:{alarm.value('ACTION').upper()}:{when}"


def categories_of(part: CalendarPart) -> list[str]:
    """Return the categories of an event."""
    return [item for line in part.named(CATEGORIES) for item in listed_texts(line.value)]


def alarms_of(part: CalendarPart) -> list[CalendarPart]:
    """Return the alarms of an event."""
    return [one for one in part.inside if one.kind == ALARM]


def text_of(part: CalendarPart, name: str) -> str:
    """Return a text of an event, without its escapes."""
    return unescaped(part.value(name))


def mark_of(part: CalendarPart, times: str) -> RevisionMark:
    """Return the mark of an event as we write it.

    Args:
        part: The event.
        times: The digest of its times.
    """
    texts = {name: text_digest(text_of(part, name)) for name in TEXTS}
    return RevisionMark(times, texts, rest_digests(_atoms(part)), part.value("DTSTAMP"))


def _atoms(part: CalendarPart) -> Iterator[str]:
    for line in part.lines:
        if is_rest(line) and line.name != CATEGORIES:
            yield line_atom(line)
    yield from map(category_atom, categories_of(part))
    yield from map(alarm_atom, alarms_of(part))


def written_before(calendar: CalendarPart, part: CalendarPart) -> RevisionMark | None:
    """Return the mark of what we wrote in an event before; None when nothing tells.

    Events of earlier versions have no mark. If we were the last to write one, the properties that
    we write are as we wrote them.
    """
    mark = parse_mark(part.value(MARK_PROPERTY))
    if mark is not None or calendar.value("PRODID") != PRODUCT:
        return mark
    alarms = [one for one in alarms_of(part) if is_title_alarm(one, part)]
    lines = [line for line in part.lines if line.name in (*_WRITTEN_BY_US, *TEXTS)]
    return mark_of(CalendarPart(part.kind, lines, alarms), "")


def is_title_alarm(alarm: CalendarPart, event: CalendarPart) -> bool:
    """Whether an alarm says the title of its event, as ours do."""
    return text_of(alarm, DESCRIPTION) == text_of(event, SUMMARY)


def has_personal_parts(calendar: CalendarPart) -> bool:
    """Whether an event holds something that a person added to what we wrote.

    What programs keep there for themselves does not count, nor do the times, the title and the
    text, which tell of a person by themselves.
    """
    part = main_part(calendar)
    if part is None:
        return False
    before = written_before(calendar, part)
    return any(mark_digest(atom) not in _rest(before) for atom in _personal_atoms(part, before))


def _rest(mark: RevisionMark | None) -> frozenset[str]:
    return frozenset() if mark is None else mark.rest


def _personal_atoms(part: CalendarPart, before: RevisionMark | None) -> Iterator[str]:
    """Yield the parts of an event that may be a person's."""
    # Where nothing tells what we wrote, only what we never write is certainly not ours.
    ours = _WRITTEN_BY_US
    inside = [one for one in part.inside if one.kind != ALARM]
    if before is not None:
        ours = STATE_PROPERTIES
        inside = part.inside
    lines = [line for line in part.lines if _may_be_personal(line, ours)]
    yield from _atoms(CalendarPart(part.kind, lines, inside))
    yield from (one.kind for one in inside if one.kind != ALARM)


def _may_be_personal(line: Property, ours: frozenset[str]) -> bool:
    if not is_rest(line) or line.name in ours:
        return False
    return not line.name.startswith(_BOOKKEEPING) and line_atom(line) not in _DEFAULTS
