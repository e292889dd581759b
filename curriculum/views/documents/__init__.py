"""Comparisons as tables to hand on: for a README, a paper or a spreadsheet.

Each module is imported when it is first used as `documents.NAME`.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.views.documents import csv, latex, markdown

__all__ = ["csv", "latex", "markdown"]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
