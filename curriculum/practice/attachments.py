"""Files that belong to notes: their names, the links to them, and tables made of them."""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from urllib.parse import quote, unquote

from curriculum.model.late_patterns import late_pattern
from curriculum.practice.entries import NoteLink
from curriculum.practice.notebook import FILES

MOST_TABLE_ROWS = 30
"""Rows of a table that are shown in a note."""

LARGE_BYTES = 1_000_000
"""Above this, a person who keeps the notebook in git should think twice."""

MOST_BYTES = 20_000_000
"""Above this, a file is linked and not copied."""

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif")
_NUMBER = late_pattern(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?%?")
_UNSAFE = late_pattern(r"[\x00-\x1f/\\]+")


def attachment_file(day: date, name: str, taken: Callable[[str], bool]) -> str:
    """Return the file that something attached on a day is copied to, one that is not taken.

    Args:
        day: The day of the note.
        name: What it is called; folders are left out.
        taken: Whether a file of the workspace is there with other content.
    """
    plain = _UNSAFE.sub("-", name.rsplit("/", 1)[-1]).strip(" .-") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    file = f"{FILES}/{day.isoformat()}-{stem}{dot}{ending}"
    number = 1
    while taken(file):
        number += 1
        file = f"{FILES}/{day.isoformat()}-{stem}-{number}{dot}{ending}"
    return file


def link_lines(entry: str, file: str, name: str) -> tuple[str, ...]:
    """Return the Markdown that shows an image in an entry, or links to another file.

    Args:
        entry: The file of the entry, by its path in the workspace.
        file: The file, likewise, or an absolute path.
        name: What it is called.
    """
    path = file if file.startswith("/") else posixpath.relpath(file, posixpath.dirname(entry))
    caption = _caption(name)
    target = quote(path)
    if file.lower().endswith(_IMAGES):
        stem = caption.rsplit(".", 1)[0]
        return (f"![{stem}]({target})",)
    return (f"[{caption}]({target})",)


def _caption(name: str) -> str:
    return re.sub(r"[\[\]\\\n]", " ", name).strip() or "file"


def linked_file(entry: str, link: NoteLink) -> str:
    """Return the file that a link of an entry leads to, by its path in the workspace."""
    path = unquote(link.path.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(entry), path))


def table_lines(text: str) -> tuple[str, ...]:
    """Return a table of CSV or TSV as Markdown: its head, and at most 30 rows.

    Raises:
        csv.Error: It is neither.
    """
    separator = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = [row for row in csv.reader(text.splitlines(), delimiter=separator) if row]
    if not rows:
        return ()
    head, *body = rows
    shown = body[:MOST_TABLE_ROWS]
    lines = [_row(head), _row(_rule(head, shown)), *map(_row, _padded(shown, len(head)))]
    left_out = len(body) - len(shown)
    if left_out:
        lines += ["", f"({left_out} more {'row' if left_out == 1 else 'rows'} left out)"]
    return tuple(lines)


def _rule(head: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Return the line below the head, which sets columns of numbers to the right."""
    return ["---:" if _is_numeric(body, at) else "---" for at in range(len(head))]


def _is_numeric(body: Sequence[Sequence[str]], column: int) -> bool:
    cells = [row[column].strip() for row in body if column < len(row)]
    return bool(cells) and all(not cell or _NUMBER.fullmatch(cell) for cell in cells)


def _padded(rows: Iterable[Sequence[str]], width: int) -> Iterable[Sequence[str]]:
    for row in rows:
        yield [*row, *[""] * (width - len(row))]


def _row(cells: Iterable[str]) -> str:
    escaped = (" ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def orphans(files: Collection[str], linked: Collection[str]) -> tuple[str, ...]:
    """Return the attached files to which no note and no review links."""
    return tuple(sorted(set(files) - set(linked)))
