"""The page in the browser: routes over services and `views.html`, and the published feeds.

`server` is imported when it is first used: what it needs takes time, and only `serve` uses it.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from curriculum.submodules import submodule

if TYPE_CHECKING:
    from curriculum.web import server

__all__ = ["server"]


def __getattr__(name: str) -> ModuleType:
    return submodule(__name__, name, __all__)
