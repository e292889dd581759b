"""Record what was studied and what is done: done, log, left, skip and reopen.

They read what is needed to know the units by name: a problem in a syllabus does not stop anyone
from recording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from curriculum import services
from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.journal import (
    Fact,
    Finished,
    Left,
    Reopened,
    Skipped,
    Studied,
)
from curriculum.model.progress import Progress
from curriculum.model.quantities import Pages, minutes
from curriculum.progress.pace import pace_of
from curriculum.progress.remaining import LEAST_LEFT, left_of
from curriculum.progress.state import replay_more
from curriculum.services.errors import UsageError
from curriculum.services.following import DaySpan, names_past_session, record_followed
from curriculum.services.recording import (
    JournalWriter,
    Recorded,
    UnitLeft,
    journal_writer,
    writer_at,
)
from curriculum.services.recording_limits import (
    require_pages_of,
    require_possible_effort,
    require_time_on_day,
)
from curriculum.services.said_time import NOW, SaidTime, StudySpan, study_said
from curriculum.services.unit_names import single_unit, units_meant
from curriculum.services.workspace import Workspace

if TYPE_CHECKING:
    from curriculum.reproduction.papers import JudgedPaper


def mark_done(
    workspace: Workspace,
    words: Sequence[str],
    said: SaidTime = NOW,
    took: timedelta | None = None,
) -> Recorded:
    """Record that units are done; without any, that the published plan was followed.

    Args:
        workspace: The workspace.
        words: The units, as they are typed, or the name of a past session.
        said: When they were finished; with the time at which study began, that is logged. Without
            a unit, the day on which the plan was followed; NOW means every day until now, see
            `record_followed`.
        took: What they took together, shared among them by their efforts.

    Raises:
        UsageError: A word names no unit, the day is in the future, or the units cannot take that
            long.
    """
    if not words:
        return _follow_plan(workspace, said, took)
    if len(words) == 1 and said == NOW and names_past_session(workspace, words[0]):
        return record_followed(workspace, words[0])
    return _finish_units(workspace, words, said, took)


def _follow_plan(workspace: Workspace, said: SaidTime, took: timedelta | None) -> Recorded:
    """Record that the published plan was followed, on a day or until now."""
    if took is not None:
        raise UsageError("'--took' needs a UNIT; name one")
    if said.has_clock:
        raise UsageError("a time of day needs a UNIT; name one")
    return record_followed(workspace, None if said.day is None else DaySpan(said.day, said.day))


def _finish_units(
    workspace: Workspace, words: Sequence[str], said: SaidTime, took: timedelta | None
) -> Recorded:
    """Record that units are done."""
    units = units_meant(words, workspace)
    studied = _studied_before(workspace, said)
    if studied is not None and len(units) > 1:
        raise UsageError("the time from one hour to another is that of one UNIT", "--from")
    writer = _writer(workspace, said, studied)
    if took is not None:
        require_possible_effort(took, len(units), "--took")
    shares = _shares(workspace, units, took)

    def decide(progress: Progress) -> Iterator[Fact]:
        if studied is not None:
            yield _study(writer, progress, units[0], studied)
        for unit in units:
            if unit not in progress.finished or shares[unit] is not None:
                yield Finished(
                    **writer.stamp(), unit=unit, minutes=shares[unit], timed=said.has_clock or None
                )

    facts, before = writer.record(decide)
    return Recorded(
        workspace,
        facts,
        early=tuple(_open_prerequisites(workspace, units, before)),
        unsettled=_unsettled_papers(workspace, units, before),
    )


def log_study(
    workspace: Workspace,
    words: Sequence[str],
    hours: timedelta | None,
    pages: Pages | None = None,
    said: SaidTime = NOW,
) -> Recorded:
    """Record time that a unit was studied.

    Args:
        workspace: The workspace.
        words: The unit, as it is typed.
        hours: How long; None for all of the time from `said.since` on.
        pages: The pages that were read.
        said: When it was; of a day alone, it is recorded at noon.

    Raises:
        UsageError: The words do not name one unit, the pages are not in it, the time is still to
            come or is not said, or more than 24 hours would be logged on a day.
    """
    studied = study_said(workspace, said, hours)
    writer = writer_at(workspace, studied.end)
    unit = single_unit(words, workspace)
    require_pages_of(unit, pages, workspace.library)
    fact = Studied(
        **writer.stamp(),
        unit=unit,
        minutes=studied.minutes,
        pages=pages,
        timed=said.has_clock or None,
    )

    def decide(progress: Progress) -> Iterator[Fact]:
        require_time_on_day(progress, fact)
        yield fact

    facts, before = writer.record(decide)
    return Recorded(workspace, facts, left=_left_after(workspace, before, fact))


def estimate_left(
    workspace: Workspace, words: Sequence[str], hours: timedelta, said: SaidTime = NOW
) -> Recorded:
    """Record how long a unit still takes, in the person's estimate.

    Args:
        workspace: The workspace.
        words: The unit, as it is typed.
        hours: How long it still takes.
        said: When that was; with the time at which study began, that is logged.

    Raises:
        UsageError: The words do not name one unit, no unit takes that long, or the time is still
            to come.
    """
    studied = _studied_before(workspace, said)
    writer = _writer(workspace, said, studied)
    unit = single_unit(words, workspace)
    require_possible_effort(hours, 1, "HOURS")

    def decide(progress: Progress) -> Iterator[Fact]:
        if studied is not None:
            yield _study(writer, progress, unit, studied)
        yield Left(**writer.stamp(), unit=unit, minutes=minutes(hours))

    return _recorded(writer, decide)


def skip(workspace: Workspace, words: Sequence[str]) -> Recorded:
    """Record that units are left out of the plan.

    Raises:
        UsageError: A word names no unit.
    """
    writer = journal_writer(workspace)
    units = units_meant(words, workspace)

    def decide(progress: Progress) -> Iterator[Fact]:
        for unit in units:
            if unit not in progress.skipped:
                yield Skipped(**writer.stamp(), unit=unit)

    return _recorded(writer, decide)


def reopen(workspace: Workspace, words: Sequence[str]) -> Recorded:
    """Record that units are not done.

    Raises:
        UsageError: A word names no unit.
    """
    writer = journal_writer(workspace)
    units = units_meant(words, workspace)

    def decide(progress: Progress) -> Iterator[Fact]:
        for unit in units:
            if unit in progress.done:
                yield Reopened(**writer.stamp(), unit=unit)

    return _recorded(writer, decide)


def _studied_before(workspace: Workspace, said: SaidTime) -> StudySpan | None:
    """Return the study from one hour to another at whose end something was; None for no such."""
    return None if said.since is None else study_said(workspace, said, None)


def _writer(workspace: Workspace, said: SaidTime, studied: StudySpan | None) -> JournalWriter:
    if studied is None:
        return journal_writer(workspace, said)
    return writer_at(workspace, studied.end)


def _study(writer: JournalWriter, progress: Progress, unit: UnitId, studied: StudySpan) -> Studied:
    """Return the fact that a unit was studied from one hour to another."""
    fact = Studied(**writer.stamp(), unit=unit, minutes=studied.minutes, timed=True)
    require_time_on_day(progress, fact)
    return fact


def _recorded(writer: JournalWriter, decide: Callable[[Progress], Iterable[Fact]]) -> Recorded:
    """Record the facts of a decision about which there is nothing more to say."""
    return Recorded(writer.workspace, writer.record(decide).facts)


def _shares(
    workspace: Workspace, units: Sequence[UnitId], took: timedelta | None
) -> dict[UnitId, int | None]:
    """Return the minutes each unit took, in proportion to its effort; they add up exactly."""
    shares: dict[UnitId, int | None] = dict.fromkeys(units)
    if took is None:
        return shares
    efforts = workspace.efforts
    total = sum(efforts[unit] for unit in units)
    so_far = 0
    given = 0
    for unit in units:
        so_far += efforts[unit]
        until = minutes(took) * so_far // total
        shares[unit] = until - given
        given = until
    return shares


def _open_prerequisites(
    workspace: Workspace, units: Sequence[UnitId], progress: Progress
) -> Iterator[tuple[UnitId, UnitId]]:
    """Yield units with a prerequisite that is neither done nor among them."""
    curriculum = workspace.resolution((), progress.done).curriculum
    if curriculum is None:
        return
    for unit in units:
        for required in curriculum.requires.get(unit, ()):
            if required not in units:
                yield unit, required


def _unsettled_papers(
    workspace: Workspace, units: Sequence[UnitId], progress: Progress
) -> tuple[JudgedPaper, ...]:
    """Return the papers whose last step is among some units and that have results to be settled."""
    done = progress.done | set(units)
    finished = []
    for work in dict.fromkeys(work_of(unit) for unit in units if unit not in progress.done):
        steps = [unit_id(work, unit.id) for unit in workspace.library.works[work].units]
        # Without this, every 'done' would read the results of papers, and load what judges them.
        if done.issuperset(steps) and workspace.paper_results(work):
            finished.append(work)
    if not finished:
        return ()
    judged = services.comparisons.judged_papers(workspace, finished, progress)
    return tuple(paper for paper in judged if not paper.verdict.is_closed)


def _left_after(workspace: Workspace, before: Progress, fact: Studied) -> UnitLeft:
    """Return what a unit still needs once a fact is recorded."""
    library, speeds = workspace.library, workspace.settings.speed
    after = replay_more(before, [fact])
    pace = pace_of(after, library, speeds)
    left = left_of(fact.unit, library, speeds, after, pace)
    is_done = fact.unit in after.finished
    return UnitLeft(fact.unit, left, is_used_up=left <= LEAST_LEFT, is_done=is_done)
