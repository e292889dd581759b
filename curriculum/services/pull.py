"""Take over what the person changed on a calendar server, as facts of the journal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from curriculum.disk.vdirs import is_folder
from curriculum.exchange.desired_state import TODOS
from curriculum.exchange.pull import Edit, EditKind, acknowledged, event_edits, todo_edits
from curriculum.exchange.remote_calendar import RemoteCalendar
from curriculum.model.identifiers import TRACKS
from curriculum.model.journal import Fact, Finished, Missed, Pinned
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import CurriculumError
from curriculum.model.progress import Progress
from curriculum.model.sync import LeftEdit, MassDeletion
from curriculum.network.errors import RejectedError
from curriculum.progress.pins import held_units
from curriculum.services.context import Context
from curriculum.services.past_sessions import past_sessions
from curriculum.services.recording import JournalWriter, journal_writer
from curriculum.services.sync import ShowProgress, Sync
from curriculum.services.syncing import syncing
from curriculum.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull found on the server.

    Attributes:
        workspace: The workspace, as it was before.
        facts: What was recorded.
        has_edits: Whether there were edits to take over; all of them may have been known already.
        left: Edits that were not taken over.
        deletions: Calendars from which so much was deleted that it may be an accident, and was not
            taken over.
        newer: Calendars to which another copy of the workspace sent a newer plan: what is missing
            there was not deleted by the person.
        failures: Name of a calendar that could not be looked at to the reason.
    """

    workspace: Workspace
    facts: tuple[Fact, ...]
    has_edits: bool
    left: tuple[LeftEdit, ...]
    deletions: tuple[MassDeletion, ...]
    newer: tuple[str, ...] = ()
    failures: Mapping[str, str] = field(default_factory=dict)


class ForgottenError(CurriculumError):
    """What a pull found is recorded, and cannot be remembered as seen."""

    def __init__(self, error: CurriculumError) -> None:
        """Build the sentence from what went wrong."""
        super().__init__(f"{error}; what you changed there was recorded all the same")


class NoVdirError(CurriculumError):
    """A folder that is to be read as a vdir does not exist."""

    def __init__(self, vdir: Path) -> None:
        """Build the sentence from the folder."""
        super().__init__(
            f"there is no folder '{vdir}'; 'curriculum plan --vdir {vdir}' writes the plan to one"
        )


AreMissed: TypeAlias = Callable[[MassDeletion], bool]
"""Answers whether sessions that were deleted at once are missed."""


def by_accident(deletion: MassDeletion) -> bool:
    """Take sessions that were deleted at once for an accident."""
    return False


def pull(
    context: Context,
    progress: ShowProgress = nullcontext,
    vdir: Path | None = None,
    are_missed: AreMissed = by_accident,
) -> Pulled:
    """Record what the person did on the server, or in a vdir, since the last sync.

    Args:
        context: Where and when it is.
        progress: Shows what is going on.
        vdir: The vdir to look at; None means the calendar server.
        are_missed: Answers whether many sessions that were deleted at once are missed.

    Raises:
        NoVdirError: The vdir does not exist.
        CurriculumError: No server is named, nothing is published, or the server does not go along.
    """
    workspace = Workspace(context, results="none")
    _require_folder(vdir)
    failures: dict[str, str] = {}
    with syncing(workspace, vdir) as sync:
        with progress("looking at what you did there"):
            calendars = _fetched(sync, failures)
        followed = _followed(workspace)
        accidents = _accidents(calendars, followed, are_missed)
        edits = _all_edits(sync, calendars, followed, accidents)
        found = [edit for name in edits for edit in edits[name]]
        meant = [edit for edit in found if edit.kind is not EditKind.NOTHING]
        facts = record_edits(workspace, meant)
        newer = tuple(name for name in calendars if sync.shows_newer_plan(name, calendars[name]))
        # Only now: an edit that could not be recorded must be found again by the next pull.
        for name, calendar in calendars.items():
            _acknowledge(sync, name, calendar, edits[name])
        _remember(sync, facts)
        return Pulled(
            workspace=workspace,
            facts=facts,
            has_edits=bool(meant),
            left=tuple(_left(sync, found)),
            deletions=tuple(_deletions(calendars, accidents)),
            newer=newer,
            failures=failures,
        )


def _accidents(
    calendars: Mapping[str, RemoteCalendar], followed: frozenset[str], are_missed: AreMissed
) -> dict[str, frozenset[str]]:
    """Return name of a calendar to the events that were deleted at once, and are not missed."""
    found: dict[str, frozenset[str]] = {}
    for name, calendar in calendars.items():
        gone = calendar.deleted_at_once(followed)
        if gone and not (name in TRACKS and are_missed(_deletion(name, calendar, gone))):
            found[name] = frozenset(gone)
    return found


def _deletion(name: str, calendar: RemoteCalendar, gone: Collection[str]) -> MassDeletion:
    return MassDeletion(name, len(gone), len(calendar.previously_pushed()))


