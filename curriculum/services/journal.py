"""Export the journal as JSON Lines, and import what another one exported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from curriculum.disk.atomic import write
from curriculum.disk.journal import writing
from curriculum.progress.json_lines import BrokenLineError, additions, journal_lines, read_lines
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
        CurriculumError: The journal cannot be read, or the file cannot be written.
    """
    write(file, exported_lines(snapshot).encode())
    return len(snapshot.facts)


def import_journal(snapshot: Snapshot, name: str, data: bytes) -> ImportedFacts:
    """Record the facts of a file that the journal does not hold; none, if a line is wrong.

    Raises:
        BrokenLineError: A line is not a fact, or contradicts one that is known.
        CurriculumError: The journal cannot be written.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise BrokenLineError(name, 1, "this is not UTF-8") from error
    facts = read_lines(name, text)
    with writing(snapshot.journal) as journal:
        added = additions(name, facts, journal.facts)
        journal.append(added)
    return ImportedFacts(len(added), len(facts) - len(added))
