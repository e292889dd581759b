"""Turn syllabi of textbooks, theses and papers into a study calendar.

This is the public Python API: `open_workspace` and the errors that its methods raise. What it is
built of, and the way of the data through the rooms, is described in `curriculum/DESIGN.md`.

>>> import curriculum
>>> workspace = curriculum.open_workspace("study")
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curriculum.api import OpenWorkspace, open_workspace
    from curriculum.model.problems import CurriculumError, Problem
    from curriculum.services.errors import ProblemsError, UsageError

__all__ = [
    "CurriculumError",
    "OpenWorkspace",
    "Problem",
    "ProblemsError",
    "UsageError",
    "open_workspace",
]

_MODULES = {
    "CurriculumError": "curriculum.model.problems",
    "OpenWorkspace": "curriculum.api",
    "Problem": "curriculum.model.problems",
    "ProblemsError": "curriculum.services.errors",
    "UsageError": "curriculum.services.errors",
    "open_workspace": "curriculum.api",
}


def __getattr__(name: str) -> Any:  # Any: one of the names above
    # Every import of a module of ours comes by here first: 'curriculum --help' must load nothing.
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_MODULES[name]), name)
