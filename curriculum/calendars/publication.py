"""Turn a plan into the calendar files to publish and the ledger that remembers them; no file is opened here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from curriculum.calendars.deadline_events import deadline_entries
from curriculum.calendars.finishes import goal_finishes
from curriculum.calendars.icalendar_writer import calendar_bytes, event_bytes
from curriculum.calendars.labels import LONGEST_TITLE, clean, shortened
from curriculum.calendars.ledger_json import ledger_bytes
from curriculum.calendars.past_events import Done, past_entries, past_events
from curriculum.calendars.session_events import session_entries, surroundings
from curriculum.calendars.uids import names_after, session_uids
from curriculum.calendars.validation import check_bytes, check_meaning
from curriculum.model.calendar_entry import CalendarEntry, digest_of
from curriculum.model.curriculum import Curriculum
from curriculum.model.ledger import CALENDARS, LEDGER, PREVIOUS, Ledger, PublishedEvent
from curriculum.model.library import Library
from curriculum.model.plan import Plan, Session
from curriculum.model.progress import Progress
from curriculum.model.settings import Settings

NOTHING_DONE = Progress()
REMEMBERED = timedelta(days=28)
"""How long after its end an event that was taken back is still told of."""

COLOURS = {"textbooks.ics": "steelblue", "papers.ics": "seagreen", "deadlines.ics": "crimson"}

Told = tuple[CalendarEntry, Session | None]
"""What an event is to say, and the session it stands for."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be written, and what changed since the last time.

    Attributes:
        files: Calendar to its bytes, and the ledger's; all of them checked. With the ledger of before, to be kept as
            the previous one, when something changed that is not over.
        ledger: What will have been published.
        new: How many events are published for the first time.
        moved: How many events have another start or end than before.
        changed: How many events that did not move say something else than before.
        gone: How many events were published and are not any more.
        unchanged: How many events are, byte for byte, as they were.
    """

    files: Mapping[str, bytes]
    ledger: Ledger
    new: int
    moved: int
    changed: int
    gone: int
    unchanged: int


def publish(
    plan: Plan,
    library: Library,
    curriculum: Curriculum,
    settings: Settings,
    zone: tzinfo,
    ledger: Ledger,
    now: datetime,
    *,
    over: int,
    progress: Progress = NOTHING_DONE,
    happened: Mapping[str, Done] | None = None,
) -> Publication:
    """Return the calendars of a plan: unchanged events as they were, changed ones with a higher SEQUENCE.

    PublishedEvent sessions that are over stay; everything else gives way to the sessions of the plan.

    Args:
        plan: The plan.
        library: The works it is made of.
        curriculum: What unlocks what, and the goals.
        settings: The title and the alarm.
        zone: The zone in which deadlines are named; the sessions themselves stand in UTC.
        ledger: What was published before.
        now: The stamp of what is new or changed; aware.
        over: The minute of now: sessions that end by then are over.
        progress: What was done.
        happened: UID of a session that is over to what was really done in it; one that is not named stays as it is.

    Raises:
        BadCalendarError: A file, parsed again, is not what was meant.
    """
    past = past_events(ledger, over)
    around = surroundings(plan, library, curriculum, settings, zone, progress, past)
    told: tuple[Told, ...] = (
        *past_entries(past, happened or {}, around.titles),
        *session_entries(plan, session_uids(plan, names_after(ledger, progress), over), around),
        *((entry, None) for entry in deadline_entries(curriculum, ledger, around)),
    )
    finishes = goal_finishes(curriculum, around.placements, around.finished)
    return publication_of(
        ledger, replace(succession(ledger, told, now), finishes=finishes), settings, over
    )


def succession(ledger: Ledger, told: Iterable[Told], now: datetime) -> Ledger:
    """Return the ledger after publishing the entries; those that said the same before keep their SEQUENCE and stamp.

    Args:
        ledger: What was published before.
        told: The entries, each with its session.
        now: The stamp of what is new or changed; aware.
    """
    stamp = now.astimezone(UTC).replace(microsecond=0)
    events = {
        entry.uid: _successor(ledger.events.get(entry.uid), entry, session, stamp)
        for entry, session in told
    }
    gone = ledger.events.keys() - events.keys()
    return replace(
        ledger,
        events={uid: events[uid] for uid in sorted(events)},
        retired=ledger.retired | gone,
        cancelled=_cancelled(ledger, gone, stamp) if gone else ledger.cancelled,
    )


def _cancelled(ledger: Ledger, gone: Iterable[str], stamp: datetime) -> dict[str, PublishedEvent]:
    """Return what is left to say of events that are taken back; of those long over nothing is."""
    ended = {uid: _tombstone(ledger.events[uid], stamp) for uid in gone}
    first = stamp - REMEMBERED
    both = {**ledger.cancelled, **ended}
    return {
        uid: both[uid]
        for uid in sorted(both)
        if f"{both[uid].entry.end:%Y%m%d}" >= f"{first:%Y%m%d}"
    }


def _tombstone(event: PublishedEvent, stamp: datetime) -> PublishedEvent:
    entry = replace(event.entry, description="", categories=(), url=None, pieces=(), alarm=None)
    return PublishedEvent(entry, event.sequence + 1, stamp)


def _successor(
    before: PublishedEvent | None, entry: CalendarEntry, session: Session | None, stamp: datetime
) -> PublishedEvent:
    if before is None:
        return PublishedEvent(entry, 0, stamp, session)
    if before.entry == entry:
        return before if before.session == session else replace(before, session=session)
    return PublishedEvent(entry, before.sequence + 1, stamp, session)


def publication_of(before: Ledger, after: Ledger, settings: Settings, over: int) -> Publication:
    """Return what is to be written so that the calendars show one ledger instead of another.

    The calendars follow from the events of the ledger and the title alone.

    Args:
        before: What was published before.
        after: What is to be published; the digests of its files are filled in.
        settings: The title.
        over: The minute of now.

    Raises:
        BadCalendarError: A file, parsed again, is not what was meant.
    """
    files = {file: _calendar(file, before, after, settings) for file in CALENDARS}
    after = replace(after, files={file: digest_of(files[file]) for file in sorted(files)})
    is_news = (before.events or before.files) and _ahead(before, over) != _ahead(after, over)
    previous = {PREVIOUS: ledger_bytes(before)} if is_news else {}
    both = [
        (before.events[uid], after.events[uid])
        for uid in after.events.keys() & before.events.keys()
    ]
    unchanged = sum(old == new for old, new in both)
    moved = sum(_when(old) != _when(new) for old, new in both)
    return Publication(
        files={**previous, LEDGER: ledger_bytes(after), **files},
        ledger=after,
        new=len(after.events) - len(both),
        moved=moved,
        changed=len(both) - unchanged - moved,
        gone=len(before.events) - len(both),
        unchanged=unchanged,
    )


def _ahead(ledger: Ledger, over: int) -> dict[str, CalendarEntry]:
    """Return what is published of what is not over."""
    return {
        uid: one.entry
        for uid, one in ledger.events.items()
        if one.session is None or one.session.end > over
    }


def _when(event: PublishedEvent) -> tuple[object, object]:
    return event.entry.start, event.entry.end


def _calendar(file: str, before: Ledger, after: Ledger, settings: Settings) -> bytes:
    """Return the bytes of one calendar, checked.

    What the ledger knows was parsed again when it was new. So only the events that are new or changed are parsed now,
    if the others are spelt today as they were then.
    """
    events, known = _events(file, after), {one.entry.uid: one for one in _events(file, before)}
    spelt = {one.entry.uid: event_bytes(one) for one in events}
    data = _file(file, settings, spelt.values())
    check_bytes(file, data)
    if after.files.get(file) == digest_of(data):
        return data
    same = {uid for uid, one in known.items() if one == after.events.get(uid)}
    old = _file(
        file,
        settings,
        (spelt[uid] if uid in same else event_bytes(one) for uid, one in known.items()),
    )
    trusted = same if before.files.get(file) == digest_of(old) else set()
    fresh = [one for one in events if one.entry.uid not in trusted]
    check_meaning(file, _file(file, settings, (spelt[one.entry.uid] for one in fresh)), fresh)
    return data


def import_files(ledger: Ledger, settings: Settings, *, tombstones: bool) -> dict[str, bytes]:
    """Return the calendars once more, for programs that only import; checked.

    Args:
        ledger: What is published.
        settings: The title.
        tombstones: Whether events that were taken back are told of as cancelled (RFC 5545 §3.8.1.11).

    Raises:
        BadCalendarError: A file is not what was meant.
    """
    files = {}
    for file in CALENDARS:
        spelt = [event_bytes(one) for one in _events(file, ledger)]
        ended = [one for one in ledger.cancelled.values() if tombstones and one.entry.file == file]
        spelt += [event_bytes(one, is_cancelled=True) for one in ended]
        files[file] = _file(file, settings, spelt)
        check_bytes(file, files[file])
    return files


def _events(file: str, ledger: Ledger) -> Sequence[PublishedEvent]:
    """Return the events of one calendar in the order they stand in it."""
    events = (event for event in ledger.events.values() if event.entry.file == file)
    return sorted(events, key=lambda event: (event.entry.start, event.entry.uid))


def _file(file: str, settings: Settings, events: Iterable[bytes]) -> bytes:
    name = f"{shortened(clean(settings.title), LONGEST_TITLE)}: {file.removesuffix('.ics')}"
    return calendar_bytes(name, COLOURS[file], events)
