"""The curriculum of works and goals: references, topics, choices, cycles, lint, order.

The modules named below are imported when they are first used as `graph.NAME`. Most commands need
no graph; `cycles` and `cycle_problems` need networkx, which takes longer to load than most commands
take to run, and most workspaces have no cycle.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.graph import (
        catalogue,
        cycle_problems,
        cycles,
        goals,
        library_graph,
        resolution,
        unit_lookup,
    )

__all__ = [
    "catalogue",
    "cycle_problems",
    "cycles",
    "goals",
    "library_graph",
    "resolution",
    "unit_lookup",
]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
