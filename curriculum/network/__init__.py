"""Talks to other machines: asks web addresses, syncs with CalDAV servers, reads feeds to serve.

`Server` and `ask` are loaded when they are first used: they take time, and `Server` needs
the extra `caldav`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curriculum.network.caldav import Server as Server
    from curriculum.network.http import ask as ask

_MODULES = {"Server": "caldav", "ask": "http"}


def __getattr__(name: str) -> Any:  # Any: as in PEP 562
    """Return something that is defined in one of the modules.

    Raises:
        AttributeError: There is no such thing.
        NoLibraryError: It needs a library that is not installed.
    """
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    except ModuleNotFoundError as error:
        if error.name != "httpx":
            raise
        errors = importlib.import_module(f"{__name__}.errors")
        raise errors.NoLibraryError from None
    return getattr(module, name)
