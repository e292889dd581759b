"""What each of the chosen units must wait for, and what should rather come before it."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum import graph
from curriculum.graph.catalogue import Catalogue, UnitNumbers
from curriculum.graph.goals import stapled_paper
from curriculum.graph.order import Edges, depth_first
from curriculum.graph.provider_choice import ChoiceContext, ProviderSelection
from curriculum.graph.reading_order import is_stapled


def hard_edges(context: ChoiceContext, selection: ProviderSelection) -> dict[int, UnitNumbers]:
    """Return what each chosen unit must wait for, known units left out and decisions taken."""
    edges = {}
    for unit in selection.derivation.finish:
        hard, _, decisions = context.needs[unit]
        if decisions:
            required = set(hard)
            for decision in decisions:
                required.update(selection.derivation.picks[decision].units)
            hard = tuple(required)
        edges[unit] = tuple([before for before in hard if before not in context.cut])
    return edges


def soft_edges(
    catalogue: Catalogue,
    context: ChoiceContext,
    requires: Edges,
) -> Mapping[int, UnitNumbers]:
    """Return what each chosen unit should rather wait for, without edges that close a cycle.

    A chapter that is a paper should come after the paper itself, when that is studied as well.
    """
    edges = {}
    for unit, hard in requires.items():
        candidates = _soft_candidates(catalogue, context, unit)
        if candidates:
            candidates -= {*hard, unit}
            edges[unit] = tuple(sorted(candidates & requires.keys()))
    if not edges:
        return edges
    return _without_cycles(requires, edges)


def _soft_candidates(
    catalogue: Catalogue,
    context: ChoiceContext,
    unit: int,
) -> set[int]:
    candidates = set(context.needs[unit].soft)
    if is_stapled(catalogue.entries[unit]):
        paper = stapled_paper(catalogue, unit)
        if paper is not None:
            candidates.add(paper)
    return candidates


def _without_cycles(requires: Edges, prefers: Edges) -> Edges:
    """Return the soft edges that are part of no cycle."""
    both = {}
    for unit, hard in requires.items():
        both[unit] = hard + prefers.get(unit, ())
    if _is_acyclic(both):
        return prefers

    component_of = {}
    for number, component in enumerate(graph.cycles.components(both)):
        component_of.update(dict.fromkeys(component, number))

    kept = {}
    for unit, soft in prefers.items():
        if unit in component_of:
            own = component_of[unit]
            soft = tuple(before for before in soft if component_of.get(before) != own)
        if soft:
            kept[unit] = soft
    return kept


def _is_acyclic(edges: Edges) -> bool:
    """Whether a depth-first order puts every unit after all that comes before it."""
    position = {}
    for place, unit in enumerate(depth_first(edges, edges.__getitem__)):
        position[unit] = place
    for unit, befores in edges.items():
        if any(position[before] > position[unit] for before in befores):
            return False
    return True
