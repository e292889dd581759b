"""Attach files to notes: what is copied, what is linked in place, what becomes a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from curriculum.disk.attachments import read_attachment, sha256_of
from curriculum.disk.reading import bytes_of
from curriculum.disk.texts import write_inside
from curriculum.model.journal import Attached, Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.practice.attachments import (
    LARGE_BYTES,
    MOST_BYTES,
    attachment_file,
    link_lines,
    table_lines,
)
from curriculum.practice.notebook import entry_file
from curriculum.services.errors import UsageError
from curriculum.services.recording import JournalWriter


@dataclass(frozen=True, slots=True)
class Attachments:
    """What is attached to a new note.

    Attributes:
        copied: Files to copy into the notebook; `-` is standard input.
        name: What the copy of the only one of them is called.
        linked: Files to refer to where they are.
        tables: Files of CSV or TSV that become tables.
    """

    copied: tuple[Path, ...] = ()
    name: str | None = None
    linked: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()


NO_ATTACHMENTS = Attachments()


@dataclass(frozen=True, slots=True)
class NewCopy:
    """A file that is copied into the notebook.

    Attributes:
        file: The copy, by its path in the workspace.
        name: What it is called.
        data: Its bytes.
        is_new: Whether nothing of the same content is there already.
    """

    file: str
    name: str
    data: bytes
    is_new: bool

    @property
    def is_large(self) -> bool:
        """Whether a repository that keeps it grows by more than a person may want."""
        return len(self.data) > LARGE_BYTES


def copies_to_make(root: Path, day: date, attached: Attachments) -> tuple[NewCopy, ...]:
    """Return the copies that a note of a day needs; nothing is written.

    Raises:
        UsageError: A name is given to several files, or standard input has none.
        CurriculumError: A file cannot be read, or is too large.
    """
    if attached.name is not None and len(attached.copied) != 1:
        raise UsageError("'--as' names one file; give it with one '--attach'", "--as")
    found: list[NewCopy] = []
    for path in attached.copied:
        if str(path) == "-" and attached.name is None:
            raise UsageError(
                "standard input has no name; give one with '--as plot.png'", "--attach"
            )
        name = attached.name or path.name
        data = read_attachment(path, MOST_BYTES)
        found.append(_copy(root, day, name, data))
    return tuple(found)


def _copy(root: Path, day: date, name: str, data: bytes) -> NewCopy:
    def is_taken(file: str) -> bool:
        found = bytes_of(root / file)
        return found is not None and found != data

    file = attachment_file(day, name, is_taken)
    return NewCopy(file, name, data, is_new=bytes_of(root / file) is None)


def blocks_of_files(
    root: Path, day: date, attached: Attachments, copies: Iterable[NewCopy]
) -> tuple[tuple[str, ...], ...]:
    """Return the Markdown of what is attached to a note, each file by itself.

    Raises:
        UsageError: A table is neither CSV nor TSV, or a file that is linked is missing.
        CurriculumError: A file cannot be read.
    """
    entry = entry_file(day)
    blocks = [link_lines(entry, copy.file, copy.name) for copy in copies]
    blocks += [link_lines(entry, _in_place(root, path), path.name) for path in attached.linked]
    blocks += [_table(path) for path in attached.tables]
    return tuple(block for block in blocks if block)


def _in_place(root: Path, path: Path) -> str:
    """Return a file as a link names it: by its path in the workspace, or in full outside of it."""
    if not path.exists():
        raise UsageError(f"there is no file '{path}'", "--link")
    full = path.resolve()
    home = root.resolve()
    return full.relative_to(home).as_posix() if full.is_relative_to(home) else full.as_posix()


def _table(path: Path) -> tuple[str, ...]:
    data = read_attachment(path, MOST_BYTES)
    try:
        return table_lines(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"'{path}' is not a table of CSV or TSV in UTF-8", "--table") from error


def write_copies(writer: JournalWriter, copies: Iterable[NewCopy]) -> Iterator[Fact]:
    """Write copies that are new, and yield the facts that say so.

    Raises:
        CurriculumError: One cannot be written.
    """
    root = writer.workspace.context.root
    for copy in copies:
        if copy.is_new:
            write_inside(root, copy.file, copy.data)
            yield Attached(**writer.stamp(), file=copy.file, digest=sha256_of(copy.data))
