"""Keep the last good answers of addresses; when they are asked for again is not decided here."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.errors import WriteError
from curriculum.model.busy import Copy


def read_copy(folder: Path, label: str) -> Copy | None:
    """Return the copy of an address; None when there is none that can be read."""
    try:
        head, _, data = _path(folder, label).read_bytes().partition(b"\n")
        said = json.loads(head)
        return Copy(
            label=said["label"],
            data=data,
            at=datetime.fromisoformat(said["at"]),
            asked=datetime.fromisoformat(said["asked"]),
            etag=said["etag"],
            modified=said["modified"],
            fault=said["fault"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_copy(folder: Path, copy: Copy) -> None:
    """Keep a copy, readable by its owner alone; a disk that takes none is no reason to stop."""
    said = {
        "label": copy.label,
        "at": copy.at.isoformat(),
        "asked": copy.asked.isoformat(),
        "etag": copy.etag,
        "modified": copy.modified,
        "fault": copy.fault,
    }
    with suppress(OSError, WriteError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write(_path(folder, copy.label), json.dumps(said).encode() + b"\n" + copy.data)


def _path(folder: Path, label: str) -> Path:
    return folder / f"{hashlib.sha256(label.encode()).hexdigest()[:32]}.copy"
