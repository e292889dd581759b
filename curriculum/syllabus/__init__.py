"""YAML text to values that know their places.

The modules named below are imported when they are first used as `syllabus.NAME`: they need a YAML
parser and pydantic, and most commands find what was read before.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.syllabus import documents, settings, translation, trees, works

__all__ = ["documents", "settings", "translation", "trees", "works"]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
