"""Find and read the calendars that say when the person is busy; what they say is not known here."""

from __future__ import annotations

import errno
import glob
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from curriculum.disk.errors import reason
from curriculum.disk.workspace import SETTINGS
from curriculum.model.busy import is_address
from curriculum.model.ledger import CALENDARS
from curriculum.model.problems import Place, Problem

LARGEST_CALENDAR_BYTES = 100_000_000
"""The most bytes of a calendar that are read; a hundred thousand events take a third of that."""


def own_calendars(folder: Path) -> frozenset[Path]:
    """Return where the calendars that we publish to a folder are; they are never read as busy."""
    return frozenset((folder / name).resolve() for name in CALENDARS)


def _settings_place(index: int) -> Place:
    return Place(SETTINGS)


def busy_files(
    root: Path,
    patterns: Sequence[str],
    own: Collection[Path] = (),
    place: Callable[[int], Place] = _settings_place,
) -> tuple[tuple[tuple[str, bytes], ...], tuple[Problem, ...]]:
    """Return the busy calendars as (label, bytes), sorted by label, and what is wrong with the patterns.

    A pattern names a file, a folder (all `*.ics` below it) or, with `*`, `?` or `[`, as many files as there are.

    Args:
        root: The workspace, from which relative patterns start; `~` is the home.
        patterns: As the user wrote them.
        own: Files to leave out, from `own_calendars`.
        place: Position of a pattern to where it stands in the settings.
    """
    found: dict[str, bytes] = {}
    problems: list[Problem] = []
    for index, pattern in enumerate(patterns):
        try:
            paths = _matches(root, pattern)
        except OSError as error:
            problems.append(_unreadable(pattern, error, place(index)))
            continue
        if paths is None:
            problems.append(_missing(pattern, place(index)))
        for path in paths or ():
            if path.resolve() not in own:
                _take(path, _label(root, path), place(index), found, problems)
    return tuple(sorted(found.items())), tuple(problems)


def _matches(root: Path, pattern: str) -> list[Path] | None:
    """Return the files a pattern names, sorted; None when it names one thing, which is not there."""
    if is_address(pattern):
        return None
    path = root / _expanded(pattern)
    if path.is_dir():
        return _calendars_below(path)
    if path.exists():
        return [path]
    if not glob.has_magic(pattern):
        return None
    # Path.glob() takes no absolute patterns, and would take the name of the workspace for a pattern
    hits = [root / hit for hit in glob.glob(str(_expanded(pattern)), root_dir=root, recursive=True)]  # noqa: PTH207
    return sorted(
        {file for hit in hits for file in (_calendars_below(hit) if hit.is_dir() else [hit])}
    )


def _expanded(pattern: str) -> Path:
    """Return the pattern with `~` as the home; of a user that does not exist it stays as it is."""
    try:
        return Path(pattern).expanduser()
    except RuntimeError:
        return Path(pattern)


def _calendars_below(folder: Path) -> list[Path]:
    """Return every calendar below a folder, sorted; a folder that cannot be read is never taken for an empty one."""
    names = (
        Path(place) / name for place, _, files in os.walk(folder, onerror=_fail) for name in files
    )
    return sorted(path for path in names if path.suffix.lower() == ".ics")


def _fail(error: OSError) -> None:
    raise error


def _take(
    path: Path, label: str, place: Place, found: dict[str, bytes], problems: list[Problem]
) -> None:
    if label in found:
        return
    try:
        if path.is_fifo():
            raise OSError(errno.EINVAL, "it is a pipe and not a file")
        with path.open("rb") as file:
            data = file.read(LARGEST_CALENDAR_BYTES + 1)
    except OSError as error:
        problems.append(_unreadable(label, error, place))
        return
    if len(data) > LARGEST_CALENDAR_BYTES:
        message = f"'{label}' is larger than {LARGEST_CALENDAR_BYTES // 1_000_000} MB"
        problems.append(Problem(place, "busy-too-large", message, "export only the coming years"))
        return
    found[label] = data


def _unreadable(name: str, error: OSError, place: Place) -> Problem:
    hint = "take it out of 'busy', or mend it"
    return Problem(
        place,
        "busy-unreadable",
        f"the busy calendar '{name}' cannot be read: {reason(error)}",
        hint,
    )


def _missing(pattern: str, place: Place) -> Problem:
    if is_address(pattern):
        hint = "write it with 'https:' or 'webcal:' in front"
        return Problem(place, "busy-missing", f"'{pattern}' is no address that can be asked", hint)
    hint = "is the path right, seen from the workspace?"
    return Problem(place, "busy-missing", f"there is no busy calendar '{pattern}'", hint)


def _label(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
