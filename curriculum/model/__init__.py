"""The words of the project as frozen values, without files, clock, graphs or YAML.

The module named below is imported when it is first used as `model.NAME`: it needs pydantic, and
most commands read values that were checked before.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.model import checking

__all__ = ["checking"]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
