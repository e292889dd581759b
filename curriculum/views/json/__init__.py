"""Values as trees of JSON.

Each module is imported when it is first used as `json.NAME`, so that a command loads
only the views that it shows.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.views.json import (
        ablations,
        attempts,
        chain,
        changes,
        commands,
        config,
        details,
        exploration,
        forecast,
        graph,
        ideas,
        library,
        next_units,
        notebook,
        pace,
        paper_verdict,
        plan,
        power,
        predictions,
        problems,
        readiness,
        report,
        results,
        review,
        roads,
        score,
        skims,
        status,
        study_log,
        taste,
        time_audit,
        time_spent,
        today,
        verdict,
        waiting,
        what_if,
        why,
        work_page,
    )

__all__ = [
    "ablations",
    "attempts",
    "chain",
    "changes",
    "commands",
    "config",
    "details",
    "exploration",
    "forecast",
    "graph",
    "ideas",
    "library",
    "next_units",
    "notebook",
    "pace",
    "paper_verdict",
    "plan",
    "power",
    "predictions",
    "problems",
    "readiness",
    "report",
    "results",
    "review",
    "roads",
    "score",
    "skims",
    "status",
    "study_log",
    "taste",
    "time_audit",
    "time_spent",
    "today",
    "verdict",
    "waiting",
    "what_if",
    "why",
    "work_page",
]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
