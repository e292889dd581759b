"""The curriculum of works and goals: references, topics, choices, cycles, lint, order.

`graph.cycles` and `graph.cycle_problems` are imported when they are first used: they need networkx,
which takes longer to load than most commands take to run, and most workspaces have no cycle.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.graph import cycle_problems, cycles

__all__ = ["cycle_problems", "cycles"]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
