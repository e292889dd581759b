"""The curriculum of works and goals: references, topics, choices, cycles, lint, order.

`graph.cycles` and `graph.cycle_problems` are imported when they are first used: they need networkx,
which takes longer to load than most commands take to run, and most workspaces have no cycle.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curriculum.graph import cycle_problems, cycles

__all__ = ["cycle_problems", "cycles"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")
