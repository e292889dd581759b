"""Values as lines and tables for a person.

Each module is imported when it is first used as `text.NAME`, so that a command loads
only the views that it shows.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curriculum.views.text import (
        changes,
        forecast,
        graphs,
        help_topics,
        history,
        library,
        pace,
        plan,
        problems,
        provenance,
        publication,
        readiness,
        record,
        results,
        score,
        short_plan,
        status,
        study_log,
        sync,
        today,
        verdict,
        why,
    )

__all__ = [
    "changes",
    "forecast",
    "graphs",
    "help_topics",
    "history",
    "library",
    "pace",
    "plan",
    "problems",
    "provenance",
    "publication",
    "readiness",
    "record",
    "results",
    "score",
    "short_plan",
    "status",
    "study_log",
    "sync",
    "today",
    "verdict",
    "why",
]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")
