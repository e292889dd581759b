"""Publish a plan: write its calendars, or those of the time before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from curriculum.availability.skimming import balance_beside_skimming
from curriculum.calendars.changes import changes_of
from curriculum.calendars.labels import labels_of
from curriculum.calendars.ledger_json import read_ledger
from curriculum.calendars.publication import Publication, publish
from curriculum.calendars.publication_request import PublicationRequest
from curriculum.calendars.uids import holds_only_ours, session_uids
from curriculum.calendars.undo_publication import undo_publication
from curriculum.calendars.validation import ForeignCalendarError
from curriculum.disk.publication import (
    publishing,
    read_published,
    remove_published,
    replace_published,
)
from curriculum.model.changes import Changes
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.ledger import MORE_CALENDARS, PREVIOUS, Ledger
from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Settings
from curriculum.services.planning import Planned
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace


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
        coming: How many sessions of the publication before were still to come.
        written: Names of the files that changed; none when nothing was published.
    """

    folder: Path
    publication: Publication
    changes: Changes | None
    coming: int
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


def preview_publication(planned: Planned) -> Published:
    """Return what the publication of a plan would change; nothing is written."""
    standing = planned.workspace.published_in(planned.folder)
    return _published(planned, planned.ledger, standing.files)


def publish_plan(planned: Planned) -> Published:
    """Publish the calendars of a plan.

    Raises:
        CurriculumError: Another run does not finish publishing, or a file cannot be written.
    """
    folder = planned.folder
    with publishing(folder):
        # Under the lock, for another run may have published since the plan was made.
        standing = planned.workspace.published_in(folder)
        ledger = standing.read_again()
        published = _published(planned, ledger, standing.files)
        written = _replaced(folder, published.publication, standing.files)
    return replace(published, written=written)


def _replaced(
    folder: Path, publication: Publication, there: Mapping[str, bytes]
) -> tuple[str, ...]:
    """Write a publication, and remove the calendars that are not asked for any more.

    Args:
        folder: Where it is published.
        publication: What is to be written.
        there: The calendars that stand there, as they were read under the lock.

    Returns:
        The names of the files that changed.

    Raises:
        ForeignCalendarError: A calendar of another program is in the place of one.
        CurriculumError: A file cannot be written.
    """
    more = {name: there[name] for name in MORE_CALENDARS if name in there}
    ours = {name for name, data in more.items() if holds_only_ours(data)}
    for name in more:
        if name in publication.files and name not in ours:
            raise ForeignCalendarError(name)
    written = replace_published(folder, publication.files)
    unwanted = sorted(ours - publication.files.keys())
    remove_published(folder, unwanted)
    return (*written, *unwanted)


def uids_of(planned: Planned) -> tuple[str, ...]:
    """Return the UIDs under which the sessions of a plan are published, in their order."""
    return session_uids(planned.plan, planned.ledger, planned.progress, planned.over)


def _published(planned: Planned, ledger: Ledger, standing: Mapping[str, bytes]) -> Published:
    """Return what a plan comes to where a ledger is published, and files stand beside it."""
    workspace = planned.workspace
    request = PublicationRequest(
        plan=planned.plan,
        curriculum=planned.curriculum,
        labels=labels_of(workspace.library, workspace.library.works),
        settings=_settings(workspace),
        zone=workspace.zone,
        over=planned.over,
        progress=planned.progress,
        done=planned.past.happened,
        rescheduled=frozenset(one.uid for one in planned.past.missed),
        sittings=planned.sittings,
        basis=planned.basis,
    )
    publication = publish(request, ledger, workspace.context.stamp, standing)
    changes = changes_of(ledger, publication.ledger) if ledger.events else None
    return Published(planned.folder, publication, changes, _coming(ledger, planned.over))


def _coming(ledger: Ledger, over: int) -> int:
    """Return how many published sessions are not over."""
    return sum(session.end > over for _, session in ledger.sessions())


def preview_previous(snapshot: Snapshot, output: Path | None = None) -> Published:
    """Return what publishing the publication before again would change; nothing is written.

    Raises:
        NothingBeforeError: There was no earlier publication.
        CurriculumError: A file cannot be read.
    """
    folder = output or snapshot.context.calendars
    return _previous(snapshot, folder, snapshot.ledger_in(folder))


def publish_previous(snapshot: Snapshot, output: Path | None = None) -> Published:
    """Publish again what was published before the last time.

    Raises:
        NothingBeforeError: There was no earlier publication.
        CurriculumError: Another run keeps publishing, or a file cannot be read or written.
    """
    folder = output or snapshot.context.calendars
    with publishing(folder):
        standing = snapshot.published_in(folder)
        published = _previous(snapshot, folder, standing.read_again())
        written = _replaced(folder, published.publication, standing.files)
    return replace(published, written=written)


def _previous(snapshot: Snapshot, folder: Path, ledger: Ledger) -> Published:
    """Return what the publication before the one of a ledger comes to now."""
    kept = read_published(folder, previous=True)
    if PREVIOUS not in kept:
        raise NothingBeforeError(folder)
    previous = read_ledger(kept[PREVIOUS], file=PREVIOUS)
    over = snapshot.minute
    publication = undo_publication(
        ledger, previous, snapshot.settings, over, snapshot.context.stamp
    )
    changes = changes_of(ledger, publication.ledger)
    return Published(folder, publication, changes, _coming(ledger, over))


def _settings(workspace: Workspace) -> Settings:
    """Return the settings with the balance that the plan was made for."""
    settings = workspace.settings
    return settings.model_copy(update={"balance": balance_beside_skimming(settings)})
