"""The graph of ideas counts what networkx counts, in circles too."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from curriculum.graph.idea_graph import IdeaEdge, idea_graph, opened_doors

_NAMES = st.sampled_from("abcdefgh")
_EDGES = st.lists(st.builds(IdeaEdge, _NAMES, _NAMES, st.sampled_from(["x", "y"])), max_size=25)


@given(_EDGES)
def test_descendants_are_those_of_networkx(edges: list[IdeaEdge]) -> None:
    oracle: nx.DiGraph[str] = nx.DiGraph()
    oracle.add_edges_from((one.source, one.target) for one in edges if one.source != one.target)
    found = idea_graph(edges, {}, None)
    assert {node.name: node.descendants for node in found.nodes} == {
        name: len(nx.descendants(oracle, name)) for name in oracle
    }


@given(_EDGES, _NAMES)
def test_the_graph_of_a_work_is_what_leads_to_it_and_on_from_it(
    edges: list[IdeaEdge], name: str
) -> None:
    oracle: nx.DiGraph[str] = nx.DiGraph()
    oracle.add_node(name)
    oracle.add_edges_from((one.source, one.target) for one in edges if one.source != one.target)
    near = {name} | nx.descendants(oracle, name) | nx.ancestors(oracle, name)
    found = idea_graph(edges, {}, name)
    assert {node.name for node in found.nodes} == near
    whole = {node.name: node for node in idea_graph(edges, {}, None).nodes}
    assert all(whole.get(node.name, node) == node for node in found.nodes)


def test_the_ranking_shows_its_evidence() -> None:
    edges = [
        IdeaEdge("trpo", "ppo", "trust region"),
        IdeaEdge("gae", "ppo", "advantages"),
        IdeaEdge("trpo", "gae", "the setting"),
        IdeaEdge("ppo", "impala", "clipping"),
    ]
    doors = opened_doors(idea_graph(edges, {"trpo": ("TRPO", 2015)}, None))
    assert [(one.node.name, one.node.descendants, one.direct) for one in doors] == [
        ("trpo", 3, 2),
        ("gae", 2, 1),
        ("ppo", 1, 1),
    ]
    assert [edge.idea for edge in doors[0].edges] == ["the setting", "trust region"]
