"""Publish again what was published before the last time; which publication that was is not known here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from curriculum.calendars.publication import Publication, Told, publication_of, succession
from curriculum.calendars.uids import renamed
from curriculum.model.ledger import Ledger, PublishedEvent
from curriculum.model.settings import Settings


def restored(
    ledger: Ledger, previous: Ledger, settings: Settings, over: int, now: datetime
) -> Publication:
    """Return the calendars of an earlier publication; what has begun stays as it is now.

    Events that are still published keep their UID and count up where they differ; the others come back under new UIDs,
    since a UID that is gone is never used again.

    Args:
        ledger: What is published now.
        previous: What is to be published again.
        settings: The title.
        over: The minute of now: sessions that start before it have begun.
        now: The stamp of what changes; aware.

    Raises:
        BadCalendarError: A file, parsed again, is not what was meant.
    """
    begun = [
        event
        for event in ledger.events.values()
        if event.session is not None and event.session.start < over
    ]
    until = max([over, *(event.session.end for event in begun if event.session is not None)])
    back = [
        event
        for event in previous.events.values()
        if event.session is None or event.session.start >= until
    ]
    told = [(event.entry, event.session) for event in begun]
    told += _named(back, ledger, frozenset(event.entry.uid for event in begun))
    after = replace(succession(ledger, told, now), finishes=previous.finishes)
    return publication_of(ledger, after, settings, over)


def _named(back: list[PublishedEvent], ledger: Ledger, begun: frozenset[str]) -> Iterator[Told]:
    """Yield what is to be published again, under names that are not spent."""
    spent = [
        event for event in back if event.entry.uid not in ledger.events or event.entry.uid in begun
    ]
    spent.sort(key=lambda event: (event.session.start if event.session else 0, event.entry.uid))
    names = dict(zip((event.entry.uid for event in spent), renamed(spent, ledger), strict=True))
    for event in back:
        uid = names.get(event.entry.uid, event.entry.uid)
        yield replace(event.entry, uid=uid), event.session
