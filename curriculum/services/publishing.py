"""Publish a plan: write its calendars, or those of the time before, and say in a line what changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from curriculum.calendars.changes import changes_of
from curriculum.calendars.ledger_json import ledger_of, read_ledger
from curriculum.calendars.publication import Publication, publish
from curriculum.calendars.undo_publication import restored
from curriculum.calendars.vdirs import is_ours, vdir_files
from curriculum.disk.publication import publishing, read_published, replace_published
from curriculum.disk.vdirs import replace_vdir
from curriculum.model.ledger import PREVIOUS, Ledger
from curriculum.model.problems import CurriculumError
from curriculum.model.settings import Settings
from curriculum.services.context import Context
from curriculum.services.planning import Planned
from curriculum.services.published import published_in
from curriculum.services.workspace import Workspace
from curriculum.views.text.changes import changes_lines, missed_lines


class NothingBeforeError(CurriculumError):
    """A folder in which nothing was published before the last time."""

    def __init__(self, folder: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(
            f"nothing was published to '{folder}' before the last time, so there is nothing to go back to"
        )


def publish_plan(planned: Planned, folder: Path, *, dry_run: bool) -> Iterator[str]:
    """Publish the calendars of a plan, unless it is a dry run, and yield what changes."""
    if dry_run:
        yield from _changes(planned, _publication(planned, planned.ledger), planned.ledger)
        return
    with publishing(folder):
        ledger = published_in(folder, planned.gathered.settings)
        publication = _publication(planned, ledger)
        yield from _changes(planned, publication, ledger)
        written = replace_published(folder, publication.files)
    yield _told(folder, publication, is_news=bool(written))


def _publication(planned: Planned, ledger: Ledger) -> Publication:
    gathered = planned.gathered
    return publish(
        planned.plan,
        gathered.library,
        planned.curriculum,
        gathered.settings,
        gathered.zone,
        ledger,
        gathered.context.stamp,
        over=planned.over,
        progress=planned.progress,
        happened=planned.happened,
    )


def _changes(planned: Planned, publication: Publication, ledger: Ledger) -> Iterator[str]:
    """Yield what changes against what was published before, in a few lines; nothing the first time."""
    zone = planned.gathered.zone
    lines = changes_lines(changes_of(ledger, publication.ledger), zone) if ledger.events else ()
    if lines:
        yield "\n" + "\n".join((*missed_lines(planned.missed, planned.over), *lines))


def publish_vdir(settings: Settings, folder: Path, vdir: Path) -> str:
    """Write what is published to a vdir, and return what changed there."""
    ledger = published_in(folder, settings)
    written, removed = replace_vdir(
        vdir, vdir_files(ledger, settings), lambda name: is_ours(name, ledger)
    )
    return f"Wrote {written} files to {vdir}, removed {removed}"


def publish_previous(desk: Context, folder: Path) -> str:
    """Publish again what was published before the last time, and return what changed.

    Raises:
        NothingBeforeError: There was no earlier publication.
    """
    gathered = Workspace(desk)
    with publishing(folder):
        published = read_published(folder, previous=True)
        if PREVIOUS not in published:
            raise NothingBeforeError(folder)
        previous = read_ledger(published[PREVIOUS], file=PREVIOUS)
        ledger = ledger_of(published, gathered.settings)
        publication = restored(
            ledger, previous, gathered.settings, desk.minute(gathered.zone), desk.stamp
        )
        written = replace_published(folder, publication.files)
    return _told(folder, publication, is_news=bool(written))


def _told(folder: Path, publication: Publication, *, is_news: bool) -> str:
    """Return what a publication changed, in one line."""
    counts = {
        "new": publication.new,
        "moved": publication.moved,
        "changed": publication.changed,
        "gone": publication.gone,
        "unchanged": publication.unchanged,
    }
    events = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    return f"\nPublished to {folder}: {events if is_news else 'nothing changed'}"
