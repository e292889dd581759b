"""The ledger of what was published, as text; where it is kept is not known here, and calendars are not read for it.

A ledger of this version is all that is needed to know what was published, so that no calendar is read for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from curriculum.model.calendar_entry import CalendarEntry
from curriculum.model.identifiers import TRACKS, UnitId
from curriculum.model.json_value import Json
from curriculum.model.ledger import DEADLINES, LEDGER, Ledger, PublishedEvent, calendar_file
from curriculum.model.plan import Piece, Reason, Session, minute
from curriculum.model.problems import CurriculumError
from curriculum.model.quantities import Pages
from curriculum.model.settings import Settings

VERSION = 3
_FIRST = 1
_WITHOUT_CANCELLED = 2
_INSTANT = "%Y%m%dT%H%M%SZ"
_DATE = "%Y%m%d"
_TRACKS = {calendar_file(track): track for track in TRACKS}


class DamagedLedgerError(CurriculumError):
    """The ledger cannot be read; without it the events would lose their names."""

    def __init__(self, reason: str, file: str = LEDGER) -> None:
        """Build the sentence from what is wrong."""
        remedy = "have it made anew from the calendars" if file == LEDGER else "do without it"
        super().__init__(
            f"'{file}' beside the calendars cannot be read ({reason}), so nothing was written; "
            f"restore it from a copy, or remove it to {remedy}"
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
        return read_ledger(published[LEDGER], published)
    from curriculum.calendars.recovery import (
        recovered,
    )  # reading calendars is slow to load and seldom needed

    return recovered(published, settings)


def read_ledger(
    data: bytes, published: Mapping[str, bytes] | None = None, *, file: str = LEDGER
) -> Ledger:
    """Return the ledger that the JSON holds.

    Args:
        data: The JSON.
        published: The calendars by their names; a ledger of the first version leaves it to them what the events say.
        file: What the ledger is called.

    Raises:
        DamagedLedgerError: It is damaged, or written by a later version.
    """
    try:
        found = json.loads(data)
        if not isinstance(found, dict) or not isinstance(found.get("plan"), str):
            raise ValueError("it names no plan")
        if found.get("version") in (VERSION, _WITHOUT_CANCELLED):
            return _ledger(found)
        if found.get("version") == _FIRST:
            from curriculum.calendars.recovery import first_version  # see ledger_of()

            return first_version(found, published or {})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedLedgerError(
            f"{type(error).__name__}: {str(error).splitlines()[0]}", file
        ) from error
    raise DamagedLedgerError(
        f"its version is {found.get('version')}, and this program knows {VERSION}", file
    )


def ledger_bytes(ledger: Ledger) -> bytes:
    """Return the ledger as JSON with sorted keys and one line for each event."""
    rows = {uid: _row(event) for uid, event in ledger.events.items()}
    parts = [
        f'"version": {VERSION}',
        f'"plan": {json.dumps(ledger.plan)}',
        f'"files": {_block(ledger.files)}',
        f'"finishes": {_block(ledger.finishes)}',
        f'"events": {_block(rows)}',
        f'"retired": {_bracketed(map(_compact, sorted(ledger.retired)), "[]")}',
        f'"cancelled": {_block({uid: _row(event) for uid, event in ledger.cancelled.items()})}',
    ]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def _block(values: Mapping[str, object]) -> str:
    return _bracketed(
        (f"{json.dumps(key)}: {_compact(values[key])}" for key in sorted(values)), "{}"
    )


def _bracketed(lines: Iterable[str], brackets: str) -> str:
    inside = ",\n".join(lines)
    return f"{brackets[0]}\n{inside}\n{brackets[1]}" if inside else brackets


_compact = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


def _row(event: PublishedEvent) -> Json:
    """Return an event as JSON; what it says of its session stands in the entry, but for the pages and the reason."""
    entry, session = event.entry, event.session
    pieces = entry.pieces if session is None else map(_piece, session.pieces)
    row: Json = {
        "categories": entry.categories,
        "description": entry.description,
        "end": _spelt(entry.end),
        "file": entry.file,
        "pieces": tuple(pieces),
        "sequence": event.sequence,
        "stamp": _spelt(event.stamp),
        "start": _spelt(entry.start),
        "summary": entry.summary,
    }
    seldom = {"alarm": entry.alarm, "because": session and session.because, "url": entry.url}
    return row | {key: value for key, value in seldom.items() if value is not None}


def _piece(piece: Piece) -> tuple[object, ...]:
    pages = () if piece.pages is None else (piece.pages.first, piece.pages.last)
    return (piece.unit, piece.minutes, *pages)


def _spelt(moment: date) -> str:
    return moment.strftime(_INSTANT if isinstance(moment, datetime) else _DATE)


def _ledger(found: Json) -> Ledger:
    events = found["events"]
    return Ledger(
        plan=found["plan"],
        events={uid: _published(uid, events[uid]) for uid in sorted(events)},
        retired=frozenset(map(_text, _items(found["retired"]))),
        files={_text(name): _text(digest) for name, digest in sorted(found["files"].items())},
        finishes={
            _text(goal): _number(finish) for goal, finish in sorted(found["finishes"].items())
        },
        cancelled={
            uid: _cancelled(uid, row) for uid, row in sorted(found.get("cancelled", {}).items())
        },
    )


def _published(uid: str, row: Json) -> PublishedEvent:
    entry = _entry(uid, row)
    return PublishedEvent(
        entry, _number(row["sequence"]), _instant(row["stamp"]), _session(entry, row)
    )


def _cancelled(uid: str, row: Json) -> PublishedEvent:
    return PublishedEvent(_entry(uid, row), _number(row["sequence"]), _instant(row["stamp"]))


def _entry(uid: str, row: Json) -> CalendarEntry:
    return CalendarEntry(
        uid=uid,
        file=_text(row["file"]),
        start=_moment(row["start"]),
        end=_moment(row["end"]),
        summary=_text(row["summary"]),
        description=_text(row["description"]),
        categories=tuple(map(_text, _items(row["categories"]))),
        url=_text(row["url"]) if "url" in row else None,
        pieces=tuple([(_text(piece[0]), _number(piece[1])) for piece in _items(row["pieces"])]),
        alarm=_number(row["alarm"]) if "alarm" in row else None,
    )


def _session(entry: CalendarEntry, row: Json) -> Session | None:
    if entry.file == DEADLINES:
        return None
    if not isinstance(entry.start, datetime) or not isinstance(entry.end, datetime):
        raise TypeError(f"the session {entry.uid} lasts all day")
    pieces = tuple(
        [
            Piece(UnitId(unit), minutes, Pages(*pages) if pages else None)
            for unit, minutes, *pages in row["pieces"]
        ]
    )
    return Session(
        minute(entry.start), minute(entry.end), _TRACKS[entry.file], pieces, Reason(row["because"])
    )


def _moment(text: str) -> date:
    return _instant(text) if "T" in text else date.fromisoformat(text)


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
