"""Values as lines and tables for a person.

Each module is imported when it is first used as `text.NAME`, so that a command loads
only the views that it shows.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.views.text import (
        ablations,
        chain,
        changes,
        commands,
        config,
        drafts,
        exploration,
        forecast,
        goal_values,
        graphs,
        help_topics,
        history,
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
        provenance,
        publication,
        readiness,
        record,
        report,
        results,
        review,
        roads,
        score,
        short_plan,
        skims,
        status,
        study_log,
        sync,
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
    "chain",
    "changes",
    "commands",
    "config",
    "drafts",
    "exploration",
    "forecast",
    "goal_values",
    "graphs",
    "help_topics",
    "history",
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
    "provenance",
    "publication",
    "readiness",
    "record",
    "report",
    "results",
    "review",
    "roads",
    "score",
    "short_plan",
    "skims",
    "status",
    "study_log",
    "sync",
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
