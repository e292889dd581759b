"""The calendars that stand in a folder: what was written of an event need not be written again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from curriculum.calendars.icalendar_writer import WRITER
from curriculum.model.calendar_entry import digest_of
from curriculum.model.ledger import Ledger, PublishedEvent

_BEGIN = b"\r\nBEGIN:VEVENT\r\n"
_END = b"END:VCALENDAR\r\n"


def events_in(file: str, ledger: Ledger) -> Sequence[PublishedEvent]:
    """Return the events of one calendar in the order of the file."""
    events = [event for event in ledger.events.values() if event.entry.file == file]
    return sorted(events, key=lambda event: (event.entry.start, event.entry.uid))


def bytes_published(
    file: str, ledger: Ledger, standing: Mapping[str, bytes]
) -> dict[str, bytes] | None:
    """Return the bytes of each event of a calendar as it stands in the folder, by its UID.

    Args:
        file: The calendar.
        ledger: What was published.
        standing: Calendar to its bytes, for those that are read already.

    Returns:
        None unless it is as it was published, and this version would write it likewise.
    """
    events = events_in(file, ledger)
    data = standing.get(file, b"")
    if ledger.writer == WRITER and ledger.files.get(file) == digest_of(data):
        parts = data.removesuffix(_END).split(_BEGIN)[1:]
        if len(parts) == len(events):
            whole = [_BEGIN[2:] + part + b"\r\n" for part in parts[:-1]]
            whole += [_BEGIN[2:] + part for part in parts[-1:]]
            return {event.entry.uid: one for event, one in zip(events, whole, strict=True)}
    return None
