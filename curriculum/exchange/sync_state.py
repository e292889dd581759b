"""What is known of a calendar server from the last sync, as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

from curriculum.model.json_value import Json, parsed
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError

SYNC_STATE_FILE = "caldav.json"
_VERSION = 1


class DamagedSyncStateError(CurriculumError):
    """The record of what was sent cannot be read."""

    def __init__(self, file: Path) -> None:
        """Build the sentence from the file."""
        super().__init__(
            f"'{file}' cannot be read; restore it from a backup or "
            "delete it. The next push then compares everything from scratch and asks about events "
            "it did not write."
        )


@dataclass(frozen=True, slots=True)
class SyncedVersion:
    """The version of an event on the server that was written or acknowledged last.

    Attributes:
        etag: Its mark; None when the person had deleted the event.
        seen: The digest of what it says.
        sent: The digest of the bytes that were wanted there then.
        noted: The digest of an edit that means nothing here and was reported; it stays an edit.
        kept: The names of what is the person's in this version, sorted.
        name: The name of its resource, if another program gave it one; else empty.
    """

    etag: str | None
    seen: str
    sent: str
    noted: str = ""
    kept: tuple[str, ...] = ()
    name: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether the person had deleted the event."""
        return self.etag is None and not self.seen


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is known of all collections.

    Attributes:
        account: Whose they are: server and user.
        collections: Name of a calendar to the address of its collection.
        versions: Name of a calendar to UID to what is known of the event.
        sending: Name of a calendar to UID to the digest of what is being sent. It is stored before
            sending, since no one can know what arrived when the connection breaks.
        others: Name of a calendar to the names of resources in it that are not ours to the marks of
            the versions that were looked at.
    """

    account: str
    collections: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, Mapping[str, SyncedVersion]] = field(default_factory=dict)
    sending: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_sync_state(
    data: bytes | None, account: str, file: Path = Path(SYNC_STATE_FILE)
) -> SyncState:
    """Return what is known of an account.

    Nothing is known when the record is of another account, or when there is none.

    Raises:
        DamagedSyncStateError: The record cannot be read.
    """
    if data is None:
        return SyncState(account)
    try:
        found = parsed(data)
        if found["version"] != _VERSION:
            raise ValueError(found["version"])
        # Addresses and marks of another account would be wrong, and its events are not ours.
        if found["account"] != account:
            return SyncState(account)
        return SyncState(
            account,
            collections={str(name): str(url) for name, url in found["collections"].items()},
            versions={name: _versions(rows) for name, rows in found["items"].items()},
            sending={name: _digests(rows) for name, rows in found["sending"].items()},
            others={name: _digests(rows) for name, rows in found.get("others", {}).items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedSyncStateError(file) from error


def sync_state_bytes(state: SyncState) -> bytes:
    """Return the record as JSON with sorted keys."""
    items: Json = {}
    for name, versions in state.versions.items():
        items[name] = {uid: _row(version) for uid, version in versions.items()}
    found = {
        "version": _VERSION,
        "account": state.account,
        "collections": dict(state.collections),
        "items": items,
        "sending": {name: dict(digests) for name, digests in state.sending.items()},
    }
    others = {name: dict(marks) for name, marks in state.others.items() if marks}
    if others:
        found["others"] = others
    return (json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _versions(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, SyncedVersion]:  # Any: JSON
    found: dict[str, SyncedVersion] = {}
    for uid, row in rows.items():
        found[uid] = SyncedVersion(
            etag=row["etag"],
            seen=str(row["seen"]),
            sent=str(row["sent"]),
            noted=str(row.get("told", "")),
            kept=tuple(map(str, row.get("kept", ()))),
            name=str(row.get("name", "")),
        )
    return found


def _digests(rows: Mapping[str, object]) -> dict[str, str]:
    return {uid: str(digest) for uid, digest in rows.items()}


def _row(version: SyncedVersion) -> Json:
    # The keys are a contract with earlier versions: "told" is the name of `noted` in the file.
    row: Json = {
        "etag": version.etag,
        "seen": version.seen,
        "sent": version.sent,
    }
    if version.noted:
        row["told"] = version.noted
    if version.kept:
        row["kept"] = list(version.kept)
    if version.name:
        row["name"] = version.name
    return row
