"""Verdicts as pictures for a paper, drawn with matplotlib, which the extra `plots` installs.

`draw_result`, `draw_forest` and `picture` are loaded when they are first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from curriculum.model.problems import CurriculumError

if TYPE_CHECKING:
    from curriculum.views.figures.forest import draw_forest as draw_forest
    from curriculum.views.figures.pictures import picture as picture
    from curriculum.views.figures.result import draw_result as draw_result

_MODULES = {"draw_forest": "forest", "draw_result": "result", "picture": "pictures"}


class NoPlotsError(CurriculumError):
    """The library that draws is not installed."""

    def __init__(self) -> None:
        """Say how to install it."""
        super().__init__(
            "drawing needs matplotlib; install it with: pip install 'curriculum[plots]'"
        )


def __getattr__(name: str) -> Any:  # Any: as in PEP 562
    """Return something that is defined in one of the modules.

    Raises:
        AttributeError: There is no such thing.
        NoPlotsError: It needs matplotlib, which is not installed.
    """
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "matplotlib":
            raise
        raise NoPlotsError from None
    return getattr(module, name)
