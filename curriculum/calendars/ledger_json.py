"""The ledger of what was published, as JSON.

A ledger of this version holds all that is known of what was published: no calendar is read for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from importlib import import_module
from types import ModuleType
from typing import Any

from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.json_value import Json, parsed
from curriculum.model.ledger import LEDGER, Ledger, PublishedEvent, calendar_file, has_sessions
from curriculum.model.plan import Piece, Reason, Session, minute
from curriculum.model.problems import CurriculumError
from curriculum.model.quantities import Pages
from curriculum.model.settings import Settings

LEDGER_VERSION = 3
_FIRST_VERSION = 1
_WITHOUT_CANCELLED = 2
_INSTANT = "%Y%m%dT%H%M%SZ"
_DATE = "%Y%m%d"
_TRACKS = {calendar_file(track): track for track in TRACKS}
_DAMAGES = (
    ArithmeticError,
    AttributeError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)
_compact = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


class DamagedLedgerError(CurriculumError):
    """The ledger cannot be read; without it the events would lose their names."""

    def __init__(self, reason: str, file: str = LEDGER) -> None:
        """Build the sentence from what is wrong."""
        remedy = "do without it"
        if file == LEDGER:
            remedy = "have it made again from the calendars"
        super().__init__(
            f"'{file}' beside the calendars cannot be read ({reason}), so nothing was written; "
            f"restore it from a copy, or remove it to {remedy}"
        )


class NewerLedgerError(CurriculumError):
    """The ledger was written by a later version of this program."""

    def __init__(self, version: object, file: str) -> None:
        """Build the sentence from the version that is written in it."""
        super().__init__(
            f"'{file}' beside the calendars is of version {version}, and this program knows "
            f"{LEDGER_VERSION}, so nothing was written; a newer version of curriculum reads it"
        )


def ledger_of(published: Mapping[str, bytes], settings: Settings) -> Ledger:
    """Return the ledger of what was published: read, recovered from the calendars, or empty.

    Args:
        published: The ledger and the calendars of the output folder by their names, if they exist.
        settings: What the plan id is made of at the first publication.

    Raises:
        DamagedLedgerError: It cannot be read.
        ForeignCalendarError: There is no ledger, and a file that is not ours has the name of a
            calendar.
    """
    if LEDGER in published:
        return read_ledger(published[LEDGER], published)
    recovered: Ledger = _recovery().recovered(published, settings)
    return recovered


def _recovery() -> ModuleType:
    """Return the module that reads calendars: it is slow to load and seldom needed."""
    return import_module("curriculum.calendars.recovery")


def read_ledger(
    data: bytes,
    published: Mapping[str, bytes] | None = None,
    *,
    file: str = LEDGER,
) -> Ledger:
    """Return the ledger that the JSON holds.

    Args:
        data: The JSON.
        published: The calendars by their names: what the events say is not in a ledger of the
            first version.
        file: What the ledger is called.

    Raises:
        DamagedLedgerError: It is damaged.
        NewerLedgerError: It was written by a later version.
    """
    try:
        found = parsed(data)
        if not isinstance(found, dict) or not isinstance(found.get("plan"), str):
            raise ValueError("it names no plan")
        version = found.get("version")
        if version in (LEDGER_VERSION, _WITHOUT_CANCELLED):
            return _ledger(found)
        if version == _FIRST_VERSION:
            ledger: Ledger = _recovery().first_version(found, published or {})
            return ledger
    except _DAMAGES as error:
        summary = str(error).splitlines()[0]
        raise DamagedLedgerError(f"{type(error).__name__}: {summary}", file) from error
    if isinstance(version, int) and version > LEDGER_VERSION:
        raise NewerLedgerError(version, file)
    raise DamagedLedgerError(f"{version!r} is no version of it", file)


def ledger_bytes(ledger: Ledger) -> bytes:
    """Return the ledger as JSON with sorted keys and one line for each event."""
    events = {uid: _row(event) for uid, event in ledger.events.items()}
    cancelled = {uid: _row(event) for uid, event in ledger.cancelled.items()}
    balances = {str(since): str(share) for since, share in ledger.balances.items()}
    retired = [_compact(uid) for uid in sorted(ledger.retired)]
    parts = [
        f'"version": {LEDGER_VERSION}',
        f'"plan": {json.dumps(ledger.plan)}',
        f'"basis": {json.dumps(ledger.basis)}',
        f'"writer": {ledger.writer}',
        f'"files": {_block(ledger.files)}',
        f'"finishes": {_block(ledger.finishes)}',
        f'"rescheduled": {_block(ledger.rescheduled)}',
        f'"balances": {_block(balances)}',
        f'"events": {_block(events)}',
        f'"retired": {_bracketed(retired, "[]")}',
        f'"cancelled": {_block(cancelled)}',
    ]
    text = ",\n".join(parts)
    return f"{{\n{text}\n}}\n".encode()


def _block(values: Mapping[str, object]) -> str:
    lines = [f"{json.dumps(key)}: {_compact(values[key])}" for key in sorted(values)]
    return _bracketed(lines, "{}")


def _bracketed(lines: Iterable[str], brackets: str) -> str:
    inside = ",\n".join(lines)
    if not inside:
        return brackets
    return f"{brackets[0]}\n{inside}\n{brackets[1]}"


def _row(event: PublishedEvent) -> Json:
    """Return an event as JSON; its session has the same pieces and times, and a reason."""
    entry = event.entry
    row: Json = {
        "categories": entry.categories,
        "description": entry.description,
        "end": _time_text(entry.end),
        "file": entry.file,
        "pieces": [_piece_row(piece) for piece in entry.pieces],
        "sequence": event.sequence,
        "stamp": _time_text(event.stamp),
        "start": _time_text(entry.start),
        "summary": entry.summary,
    }
    if entry.alarms:
        # One alone is a number, as it was before there could be several.
        row["alarm"] = list(entry.alarms) if len(entry.alarms) > 1 else entry.alarms[0]
    if entry.is_free:
        row["free"] = True
    if entry.depends_on:
        row["depends_on"] = list(entry.depends_on)
    if event.session is not None:
        row["because"] = event.session.because
        if event.session.zone:
            row["zone"] = event.session.zone
    if entry.url is not None:
        row["url"] = entry.url
    return row


def _piece_row(piece: Piece) -> tuple[object, ...]:
    if piece.pages is None:
        return piece.unit, piece.minutes
    return piece.unit, piece.minutes, piece.pages.first, piece.pages.last


def _time_text(moment: date) -> str:
    if isinstance(moment, datetime):
        return moment.strftime(_INSTANT)
    return moment.strftime(_DATE)


def _ledger(found: Json) -> Ledger:
    events = {}
    for uid, row in sorted(found["events"].items()):
        events[uid] = _published(uid, row)
    cancelled = {}
    for uid, row in sorted(found.get("cancelled", {}).items()):
        cancelled[uid] = _without_session(uid, row)
    files = {}
    for name, digest in sorted(found["files"].items()):
        files[_text(name)] = _text(digest)
    finishes = _minutes(found["finishes"])
    # Ledgers from before these were kept do not have them.
    rescheduled = _minutes(found.get("rescheduled", {}))
    return Ledger(
        plan=found["plan"],
        events=events,
        retired=frozenset(_text(uid) for uid in _items(found["retired"])),
        files=files,
        finishes=finishes,
        cancelled=cancelled,
        rescheduled=rescheduled,
        balances=_balances(found.get("balances", {})),
        basis=_text(found.get("basis", "")),
        writer=_number(found.get("writer", 0)),
    )


def _balances(rows: Json) -> dict[int, Fraction]:
    balances = {int(since): _share(share) for since, share in rows.items()}
    return dict(sorted(balances.items()))


def _share(value: Any) -> Fraction:  # Any: JSON
    share = Fraction(_text(value))
    if not 0 <= share <= 1:
        raise ValueError(f"{value!r} is not a share")
    return share


def _minutes(rows: Json) -> dict[str, int]:
    minutes = {}
    for name, minute_of in sorted(rows.items()):
        minutes[_text(name)] = _number(minute_of)
    return minutes


def _published(uid: str, row: Json) -> PublishedEvent:
    entry = _entry(uid, row)
    session = None
    if has_sessions(entry.file):
        session = _session(entry, Reason(row["because"]), _text(row.get("zone", "")))
    return PublishedEvent(entry, _number(row["sequence"]), _instant(row["stamp"]), session)


def _without_session(uid: str, row: Json) -> PublishedEvent:
    return PublishedEvent(_entry(uid, row), _number(row["sequence"]), _instant(row["stamp"]))


def _entry(uid: str, row: Json) -> CalendarEntry:
    url = None
    if "url" in row:
        url = _text(row["url"])
    written = row.get("alarm", [])
    alarms = written if isinstance(written, list) else [written]
    return CalendarEntry(
        uid=uid,
        file=_text(row["file"]),
        start=_date_or_instant(row["start"]),
        end=_date_or_instant(row["end"]),
        summary=_text(row["summary"]),
        description=_text(row["description"]),
        categories=tuple([_text(category) for category in _items(row["categories"])]),
        url=url,
        pieces=tuple([_piece(*piece) for piece in _items(row["pieces"])]),
        alarms=tuple(_number(alarm) for alarm in alarms),
        is_free=row.get("free") is True,
        depends_on=tuple(_text(uid) for uid in _items(row.get("depends_on", []))),
    )


def _piece(unit: Any, minutes: Any, first: Any = None, last: Any = None) -> Piece:  # Any: JSON
    pages = None
    if first is not None:
        pages = Pages(_number(first), _number(last))
    return Piece(UnitId(_text(unit)), _number(minutes), pages)


def _session(entry: CalendarEntry, because: Reason, zone: str) -> Session:
    start, end = entry.start, entry.end
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        raise TypeError(f"the session {entry.uid} lasts all day")
    track = _TRACKS[entry.file]
    return Session(minute(start), minute(end), track, entry.pieces, because, zone)


def _date_or_instant(text: str) -> date:
    if "T" in text:
        return _instant(text)
    return date.fromisoformat(text)


def _instant(text: str) -> datetime:
    if not text.endswith("Z"):
        raise ValueError(f"'{text}' is not an instant in UTC")
    return datetime.fromisoformat(text)


def _items(value: Any) -> list[Any]:  # Any: JSON
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return value


def _text(value: Any) -> str:  # Any: JSON
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def _number(value: Any) -> int:  # Any: JSON
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is not a whole number")
    return value
