"""Resolve goals against a library into the smallest curriculum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from fractions import Fraction

from curriculum.graph.catalogue import Catalogue, UnitNumbers, catalogue_of
from curriculum.graph.edges import hard_edges, soft_edges
from curriculum.graph.explanation import explain_choices
from curriculum.graph.goal_turns import turns_by_value
from curriculum.graph.goals import Aim, GoalRequest, aims_of, knowledge_of
from curriculum.graph.library_graph import LibraryGraph, library_graph
from curriculum.graph.order import Edges, need_order
from curriculum.graph.provider_choice import ChoiceContext, ProviderSelection, select
from curriculum.graph.requirements import ProviderDecision
from curriculum.graph.soft_order import ordering_soft_edges
from curriculum.model.curriculum import Curriculum, ReachedGoal, StudyUnit, UnitEdges, reached_goal
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.library import Library
from curriculum.model.problems import Problem
from curriculum.model.settings import Speeds

DEFAULT_SPEEDS = Speeds.model_construct()


@dataclass(frozen=True, slots=True)
class Resolution:
    """The curriculum that goals lead to, or what is wrong.

    Attributes:
        curriculum: What is to be studied; None when something is wrong, here or in a file of the
            library.
        problems: Everything that is wrong with the references of the library, the goals and what is
            known, sorted; what works that could not be read might mend is not among it.
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
    graph = library_graph(catalogue_of(library), request.known, speeds)
    return resolve_goals(graph, request, zone)


def resolve_goals(library: LibraryGraph, request: GoalRequest, zone: tzinfo) -> Resolution:
    """Return what `resolve` returns, of a library whose needs are at hand.

    Args:
        library: What its units need after what the request says is known.
        request: The goals, what is known and what is done.
        zone: The zone to which the dates of goals are local.
    """
    catalogue = library.catalogue
    knowledge = knowledge_of(catalogue, request)
    aims = aims_of(catalogue, request, knowledge.topics)
    problems = {*knowledge.problems, *aims.problems, *library.problems}
    if problems or catalogue.library.unread:
        return Resolution(None, tuple(sorted(problems)))
    efforts = [row.effort for row in library.details]
    context = ChoiceContext(library.requirements.needs, efforts, knowledge.units)
    graph = _chosen_graph(library, context, aims.aims, request.shares)
    curriculum = _curriculum(
        graph, library.requirements.reasons, library.details, request.done, zone
    )
    return Resolution(curriculum)


@dataclass(frozen=True, slots=True)
class _ChosenGraph:
    """The units that lead to the goals, by number.

    Attributes:
        catalogue: The numbered units.
        context: What every unit needs.
        selection: How decisions were taken.
        goals: Each goal with the units it names, its decision taken.
        requires: Hard edges between the chosen units; its keys are all of them.
        prefers: Soft edges between the chosen units.
        order: The chosen units in need order.
        turns: The positions of the goals in the order of their value; empty where none has one.
    """

    catalogue: Catalogue
    context: ChoiceContext
    selection: ProviderSelection
    goals: Sequence[tuple[Aim, UnitNumbers]]
    requires: Edges
    prefers: Edges
    order: UnitNumbers
    turns: tuple[int, ...]

    def before(self, unit: int) -> Iterator[int]:
        """Yield what a chosen unit requires, known or not, with its decisions taken."""
        needs = self.context.needs[unit]
        yield from needs.hard
        for decision in needs.decisions:
            yield from self.selection.derivation.picks[decision].units

    def names(self, units: Iterable[int]) -> tuple[UnitId, ...]:
        """Return the full names of some units."""
        return tuple([self.catalogue.units[unit] for unit in units])


def _chosen_graph(
    library: LibraryGraph,
    context: ChoiceContext,
    aims: Sequence[Aim],
    shares: tuple[Fraction, Fraction],
) -> _ChosenGraph:
    catalogue = library.catalogue
    wanted = [unit for aim in aims for unit in aim.units]
    decisions = [aim.decision for aim in aims if aim.decision is not None]
    selection = select(context, wanted, decisions)
    goals = [(aim, _reached(aim, selection)) for aim in aims]
    requires = hard_edges(context, selection)
    prefers = soft_edges(catalogue, context, requires)
    turns = turns_by_value(goals, requires, library.details, shares)
    of_goals = _in_turn(goals, turns)
    order = need_order(
        catalogue,
        [unit for units in of_goals for unit in units],
        requires,
        ordering_soft_edges(catalogue, of_goals, requires, prefers, context.efforts),
        selection.derivation.finish,
    )
    assert len(order) == len(requires), "everything chosen is required by a goal"
    return _ChosenGraph(catalogue, context, selection, goals, requires, prefers, order, turns)


