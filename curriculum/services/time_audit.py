"""Where the time went: planned beside real, switches, and whether what was begun is finished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from curriculum import services
from curriculum.model.identifiers import Track, UnitId, work_of
from curriculum.model.lived_days import session_day
from curriculum.model.quantities import minutes
from curriculum.model.settings import DayRange
from curriculum.practice.overlaps import counted_once
from curriculum.practice.switches import longest_stretch, switches_of
from curriculum.practice.time_audit import TimeAudit
from curriculum.practice.time_table import PlannedAndReal, UnitOnDay, time_cells, total_time
from curriculum.practice.work_states import (
    StudiedWork,
    WorkEnds,
    waiting_works,
    works_studied,
)
from curriculum.progress.session_outcomes import Named
from curriculum.progress.study_record import EntryKind, StudyEntry, recorded_minutes, study_record
from curriculum.schedule.demand import releases_of
from curriculum.services.errors import UsageError
from curriculum.services.exploration import explored_minutes, planned_exploration
from curriculum.services.remaining import pace_notes_of, remaining_curriculum, work_statuses
from curriculum.services.skimming_time import skimming_planned, skimming_recorded
from curriculum.services.snapshot import Snapshot
from curriculum.services.workspace import Workspace

LOOKED_BACK = timedelta(weeks=12)
"""How far the states of works and the follow-through look back."""

_LONGEST_TIMER = timedelta(weeks=1)


def audit_time(workspace: Workspace, days: DayRange) -> TimeAudit:
    """Return where the time of some days went.

    Raises:
        ProblemsError: A file has an error.
        CurriculumError: A file cannot be read.
    """
    first = days.last - LOOKED_BACK + timedelta(days=1)
    recorded = _study(workspace, DayRange(min(days.first, first), days.last))
    once = tuple(counted_once(recorded))
    entries = _since(once, days.first)
    balance = workspace.settings.balance
    sessions = tuple(_sessions_over(workspace, days))
    tracks = _Tracks(workspace, sessions)
    real = _by_day((one.day, one.unit, one.minutes) for one in entries if one.has_time)
    return TimeAudit(
        days=days,
        cells=time_cells(
            (*_planned(sessions, workspace, tracks), *skimming_planned(workspace, days)),
            (*_real(entries, tracks), *skimming_recorded(workspace, days)),
            _assumed(entries, tracks),
        ),
        planned_switches=switches_of(_by_day(_pieces(sessions, workspace))),
        real_switches=switches_of(real),
        unordered=sum(one.minutes for one in entries if not one.has_time),
        longest=longest_stretch(real),
        works=_works(workspace, _since(once, first), days.last),
        pace=pace_notes_of(workspace),
        share=balance.textbooks / (balance.textbooks + balance.papers),
        exploration=_exploration(workspace, days),
        week=_minutes(workspace.settings.week_),
        development=workspace.settings.development,
        overlap=recorded_minutes(_since(recorded, days.first)) - recorded_minutes(entries),
    )


def _study(workspace: Workspace, days: DayRange) -> tuple[StudyEntry, ...]:
    """Return the study of some days as it was recorded, and of the week before them."""
    # A timer that ended before these days may have run beside one of theirs.
    looked_at = DayRange(days.first - _LONGEST_TIMER, days.last)
    return study_record(workspace.progress, workspace.efforts, looked_at, workspace.zone)


def _since(entries: Iterable[StudyEntry], first: date) -> tuple[StudyEntry, ...]:
    return tuple(one for one in entries if one.day >= first)


def _exploration(workspace: Workspace, days: DayRange) -> PlannedAndReal:
    """Return the time of exploration, day by day as that of a single unit."""
    planned = _explored(planned_exploration(workspace, days))
    return total_time(time_cells(planned, _explored(explored_minutes(workspace, days))))


def _explored(minutes: Iterable[tuple[date, int]]) -> Iterator[tuple[UnitOnDay, int]]:
    return ((UnitOnDay(day, UnitId("exploration"), None), length) for day, length in minutes)


def days_asked(
    snapshot: Snapshot,
    of: DayRange | None,
    since: date | None,
    until: date | None,
    weeks: int | None,
) -> DayRange:
    """Return the days that options name; this week when there is none.

    Raises:
        UsageError: More than one option names the first day, or the days run backwards.
    """
    last = until or snapshot.today
    monday = last - timedelta(days=last.weekday())
    if sum(one is not None for one in (of, since, weeks)) > 1:
        raise UsageError("'--of', '--since' and '--weeks' each name the days; give one of them")
    if of is not None:
        if until is not None:
            raise UsageError("'--of' names the last day, too; leave out '--until'")
        return of
    first = since or monday
    if weeks is not None:
        first = monday - timedelta(weeks=weeks - 1)
    if first > last:
        raise UsageError(f"{first} is after {last}", "--until")
    return DayRange(first, last)


def _minutes(hours: timedelta | None) -> int | None:
    return None if hours is None else minutes(hours)


def _sessions_over(workspace: Workspace, days: DayRange) -> Iterator[Named]:
    """Yield the sessions of some days that are over, as they stood when they began."""
    for uid, session in workspace.ledger.sessions():
        day = session_day(session, workspace.zone)
        if session.end <= workspace.minute and days.first <= day <= days.last:
            yield uid, session


class _Tracks:
    """The track of each unit: that of its session, or of its work; None when no one knows it."""

    def __init__(self, workspace: Workspace, sessions: Iterable[Named]) -> None:
        self._works = workspace.library.works
        self._planned: dict[UnitId, Track] = {}
        for _, session in sessions:
            for piece in session.pieces:
                self._planned[piece.unit] = session.track

    def where(self, day: date, unit: UnitId) -> UnitOnDay:
        """Return the cell of a unit on a day."""
        track = self._planned.get(unit)
        work = self._works.get(work_of(unit))
        if track is None and work is not None:
            track = work.track
        return UnitOnDay(day, unit, track)


def _pieces(sessions: Iterable[Named], workspace: Workspace) -> Iterator[tuple[date, UnitId, int]]:
    for _, session in sessions:
        day = session_day(session, workspace.zone)
        for piece in session.pieces:
            yield day, piece.unit, piece.minutes


def _planned(
    sessions: Iterable[Named], workspace: Workspace, tracks: _Tracks
) -> Iterator[tuple[UnitOnDay, int]]:
    for day, unit, length in _pieces(sessions, workspace):
        yield tracks.where(day, unit), length


def _real(entries: Iterable[StudyEntry], tracks: _Tracks) -> Iterator[tuple[UnitOnDay, int]]:
    for one in entries:
        if one.minutes:
            yield tracks.where(one.day, one.unit), one.minutes


def _assumed(entries: Iterable[StudyEntry], tracks: _Tracks) -> Iterator[tuple[UnitOnDay, int]]:
    return _real((one for one in entries if one.kind is EntryKind.ASSUMED), tracks)


def _by_day(
    pieces: Iterable[tuple[date, UnitId, int]],
) -> Mapping[date, Sequence[tuple[str, int]]]:
    found: defaultdict[date, list[tuple[str, int]]] = defaultdict(list)
    for day, unit, length in pieces:
        found[day].append((work_of(unit), length))
    return found


def _works(
    workspace: Workspace, entries: Iterable[StudyEntry], last: date
) -> tuple[StudiedWork, ...]:
    """Return the works of the twelve weeks that end with a day, and of their study."""
    studied: dict[str, tuple[int, date]] = {}
    for entry in entries:
        so_far, day = studied.get(work_of(entry.unit), (0, entry.day))
        studied[work_of(entry.unit)] = (so_far + entry.minutes, max(day, entry.day))
    return works_studied(studied, _ends(workspace, studied), last)


def _ends(workspace: Workspace, works: Iterable[str]) -> WorkEnds:
    left = remaining_curriculum(workspace)
    delivered: set[str] = set()
    dropped: set[str] = set()
    for row in work_statuses(workspace, left):
        if row.done + row.skipped == row.units:
            (delivered if row.done > row.skipped else dropped).add(row.work)
    papers = [work for work in works if work in workspace.paper_names]
    # Without this, every table of times would load what judges papers.
    judged = (
        services.comparisons.judged_papers(workspace, papers, workspace.progress) if papers else ()
    )
    for paper in judged:
        if paper.verdict.primary and not paper.verdict.open:
            delivered.add(paper.work)
    waiting = waiting_works(left, releases_of(left), workspace.minute)
    return WorkEnds(frozenset(delivered), frozenset(dropped), waiting)
