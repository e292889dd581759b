"""Which units goals name, and which units and topics need no study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from fractions import Fraction

from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.graph.references import Dangling, find, meaning, topic_meaning
from curriculum.graph.requirements import ProviderDecision
from curriculum.graph.unit_lookup import UnclearNameError, goal_in_full
from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Place, Problem
from curriculum.model.references import (
    AnyReference,
    Reference,
    SeveralReference,
    TopicReference,
    UnitReference,
)
from curriculum.model.settings import Goal
from curriculum.model.sources import Path, Source
from curriculum.model.suggestions import did_you_mean
from curriculum.model.works import Chapter

_MOST_OFFERED = 3

COMMAND_LINE = Place("command line")
"""The place of a goal that is in no settings file."""


@dataclass(frozen=True, slots=True)
class GoalRequest:
    """What a curriculum is asked to reach.

    Attributes:
        goals: In the user's order; None means every work of the workspace, by name.
        known: What needs no study.
        done: Units that are finished; those that no work defines any more are ignored.
        source: The file of `goals` and `known`; None when they were typed on the command line.
        shares: The share of the study time that textbooks and papers get; only the ratio matters.
    """

    goals: tuple[Goal, ...] | None = None
    known: tuple[Reference, ...] = ()
    done: frozenset[UnitId] = frozenset()
    source: Source | None = None
    shares: tuple[Fraction, Fraction] = (Fraction(1), Fraction(1))


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal with the units it names, in reading order, or the decision about its topic."""

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
    """What needs no study: units, and topics that no unit has to teach."""

    units: frozenset[int]
    topics: frozenset[str]
    problems: tuple[Problem, ...] = ()


def aims_of(
    catalogue: Catalogue,
    request: GoalRequest,
    known_topics: frozenset[str],
) -> Aims:
    """Return what the goals name.

    Without goals, every work of the workspace is one, in the order of their names.

    Args:
        catalogue: The units there are.
        request: The goals.
        known_topics: Topics that no unit has to teach.
    """
    aims: list[Aim] = []
    if request.goals is None:
        for name in sorted(catalogue.library.own & catalogue.readings.keys()):
            aims.append(Aim(Goal(work=name), catalogue.readings[name]))
        return Aims(tuple(aims))
    problems: list[Problem] = []
    for position, goal in enumerate(request.goals):
        aim, dangling = _aim(catalogue, goal, known_topics)
        aims.append(aim)
        problems += _problems(
            dangling,
            "a goal names",
            request.source,
            ("goals", position),
        )
    return Aims(tuple(aims), tuple(problems))


def knowledge_of(catalogue: Catalogue, request: GoalRequest) -> Knowledge:
    """Return what is known or done.

    All parts of an `any` are known. A known topic does not make its teachers known.

    A chapter of a thesis that is a paper counts as done when every step of that paper is known or
    done.
    """
    known = _Known()
    problems: list[Problem] = []
    for position, reference in enumerate(request.known):
        dangling = list(_add_known(known, catalogue, reference, ()))
        problems += _problems(
            dangling,
            "'known' names",
            request.source,
            ("known", position),
        )
    for number, unit in enumerate(catalogue.units):
        if unit in request.done:
            known.units.add(number)
    known.units |= _stapled_done(catalogue, known.units)
    return Knowledge(frozenset(known.units), frozenset(known.topics), tuple(problems))


def stapled_paper(catalogue: Catalogue, number: int) -> int | None:
    """Return the last unit of the paper that a chapter consists of; None if it is not a paper."""
    paper = _paper_of(catalogue, number)
    if paper is None:
        return None
    return catalogue.readings[paper][-1]


def _paper_of(catalogue: Catalogue, number: int) -> str | None:
    entry = catalogue.entries[number]
    if isinstance(entry, Chapter) and entry.paper in catalogue.spans:
        return entry.paper
    return None


@dataclass(slots=True)
class _Known:
    units: set[int] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)