def _deletions(
    calendars: Mapping[str, RemoteCalendar], accidents: Mapping[str, frozenset[str]]
) -> Iterator[MassDeletion]:
    for name, gone in accidents.items():
        yield _deletion(name, calendars[name], gone)


def _remember(sync: Sync, facts: Sequence[Fact]) -> None:
    """Store that the edits were seen.

    Raises:
        ForgottenError: That failed, and something was recorded.
        CurriculumError: That failed.
    """
    try:
        sync.remember()
    except CurriculumError as error:
        if facts:
            raise ForgottenError(error) from error
        raise


def _all_edits(
    sync: Sync,
    calendars: Mapping[str, RemoteCalendar],
    followed: frozenset[str],
    accidents: Mapping[str, frozenset[str]],
) -> dict[str, tuple[Edit, ...]]:
    """Return what the person did with each calendar, by name; an accident is not an edit."""
    edits: dict[str, tuple[Edit, ...]] = {}
    # A plan that left nothing new in one calendar may have withdrawn events there all the same.
    newer = any(sync.shows_newer_plan(name, calendar) for name, calendar in calendars.items())
    for name, calendar in calendars.items():
        lost = accidents.get(name, frozenset())
        found = _edits(sync, name, calendar, followed, is_newer=newer)
        edits[name] = tuple(edit for edit in found if edit.uid not in lost)
    return edits


def _left(sync: Sync, edits: Iterable[Edit]) -> Iterator[LeftEdit]:
    for edit in edits:
        if edit.kind is EditKind.NOTHING:
            yield LeftEdit(sync.event_name(edit.uid).title, edit.note)


def _require_folder(vdir: Path | None) -> None:
    if vdir is not None and not is_folder(vdir):
        raise NoVdirError(vdir)


def _fetched(sync: Sync, failures: dict[str, str]) -> dict[str, RemoteCalendar]:
    """Return the calendars by name; another machine may have made those that are not known here.

    Args:
        sync: The sync.
        failures: Gets the name of each calendar that the server refuses, and why.
    """
    found: dict[str, RemoteCalendar] = {}
    for name in sync.names:
        try:
            found[name] = sync.fetch_remote(name)
        except RejectedError as error:
            if not error.is_limited:
                raise
            failures[name] = str(error)
    return found


def _edits(
    sync: Sync,
    name: str,
    calendar: RemoteCalendar,
    followed: frozenset[str],
    *,
    is_newer: bool,
) -> Iterator[Edit]:
    """Yield what the person did with a calendar.

    Where a newer plan was sent, what is missing is not an edit.
    """
    if name == TODOS:
        yield from todo_edits(sync.todo_units(), calendar)
        return
    for edit in event_edits(sync.ledger, calendar, sync.snapshot.minute, followed):
        # A newer plan may have withdrawn it.
        if edit.uid in calendar.remote or not is_newer:
            yield edit


def _followed(workspace: Workspace) -> frozenset[str]:
    """Return the sessions that are over and in which something was done."""
    past = past_sessions(workspace, workspace.ledger, workspace.minute)
    return frozenset(one.uid for one in past.outcomes if one.done)


def record_edits(workspace: Workspace, edits: Sequence[Edit]) -> tuple[Fact, ...]:
    """Record what edits mean, as one command that can be undone, and return the new facts."""
    # Not even opened: a pull that finds nothing must not create a journal.
    if not edits:
        return ()
    writer = journal_writer(workspace)
    return writer.record(lambda progress: _facts(edits, writer, progress)).facts


def _facts(edits: Sequence[Edit], writer: JournalWriter, progress: Progress) -> Iterator[Fact]:
    done = set(progress.done)
    for edit in edits:
        yield from _session_facts(edit, writer, progress)
        for unit in edit.units:
            if unit not in done:
                done.add(unit)
                yield Finished(**writer.stamp(), unit=unit)


def _session_facts(edit: Edit, writer: JournalWriter, progress: Progress) -> Iterator[Fact]:
    """Yield what an edit says of its session.

    Nothing is said twice: a pull that recorded and was killed finds its edits again.
    """
    if edit.session is None:
        return
    if edit.kind is EditKind.PIN:
        known = progress.pins.get(edit.uid)
        if known is None or (known.start, known.end) != (edit.start, edit.end):
            times = {"start": edit.start, "end": edit.end}
            held = held_units(edit.session)
            yield Pinned(**writer.stamp(), session=edit.uid, **times, pieces=held)
    elif edit.kind is EditKind.MISSED:
        start, end = edit.session.start, edit.session.end
        missed = progress.missed.get(edit.uid)
        if missed is None or (missed.start, missed.end) != (start, end):
            yield Missed(**writer.stamp(), session=edit.uid, start=start, end=end)


def _acknowledge(sync: Sync, name: str, calendar: RemoteCalendar, edits: Sequence[Edit]) -> None:
    """Record that edits were seen, so that the next sync does not find them again."""
    known, sending = sync.versions[name], sync.sending[name]
    for edit in edits:
        known[edit.uid] = acknowledged(edit, known.get(edit.uid), calendar.remote.get(edit.uid))
        sending.pop(edit.uid, None)
