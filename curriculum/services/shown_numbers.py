"""Which published numbers are covered until they are guessed, and which were shown."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from curriculum.disk.texts import shown_text, write_text
from curriculum.model.problems import CurriculumError
from curriculum.practice.predictions import TASTE
from curriculum.practice.user_text import file_lines
from curriculum.reproduction.attempts import attempts_of
from curriculum.services.predictions import predictions_of
from curriculum.services.snapshot import Snapshot

SHOWN_NUMBERS = f"{TASTE}/shown.txt"


def covered_of(snapshot: Snapshot, work: str) -> frozenset[str]:
    """Return the ids of the results of a paper whose published numbers are covered.

    Raises:
        CurriculumError: The predictions cannot be read.
    """
    found: set[str] = set()
    for entry in predictions_of(snapshot).entries:
        paper, _, result = (entry.value.result or "").partition("#")
        if entry.value.is_covered and paper == work:
            found.add(result)
    return frozenset(found)


def was_shown(snapshot: Snapshot, result: str) -> bool:
    """Whether a published number was shown: by a command that prints it, or beside a score of it.

    Raises:
        CurriculumError: The list or the journal cannot be read.
    """
    if result in _shown(snapshot):
        return True
    attempts = attempts_of(snapshot.progress.live).get(result, ())
    return any(attempt.runs for attempt in attempts)


def _shown(snapshot: Snapshot) -> frozenset[str]:
    lines = file_lines(shown_text(snapshot.context.root, SHOWN_NUMBERS))
    return frozenset(line.partition(" ")[2].strip() for line in lines)


def note_shown(snapshot: Snapshot, results: Iterable[str]) -> None:
    """Note that published numbers are being shown, for one who makes predictions.

    A workspace without a folder `taste` is left as it is, and one that cannot be written, too.
    """
    root = snapshot.context.root
    if not (root / TASTE).is_dir():
        return
    with suppress(CurriculumError):
        known = _shown(snapshot)
        new = [name for name in dict.fromkeys(results) if name not in known]
        if new:
            text = shown_text(root, SHOWN_NUMBERS)
            added = "".join(f"{snapshot.today} {name}\n" for name in new)
            write_text(root, SHOWN_NUMBERS, f"{text}{added}")
