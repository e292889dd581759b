"""Publish again what was published before the last time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from curriculum.calendars.publication import NamedEntry, Publication, publication_of, succession
from curriculum.calendars.uids import renamed
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.settings import Settings


def undo_publication(
    ledger: Ledger,
    previous: Ledger,
    settings: Settings,
    over: int,
    now: datetime,
) -> Publication:
    """Return the calendars of an earlier publication; what has begun stays as it is now.

    Events that are still published keep their UID and count up where they differ; the others come
    back under new UIDs, since a UID that is gone is never used again.

    Args:
        ledger: What is published now.
        previous: What is to be published again.
        settings: The title.
        over: The minute of now: sessions that start before it have begun.
        now: The stamp of what changes; aware.

    Raises:
        BadCalendarError: A file, parsed again, is not what was meant.
    """
    entries: list[NamedEntry] = []
    begun = set()
    until = over
    for uid, session in ledger.sessions():
        if session.start < over:
            begun.add(uid)
            entries.append((ledger.events[uid].entry, session))
            until = max(until, session.end)
    back = []
    for event in previous.events.values():
        if event.session is None or event.session.start >= until:
            back.append(event)
    entries += _renamed_entries(back, ledger, begun)
    after = replace(
        succession(ledger, entries, now),
        finishes=previous.finishes,
        rescheduled=previous.rescheduled,
    )
    return publication_of(ledger, after, settings, over)


def _renamed_entries(
    back: list[PublishedEvent],
    ledger: Ledger,
    begun: set[str],
) -> Iterator[NamedEntry]:
    """Yield what is to be published again, under UIDs that are not spent."""
    spent = []
    for event in back:
        uid = event.entry.uid
        if uid not in ledger.events or uid in begun:
            spent.append(event)
    spent.sort(key=_by_start)
    uids = renamed(spent, ledger)
    new_names = {event.entry.uid: uid for event, uid in zip(spent, uids, strict=True)}
    for event in back:
        uid = event.entry.uid
        before = tuple(new_names.get(other, other) for other in event.entry.depends_on)
        entry = replace(event.entry, uid=new_names.get(uid, uid), depends_on=before)
        yield entry, event.session


def _by_start(event: PublishedEvent) -> tuple[int, str]:
    if event.session is None:
        return 0, event.entry.uid
    return event.session.start, event.entry.uid
