"""Turn a plan into the calendar files to publish and the ledger that remembers them; no file is opened here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from curriculum.model.curriculum import Curriculum
from curriculum.model.ledger import CALENDARS, LEDGER, Ledger, Published
from curriculum.model.library import Library
from curriculum.model.plan import Plan
from curriculum.model.settings import Settings
from curriculum.render.due_days import deadline_entries
from curriculum.render.entries import Entry, digest_of
from curriculum.render.inspection import check_bytes, check_meaning
from curriculum.render.ledgers import ledger_bytes
from curriculum.render.sittings import session_entries, surroundings
from curriculum.render.titles import LONGEST_TITLE, clean, cut
from curriculum.render.vevents import calendar_bytes

COLOURS = {"textbooks.ics": "steelblue", "papers.ics": "seagreen", "deadlines.ics": "crimson"}


@dataclass(frozen=True, slots=True)
class Publication:
    """What is to be written, and what changed since the last time.

    Attributes:
        files: Calendar to its bytes, and the ledger's; all of them checked.
        ledger: What will have been published.
        new: How many events are published for the first time.
        changed: How many events say something else than before.
        gone: How many events were published and are not any more.
        unchanged: How many events are, byte for byte, as they were.
    """

    files: Mapping[str, bytes]
    ledger: Ledger
    new: int
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
) -> Publication:
    """Return the calendars of a plan: unchanged events as they were, changed ones with a higher SEQUENCE.

    Args:
        plan: The plan.
        library: The works it is made of.
        curriculum: What unlocks what, and the goals.
        settings: The title and the alarm.
        zone: The zone in which deadlines are named; the sessions themselves stand in UTC.
        ledger: What was published before.
        now: The stamp of what is new or changed; aware.

    Raises:
        BadCalendarError: A file, parsed again, is not what was meant.
    """
    around = surroundings(plan, library, curriculum, settings, zone)
    entries = (*session_entries(plan, ledger, around), *deadline_entries(curriculum, ledger, around))
    after = succession(ledger, entries, now.astimezone(UTC).replace(microsecond=0))
    files = {file: _calendar(file, entries, after, settings) for file in CALENDARS}
    after = replace(after, files={file: digest_of(files[file]) for file in sorted(files)})
    return _publication(files, ledger, after)


def succession(ledger: Ledger, entries: Iterable[Entry], now: datetime) -> Ledger:
    """Return the ledger after publishing the entries; those that said the same before keep their SEQUENCE and stamp."""
    events = {entry.uid: _successor(ledger.events.get(entry.uid), entry, now) for entry in entries}
    gone = ledger.events.keys() - events.keys()
    return replace(ledger, events={uid: events[uid] for uid in sorted(events)}, retired=ledger.retired | gone)


def _successor(before: Published | None, entry: Entry, now: datetime) -> Published:
    content = entry.digest()
    if before is None:
        return Published(entry.file, content, 0, now)
    return before if before.content == content else Published(entry.file, content, before.sequence + 1, now)


def _calendar(file: str, entries: Sequence[Entry], after: Ledger, settings: Settings) -> bytes:
    """Return the bytes of one calendar, checked; bytes that the ledger knows were checked when they were new."""
    name = f"{cut(clean(settings.title), LONGEST_TITLE)}: {file.removesuffix('.ics')}"
    events = [(entry, after.events[entry.uid]) for entry in entries if entry.file == file]
    data = calendar_bytes(name, COLOURS[file], events)
    check_bytes(file, data)
    if after.files.get(file) != digest_of(data):
        check_meaning(file, data, events)
    return data


def _publication(files: Mapping[str, bytes], before: Ledger, after: Ledger) -> Publication:
    kept = after.events.keys() & before.events.keys()
    unchanged = sum(after.events[uid] == before.events[uid] for uid in kept)
    return Publication(
        files={LEDGER: ledger_bytes(after), **files},
        ledger=after,
        new=len(after.events) - len(kept),
        changed=len(kept) - unchanged,
        gone=len(before.events) - len(kept),
        unchanged=unchanged,
    )
