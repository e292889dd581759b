"""What may be explored: the ideas that came back, and works about something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from curriculum.model.exploration import ExplorationOutcome
from curriculum.model.identifiers import Topic, UnitId, work_of
from curriculum.model.journal import Explored, Fact
from curriculum.model.ledger import Ledger
from curriculum.model.references import AnyReference, Reference, SeveralReference, TopicReference
from curriculum.model.skims import Skim, SkimMark
from curriculum.model.works import Work
from curriculum.practice.exploration import (
    Candidate,
    CandidateKind,
    draws_of_week,
    week_name,
)
from curriculum.practice.ideas import IdeaRead
from curriculum.services.ideas import ideas_due, ideas_of
from curriculum.services.remaining import remaining_curriculum
from curriculum.services.skims import skims_of
from curriculum.services.workspace import Workspace

LOOKED_AHEAD = timedelta(weeks=4)
"""What is explored shares no topic with what is studied that soon."""


def has_candidates(workspace: Workspace, ledger: Ledger) -> bool:
    """Whether there is anything to explore."""
    return bool(draws_of_week(workspace.progress.live, week_name(workspace.today))) or bool(
        Candidates(workspace, ledger).candidates()
    )


class Candidates:
    """What may be explored: ideas that came back, works and papers about something else.

    Papers that came in are about something else unless they build on what is studied.
    """

    def __init__(self, workspace: Workspace, ledger: Ledger) -> None:
        """Note what is studied in the next weeks."""
        self._workspace = workspace
        self._left = frozenset(remaining_curriculum(workspace).units)
        soon = frozenset(_units_soon(workspace, ledger)) or self._left
        self._works = frozenset(map(work_of, soon))
        self.studied = frozenset(_topics_of_units(workspace, soon))

    def candidates(self) -> tuple[Candidate, ...]:
        """Return what may be drawn."""
        due = ideas_due(self._workspace, ideas_of(self._workspace))
        ideas = (idea_candidate(one.read, self._workspace) for one in due)
        return (*ideas, *self._other_works(), *self._watched_papers())

    def _watched_papers(self) -> Iterator[Candidate]:
        """Yield the papers that came in, are marked to be watched, and share no topic."""
        settled = set(_settled(self._workspace.progress.live, CandidateKind.SKIM))
        for read in skims_of(self._workspace):
            candidate = skim_candidate(read.skim, self._workspace)
            built_on = {one.ref.partition("/")[0] for one in read.skim.builds_on}
            is_near = bool(built_on & self._works or candidate.topics & self.studied)
            if read.skim.mark is SkimMark.WATCH and not is_near and read.skim.id not in settled:
                yield candidate

    def is_goal(self, candidate: Candidate) -> bool:
        """Whether a work is part of what leads to the goals."""
        is_work = candidate.kind is CandidateKind.WORK
        return is_work and candidate.name in set(map(work_of, self._left))

    def _other_works(self) -> Iterator[Candidate]:
        progress = self._workspace.progress
        known = {work_of(unit) for unit in (*self._left, *progress.finished, *progress.skipped)}
        known |= set(_settled(progress.live, CandidateKind.WORK))
        works = self._workspace.library.works
        near = {name for work in self._works if work in works for name in _named(works[work])}
        for name, work in works.items():
            candidate = work_candidate(name, work)
            if name in known | near or candidate.topics & self.studied:
                continue
            if not self._works & set(_named(work)):
                yield candidate


def _units_soon(workspace: Workspace, ledger: Ledger) -> Iterator[UnitId]:
    now = workspace.minute
    end = now + LOOKED_AHEAD // timedelta(minutes=1)
    for _, session in ledger.sessions():
        if now < session.end and session.start < end:
            yield from (piece.unit for piece in session.pieces)


def _settled(live: Iterable[Fact], wanted: CandidateKind) -> Iterator[str]:
    """Yield the works, or the papers, of which exploring has settled what they are worth."""
    settled = (ExplorationOutcome.NOTHING, ExplorationOutcome.ADOPTED)
    for fact in live:
        if isinstance(fact, Explored) and fact.outcome in settled:
            kind, _, name = fact.choice.partition(":")
            if kind == wanted:
                yield name


def work_candidate(name: str, work: Work) -> Candidate:
    """Return a work as something to explore, with the topics it teaches and requires."""
    topics = {topic for unit in work.units for topic in unit.teaches}
    topics |= set(_required_topics(work))
    return Candidate(CandidateKind.WORK, name, work.title, topics=frozenset(topics))


def skim_candidate(skim: Skim, workspace: Workspace) -> Candidate:
    """Return a paper that came in as something to explore, with the topics of what it builds on."""
    topics: set[Topic] = set()
    for one in skim.builds_on:
        work = workspace.library.works.get(one.ref.partition("/")[0])
        if work is not None:
            topics |= work_candidate("", work).topics
    return Candidate(CandidateKind.SKIM, skim.id, skim.name, topics=frozenset(topics))


def idea_candidate(read: IdeaRead, workspace: Workspace) -> Candidate:
    """Return an idea as something to explore, with the topics of what it requires."""
    assert read.idea is not None, "an idea with problems never comes back"
    topics = {one.topic for one in read.idea.requires if isinstance(one, TopicReference)}
    for one in read.idea.requires:
        work = workspace.library.works.get(getattr(one, "ref", "").partition("/")[0])
        if work is not None:
            topics |= work_candidate("", work).topics
    title, upside = read.idea.title, read.idea.upside
    return Candidate(CandidateKind.IDEA, read.name, title, upside, frozenset(topics))


def _references(work: Work) -> Iterator[Reference]:
    """Yield what a work and its units require, what is one of several included."""
    waiting: list[Reference] = list(work.requires)
    for unit in work.units:
        waiting += unit.requires or ()
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, AnyReference):
            waiting += one.any
        elif isinstance(one, SeveralReference):
            waiting += one.any.of


def _named(work: Work) -> Iterator[str]:
    for one in _references(work):
        yield getattr(one, "ref", "").partition("/")[0]


def _topics_of_units(workspace: Workspace, units: frozenset[UnitId]) -> Iterator[Topic]:
    """Yield the topics that units teach, and those that their works require."""
    for name in dict.fromkeys(map(work_of, units)):
        work = workspace.library.works.get(name)
        if work is None:
            continue
        yield from _required_topics(work)
        for unit in work.units:
            if UnitId(f"{name}/{unit.id}") in units:
                yield from unit.teaches


def _required_topics(work: Work) -> Iterator[Topic]:
    return (one.topic for one in _references(work) if isinstance(one, TopicReference))
