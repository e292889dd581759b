"""What is wrong with the notebook of a workspace."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.disk.texts import NotTextError, files_below, workspace_text
from curriculum.model.problems import Problem
from curriculum.practice.attachments import linked_file, orphans
from curriculum.practice.entries import NotebookEntry
from curriculum.practice.followups import ids_twice
from curriculum.practice.notebook import FILES, NOTEBOOK, entry_file
from curriculum.practice.notebook_problems import (
    dead_link,
    id_problems,
    not_text,
    orphan,
    unit_problems,
)
from curriculum.practice.reviews import all_next_lines
from curriculum.services.followups import entries_of, reviews_of
from curriculum.services.linked_files import files_linked
from curriculum.services.workspace import Workspace


def notebook_problems(workspace: Workspace) -> Iterator[Problem]:
    """Yield what is wrong with the notebook; nothing of it stops a plan.

    Raises:
        CurriculumError: A file cannot be read.
    """
    entries, reviews = entries_of(workspace), reviews_of(workspace)
    yield from _undecoded(workspace)
    if entries:
        yield from unit_problems(entries, frozenset(workspace.catalogue.units))
    for entry in entries:
        yield from _dead_links(workspace, entry)
    yield from id_problems(ids_twice(all_next_lines(entries, reviews)))
    files = tuple(files_below(workspace.context.root, FILES, ""))
    if files:
        yield from map(orphan, orphans(files, files_linked(entries, reviews)))


def _undecoded(workspace: Workspace) -> Iterator[Problem]:
    root = workspace.context.root
    for file in files_below(root, NOTEBOOK, ".md"):
        try:
            workspace_text(root, file)
        except NotTextError:
            yield not_text(file)


def _dead_links(workspace: Workspace, entry: NotebookEntry) -> Iterator[Problem]:
    file = entry_file(entry.day)
    for link in entry.links:
        target = linked_file(file, link)
        if not (workspace.context.root / target).exists():
            yield dead_link(file, link.line, target)
