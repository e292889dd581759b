"""The published calendars as vdir collections, a file for each event, for khal and vdirsyncer.

The format is vdirsyncer's: a folder for each calendar, with a file `UID.ics` for each event and
the files `displayname` and `color`.
"""

from __future__ import annotations

from curriculum.calendars.icalendar_writer import event_bytes, resource_bytes
from curriculum.calendars.labels import short_title
from curriculum.calendars.uids import DOMAIN
from curriculum.model.ledger import CALENDARS, Ledger
from curriculum.model.settings import Settings

HEX_COLOURS = {
    "textbooks": "#4682b4",
    "papers": "#2e8b57",
    "deadlines": "#dc143c",
    "todos": "#8a2be2",
}
"""The colours of the calendars, for programs that do not know names of colours."""


def vdir_files(ledger: Ledger, settings: Settings) -> dict[str, bytes]:
    """Return path below the vdir to bytes: every event, and what calendars are called."""
    title = short_title(settings.title)
    files = {}
    for file in CALENDARS:
        name = file.removesuffix(".ics")
        files[f"{name}/displayname"] = f"{title}: {name}".encode()
        files[f"{name}/color"] = HEX_COLOURS[name].encode()
    for uid, event in ledger.events.items():
        name = event.entry.file.removesuffix(".ics")
        files[f"{name}/{uid}.ics"] = resource_bytes(event_bytes(event))
    return files


def is_ours(name: str, ledger: Ledger) -> bool:
    """Return whether a file of a vdir is an event of the plan; other files are left alone."""
    return name.endswith(f".{ledger.plan}{DOMAIN}.ics")
