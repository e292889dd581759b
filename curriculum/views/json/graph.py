"""The prerequisite graph as JSON."""

from __future__ import annotations

from typing import Any

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import work_of
from curriculum.model.library import Library
from curriculum.views.graph_edges import entries_of, graph_edges, units_by_work


def graph_json(curriculum: Curriculum, library: Library) -> dict[str, Any]:  # Any: JSON
    """Return the graph as JSON values, with every edge; efforts in minutes, nodes in need order."""
    titles = {
        unit: entry.title
        for work, units in units_by_work(curriculum).items()
        for unit, entry in entries_of(library, work, units)
    }
    return {
        "nodes": [
            {
                "unit": unit,
                "work": work_of(unit),
                "track": library.works[work_of(unit)].track,
                "title": titles[unit],
                "effort": curriculum.efforts[unit],
            }
            for unit in curriculum.units
        ],
        "edges": [
            {
                "before": edge.before,
                "after": edge.after,
                "strength": edge.strength.value,
                "why": edge.why,
            }
            for edge in graph_edges(curriculum, all_edges=True)
        ],
    }
