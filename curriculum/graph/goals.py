"""Say which units goals and known references name; what those units require is not known here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.graph.references import Dangling, Option, find, meaning, topic_meaning
from curriculum.graph.requirements import ProviderDecision
from curriculum.model.identifiers import UnitId
from curriculum.model.problems import Place, Problem
from curriculum.model.references import Reference, TopicReference, UnitReference
from curriculum.model.settings import Goal
from curriculum.model.sources import Path, Source
from curriculum.model.works import Chapter

COMMAND_LINE = Place("command line")
"""Where a goal stands that no settings file holds."""


@dataclass(frozen=True, slots=True)
class GoalRequest:
    """What a curriculum is asked to reach.

    Attributes:
        goals: In the user's order; None means every work of the workspace, by name.
        known: What needs no study.
        done: Units that are finished; those that no work defines any more are passed over.
        source: The file of `goals` and `known`; None when they were typed on the command line.
    """

    goals: tuple[Goal, ...] | None = None
    known: tuple[Reference, ...] = ()
    done: frozenset[UnitId] = frozenset()
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal with the units it names, in reading order, or the decision between units that teach its topic."""

    goal: Goal
    units: UnitNumbers
    decision: ProviderDecision | None = None


@dataclass(frozen=True, slots=True)
class Aims:
    """All goals, and what is wrong with them."""

    aims: tuple[Aim, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What needs no study: units, and topics that nobody has to teach any more."""

    units: frozenset[int]
    topics: frozenset[str]
    problems: tuple[Problem, ...] = ()


def aims_of(catalogue: Catalogue, request: GoalRequest, known_topics: frozenset[str]) -> Aims:
    """Return what the goals name; without goals, every work of the workspace is one, in the order of their names.

    Args:
        catalogue: The units there are.
        request: The goals.
        known_topics: Topics that need no unit.
    """
    if request.goals is None:
        return Aims(
            tuple(
                _whole(catalogue, name)
                for name in sorted(catalogue.library.own)
                if name in catalogue.spans
            )
        )
    aims, problems = [], list[Problem]()
    for position, goal in enumerate(request.goals):
        aim, lost = _aim(catalogue, goal, known_topics)
        aims.append(aim)
        problems += _problems(lost, "a goal names", request.source, ("goals", position))
    return Aims(tuple(aims), tuple(problems))


def knowledge_of(catalogue: Catalogue, request: GoalRequest) -> Knowledge:
    """Return what is known or done. Of `any` everything named is known; a known topic cuts no unit.

    A chapter of a thesis that is a paper counts as done when every step of that paper is known or done.
    """
    units = {number for number in map(_numbers(catalogue).get, request.done) if number is not None}
    topics: set[str] = set()
    problems: list[Problem] = []
    for position, reference in enumerate(request.known):
        found = _known(catalogue, reference)
        units |= found.units
        topics |= found.topics
        problems += _problems(found.lost, "'known' names", request.source, ("known", position))
    return Knowledge(
        frozenset(units | _stapled_done(catalogue, units)), frozenset(topics), tuple(problems)
    )


def stapled_paper(catalogue: Catalogue, number: int) -> int | None:
    """Return the last unit of the paper that a chapter of a thesis is made of, None when there is none."""
    paper = _paper_of(catalogue, number)
    return None if paper is None else catalogue.readings[paper][-1]


def _paper_of(catalogue: Catalogue, number: int) -> str | None:
    entry = catalogue.entries[number]
    return entry.paper if isinstance(entry, Chapter) and entry.paper in catalogue.spans else None


@dataclass(frozen=True, slots=True)
class _Known:
    units: frozenset[int]
    topics: frozenset[str]
    lost: tuple[Dangling, ...] = ()


def _known(catalogue: Catalogue, reference: Reference) -> _Known:
    if isinstance(reference, TopicReference):
        lost = topic_meaning(catalogue, reference.topic, ("topic",)).dangling
        return _Known(frozenset(), frozenset({reference.topic}), lost)
    if isinstance(reference, UnitReference):
        found = meaning(catalogue, reference, None, ())
        return _Known(
            frozenset(unit for option in found.options for unit in option.units),
            frozenset(),
            found.dangling,
        )
    parts = [_known(catalogue, inner) for inner in reference.any]
    lost = tuple(
        gone._replace(path=("any", position, *gone.path))
        for position, part in enumerate(parts)
        for gone in part.lost
    )
    units = frozenset[int]().union(*(part.units for part in parts))
    return _Known(units, frozenset[str]().union(*(part.topics for part in parts)), lost)


def _numbers(catalogue: Catalogue) -> dict[UnitId, int]:
    return {unit: number for number, unit in enumerate(catalogue.units)}


def _stapled_done(catalogue: Catalogue, cut: set[int]) -> set[int]:
    if not cut:
        return set()
    papers = {number: _paper_of(catalogue, number) for number in range(len(catalogue.units))}
    return {
        number
        for number, paper in papers.items()
        if paper is not None and cut.issuperset(catalogue.spans[paper])
    }


def _whole(catalogue: Catalogue, name: str) -> Aim:
    return Aim(Goal(work=name), catalogue.readings[name])


def _aim(
    catalogue: Catalogue, goal: Goal, known_topics: frozenset[str]
) -> tuple[Aim, list[Dangling]]:
    if goal.topic is not None:
        return _topic_aim(catalogue, goal, goal.topic, known_topics)
    lost: list[Dangling] = []
    numbers: list[int] = []
    for text, path in _parts(goal):
        found = find(catalogue, text, None)
        if found is None:
            dangling = meaning(
                catalogue, UnitReference.model_construct(ref=text), None, ()
            ).dangling
            lost += [gone._replace(path=path) for gone in dangling[:1]]
        numbers += found or ()
    ordered = sorted(
        set(numbers), key=lambda number: (catalogue.works[number], catalogue.turns[number])
    )
    if goal.units is not None and "/" in str(goal.work):
        clause = f"'{goal.work}', which is part of a work, and 'units' besides"
        lost = [Dangling(("units",), "bad-goal", clause, "remove 'units', or name the work alone")]
    return Aim(goal, tuple(ordered)), lost


def _parts(goal: Goal) -> list[tuple[str, Path]]:
    """Return the references that a goal is made of, with their places in it."""
    if goal.units is None:
        return [(str(goal.work), ("work",))]
    return [
        (f"{goal.work}/{unit}", ("units", position)) for position, unit in enumerate(goal.units)
    ]


def _topic_aim(
    catalogue: Catalogue, goal: Goal, topic: str, known_topics: frozenset[str]
) -> tuple[Aim, list[Dangling]]:
    if topic in known_topics:
        return Aim(goal, ()), []
    found = topic_meaning(catalogue, topic, ("topic",))
    if len(found.options) == 1:
        return Aim(goal, found.options[0].units), []
    decision = (
        ProviderDecision(f"topic:{topic}", tuple(map(Option._make, found.options)))
        if found.options
        else None
    )
    return Aim(goal, (), decision), list(found.dangling)


def _problems(
    lost: Iterable[Dangling], subject: str, settings: Source | None, path: Path
) -> Iterable[Problem]:
    for dangling in lost:
        place = COMMAND_LINE if settings is None else settings.place((*path, *dangling.path))
        yield Problem(place, dangling.code, f"{subject} {dangling.clause}", dangling.hint)
