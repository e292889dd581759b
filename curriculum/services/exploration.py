"""Explore something totally different: what may be drawn, the draw of the week, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from curriculum.calendars.habit_events import published_sittings
from curriculum.model.exploration import Drawn, ExplorationOutcome, Explore
from curriculum.model.habits import SittingKind
from curriculum.model.ideas import IdeaDeed, IdeaStep
from curriculum.model.journal import Drew, Explored, Fact
from curriculum.model.lived_days import fact_day
from curriculum.model.paper_ids import paper_id
from curriculum.model.progress import Progress
from curriculum.model.settings import DayRange
from curriculum.practice.exploration import (
    Candidate,
    CandidateKind,
    Draw,
    Exploration,
    draw_candidate,
    draws_of_week,
    outcomes_of,
    week_name,
)
from curriculum.progress.study_record import study_record
from curriculum.services.errors import UsageError
from curriculum.services.exploration_candidates import (
    Candidates,
    idea_candidate,
    skim_candidate,
    work_candidate,
)
from curriculum.services.ideas import idea_meant, ideas_of, step_edit
from curriculum.services.recording import Recorded, journal_writer, writer_at
from curriculum.services.said_time import NOW, SaidTime, study_said
from curriculum.services.skims import skim_meant, skims_of
from curriculum.services.unit_names import work_meant
from curriculum.services.workspace import Workspace
from curriculum.services.written_texts import TextEdit, texts_written

_LOOKED_BACK = timedelta(weeks=12)
_BY_DEFAULT = Explore.model_construct()
"""How candidates are drawn where the settings keep no time for it."""


def explore(workspace: Workspace, name: str | None = None, *, again: bool = False) -> Exploration:
    """Return what this week explores; draw it when that was not done, or is asked for.

    Args:
        workspace: The workspace.
        name: What to explore instead of what was drawn.
        again: Whether to draw once more, something that was not drawn this week.

    Raises:
        UsageError: The name names nothing.
        CurriculumError: A file or the journal cannot be read or written.
    """
    week = week_name(workspace.today)
    found = Candidates(workspace, workspace.ledger)
    candidates = found.candidates()
    chosen = None if name is None else Draw(_meant(workspace, name), Drawn.CHOSEN)
    writer = journal_writer(workspace)

    def decide(progress: Progress) -> Iterator[Fact]:
        before = draws_of_week(progress.live, week)
        draw = chosen
        if draw is None and (again or not before):
            draw = _draw(workspace, week, before, candidates)
        last = before[-1].choice if before else None
        if draw is not None and draw.candidate.key != last:
            yield Drew(**writer.stamp(), week=week, choice=draw.candidate.key, drawn=draw.drawn)

    facts = writer.record(decide).facts
    if again and not facts:
        raise UsageError("everything that may be explored was drawn this week", "--again")
    return _exploration(workspace.after(facts), week, found, facts)


def _exploration(
    workspace: Workspace, week: str, found: Candidates, facts: tuple[Fact, ...]
) -> Exploration:
    """Return the exploration of a week as the journal holds it."""
    draw = _last_draw(workspace, week)
    settings = workspace.settings.explore
    return Exploration(
        week=week,
        draw=draw,
        candidates=found.candidates(),
        studied=found.studied,
        times=_times(workspace),
        target=None if settings is None else settings.target,
        real=real_share(workspace),
        outcomes=outcomes_of(workspace.progress.live),
        is_goal=draw is not None and found.is_goal(draw.candidate),
        facts=facts,
    )


def _draw(
    workspace: Workspace, week: str, before: Sequence[Drew], candidates: Iterable[Candidate]
) -> Draw | None:
    """Return the next draw of a week; nothing is drawn twice in it."""
    drawn = {fact.choice for fact in before}
    left = [one for one in candidates if one.key not in drawn]
    return draw_candidate(workspace.settings.explore or _BY_DEFAULT, week, len(before), left)


def _last_draw(workspace: Workspace, week: str) -> Draw | None:
    drawn = draws_of_week(workspace.progress.live, week)
    if not drawn:
        return None
    kind, _, name = drawn[-1].choice.partition(":")
    return Draw(_candidate(workspace, CandidateKind(kind), name), Drawn(drawn[-1].drawn))


def _candidate(workspace: Workspace, kind: CandidateKind, name: str) -> Candidate:
    """Return what a draw named; only its name is left of what is not there any more."""
    if kind is CandidateKind.WORK:
        work = workspace.library.works.get(name)
        return Candidate(kind, name, name) if work is None else work_candidate(name, work)
    if kind is CandidateKind.SKIM:
        skims = [one.skim for one in skims_of(workspace) if one.skim.id == name]
        return skim_candidate(skims[-1], workspace) if skims else Candidate(kind, name, name)
    for read in ideas_of(workspace):
        if read.name == name and read.idea is not None:
            return idea_candidate(read, workspace)
    return Candidate(kind, name, name)


def _meant(workspace: Workspace, name: str) -> Candidate:
    """Return the idea, the paper that came in, or else the work that a name stands for.

    Raises:
        UsageError: It names nothing, or several things.
    """
    if any(read.name.startswith(name) for read in ideas_of(workspace)):
        return idea_candidate(idea_meant(workspace, name), workspace)
    identifier = paper_id(name)
    if identifier is not None:
        return skim_candidate(skim_meant(workspace, identifier).skim, workspace)
    work = work_meant(name, workspace, "ID")
    return work_candidate(work, workspace.library.works[work])


def _times(workspace: Workspace) -> tuple[tuple[int, int], ...]:
    """Return when exploration is published for this week."""
    monday = workspace.today - timedelta(days=workspace.today.weekday())
    held = published_sittings(workspace.ledger, workspace.zone, SittingKind.EXPLORATION)
    return tuple((one.start, one.end) for one in held if 0 <= (one.day - monday).days < 7)


def real_share(workspace: Workspace) -> Fraction | None:
    """Return the share of exploration in the study of the last twelve weeks."""
    today = workspace.today
    days = DayRange(today - _LOOKED_BACK + timedelta(days=1), today)
    explored = sum(minutes for _, minutes in explored_minutes(workspace, days))
    entries = study_record(workspace.progress, workspace.efforts, days, workspace.zone)
    total = explored + sum(one.minutes for one in entries)
    return Fraction(explored, total) if total else None


def explored_minutes(workspace: Workspace, days: DayRange) -> Iterator[tuple[date, int]]:
    """Yield the minutes of exploration that were recorded on some days."""
    for fact in workspace.progress.live:
        if isinstance(fact, Explored):
            day = fact_day(fact, workspace.zone)
            if days.first <= day <= days.last:
                yield day, fact.minutes


def planned_exploration(workspace: Workspace, days: DayRange) -> Iterator[tuple[date, int]]:
    """Yield the minutes of exploration of some days that stood in the calendar and are over."""
    for one in published_sittings(workspace.ledger, workspace.zone, SittingKind.EXPLORATION):
        if one.end <= workspace.minute and days.first <= one.day <= days.last:
            yield one.day, one.end - one.start


def record_explored(
    workspace: Workspace,
    name: str,
    hours: timedelta,
    outcome: str | None = None,
    note: str | None = None,
    said: SaidTime = NOW,
) -> Recorded:
    """Record time of exploration, and in the history of an idea what came of it.

    Raises:
        UsageError: The name names nothing, or the time is still to come.
        IdeaEditError: The idea is written in a way in which nothing can be added.
        CurriculumError: A file or the journal cannot be read or written.
    """
    candidate = _meant(workspace, name)
    span = study_said(workspace, said, hours)
    writer = writer_at(workspace, span.end)
    edits: dict[str, TextEdit] = {}
    if candidate.kind is CandidateKind.IDEA and (outcome is not None or note is not None):
        came_to = None if outcome is None else ExplorationOutcome(outcome)
        read = idea_meant(workspace, candidate.name)
        day = span.end.astimezone(workspace.zone).date()
        edits[read.file] = step_edit(read, _step(day, came_to, note))

    def decide(_: Progress) -> Iterator[Fact]:
        yield from texts_written(writer, edits)
        yield Explored(
            **writer.stamp(),
            choice=candidate.key,
            minutes=span.minutes,
            outcome=outcome,
            note=note,
        )

    return Recorded(workspace, writer.record(decide).facts)


def _step(day: date, outcome: ExplorationOutcome | None, note: str | None) -> IdeaStep:
    """Return the decision about an idea that its exploration comes to."""
    is_adopted = outcome is ExplorationOutcome.ADOPTED
    did = IdeaDeed.ADOPTED if is_adopted else IdeaDeed.TRIED
    return IdeaStep(on=day, did=did, why=note, outcome=outcome)
