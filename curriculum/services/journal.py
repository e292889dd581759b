"""Export the journal as JSON Lines, and take over what another machine recorded."""

from __future__ import annotations

import os
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.journal import (
    JOURNAL,
    holds_journal,
    is_journal_data,
    journal_bytes,
    read_facts,
    writing,
)
from curriculum.disk.journal_errors import JournalError
from curriculum.model.journal import Fact
from curriculum.model.late_dataclasses import dataclass
from curriculum.progress.fact_union import union
from curriculum.progress.json_lines import BrokenLineError, additions, journal_lines, read_lines
from curriculum.services.errors import UsageError
from curriculum.services.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ImportedFacts:
    """How many facts of a file were new, and how many the journal held already."""

    added: int
    known: int


def exported_lines(snapshot: Snapshot) -> str:
    """Return every fact as a line of JSON.

    Raises:
        CurriculumError: The journal cannot be read.
    """
    return journal_lines(snapshot.facts)


def export_journal(snapshot: Snapshot, file: Path) -> int:
    """Write every fact as a line of JSON, and return how many there are.

    Raises:
        UsageError: The file is a journal, which the lines would replace.
        CurriculumError: The journal cannot be read, or the file cannot be written.
    """
    if file.name == JOURNAL or _is_same(file, snapshot.journal) or holds_journal(file):
        raise UsageError(f"'{file}' is a journal, which an export would replace", "FILE")
    write(file, exported_lines(snapshot).encode())
    return len(snapshot.facts)


def _is_same(file: Path, other: Path) -> bool:
    return os.path.realpath(file) == os.path.realpath(other)


def import_journal(snapshot: Snapshot, name: str, data: bytes) -> ImportedFacts:
    """Record the facts of a file that the journal does not hold; none, if one is wrong.

    Facts that another machine recorded in between take their place among the known ones.

    Args:
        snapshot: The workspace.
        name: The file: JSON Lines, or another journal.
        data: What it holds.

    Raises:
        BrokenLineError: A line is not a fact, or contradicts one that is known.
        CurriculumError: One of the journals cannot be read, or ours cannot be written.
    """
    facts = _facts_of(name, data)
    with writing(snapshot.journal) as journal:
        added = additions(name, facts, journal.facts)
        if added:
            journal.rearrange(union(journal.facts, facts))
    return ImportedFacts(len(added), len(facts) - len(added))


def merge_journals(ours: Path, theirs: Path) -> int:
    """Write the facts of two journals to the first one, and return how many there are.

    Raises:
        CurriculumError: A file is not a journal or is damaged; the first one is as it was.
    """
    known = _facts_in(ours)
    merged = union(known, _facts_in(theirs))
    if merged != known:
        write(ours, journal_bytes(merged))
    return len(merged)


def _facts_in(path: Path) -> tuple[Fact, ...]:
    """Return the facts of a file that must be a journal.

    Raises:
        CurriculumError: It is none, or is damaged.
    """
    if not holds_journal(path):
        raise JournalError(path, "is not a journal")
    return read_facts(path)


def _facts_of(name: str, data: bytes) -> tuple[Fact, ...]:
    """Return the facts of JSON Lines, or of another journal."""
    if is_journal_data(data):
        # Read by its path: what a killed command left beside it is part of it.
        return _facts_in(Path(name))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise BrokenLineError(name, 1, "this is not UTF-8") from error
    return read_lines(name, text)
