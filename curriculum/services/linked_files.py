"""The files that notes and reviews link to, and the copies that are taken back."""

from __future__ import annotations

from collections.abc import Iterable

from curriculum.disk.attachments import remove_attachment, sha256_of
from curriculum.disk.reading import bytes_of
from curriculum.model.journal import Attached, Fact
from curriculum.practice.attachments import linked_file
from curriculum.practice.entries import NotebookEntry, links_in
from curriculum.practice.notebook import LinkedFile, entry_file
from curriculum.practice.reviews import Review
from curriculum.services.followups import entries_of, reviews_of
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace


def remove_attachments(workspace: Workspace, facts: Iterable[Fact]) -> None:
    """Remove the copies that some facts speak of, unless a note still links to them.

    Raises:
        CurriculumError: A file cannot be read or removed.
    """
    attached = [fact for fact in facts if isinstance(fact, Attached)]
    if not attached:
        return
    linked = files_linked(entries_of(workspace), reviews_of(workspace))
    for fact in attached:
        if fact.file not in linked:
            remove_attachment(workspace.context.root, fact.file, fact.digest)


def files_linked(entries: Iterable[NotebookEntry], reviews: Iterable[Review]) -> frozenset[str]:
    """Return the files that notes and reviews link to, by their paths in the workspace."""
    found: set[str] = set()
    for entry in entries:
        found.update(linked_file(entry_file(entry.day), link) for link in entry.links)
    for review in reviews:
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
