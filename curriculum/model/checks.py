"""What is said of a type beside its name: how a value of it is read, and how it is described.

They stand within `Annotated`, and pydantic asks them when a value is first checked. Nothing here
imports it, because most commands read values that were checked before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler as Handler
    from pydantic import GetJsonSchemaHandler as JsonHandler

TypeSchema: TypeAlias = Any  # Any: pydantic describes a type by a mapping of its own
"""How pydantic checks a type, or how JSON Schema describes it."""

_Check = TypeVar("_Check", bound=Callable[..., object])

WHOLE = "_checks_the_whole"
"""The attribute of a method that checks a value as a whole; it says when."""


class _Function:
    """A function that takes part in reading a value."""

    __slots__ = ("_function",)

    _place = ""

    def __init__(self, function: Callable[[Any], object]) -> None:  # Any: whatever a file holds
        """Take the function; it raises a ValueError for what it cannot read."""
        self._function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> TypeSchema:
        """Return how pydantic calls the function."""
        return {**function_schema(self._place, self._function), "schema": handler(source)}


class Before(_Function):
    """Reads what the file holds, before the type is checked."""

    _place = "function-before"


class After(_Function):
    """Reads a value of the type once more."""

    _place = "function-after"


class Instead(_Function):
    """Reads what the file holds, and nothing else is checked."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> TypeSchema:
        """Return how pydantic calls the function."""
        return function_schema("function-plain", self._function)


def function_schema(place: str, function: Callable[..., object]) -> dict[str, TypeSchema]:
    """Return how pydantic calls a function at a place, but not around which schema."""
    return {"type": place, "function": {"type": "no-info", "function": function}}


class Limited:
    """Limits of a number, a text or a list, by pydantic's names: `ge`, `min_length`, `pattern`.

    They come first in an `Annotated`: they limit the type itself.
    """

    __slots__ = ("_limits",)

    def __init__(self, **limits: object) -> None:
        """Take the limits."""
        self._limits = limits

    def __get_pydantic_core_schema__(self, source: Any, handler: Handler) -> TypeSchema:
        """Return the schema of the type with its limits."""
        return {**handler(source), **self._limits}


class Described:
    """How a type is described in JSON Schema, where that does not follow from the type."""

    __slots__ = ("_description",)

    def __init__(self, description: Mapping[str, Any]) -> None:  # Any: see TypeSchema
        """Take the JSON Schema."""
        self._description = description

    def __get_pydantic_json_schema__(self, source: Any, handler: JsonHandler) -> TypeSchema:
        """Return the JSON Schema."""
        return dict(self._description)


def whole_check(method: _Check) -> _Check:
    """Mark a method that returns a value whose fields are sound, or raises a ValueError."""
    setattr(method, WHOLE, "after")
    return method


def whole_check_before(method: _Check) -> _Check:
    """Mark a static method that returns what a file holds as the fields are to be read from it."""
    setattr(method, WHOLE, "before")
    return method
