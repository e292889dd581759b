"""The use cases: values, problems and typed errors come back; nothing is printed.

The modules named below are imported when they are first used as `services.NAME`, so that a command
loads only what it needs: a forecast needs numpy, `today` mostly not even the syllabi.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.services import (
        ablations,
        comparisons,
        completion,
        exploration_candidates,
        followups,
        forecasting,
        ideas,
        next_units,
        power,
        predictions,
        push,
        shown_numbers,
        skims,
        snapshot,
        tables,
        unit_names,
        waiting,
        what_if,
        workspace,
    )

__all__ = [
    "ablations",
    "comparisons",
    "completion",
    "exploration_candidates",
    "followups",
    "forecasting",
    "ideas",
    "next_units",
    "power",
    "predictions",
    "push",
    "shown_numbers",
    "skims",
    "snapshot",
    "tables",
    "unit_names",
    "waiting",
    "what_if",
    "workspace",
]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
