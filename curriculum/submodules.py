"""Import the modules of a package when they are first used (PEP 562)."""

from __future__ import annotations

import importlib
from collections.abc import Collection
from types import ModuleType


def submodule(package: str, name: str, names: Collection[str]) -> ModuleType:
    """Return a module of a package, imported now; for the package's own `__getattr__`.

    Args:
        package: The full name of the package.
        name: The attribute that was asked for.
        names: The modules that are imported in this way.

    Raises:
        AttributeError: The name is not among them.
    """
    if name not in names:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    return importlib.import_module(f"{package}.{name}")
