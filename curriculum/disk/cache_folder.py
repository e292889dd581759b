"""Where the program keeps what it could get again."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder(name: str) -> Path | None:
    """Return the program's folder of a name for what can be made again.

    The XDG Base Directory Specification says where. None where the person has no home, as in some
    containers.
    """
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():  # relative paths are invalid there, and must be ignored
        return named / "curriculum" / name
    try:
        return Path.home() / ".cache" / "curriculum" / name
    except RuntimeError:
        return None
