"""Keep the last good answers of web addresses, for when there is no network."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.ownership import make_folder
from curriculum.model.busy import Copy
from curriculum.model.problems import CurriculumError


def read_copy(folder: Path | None, label: str) -> Copy | None:
    """Return the copy of an address; None when there is none, or it cannot be read."""
    if folder is None:
        return None
    try:
        # One line of JSON, then the bytes as they came: no encoding can change them.
        head, _, data = _path(folder, label).read_bytes().partition(b"\n")
        fields = json.loads(head)
        return Copy(
            label=fields["label"],
            data=data,
            at=datetime.fromisoformat(fields["at"]),
            asked=datetime.fromisoformat(fields["asked"]),
            etag=fields["etag"],
            modified=fields["modified"],
            fault=fields["fault"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_copy(folder: Path | None, copy: Copy) -> None:
    """Keep a copy, readable by its owner alone. Failure to write the cache is ignored."""
    if folder is None:
        return
    fields = {
        "label": copy.label,
        "at": copy.at.isoformat(),
        "asked": copy.asked.isoformat(),
        "etag": copy.etag,
        "modified": copy.modified,
        "fault": copy.fault,
    }
    with suppress(OSError, CurriculumError):
        # Others on this machine must not read when the person is busy.
        make_folder(folder, 0o700)
        head = json.dumps(fields).encode()
        write(_path(folder, copy.label), head + b"\n" + copy.data)


def _path(folder: Path, label: str) -> Path:
    name = hashlib.sha256(label.encode()).hexdigest()[:32]  # an address can hold any character
    return folder / f"{name}.copy"