def _add_known(
    known: _Known,
    catalogue: Catalogue,
    reference: Reference,
    path: Path,
) -> Iterator[Dangling]:
    """Enter what a reference names, and yield the parts of it that name nothing."""
    match reference:
        case TopicReference():
            known.topics.add(reference.topic)
            yield from topic_meaning(catalogue, reference.topic, (*path, "topic")).dangling
        case UnitReference():
            found = meaning(catalogue, reference, None, path)
            for option in found.options:
                known.units.update(option.units)
            yield from found.dangling
        case AnyReference():
            for position, inner in enumerate(reference.any):
                yield from _add_known(known, catalogue, inner, (*path, "any", position))
        case SeveralReference():
            for position, inner in enumerate(reference.any.of):
                yield from _add_known(known, catalogue, inner, (*path, "any", "of", position))


def _stapled_done(catalogue: Catalogue, cut: set[int]) -> set[int]:
    """Return the chapters of theses that are papers of which every step needs no study."""
    found: set[int] = set()
    if not cut:
        return found
    for number in range(len(catalogue.units)):
        paper = _paper_of(catalogue, number)
        if paper is not None and cut.issuperset(catalogue.spans[paper]):
            found.add(number)
    return found


def _aim(
    catalogue: Catalogue,
    goal: Goal,
    known_topics: frozenset[str],
) -> tuple[Aim, list[Dangling]]:
    if goal.topic is not None:
        return _topic_aim(catalogue, goal, goal.topic, known_topics)
    try:
        goal = goal_in_full(goal, catalogue, catalogue.library.own)
    except UnclearNameError as error:
        return Aim(goal, ()), [_ambiguous(str(goal.work), error)]
    dangling: list[Dangling] = []
    numbers: set[int] = set()
    for text, path in _parts(goal):
        found = find(catalogue, text, None)
        if found is None:
            dangling += _dangling(catalogue, text, path)
        else:
            numbers.update(found)
    if goal.units is not None and "/" in str(goal.work):
        clause = f"'{goal.work}', a part of a work, together with 'units'"
        hint = "remove 'units', or name the work alone"
        dangling = [Dangling(("units",), "bad-goal", clause, hint)]

    def reading_key(number: int) -> tuple[str, int]:
        return catalogue.works[number], catalogue.turns[number]

    return Aim(goal, tuple(sorted(numbers, key=reading_key))), dangling


def _ambiguous(text: str, error: UnclearNameError) -> Dangling:
    clause = f"'{text}', but several works have such a name"
    hint = did_you_mean(error.candidates[:_MOST_OFFERED])
    return Dangling(("work",), "ambiguous-name", clause, hint)


def _parts(goal: Goal) -> list[tuple[str, Path]]:
    """Return the references that a goal is made of, with their places in it."""
    if goal.units is None:
        return [(str(goal.work), ("work",))]
    parts: list[tuple[str, Path]] = []
    for position, unit in enumerate(goal.units):
        parts.append((f"{goal.work}/{unit}", ("units", position)))
    return parts


def _dangling(
    catalogue: Catalogue,
    text: str,
    path: Path,
) -> Iterator[Dangling]:
    # What a person typed may not even be a reference, so it is not validated as one.
    reference = UnitReference.model_construct(ref=text)
    for dangling in meaning(catalogue, reference, None, ()).dangling:
        yield dangling._replace(path=path)


def _topic_aim(
    catalogue: Catalogue,
    goal: Goal,
    topic: str,
    known_topics: frozenset[str],
) -> tuple[Aim, list[Dangling]]:
    if topic in known_topics:
        return Aim(goal, ()), []
    found = topic_meaning(catalogue, topic, ("topic",))
    dangling = list(found.dangling)
    match found.options:
        case ():
            return Aim(goal, ()), dangling
        case (only,):
            return Aim(goal, only.units), dangling
        case options:
            return Aim(goal, (), ProviderDecision(f"topic:{topic}", options)), dangling


def _problems(
    dangling: Iterable[Dangling],
    subject: str,
    source: Source | None,
    path: Path,
) -> Iterator[Problem]:
    for one in dangling:
        place = COMMAND_LINE
        if source is not None:
            place = source.place((*path, *one.path))
        yield Problem(place, one.code, f"{subject} {one.clause}", one.hint)
