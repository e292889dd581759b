"""Publish a plan: write its calendars, or those of the time before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from curriculum.calendars.changes import changes_of
from curriculum.calendars.labels import labels_of
from curriculum.calendars.ledger_json import read_ledger
from curriculum.calendars.publication import Publication, publish
from curriculum.calendars.publication_request import PublicationRequest
from curriculum.calendars.uids import names_after, session_uids
from curriculum.calendars.undo_publication import undo_publication
from curriculum.calendars.vdirs import is_ours, vdir_files
from curriculum.disk.publication import publishing, read_published, replace_published
from curriculum.disk.vdirs import replace_vdir
from curriculum.model.changes import Changes
from curriculum.model.ledger import PREVIOUS, Ledger
from curriculum.model.problems import CurriculumError
from curriculum.services.planning import Planned
from curriculum.services.snapshot import Snapshot


class NothingBeforeError(CurriculumError):
    """A folder in which nothing was published before the last time."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(
            f"'{folder}' holds no earlier publication, so there is nothing to go back to"
        )


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication changed, or would change.

    Attributes:
        folder: Where the calendars are.
        publication: What is published now, and how many of its events changed.
        changes: What changes for the person against the publication before; None for the first one.
        written: Names of the files that changed; none on a dry run.
    """

    folder: Path
    publication: Publication
    changes: Changes | None
    written: tuple[str, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """What became of events to how many there are."""
        publication = self.publication
        return {
            "new": publication.new,
            "moved": publication.moved,
            "changed": publication.changed,
            "gone": publication.gone,
            "unchanged": publication.unchanged,
        }


@dataclass(frozen=True, slots=True)
class VdirWritten:
    """What changed in a vdir.

    Attributes:
        vdir: Its folder.
        written: How many files were written.
        removed: How many were removed.
    """

    vdir: Path
    written: int
    removed: int


def preview_publication(planned: Planned) -> Published:
    """Return what the publication of a plan would change; nothing is written."""
    publication = _publication(planned, planned.ledger)
    return Published(planned.folder, publication, _changes(planned.ledger, publication))


def publish_plan(planned: Planned) -> Published:
    """Publish the calendars of a plan.

    Raises:
        CurriculumError: Another run does not finish publishing, or a file cannot be written.
    """
    folder = planned.folder
    with publishing(folder):
        # Under the lock, for another run may have published since the plan was made.
        ledger = planned.workspace.published_in(folder).read_again()
        publication = _publication(planned, ledger)
        written = replace_published(folder, publication.files)
    return Published(folder, publication, _changes(ledger, publication), written)


def uids_of(planned: Planned) -> tuple[str, ...]:
    """Return the UIDs under which the sessions of a plan are published, in their order."""
    names = names_after(planned.ledger, planned.progress)
    return session_uids(planned.plan, names, planned.over)


def _publication(planned: Planned, ledger: Ledger) -> Publication:
    workspace = planned.workspace
    request = PublicationRequest(
        plan=planned.plan,
        curriculum=planned.curriculum,
        labels=labels_of(workspace.library, workspace.library.works),
        settings=workspace.settings,
        zone=workspace.zone,
        over=planned.over,
        progress=planned.progress,
        done=planned.past.happened,
        rescheduled=frozenset(one.uid for one in planned.past.missed),
    )
    return publish(request, ledger, workspace.context.stamp)


def _changes(before: Ledger, publication: Publication) -> Changes | None:
    if not before.events:
        return None
    return changes_of(before, publication.ledger)


def publish_vdir(snapshot: Snapshot, folder: Path, vdir: Path) -> VdirWritten:
    """Write what is published to a vdir.

    Raises:
        CurriculumError: A file cannot be written.
    """
    ledger = snapshot.published_in(folder).read_again()
    files = vdir_files(ledger, snapshot.settings)
    written, removed = replace_vdir(vdir, files, lambda name: is_ours(name, ledger))
    return VdirWritten(vdir, written, removed)


def publish_previous(snapshot: Snapshot, output: Path | None = None) -> Published:
    """Publish again what was published before the last time.

    Raises:
        NothingBeforeError: There was no earlier publication.
        CurriculumError: Another run keeps publishing, or a file cannot be read or written.
    """
    folder = output or snapshot.context.calendars
    with publishing(folder):
        kept = read_published(folder, previous=True)
        if PREVIOUS not in kept:
            raise NothingBeforeError(folder)
        previous = read_ledger(kept[PREVIOUS], file=PREVIOUS)
        ledger = snapshot.published_in(folder).read_again()
        stamp = snapshot.context.stamp
        publication = undo_publication(ledger, previous, snapshot.settings, snapshot.minute, stamp)
        written = replace_published(folder, publication.files)
    return Published(folder, publication, changes_of(ledger, publication.ledger), written)
