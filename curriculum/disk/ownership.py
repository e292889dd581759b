"""Give what is made the owner that it would have if the person had made it.

Only a run as root makes files of another owner than the folder's; left as they are, the person
could not write them any more.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def is_root() -> bool:
    """Whether this run may do anything, and makes files that belong to root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def give_to_owner_of(path: Path, model: Path) -> None:
    """Give a file or folder the owner and the group of another one, where that is allowed.

    Raises:
        OSError: One of them is missing, or the disk gives an error.
    """
    wanted, found = model.stat(), path.stat()
    if (wanted.st_uid, wanted.st_gid) == (found.st_uid, found.st_gid):
        return
    with suppress(PermissionError):
        os.chown(path, wanted.st_uid, wanted.st_gid)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it, as far as they are missing.

    Raises:
        OSError: One of them cannot be made.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode, parents=True, exist_ok=True)
    if is_root():
        for made in reversed(missing):
            give_to_owner_of(made, made.parent)
