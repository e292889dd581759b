"""Find and read the calendar files that say when the person is busy."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection
from pathlib import Path

from curriculum.disk.errors import reason
from curriculum.disk.reading import require_file
from curriculum.model.busy import is_address, masked
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import CALENDARS, MORE_CALENDARS
from curriculum.model.problems import Place, Problem

LARGEST_CALENDAR_BYTES = 100_000_000
"""The most bytes of a calendar that are read; a hundred thousand events take a third of that."""
_SPECIAL = frozenset("*?")
_CALENDARS = {"busy": "busy calendar", "availability": "calendar of study time"}
"""What the calendars are called that a key of the settings names."""


@dataclass(frozen=True, slots=True)
class BusyFiles:
    """The calendar files that a pattern names.

    Attributes:
        files: Their labels and bytes, sorted by label.
        problems: What is wrong with the pattern or the files.
    """

    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...] = ()


def own_calendars(folder: Path) -> frozenset[Path]:
    """Return the calendars that we publish to a folder; they are never read as busy."""
    return frozenset((folder / name).resolve() for name in (*CALENDARS, *MORE_CALENDARS))


def read_busy_files(
    root: Path, pattern: str, place: Place, own: Collection[Path] = (), key: str = "busy"
) -> BusyFiles:
    """Return the busy calendars that a pattern names.

    It names a file, a folder (all `*.ics` below it) or, with `*` or `?`, any number of files.

    Args:
        root: The workspace, from which relative patterns start; `~` is the home.
        pattern: As the user wrote it.
        place: Where it is in the settings.
        own: Files to leave out, from `own_calendars`.
        key: The key of the settings that names the pattern.
    """
    try:
        paths = _matches(root, pattern)
    except OSError as error:
        return BusyFiles((), (_unreadable(pattern, error, place, key),))
    if paths is None:
        return BusyFiles((), (_missing(pattern, place, key),))
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        label = _label(root, path)
        if path.resolve() in own or label in found:
            continue
        data = _read(path, label, place, key)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found[label] = data
    return BusyFiles(tuple(sorted(found.items())), tuple(problems))


def _matches(root: Path, pattern: str) -> list[Path] | None:
    """Return the files a pattern names, sorted; None when it names one that is missing."""
    if is_address(pattern):
        return None
    path = root / _expanded(pattern)
    if path.is_dir():
        return _calendars_below(path)
    if path.exists():
        return [path]
    if not _SPECIAL.intersection(pattern):
        return None
    base, rest = _without_home(root, pattern)
    literal_brackets = rest.replace("[", "[[]")
    found: set[Path] = set()
    # Path.glob() takes no absolute patterns, and would read the name of the workspace as a pattern.
    for name in glob.glob(literal_brackets, root_dir=base, recursive=True):  # noqa: PTH207
        hit = base / name
        if hit.is_dir():
            found.update(_calendars_below(hit))
        else:
            found.add(hit)
    return sorted(found)


def _expanded(pattern: str) -> Path:
    """Return the pattern with `~` as the home; that of an unknown user stays as it is."""
    try:
        return Path(pattern).expanduser()
    except RuntimeError:
        return Path(pattern)


def _without_home(root: Path, pattern: str) -> tuple[Path, str]:
    """Return the folder that a pattern starts from, and what is a pattern of it: a home is not."""
    head, slash, rest = pattern.partition("/")
    if slash and head.startswith("~"):
        return root / _expanded(head), rest
    return root, pattern


def _calendars_below(folder: Path) -> list[Path]:
    """Return every calendar below a folder, sorted.

    Raises:
        OSError: A folder cannot be read, which must not make it look empty.
    """
    found: list[Path] = []
    for place, _, files in os.walk(folder, onerror=_fail):
        for name in files:
            path = Path(place) / name
            if path.suffix.lower() == ".ics":
                found.append(path)
    return sorted(found)


def _fail(error: OSError) -> None:
    raise error


def _read(path: Path, label: str, place: Place, key: str) -> bytes | Problem:
    try:
        require_file(path)
        with path.open("rb") as file:
            data = file.read(LARGEST_CALENDAR_BYTES + 1)
    except OSError as error:
        return _unreadable(label, error, place, key)
    if len(data) > LARGEST_CALENDAR_BYTES:
        message = f"'{label}' is larger than {LARGEST_CALENDAR_BYTES // 1_000_000} MB"
        return Problem(place, f"{key}-too-large", message, "export only the coming years")
    return data


def _unreadable(name: str, error: OSError, place: Place, key: str) -> Problem:
    message = f"the {_CALENDARS[key]} '{name}' cannot be read: {reason(error)}"
    return Problem(place, f"{key}-unreadable", message, f"take it out of '{key}', or mend it")


def _missing(pattern: str, place: Place, key: str) -> Problem:
    if is_address(pattern):
        message = f"'{masked(pattern)}' is not an address that can be asked"
        hint = "write it with 'https:' or 'webcal:' in front"
        return Problem(place, f"{key}-missing", message, hint)
    message = f"there is no {_CALENDARS[key]} '{pattern}'"
    hint = "is the path right, seen from the workspace?"
    return Problem(place, f"{key}-missing", message, hint)


def _label(root: Path, path: Path) -> str:
    """Return the path from the workspace, or the whole path of a file outside."""
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return path.as_posix()
