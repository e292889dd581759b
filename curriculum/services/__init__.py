"""The use cases: values, problems and typed errors come back; nothing is printed.

The modules named below are imported when they are first used as `services.NAME`, so that a command
loads only what it needs: a forecast needs numpy, `today` mostly not even the syllabi.
"""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curriculum.services import comparisons, forecasting, snapshot, unit_names, workspace

__all__ = ["comparisons", "forecasting", "snapshot", "unit_names", "workspace"]


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return importlib.import_module(f"{__name__}.{name}")
