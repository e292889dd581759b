"""The prerequisite graph as JSON."""

from __future__ import annotations

from curriculum.graph.idea_graph import IdeaGraph, opened_doors
from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.json_value import Json
from curriculum.views.graph_edges import Edge, graph_edges


def graph_json(curriculum: Curriculum) -> Json:
    """Return the graph as JSON values, with every edge; efforts in minutes, nodes in need order."""
    return {
        "nodes": [_node(unit, curriculum) for unit in curriculum.units],
        "edges": [_edge(edge) for edge in graph_edges(curriculum, all_edges=True)],
    }


def _node(unit: UnitId, curriculum: Curriculum) -> Json:
    details = curriculum.details[unit]
    return {
        "unit": unit,
        "work": work_of(unit),
        "track": details.track,
        "title": details.title,
        "effort": curriculum.efforts[unit],
    }


def _edge(edge: Edge) -> Json:
    return {
        "before": edge.before,
        "after": edge.after,
        "strength": edge.strength.value,
        "why": edge.why,
    }


def idea_graph_json(graph: IdeaGraph) -> Json:
    """Return the graph of ideas as JSON values, with the works that most go back to first."""
    return {
        "nodes": [
            {
                "id": node.name,
                "title": node.title,
                "year": node.year,
                "descendants": node.descendants,
            }
            for node in graph.nodes
        ],
        "edges": [
            {"from": edge.source, "to": edge.target, "idea": edge.idea, "why": edge.why or None}
            for edge in graph.edges
        ],
        "ranking": [
            {"id": door.node.name, "descendants": door.node.descendants, "direct": door.direct}
            for door in opened_doors(graph)
        ],
    }
