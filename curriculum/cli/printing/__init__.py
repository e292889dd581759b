"""Print results on stdout and problems on stderr.

Each function is imported when it is first used as `printing.NAME`: tables need rich, which takes
longer to load than `today` takes to run.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curriculum.cli.printing.errors import fitting, show_error
    from curriculum.cli.printing.plain import show_json, show_pages, show_text, tell
    from curriculum.cli.printing.preferences import is_quiet
    from curriculum.cli.printing.problem_reports import show_problems
    from curriculum.cli.printing.spinner import spinning
    from curriculum.cli.printing.tables import show, show_lines

__all__ = [
    "fitting",
    "is_quiet",
    "show",
    "show_error",
    "show_json",
    "show_lines",
    "show_pages",
    "show_problems",
    "show_text",
    "spinning",
    "tell",
]

_MODULES = {
    "fitting": "errors",
    "is_quiet": "preferences",
    "show": "tables",
    "show_error": "errors",
    "show_json": "plain",
    "show_lines": "tables",
    "show_pages": "plain",
    "show_problems": "problem_reports",
    "show_text": "plain",
    "spinning": "spinner",
    "tell": "plain",
}


def __getattr__(name: str) -> Any:  # Any: a function of one of the modules
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
