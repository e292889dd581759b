"""Check values from files with pydantic, which takes longer to import than most commands to run."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import core_schema

from curriculum.model.checks import WHOLE, TypeSchema, function_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler as Handler

    from curriculum.model.fields import Frozen

_SURROUNDING: ContextVar[frozenset[type]] = ContextVar("surrounding", default=frozenset())
"""The classes whose fields are being described: a reference may hold references."""


@cache
def checker(kind: Any) -> TypeAdapter[Any]:  # Any: a type, which may be a union of several
    """Return what checks values of a type."""
    return TypeAdapter(kind)


def first_place(error: ValueError) -> tuple[int | str, ...]:
    """Return the path to the first value that could not be checked."""
    assert isinstance(error, ValidationError), "what cannot be checked is told by pydantic"
    return error.errors()[0]["loc"]


def first_fault(error: ValueError) -> str:
    """Return where a value could not be checked, and why."""
    assert isinstance(error, ValidationError), "what cannot be checked is told by pydantic"
    place = ".".join(map(str, first_place(error)))
    return f"{place}: {error.errors()[0]['msg']}"


def class_schema(kind: type[Frozen], handler: Handler) -> TypeSchema:
    """Return how pydantic checks a value of a class: its fields, and then the whole."""
    name = f"{kind.__module__}.{kind.__qualname__}:{id(kind)}"
    surrounding = _SURROUNDING.get()
    if kind in surrounding:
        return core_schema.definition_reference_schema(name)
    token = _SURROUNDING.set(surrounding | {kind})
    try:
        fields = _fields_schema(kind, handler)
    finally:
        _SURROUNDING.reset(token)
    before, after = (_whole_checks(kind, place) for place in ("before", "after"))
    schema: TypeSchema = fields
    for check in before:
        schema = function_schema("function-before", check) | {"schema": schema}
    config = core_schema.CoreConfig(title=kind.__name__, extra_fields_behavior="forbid")
    schema = core_schema.model_schema(kind, schema, config=config)
    for check in after:
        schema = function_schema("function-after", check) | {"schema": schema}
    return {**schema, "ref": name}


def _fields_schema(kind: type[Frozen], handler: Handler) -> TypeSchema:
    hints = get_type_hints(kind, include_extras=True)
    fields = {}
    for name, field in kind.model_fields.items():
        schema = handler.generate_schema(hints[name])
        if field.has_default:
            schema = core_schema.with_default_schema(schema, default=field.default)
        key = field.key
        fields[name] = core_schema.model_field(
            schema, validation_alias=key, serialization_alias=key
        )
    return core_schema.model_fields_schema(fields, model_name=kind.__name__)


def _whole_checks(kind: type[Frozen], place: str) -> list[Any]:  # Any: a method of the class
    """Return the methods that check a value as a whole, in the order in which they are written."""
    names = dict.fromkeys(name for one in reversed(kind.__mro__) for name in vars(one))
    methods = [getattr(kind, name) for name in names]
    return [method for method in methods if getattr(method, WHOLE, None) == place]
