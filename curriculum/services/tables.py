"""Write comparisons to files as tables to hand on."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

from curriculum.disk.made_files import write_made
from curriculum.services.errors import UsageError

TableFormat: TypeAlias = Literal["markdown", "latex", "csv"]

_ENDINGS: dict[str, TableFormat] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".tex": "latex",
    ".csv": "csv",
}


def format_of_file(path: Path) -> TableFormat:
    """Return the format that the ending of a file's name means.

    Raises:
        UsageError: It means none.
    """
    found = _ENDINGS.get(path.suffix.lower())
    if found is None:
        hint = "end it with .md, .tex or .csv, or name the '--format'"
        raise UsageError(f"'{path}' does not say its format; {hint}", "--output")
    return found


def write_table(path: Path, text: str) -> bool:
    """Write a table, and return whether that was needed.

    A file that is there is replaced when it begins with the same line, as older tables do. A README
    into which a table was copied is left alone.

    Raises:
        CurriculumError: Another file is in its place, or it cannot be written.
    """
    data = text.encode()
    first, end, _ = data.partition(b"\n")
    return write_made(path, data, lambda old: old.startswith(first + end))
