"""The published calendars as vdir collections, a file for each event, for khal and vdirsyncer; no file is opened here.

The format is that of vdirsyncer: a folder for each calendar, `UID.ics` in it, and `displayname` and `color` beside.
"""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.calendars.icalendar_writer import event_bytes, resource_bytes
from curriculum.calendars.labels import LONGEST_TITLE, clean, shortened
from curriculum.calendars.uids import DOMAIN
from curriculum.model.ledger import CALENDARS, Ledger
from curriculum.model.settings import Settings

HEX_COLOURS = {
    "textbooks": "#4682b4",
    "papers": "#2e8b57",
    "deadlines": "#dc143c",
    "todos": "#8a2be2",
}
"""The colours of the calendars, for programs that know no names of colours."""


def vdir_files(ledger: Ledger, settings: Settings) -> dict[str, bytes]:
    """Return path below the vdir to bytes, of every event and of what calendars are called."""
    return dict(_files(ledger, settings))


def _files(ledger: Ledger, settings: Settings) -> Iterator[tuple[str, bytes]]:
    title = shortened(clean(settings.title), LONGEST_TITLE)
    for file in CALENDARS:
        name = file.removesuffix(".ics")
        yield f"{name}/displayname", f"{title}: {name}".encode()
        yield f"{name}/color", HEX_COLOURS[name].encode()
    for uid, event in ledger.events.items():
        yield (
            f"{event.entry.file.removesuffix('.ics')}/{uid}.ics",
            resource_bytes(event_bytes(event)),
        )


def is_ours(name: str, ledger: Ledger) -> bool:
    """Whether a file of a vdir is the event of a plan; files of anyone else are left alone."""
    return name.endswith(f".{ledger.plan}{DOMAIN}.ics")
