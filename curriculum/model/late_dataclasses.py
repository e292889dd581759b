"""Dataclasses whose methods are made when they are first needed.

The standard library compiles six functions for each class when its module is imported, used or not:
one millisecond for each of a hundred classes, which was a quarter of the time of a command.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, FrozenInstanceError, field
from operator import attrgetter
from typing import Any, Final, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)
_Method = Callable[..., Any]  # Any: a method of any class


@dataclass_transform(field_specifiers=(field,))
def dataclass(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False
) -> Callable[[_Class], _Class]:
    """Return what makes a class a dataclass like that of the standard library.

    Args:
        frozen: Whether its values never change.
        slots: Whether its values have these fields and no other attribute.
        kw_only: Whether the fields are given by name.
    """

    def made(cls: _Class) -> _Class:
        plain = dataclasses.dataclass(
            init=False, repr=False, eq=False, slots=slots, kw_only=kw_only
        )
        value_class: Any = plain(cls)  # Any: with slots, it is another class than the one given
        given = vars(cls)
        methods = _methods(value_class) | (_FROZEN if frozen else {"__hash__": None})
        for name, method in methods.items():
            # A class that says what is equal has None for its hash.
            if given.get(name) is None:
                setattr(value_class, name, method)
        made: _Class = value_class
        return made

    return made


def _methods(cls: type) -> dict[str, Any]:  # Any: methods, and what becomes one
    names = [one.name for one in dataclasses.fields(cls) if one.compare]
    values = attrgetter(*names) if names else type

    def equal(self: object, other: object) -> Any:  # Any: a bool, or NotImplemented
        if type(other) is not type(self):
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: object) -> int:
        return hash(values(self))

    return {
        "__init__": _LateInit(cls),
        "__eq__": equal,
        "__hash__": hashed,
        "__repr__": _shown,
    }


def _shown(self: Any) -> str:  # Any: of any class
    fields = [one.name for one in dataclasses.fields(self) if one.repr]
    parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields)
    return f"{type(self).__qualname__}({parts})"


def _refuse(self: object, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"cannot change field {name!r}")


def _set_state(self: object, state: Any) -> None:  # Any: what the standard library copies
    for part in state if isinstance(state, tuple) else (state,):
        for name, value in (part or {}).items():
            object.__setattr__(self, name, value)


_FROZEN: Final = {
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__setstate__": _set_state,
}


class _LateInit:
    """Becomes the `__init__` of a class when the first value is made, or someone looks at it."""

    __slots__ = ("_class",)

    def __init__(self, cls: Any) -> None:  # Any: a class that gets a method
        self._class = cls

    def __get__(self, instance: object, owner: type) -> _Method:
        made = _init(self._class)
        self._class.__init__ = made
        bound: _Method = made.__get__(instance, owner)
        return bound


_SET: Final = "_set_"
_GIVEN: Final = "_given_"


def _init(cls: type) -> Any:  # Any: a function, which is a descriptor as well
    """Return the `__init__` that the fields of a class ask for."""
    fields = dataclasses.fields(cls)
    names: dict[str, object] = {_SET: object.__setattr__}
    arguments = ["self"]
    lines: list[str] = []
    for one in sorted(fields, key=lambda one: bool(one.kw_only)):
        given = f"{_GIVEN}{one.name}"
        argument = value = one.name
        if one.default is not MISSING:
            names[given] = one.default
            argument += f"={given}"
        elif one.default_factory is not MISSING:
            names[given] = one.default_factory
            argument += f"={_SET}"
            value = f"{given}() if {one.name} is {_SET} else {one.name}"
        if one.kw_only and "*" not in arguments:
            arguments.append("*")
        arguments.append(argument)
        lines.append(f"{_SET}(self, {one.name!r}, {value})")
    return _compiled(cls, arguments, lines or ["pass"], names)


def _compiled(
    cls: type, arguments: Sequence[str], lines: Sequence[str], names: Mapping[str, object]
) -> Any:  # Any: see _init()
    """Return a function that sees the names of its class's module, and some of its own."""
    body = "\n  ".join(lines)
    text = f"def make({', '.join(names)}):\n def __init__({', '.join(arguments)}):\n  {body}\n"
    found: dict[str, Any] = {}
    exec(f"{text} return __init__", vars(sys.modules[cls.__module__]), found)
    made = found["make"](**names)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {one.name: one.type for one in dataclasses.fields(cls)}
    return made