def _in_turn(
    goals: Sequence[tuple[Aim, UnitNumbers]], turns: Sequence[int]
) -> Sequence[UnitNumbers]:
    """Return the units that each goal names, in the order in which to study for the goals."""
    return [goals[turn][1] for turn in turns or range(len(goals))]


def _reached(aim: Aim, selection: ProviderSelection) -> UnitNumbers:
    if aim.decision is None:
        return aim.units
    return selection.derivation.picks[aim.decision].units


def _curriculum(
    graph: _ChosenGraph,
    reasons: Mapping[tuple[int, int], str],
    details: Sequence[StudyUnit],
    done: frozenset[UnitId],
    zone: tzinfo,
) -> Curriculum:
    met = _met(graph, done)
    asked = _asked(graph)
    efforts = graph.context.efforts
    return Curriculum(
        units=graph.names(graph.order),
        requires=_named(graph, graph.requires),
        prefers=_named(graph, graph.prefers),
        efforts={graph.catalogue.units[unit]: efforts[unit] for unit in graph.order},
        goals=_goals(graph, zone),
        turns=graph.turns,
        choices=explain_choices(graph.catalogue, graph.context, graph.selection, asked),
        opened=frozenset(map(work_of, done)),
        reasons=_named_reasons(graph, reasons),
        met=met,
        details=_named_details(graph, details, met),
    )


def _goals(graph: _ChosenGraph, zone: tzinfo) -> tuple[ReachedGoal, ...]:
    goals = []
    for aim, units in graph.goals:
        goals.append(reached_goal(aim.goal, graph.names(units), zone))
    return tuple(goals)


def _named(graph: _ChosenGraph, edges: Edges) -> UnitEdges:
    named = {}
    for unit in graph.order:
        if unit in edges:
            name = graph.catalogue.units[unit]
            named[name] = tuple(sorted(graph.names(edges[unit])))
    return named


def _named_reasons(
    graph: _ChosenGraph, reasons: Mapping[tuple[int, int], str]
) -> dict[tuple[UnitId, UnitId], str]:
    names = graph.catalogue.units
    named = {}
    for edges in (graph.requires, graph.prefers):
        for after in edges:
            for before in edges[after]:
                why = reasons.get((before, after))
                if why is not None:
                    named[names[before], names[after]] = why
    return named


def _asked(graph: _ChosenGraph) -> dict[ProviderDecision, list[str]]:
    """Return the decisions that goals and chosen units ask for, with those that ask."""
    asked: dict[ProviderDecision, list[str]] = {}
    for aim, _ in graph.goals:
        if aim.decision is not None:
            asked.setdefault(aim.decision, []).append(str(aim.goal))
    for unit in graph.order:
        decisions = graph.context.needs[unit].decisions
        for decision in sorted(decisions, key=lambda one: (one.wanted, one.options)):
            asked.setdefault(decision, []).append(graph.catalogue.units[unit])
    return asked


def _met(graph: _ChosenGraph, done: frozenset[UnitId]) -> UnitEdges:
    """Return the done units that each chosen unit requires, whether it names them or not."""
    met: dict[UnitId, tuple[UnitId, ...]] = {}
    if not done:
        return met
    for unit in graph.order:
        required = graph.names(graph.before(unit))
        finished = done.intersection(required)
        if finished:
            name = graph.catalogue.units[unit]
            met[name] = tuple(sorted(finished))
    return met


def _named_details(
    graph: _ChosenGraph,
    details: Sequence[StudyUnit],
    met: UnitEdges,
) -> dict[UnitId, StudyUnit]:
    """Return the details of the chosen units, and of the done ones they require."""
    names = graph.catalogue.units
    named = {}
    for unit in graph.order:
        named[names[unit]] = details[unit]
        finished = met.get(names[unit], ())
        if not finished:
            continue
        for before in graph.before(unit):
            if names[before] in finished:
                named[names[before]] = details[before]
    return named
