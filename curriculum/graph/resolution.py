"""Resolve goals against a library into the smallest curriculum; it knows no dates and reads no files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from curriculum.graph.catalogue import Catalogue, UnitNumbers, catalogue_of
from curriculum.graph.derivation import derive
from curriculum.graph.explanation import explain_choices
from curriculum.graph.goals import Aim, GoalRequest, aims_of, knowledge_of, stapled_paper
from curriculum.graph.order import need_order
from curriculum.graph.provider_choice import ChoiceContext, ProviderSelection, select
from curriculum.graph.reading_order import is_stapled
from curriculum.graph.requirements import ProviderDecision, Requirements, requirements_of
from curriculum.model.curriculum import Curriculum, reached_goal
from curriculum.model.efforts import efforts_of, study_unit
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.library import Library
from curriculum.model.problems import Problem
from curriculum.model.settings import Speeds

DEFAULT_SPEEDS = Speeds()


@dataclass(frozen=True, slots=True)
class Resolution:
    """What goals come to.

    Attributes:
        curriculum: What is to be studied; None when something is wrong, here or in a file of the library.
        problems: Everything that is wrong with the references of the library, the goals and what is known, sorted;
            what works that could not be read might mend is not among it.
    """

    curriculum: Curriculum | None
    problems: tuple[Problem, ...] = ()


def resolve(
    library: Library,
    request: GoalRequest,
    *,
    zone: tzinfo,
    speeds: Speeds = DEFAULT_SPEEDS,
) -> Resolution:
    """Return the smallest curriculum that reaches the goals, or everything that is wrong.

    Args:
        library: The works at hand; a broken reference in any of them is a problem, reached or not.
        request: The goals, what is known and what is done.
        zone: The zone to which the dates of goals are local.
        speeds: How fast the person reads.
    """
    catalogue = catalogue_of(library)
    knowledge = knowledge_of(catalogue, request)
    requirements = requirements_of(catalogue, knowledge.topics)
    aims = aims_of(catalogue, request, knowledge.topics)
    efforts = _efforts(catalogue, speeds)
    problems = [*knowledge.problems, *aims.problems, *requirements.problems]
    problems += _circles(catalogue, requirements, efforts)
    if problems or library.unread:
        return Resolution(None, tuple(sorted(set(problems))))
    terrain = ChoiceContext(requirements.needs, efforts, knowledge.units)
    curriculum = _curriculum(catalogue, terrain, requirements.reasons, aims.aims, zone)
    begun = _begun(curriculum, catalogue, terrain, request.done)
    return Resolution(_with_details(begun, catalogue, speeds))


def _efforts(catalogue: Catalogue, speeds: Speeds) -> tuple[int, ...]:
    efforts = efforts_of(catalogue.library, speeds)
    return tuple(efforts[unit] for unit in catalogue.units)


def _circles(
    catalogue: Catalogue, requirements: Requirements, efforts: Sequence[int]
) -> Sequence[Problem]:
    """Return a problem for every circle of requirements, wherever in the library it is."""
    everything = range(len(catalogue.units))
    finished = derive(everything, requirements.needs, efforts).finish
    if len(finished) == len(everything):
        return ()
    from curriculum.graph.cycle_problems import (
        circle_problems,
    )  # only here: it loads networkx, which takes 95 ms

    return circle_problems(catalogue, requirements, finished)


def _curriculum(
    catalogue: Catalogue,
    terrain: ChoiceContext,
    reasons: Mapping[tuple[int, int], str],
    aims: Sequence[Aim],
    zone: tzinfo,
) -> Curriculum:
    """Choose the units that lead to the aims, and write down what must come before what."""
    decisions = [aim.decision for aim in aims if aim.decision is not None]
    selection = select(terrain, [unit for aim in aims for unit in aim.units], decisions)
    requires = _hard_edges(terrain, selection)
    prefers = _soft_edges(catalogue, terrain, requires)
    reached = [_reached(aim, selection) for aim in aims]
    wanted = [unit for units in reached for unit in units]
    order = need_order(catalogue, wanted, requires, prefers, selection.derivation.finish)
    assert len(order) == len(requires), "everything chosen is required by a goal"
    names = catalogue.units
    edges = [
        (before, after)
        for edges in (requires, prefers)
        for after in edges
        for before in edges[after]
    ]
    return Curriculum(
        units=tuple(names[unit] for unit in order),
        requires=_named(catalogue, order, requires),
        prefers=_named(catalogue, order, prefers),
        efforts={names[unit]: terrain.efforts[unit] for unit in order},
        goals=tuple(
            reached_goal(aim.goal, tuple(names[unit] for unit in units), zone)
            for aim, units in zip(aims, reached, strict=True)
        ),
        choices=explain_choices(
            catalogue, terrain, selection, _asked(catalogue, terrain, order, aims)
        ),
        reasons={
            (names[edge[0]], names[edge[1]]): reasons[edge] for edge in edges if edge in reasons
        },
    )


def _hard_edges(terrain: ChoiceContext, selection: ProviderSelection) -> dict[int, UnitNumbers]:
    """Return what each chosen unit must wait for, known units left out and decisions taken."""
    edges = {}
    for unit in selection.derivation.finish:
        hard, _, decisions = terrain.needs[unit]
        for decision in decisions:
            hard += selection.derivation.picks[decision].units
        edges[unit] = tuple(
            before for before in (set(hard) if decisions else hard) if before not in terrain.cut
        )
    return edges


def _soft_edges(
    catalogue: Catalogue, terrain: ChoiceContext, requires: Mapping[int, UnitNumbers]
) -> dict[int, UnitNumbers]:
    """Return what each chosen unit should rather wait for, without the edges of which some make a circle.

    A chapter that is a paper comes rather after the paper itself, when that is studied as well.
    """
    edges = {}
    for unit, hard in requires.items():
        soft = terrain.needs[unit].soft
        paper = stapled_paper(catalogue, unit) if is_stapled(catalogue.entries[unit]) else None
        if soft or paper is not None:
            candidates = {*soft, paper} if paper is not None else set(soft)
            found = tuple(
                sorted(before for before in candidates - {*hard, unit} if before in requires)
            )
            if found:
                edges[unit] = found
    return edges if _is_acyclic(requires, edges) else _without_circles(requires, edges)


def _is_acyclic(requires: Mapping[int, UnitNumbers], prefers: Mapping[int, UnitNumbers]) -> bool:
    """Say whether both kinds of edges together make no circle, by taking away units that wait for none (Kahn)."""
    if not prefers:
        return True
    after: dict[int, list[int]] = {unit: [] for unit in requires}
    waiting = dict.fromkeys(requires, 0)
    for edges in (requires, prefers):
        for unit, befores in edges.items():
            waiting[unit] += len(befores)
            for before in befores:
                after[before].append(unit)
    free = [unit for unit, count in waiting.items() if not count]
    for unit in free:
        for dependent in after[unit]:
            waiting[dependent] -= 1
            if not waiting[dependent]:
                free.append(dependent)
    return len(free) == len(requires)


def _without_circles(
    requires: Mapping[int, UnitNumbers], prefers: Mapping[int, UnitNumbers]
) -> dict[int, UnitNumbers]:
    """Return the soft edges that are part of no circle."""
    from curriculum.graph.cycles import tangles  # only here: it loads networkx, which takes 95 ms

    tangle_of = {
        unit: number
        for number, tangle in enumerate(
            tangles({unit: (*requires[unit], *prefers.get(unit, ())) for unit in requires})
        )
        for unit in tangle
    }
    kept = {
        unit: tuple(one for one in before if tangle_of.get(one, -1) != tangle_of.get(unit, -2))
        for unit, before in prefers.items()
    }
    return {unit: before for unit, before in kept.items() if before}


def _reached(aim: Aim, selection: ProviderSelection) -> UnitNumbers:
    return aim.units if aim.decision is None else selection.derivation.picks[aim.decision].units


def _named(
    catalogue: Catalogue, order: UnitNumbers, edges: Mapping[int, UnitNumbers]
) -> dict[UnitId, tuple[UnitId, ...]]:
    names = catalogue.units
    return {
        names[unit]: tuple(sorted([names[before] for before in edges[unit]]))
        for unit in order
        if unit in edges
    }


def _asked(
    catalogue: Catalogue, terrain: ChoiceContext, order: UnitNumbers, aims: Collection[Aim]
) -> dict[ProviderDecision, tuple[str, ...]]:
    """Return the decisions that goals and chosen units ask for, with those that ask."""
    asked: dict[ProviderDecision, tuple[str, ...]] = {}
    for aim in aims:
        if aim.decision is not None:
            asked[aim.decision] = (*asked.get(aim.decision, ()), str(aim.goal))
    for unit in order:
        for decision in sorted(
            terrain.needs[unit].decisions, key=lambda one: (one.wanted, one.options)
        ):
            asked[decision] = (*asked.get(decision, ()), catalogue.units[unit])
    return asked


def _begun(
    curriculum: Curriculum, catalogue: Catalogue, terrain: ChoiceContext, done: frozenset[UnitId]
) -> Curriculum:
    """Return the curriculum in which the works of finished units count as open, and what they were needed for."""
    if not done:
        return curriculum
    names = catalogue.units
    chosen = set(curriculum.units)
    required = {
        unit: tuple(sorted({names[before] for before in terrain.needs[number].hard} & done))
        for number, unit in enumerate(names)
        if unit in chosen
    }
    met = {unit: required[unit] for unit in curriculum.units if required[unit]}
    return replace(curriculum, opened=frozenset(map(work_of, done)), met=met)


def _with_details(curriculum: Curriculum, catalogue: Catalogue, speeds: Speeds) -> Curriculum:
    """Return the curriculum with what the syllabi say of its units and of the done ones they require."""
    wanted = set(curriculum.units)
    for required in curriculum.met.values():
        wanted.update(required)
    details = {}
    for number, name in enumerate(catalogue.units):
        if name in wanted:
            work = catalogue.library.works[catalogue.works[number]]
            details[name] = study_unit(catalogue.entries[number], work, speeds)
    return replace(curriculum, details=details)
