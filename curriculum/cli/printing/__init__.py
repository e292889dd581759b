"""Print results on stdout and problems on stderr.

Each function is imported when it is first used as `printing.NAME`: tables load rich, which JSON does without.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curriculum.cli.printing.json_tree import show_json
    from curriculum.cli.printing.problem_reports import show_problems
    from curriculum.cli.printing.tables import show, show_lines

__all__ = ["show", "show_json", "show_lines", "show_problems"]

_MODULES = {
    "show": "tables",
    "show_json": "json_tree",
    "show_lines": "tables",
    "show_problems": "problem_reports",
}


def __getattr__(name: str) -> Any:  # Any: a function of one of the modules
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
