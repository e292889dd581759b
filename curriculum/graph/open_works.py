"""Which works of a library need nothing but themselves and what is known or done."""

from __future__ import annotations

from curriculum.graph.goals import GoalRequest, knowledge_of
from curriculum.graph.library_graph import LibraryGraph
from curriculum.graph.requirements import Needs
from curriculum.model.identifiers import UnitId


def open_works(library: LibraryGraph, request: GoalRequest) -> dict[str, tuple[UnitId, ...]]:
    """Return the works that could be studied from now to their end, each with what is left of it.

    Args:
        library: What the units at hand need after what the request says is known.
        request: What is known and what is done; its goals do not matter.
    """
    catalogue = library.catalogue
    knowledge = knowledge_of(catalogue, request)
    needs = library.requirements.needs
    found: dict[str, tuple[UnitId, ...]] = {}
    for name, span in catalogue.spans.items():
        at_hand = knowledge.units.union(span)
        left = [number for number in span if number not in knowledge.units]
        if left and all(_are_met(needs[number], at_hand) for number in left):
            found[name] = tuple(catalogue.units[number] for number in left)
    return found


def _are_met(needs: Needs, at_hand: frozenset[int]) -> bool:
    if not at_hand.issuperset(needs.hard):
        return False
    for decision in needs.decisions:
        if not any(at_hand.issuperset(option.units) for option in decision.options):
            return False
    return True
