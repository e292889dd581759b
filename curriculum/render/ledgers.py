"""The ledger of what was published, as text and from old calendars; where it is kept is not known here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from pydantic import TypeAdapter, ValidationError

from curriculum.model.ledger import CALENDARS, LEDGER, Ledger, Published
from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Settings
from curriculum.render.readback import ForeignEventError, read_events
from curriculum.render.uids import plan_id, plan_of

VERSION = 1
_STAMP = "%Y%m%dT%H%M%SZ"
_Row = tuple[str, str, int, str]
_ROWS: TypeAdapter[dict[str, _Row]] = TypeAdapter(dict[str, _Row])
_NAMES: TypeAdapter[list[str]] = TypeAdapter(list[str])
_DIGESTS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])


class DamagedLedgerError(CurriculumError):
    """The ledger cannot be read; without it the events would lose their names."""

    def __init__(self, reason: str) -> None:
        """Build the sentence from what is wrong."""
        super().__init__(
            f"'{LEDGER}' beside the calendars cannot be read ({reason}), so nothing was written; "
            "restore it from a copy, or remove it to have it made anew from the calendars"
        )


class ForeignCalendarError(CurriculumError):
    """A file that we did not publish stands where a calendar is to be written."""

    def __init__(self, file: str) -> None:
        """Build the sentence from the file's name."""
        super().__init__(
            f"'{file}' in the output folder was not published by curriculum and '{LEDGER}' does not know it, "
            "so nothing was written; move it away, or choose another folder with --output"
        )


def ledger_of(published: Mapping[str, bytes], settings: Settings) -> Ledger:
    """Return the ledger of what was published: read, made anew from the calendars, or empty at the first time.

    Args:
        published: The ledger and the calendars of the output folder by their names, so far as they exist.
        settings: What the plan id is made of at the first publication.

    Raises:
        DamagedLedgerError: It cannot be read.
        ForeignCalendarError: There is no ledger, and a file that is not ours has the name of a calendar.
    """
    if LEDGER in published:
        return read_ledger(published[LEDGER])
    known = {uid: row for file in CALENDARS if file in published for uid, row in _recovered(file, published[file])}
    plans = (plan for uid in known if (plan := plan_of(uid)) is not None)
    return Ledger(next(plans, plan_id(settings)), {uid: known[uid] for uid in sorted(known)})


def _recovered(file: str, data: bytes) -> list[tuple[str, Published]]:
    try:
        events = read_events(file, data)
        return [(entry.uid, Published(file, entry.digest(), count, stamp)) for entry, count, stamp in events]
    except ForeignEventError as error:
        raise ForeignCalendarError(file) from error


def ledger_bytes(ledger: Ledger) -> bytes:
    """Return the ledger as JSON with sorted keys and one line for each event."""
    rows = {uid: [row.file, row.content, row.sequence, f"{row.stamp:{_STAMP}}"] for uid, row in ledger.events.items()}
    parts = [
        f'"version": {VERSION}',
        f'"plan": {json.dumps(ledger.plan)}',
        f'"files": {_block(ledger.files, "{}")}',
        f'"events": {_block(rows, "{}")}',
        f'"retired": {_block(sorted(ledger.retired), "[]")}',
    ]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _block(values: Mapping[str, object] | list[str], brackets: str) -> str:
    lines = (
        [json.dumps(value) for value in values]
        if isinstance(values, list)
        else [f"{json.dumps(key)}: {json.dumps(values[key])}" for key in sorted(values)]
    )
    return brackets if not lines else f"{brackets[0]}\n" + ",\n".join(lines) + f"\n{brackets[1]}"


def read_ledger(data: bytes) -> Ledger:
    """Return the ledger that the JSON holds.

    Raises:
        DamagedLedgerError: It is damaged, or written by a later version.
    """
    try:
        found = json.loads(data)
        if not isinstance(found, dict) or not isinstance(found.get("plan"), str):
            raise ValueError("it names no plan")
        if found.get("version") != VERSION:
            raise DamagedLedgerError(f"its version is {found.get('version')}, and this program knows {VERSION}")
        rows = _ROWS.validate_python(found["events"])
        return Ledger(
            plan=found["plan"],
            events={uid: _published(*rows[uid]) for uid in sorted(rows)},
            retired=frozenset(_NAMES.validate_python(found["retired"])),
            files=_DIGESTS.validate_python(found["files"]),
        )
    except (ValidationError, ValueError, KeyError, RecursionError) as error:
        raise DamagedLedgerError(f"{type(error).__name__}: {str(error).splitlines()[0]}") from error


def _published(file: str, content: str, sequence: int, stamp: str) -> Published:
    return Published(file, content, sequence, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC))
