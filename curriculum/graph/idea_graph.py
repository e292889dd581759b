"""The graph of ideas: which works build on which, and how many in the end go back to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from curriculum.model.late_dataclasses import dataclass


class IdeaEdge(NamedTuple):
    """An idea that a later work took over.

    Attributes:
        source: The work, or the paper that came in, that the idea is from.
        target: The one that takes it over.
        idea: The idea.
        why: What was made of it; empty when nobody says.
    """

    source: str
    target: str
    idea: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class IdeaNode:
    """A work, or a paper that came in, that gives or takes an idea.

    Attributes:
        name: What it is called.
        title: Its title.
        year: The year of publication, if it is known.
        descendants: How many others build on it, directly or through others.
    """

    name: str
    title: str
    year: int | None
    descendants: int


@dataclass(frozen=True, slots=True)
class IdeaGraph:
    """Who takes ideas from whom; circles are allowed.

    Attributes:
        nodes: The works and papers, by year and name; those without a year last.
        edges: The ideas, by source, target and text.
    """

    nodes: tuple[IdeaNode, ...]
    edges: tuple[IdeaEdge, ...]


class OpenedDoor(NamedTuple):
    """A work whose ideas others took over, with the evidence.

    Attributes:
        node: The work.
        edges: The ideas that were taken from it directly.
    """

    node: IdeaNode
    edges: tuple[IdeaEdge, ...]

    @property
    def direct(self) -> int:
        """How many build on it directly."""
        return len({edge.target for edge in self.edges})


def idea_graph(
    edges: Iterable[IdeaEdge], titles: Mapping[str, tuple[str, int | None]], about: str | None
) -> IdeaGraph:
    """Return the graph of some ideas.

    Args:
        edges: The ideas; one that a work takes from itself is left out.
        titles: The name of a work to its title and year.
        about: Only what this work builds on, and what builds on it, directly or through others;
            None means everything.
    """
    every = sorted({edge for edge in edges if edge.source != edge.target})
    forward = _neighbours((edge.source, edge.target) for edge in every)
    backward = _neighbours((edge.target, edge.source) for edge in every)
    shown = forward.keys() | backward.keys()
    if about is not None:
        shown = {about} | reachable(forward, about) | reachable(backward, about)
    nodes = [_node(name, titles, len(reachable(forward, name))) for name in shown]
    kept = (edge for edge in every if {edge.source, edge.target} <= shown)
    return IdeaGraph(tuple(sorted(nodes, key=_by_year)), tuple(kept))


def _by_year(node: IdeaNode) -> tuple[bool, int, str]:
    return node.year is None, node.year or 0, node.name


def opened_doors(graph: IdeaGraph) -> tuple[OpenedDoor, ...]:
    """Return the works whose ideas others took over, those that most in the end go back to first.

    Of two with as many, the one on which more build directly comes first.
    """
    by_source: dict[str, list[IdeaEdge]] = {}
    for edge in graph.edges:
        by_source.setdefault(edge.source, []).append(edge)
    nodes = {node.name: node for node in graph.nodes}
    doors = [OpenedDoor(nodes[name], tuple(edges)) for name, edges in by_source.items()]
    return tuple(sorted(doors, key=lambda one: (-one.node.descendants, -one.direct, one.node.name)))


def _neighbours(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def reachable(neighbours: Mapping[str, Sequence[str]], start: str) -> frozenset[str]:
    """Return what can be reached from a name; the name itself is not counted, even in a circle.

    >>> sorted(reachable({"a": ["b"], "b": ["c", "a"]}, "a"))
    ['b', 'c']
    """
    found = {start}
    waiting = [start]
    while waiting:
        for other in neighbours.get(waiting.pop(), ()):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found - {start})


def _node(name: str, titles: Mapping[str, tuple[str, int | None]], descendants: int) -> IdeaNode:
    title, year = titles.get(name, (name, None))
    return IdeaNode(name, title, year, descendants)
