"""What is known of a server from the last time, as JSON; where that is kept is not known here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from curriculum.model.problems import CurriculumError

VERSION = 1
FILE = "caldav.json"


class DamagedRecordError(CurriculumError):
    """The record of what was sent cannot be read."""

    def __init__(self) -> None:
        """Build the sentence."""
        super().__init__(
            f"'{FILE}' beside the calendars cannot be read; restore it from a copy, or remove it: then what stands on "
            "the server is compared anew, and what was not written there by curriculum is asked about"
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one event on the server.

    Attributes:
        etag: The mark of the version that was written or taken note of last; None when the event was deleted there.
        seen: The digest of what that version says.
        sent: The digest of the bytes that were wanted there then.
        told: The digest of a version of the person's that means nothing here, and was told of; it stays theirs.
    """

    etag: str | None
    seen: str
    sent: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of all collections.

    Attributes:
        account: Whose they are: server and user.
        collections: Name of a calendar to the address of its collection.
        items: Name of a calendar to UID to what is known of the event.
        sending: Name of a calendar to UID to the digest of what is being sent: written before it is sent.
    """

    account: str
    collections: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, Known]] = field(default_factory=dict)
    sending: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_remembered(data: bytes | None, account: str) -> Remembered:
    """Return what is known of an account; nothing when the record is of another one, or there is none.

    Raises:
        DamagedRecordError: The record cannot be read.
    """
    if data is None:
        return Remembered(account)
    try:
        found = json.loads(data)
        if found["version"] != VERSION:
            raise ValueError(found["version"])
        if found["account"] != account:
            return Remembered(account)
        items = {
            name: {uid: _known(row) for uid, row in rows.items()}
            for name, rows in found["items"].items()
        }
        collections = {str(key): str(url) for key, url in found["collections"].items()}
        sending = {
            name: {uid: str(said) for uid, said in rows.items()}
            for name, rows in found["sending"].items()
        }
        return Remembered(account, collections, items, sending)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedRecordError from error


def remembered_bytes(remembered: Remembered) -> bytes:
    """Return the record as JSON with sorted keys."""
    items = {
        name: {uid: _row(one) for uid, one in rows.items()}
        for name, rows in remembered.items.items()
    }
    found = {
        "version": VERSION,
        "account": remembered.account,
        "collections": dict(remembered.collections),
        "items": items,
        "sending": {name: dict(rows) for name, rows in remembered.sending.items()},
    }
    return (json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _known(row: Mapping[str, str | None]) -> Known:
    return Known(row["etag"], str(row["seen"]), str(row["sent"]), str(row.get("told", "")))


def _row(known: Known) -> dict[str, str | None]:
    told = {"told": known.told} if known.told else {}
    return {"etag": known.etag, "seen": known.seen, "sent": known.sent, **told}
