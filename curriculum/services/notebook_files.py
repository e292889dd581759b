"""Attach files to notes, look at those that are linked, and remove copies that are taken back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from curriculum.disk.attachments import (
    read_attachment,
    remove_attachment,
    sha256_of,
    write_attachment,
)
from curriculum.disk.reading import bytes_of
from curriculum.model.journal import Attached, Fact
from curriculum.practice.attachments import (
    LARGE_BYTES,
    MOST_BYTES,
    attachment_file,
    link_lines,
    linked_file,
    table_lines,
)
from curriculum.practice.entries import NotebookEntry, links_in
from curriculum.practice.notebook import LinkedFile, entry_file
from curriculum.services.errors import UsageError
from curriculum.services.followups import entries_of, reviews_of
from curriculum.services.recording import JournalWriter
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace


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
            write_attachment(root, copy.file, copy.data)
            yield Attached(**writer.stamp(), file=copy.file, digest=sha256_of(copy.data))


def remove_attachments(workspace: Workspace, facts: Iterable[Fact]) -> None:
    """Remove the copies that some facts speak of, unless a note still links to them.

    Raises:
        CurriculumError: A file cannot be read or removed.
    """
    attached = [fact for fact in facts if isinstance(fact, Attached)]
    if not attached:
        return
    linked = files_linked(workspace)
    for fact in attached:
        if fact.file not in linked:
            remove_attachment(workspace.context.root, fact.file, fact.digest)


def files_linked(snapshot: Snapshot) -> frozenset[str]:
    """Return the files that any note or review links to, by their paths in the workspace.

    Raises:
        CurriculumError: A file cannot be read.
    """
    found: set[str] = set()
    for entry in entries_of(snapshot):
        found.update(linked_file(entry_file(entry.day), link) for link in entry.links)
    for review in reviews_of(snapshot):
        found.update(linked_file(review.file, link) for link in links_in(review.text))
    return frozenset(found)


def linked_files(snapshot: Snapshot, entry: NotebookEntry) -> tuple[LinkedFile, ...]:
    """Return the files that an entry links to, in order.

    Raises:
        CurriculumError: One is there and cannot be read.
    """
    root = snapshot.context.root
    found: list[LinkedFile] = []
    for link in entry.links:
        file = linked_file(entry_file(entry.day), link)
        data = bytes_of(root / file) if (root / file).is_file() else None
        size = None if data is None else len(data)
        digest = None if data is None else sha256_of(data)
        found.append(LinkedFile(link, file, size, digest))
    return tuple(found)
