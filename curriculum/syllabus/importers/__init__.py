"""What other programs know of a work: text and bytes to values, and values to a draft.

The modules named below are imported when they are first used as `importers.NAME`: each needs a
library of its own.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.syllabus.importers import epub, pdf

__all__ = ["epub", "pdf"]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
