"""The calendars that are made from the others: everything in one, and the times alone.

The times are events called `Busy`, not a VFREEBUSY component (RFC 5545 §3.6.4): calendar programs
show the events of a feed to which somebody subscribes, and pass over a VFREEBUSY. Nothing in them
tells what is studied, their UIDs included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from curriculum.calendars.icalendar_writer import calendar_bytes, event_bytes, folded, utc_text
from curriculum.calendars.labels import short_title
from curriculum.calendars.uids import DOMAIN
from curriculum.calendars.validation import check_bytes
from curriculum.model.ledger import COMBINED, FREE_BUSY, Ledger, PublishedEvent
from curriculum.model.settings import Settings

_COLOURS = {COMBINED: "slateblue", FREE_BUSY: "slategray"}
_BUSY = "Busy"
_BUSY_NAME = "Study times"


def more_feeds(ledger: Ledger, settings: Settings) -> dict[str, bytes]:
    """Return the calendars that the settings ask for besides those of the tracks, checked.

    Raises:
        BadCalendarError: A file is not what was meant.
    """
    found: dict[str, bytes] = {}
    if settings.publish.combined:
        found[COMBINED] = combined_feed(ledger, settings)
    if settings.publish.free_busy:
        found[FREE_BUSY] = _free_busy_feed(ledger)
    for file, data in found.items():
        check_bytes(file, data)
    return found


def combined_feed(ledger: Ledger, settings: Settings, more: Iterable[bytes] = ()) -> bytes:
    """Return one calendar with everything that is published.

    Args:
        ledger: What is published.
        settings: The title.
        more: Events besides those, as bytes.
    """
    events = sorted(ledger.events.values(), key=_by_day)
    written = [*map(event_bytes, events), *more]
    return calendar_bytes(short_title(settings.title), _COLOURS[COMBINED], written)


def _by_day(event: PublishedEvent) -> tuple[str, str]:
    # Dates and instants are not compared with each other, but their texts are.
    return event.entry.start.isoformat(), event.entry.uid


def _free_busy_feed(ledger: Ledger) -> bytes:
    events = [_busy_event(*time, ledger.plan) for time in _busy_times(ledger)]
    return calendar_bytes(_BUSY_NAME, _COLOURS[FREE_BUSY], events)


def _busy_times(ledger: Ledger) -> Iterator[tuple[datetime, datetime, datetime]]:
    """Yield start, end and the stamp of the last change of each time, those that touch as one."""
    times: list[tuple[datetime, datetime, datetime]] = []
    for event in ledger.events.values():
        start, end = event.entry.start, event.entry.end
        if event.entry.is_free:
            continue
        if isinstance(start, datetime) and isinstance(end, datetime):
            times.append((start, end, event.stamp))
    last: tuple[datetime, datetime, datetime] | None = None
    for start, end, stamp in sorted(times):
        if last is not None and start <= last[1]:
            last = last[0], max(end, last[1]), max(stamp, last[2])
            continue
        if last is not None:
            yield last
        last = start, end, stamp
    if last is not None:
        yield last


def _busy_event(start: datetime, end: datetime, stamp: datetime, plan: str) -> bytes:
    begin, changed = utc_text(start), utc_text(stamp)
    lines = (
        "BEGIN:VEVENT",
        f"UID:busy-{begin}.{plan}{DOMAIN}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"DTSTART:{begin}",
        f"DTEND:{utc_text(end)}",
        f"SUMMARY:{_BUSY}",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
    )
    return b"".join(map(folded, lines))
