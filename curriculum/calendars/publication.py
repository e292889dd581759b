"""Turn a plan into the calendar files to publish and the ledger that remembers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType

from curriculum.calendars.deadline_events import deadline_entries
from curriculum.calendars.event_context import event_context
from curriculum.calendars.finishes import goal_finishes
from curriculum.calendars.habit_events import habit_entries
from curriculum.calendars.icalendar_writer import WRITER, calendar_bytes, event_bytes
from curriculum.calendars.labels import short_title
from curriculum.calendars.ledger_json import ledger_bytes
from curriculum.calendars.more_feeds import combined_feed, more_feeds
from curriculum.calendars.past_events import past_entries, past_events
from curriculum.calendars.publication_request import PublicationRequest
from curriculum.calendars.related_sessions import sessions_depended_on
from curriculum.calendars.session_events import session_entries
from curriculum.calendars.shown_as import ShownAs
from curriculum.calendars.standing_files import bytes_published, events_in
from curriculum.calendars.uids import session_uids
from curriculum.calendars.validation import check_bytes, check_meaning
from curriculum.model.calendar_entry import CalendarEntry, digest_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import (
    CALENDARS,
    COMBINED,
    EXPLORATION,
    HABITS,
    LEDGER,
    PREVIOUS,
    REVIEW_SITTINGS,
    SKIM_SITTINGS,
    Ledger,
    PublishedEvent,
    sitting_calendars,
)
from curriculum.model.lived_days import name_of_zone
from curriculum.model.plan import Session
from curriculum.model.settings import Settings
from curriculum.progress.balance_carryover import balances_in_force

COLOURS = {
    "textbooks.ics": "steelblue",
    "papers.ics": "seagreen",
    "deadlines.ics": "crimson",
    HABITS: "darkorchid",
    REVIEW_SITTINGS: "darkgoldenrod",
    SKIM_SITTINGS: "sienna",
    EXPLORATION: "darkcyan",
}

NO_FILES: Mapping[str, bytes] = MappingProxyType({})
NamedEntry = tuple[CalendarEntry, Session | None]
"""What an event is to say, and its session."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be written, and what changed since the last time.

    Attributes:
        files: Calendar to its bytes, and the ledger's; all of them checked. With the ledger of
            before, to be kept as the previous one, when something changed that is not over.
        ledger: What will have been published.
        new: How many events are published for the first time.
        moved: How many events have another start or end than before.
        changed: How many events that did not move say something else than before.
        gone: How many events were published and are not any more.
        unchanged: How many events have the same bytes as before, apart from X-PAGES where the
            last publication had none yet.
    """

    files: Mapping[str, bytes]
    ledger: Ledger
    new: int
    moved: int
    changed: int
    gone: int
    unchanged: int


def publish(
    request: PublicationRequest,
    ledger: Ledger,
    now: datetime,
    standing: Mapping[str, bytes] = NO_FILES,
) -> Publication:
    """Return the calendars of a plan: unchanged events as before, others with a higher SEQUENCE.

    Published sessions that are over stay; everything else gives way to the sessions of the plan.

    Args:
        request: The plan, and what its events mention.
        ledger: What was published before.
        now: The stamp of what is new or changed; aware.
        standing: See `publication_of`.

    Raises:
        BadCalendarError: A file, parsed again, is not what was meant.
    """
    uids = session_uids(request.plan, ledger, request.progress, request.over)
    # A session whose place is over is still to come where it was pinned to a later one.
    past = [one for one in past_events(ledger, request.over) if one.entry.uid not in uids]
    context = event_context(request, past)
    entries: list[NamedEntry] = []
    for entry, session in past_entries(past, request.done, request.labels):
        entries.append((entry, _lived_in(session, request.zone)))
    before = sessions_depended_on(request, uids, past)
    shown = ShownAs(request.settings, context.placements, ledger)
    for entry, session in session_entries(request.plan, uids, context):
        is_free, depends_on = shown.is_free(entry.uid, session), before.get(entry.uid, ())
        if is_free or depends_on:
            entry = replace(entry, is_free=is_free, depends_on=depends_on)
        entries.append((entry, session.in_zone(name_of_zone(request.zone, session.start))))
    for entry in deadline_entries(request.curriculum, ledger, context):
        entries.append((entry, None))
    for entry in habit_entries(request.sittings, ledger, request.over):
        entries.append((entry, None))
    finishes = goal_finishes(request.curriculum, context.placements, context.finished)
    rescheduled = _rescheduled(ledger, request)
    after = succession(ledger, entries, now)
    balances = balances_in_force(ledger.balances, request.settings.balance, request.over)
    after = replace(
        after,
        finishes=finishes,
        rescheduled=rescheduled,
        balances=balances,
        basis=request.basis,
    )
    return publication_of(ledger, after, request.settings, request.over, standing)


def _rescheduled(ledger: Ledger, request: PublicationRequest) -> dict[str, int]:
    """Return the rescheduled sessions, each with the first publication that rescheduled it."""
    found = dict.fromkeys(request.rescheduled, request.over)
    found |= ledger.rescheduled
    return dict(sorted(found.items()))


def succession(
    ledger: Ledger,
    entries: Iterable[NamedEntry],
    now: datetime,
) -> Ledger:
    """Return the ledger after publishing some entries.

    Those that say the same as before keep their SEQUENCE and stamp.

    Args:
        ledger: What was published before.
        entries: The entries, each with its session.
        now: The stamp of what is new or changed; aware.
    """
    stamp = now.astimezone(UTC).replace(microsecond=0)
    events = {}
    for entry, session in entries:
        before = ledger.events.get(entry.uid)
        events[entry.uid] = _successor(before, entry, session, stamp)
    gone = ledger.events.keys() - events.keys()
    cancelled = ledger.cancelled
    if gone:
        cancelled = _cancelled(ledger, gone, stamp)
    return replace(
        ledger,
        events=dict(sorted(events.items())),
        retired=ledger.retired | gone,
        cancelled=cancelled,
    )


def _successor(
    before: PublishedEvent | None,
    entry: CalendarEntry,
    session: Session | None,
    stamp: datetime,
) -> PublishedEvent:
    if before is None:
        return PublishedEvent(entry, 0, stamp, session)
    if before.entry != entry:
        return PublishedEvent(entry, before.sequence + 1, stamp, session)
    if before.session != session or _zone(before.session) != _zone(session):
        return replace(before, session=session)
    return before


def _zone(session: Session | None) -> str:
    return "" if session is None else session.zone


def _lived_in(session: Session, zone: tzinfo) -> Session:
    """Return a session that is over with the zone it was published in.

    Ledgers of earlier versions do not say it: then it is the plan's zone of now.
    """
    return session if session.zone else session.in_zone(name_of_zone(zone, session.start))


def _cancelled(
    ledger: Ledger,
    gone: Iterable[str],
    stamp: datetime,
) -> dict[str, PublishedEvent]:
    """Return what is left to say of every event that was taken back, however long ago.

    A program that only imports may not have been told for months, and would keep sessions that
    never took place.
    """
    cancelled = dict(ledger.cancelled)
    for uid in gone:
        cancelled[uid] = _tombstone(ledger.events[uid], stamp)
    return dict(sorted(cancelled.items()))


def _tombstone(event: PublishedEvent, stamp: datetime) -> PublishedEvent:
    entry = replace(
        event.entry,
        description="",
        categories=(),
        url=None,
        pieces=(),
        alarms=(),
        depends_on=(),
    )
    return PublishedEvent(entry, event.sequence + 1, stamp)


def publication_of(
    before: Ledger,
    after: Ledger,
    settings: Settings,
    over: int,
    standing: Mapping[str, bytes] = NO_FILES,
) -> Publication:
    """Return what is to be written so that the calendars show one ledger instead of another.

    The calendars follow from the events of the ledger and the settings alone.

    Args:
        before: What was published before.
        after: What is to be published; the digests of its files are filled in.
        settings: The title, and which calendars are published.
        over: The minute of now.
        standing: Calendar to the bytes that stand in the folder, as far as they are read already,
            and the ledger's, if `before` was read from them.

    Raises:
        BadCalendarError: A file, parsed again, is not what was meant.
    """
    calendars = {
        file: _calendar(file, before, after, settings, standing) for file in _files_of(settings)
    }
    calendars |= more_feeds(after, settings)
    digests = {file: digest_of(calendars[file]) for file in sorted(calendars)}
    after = replace(after, files=digests, writer=WRITER)
    # The files are written in this order: after a crash the ledger knows more than the calendars.
    files = {}
    is_first = not (before.events or before.files)
    if not is_first and _ahead(before, over) != _ahead(after, over):
        files[PREVIOUS] = ledger_bytes(before)
    is_written = LEDGER in standing and _is_written(before, after)
    files[LEDGER] = standing[LEDGER] if is_written else ledger_bytes(after)
    files.update(calendars)
    return _counted(files, before, after)


def _is_written(before: Ledger, after: Ledger) -> bool:
    """Whether a ledger is written as another is: sessions are equal whatever their zones are."""
    return before == after and _zones(before) == _zones(after)


def _zones(ledger: Ledger) -> list[str]:
    return [_zone(event.session) for event in ledger.events.values()]


def _counted(files: Mapping[str, bytes], before: Ledger, after: Ledger) -> Publication:
    """Return what is to be written, with how many events it changes."""
    kept = before.events.keys() & after.events.keys()
    unchanged = moved = 0
    for uid in kept:
        old, new = before.events[uid], after.events[uid]
        if old == new:
            unchanged += 1
        elif (old.entry.start, old.entry.end) != (new.entry.start, new.entry.end):
            moved += 1
    return Publication(
        files=files,
        ledger=after,
        new=len(after.events) - len(kept),
        moved=moved,
        changed=len(kept) - unchanged - moved,
        gone=len(before.events) - len(kept),
        unchanged=unchanged,
    )


def _ahead(ledger: Ledger, over: int) -> dict[str, CalendarEntry]:
    """Return what is published and is not over."""
    found = {}
    for uid, event in ledger.events.items():
        if event.session is None or event.session.end > over:
            found[uid] = event.entry
    return found


def _calendar(
    file: str,
    before: Ledger,
    after: Ledger,
    settings: Settings,
    standing: Mapping[str, bytes],
) -> bytes:
    """Return the bytes of one calendar, checked.

    The events that are as before were parsed again when they were new. If they also have the same
    bytes as then, only the others are parsed now: that is most of the time of a publication.
    """
    kept = bytes_published(file, before, standing)
    if kept is None:
        kept = {event.entry.uid: event_bytes(event) for event in events_in(file, before)}
        if before.files.get(file) != digest_of(_file(file, settings, kept.values())):
            kept = {}
    written: dict[str, bytes] = {}
    fresh: list[PublishedEvent] = []
    for event in events_in(file, after):
        uid = event.entry.uid
        if uid in kept and event == before.events[uid]:
            written[uid] = kept[uid]
        else:
            written[uid] = event_bytes(event)
            fresh.append(event)
    data = _file(file, settings, written.values())
    if before.files.get(file) != digest_of(data):
        check_bytes(file, data)
    fresh_bytes = [written[event.entry.uid] for event in fresh]
    check_meaning(file, _file(file, settings, fresh_bytes), fresh)
    return data


def import_files(ledger: Ledger, settings: Settings, *, tombstones: bool) -> dict[str, bytes]:
    """Return the calendars once more, for programs that only import; checked.

    Args:
        ledger: What is published.
        settings: The title.
        tombstones: Whether withdrawn events are included as cancelled (RFC 5545 §3.8.1.11).

    Raises:
        BadCalendarError: A file is not what was meant.
    """
    files = {}
    for file in _files_of(settings):
        written = [event_bytes(event) for event in events_in(file, ledger)]
        for event in ledger.cancelled.values():
            if tombstones and event.entry.file == file:
                written.append(event_bytes(event, is_cancelled=True))
        files[file] = _file(file, settings, written)
    if settings.publish.combined:
        gone = ledger.cancelled.values() if tombstones else ()
        told = [event_bytes(event, is_cancelled=True) for event in gone]
        files[COMBINED] = combined_feed(ledger, settings, told)
    for file, data in files.items():
        check_bytes(file, data)
    return files


def _files_of(settings: Settings) -> tuple[str, ...]:
    """Return the names of the calendars whose events are in the ledger."""
    return (*CALENDARS, *sitting_calendars(settings))


def _file(
    file: str,
    settings: Settings,
    events: Iterable[bytes],
) -> bytes:
    name = f"{short_title(settings.title)}: {file.removesuffix('.ics')}"
    return calendar_bytes(name, COLOURS[file], events)
