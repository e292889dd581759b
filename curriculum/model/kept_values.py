"""Values from files as JSON, and back without checking them again.

Checking what people write needs YAML and pydantic, which take longer than most commands. What was
found sound is kept in this form beside the digest of its text; see `disk/kept_readings.py`. It is
JSON, because nothing in it can run when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Any, TypeAlias, TypeVar

from curriculum.model import (
    ablations,
    busy,
    exploration,
    habits,
    quantities,
    references,
    results,
    settings,
    skimming,
    study_hours,
    works,
)
from curriculum.model.fields import Frozen

Form: TypeAlias = Any  # Any: an object, a list or a scalar of JSON
"""A value as JSON."""

_Kept = TypeVar("_Kept")

_WRITTEN: Mapping[type, Callable[[Any], Form]] = MappingProxyType(  # Any: of the type it stands for
    {
        Fraction: str,
        Decimal: str,
        date: date.isoformat,
        datetime: datetime.isoformat,
        time: time.isoformat,
        timedelta: lambda length: [length.days, length.seconds],
    }
)
_MODULES = (
    *(ablations, busy, exploration, habits, quantities, references),
    *(results, settings, skimming, study_hours, works),
)
"""Where the classes of values from files are defined."""

_READ: Mapping[str, Callable[[Any], object]] = MappingProxyType(
    {
        "Fraction": Fraction,
        "Decimal": Decimal,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "time": time.fromisoformat,
        "timedelta": lambda parts: timedelta(*parts),
    }
)


class NotKeptError(Exception):
    """A value has a part that cannot be kept, or what was kept is not such a value."""


@cache
def _classes() -> Mapping[str, type]:
    """Return the classes that values from files are made of, by their names."""
    return {
        name: value
        for module in _MODULES
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__
    }


def kept(value: object) -> Form:
    """Return a value as JSON.

    Raises:
        NotKeptError: A part of it is of a class that is not known here.

    >>> kept((Fraction(1, 3), "a"))
    [{'Fraction': '1/3'}, 'a']
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    if type(value) is tuple:
        return [kept(part) for part in value]
    if type(value) is dict:
        return {"dict": [[kept(key), kept(part)] for key, part in value.items()]}
    name = type(value).__name__
    if type(value) in _WRITTEN:
        return {name: _WRITTEN[type(value)](value)}
    if _classes().get(name) is not type(value):
        raise NotKeptError(name)
    return {name: _parts(value)}


def _parts(value: Any) -> Form:  # Any: of one of the classes
    """Return what a value of one of our classes is made of."""
    if isinstance(value, Frozen):
        written = value.model_fields_set
        # A field that was not written has its default, and a check of a whole may ask which were.
        return {name: kept(part) for name, part in vars(value).items() if name in written}
    if isinstance(value, Enum):
        return kept(value.value)
    if isinstance(value, tuple):
        return [kept(part) for part in value]
    if is_dataclass(value):
        return {field.name: kept(getattr(value, field.name)) for field in fields(value)}
    raise NotKeptError(type(value).__name__)


def restored(form: Form, expected: type[_Kept]) -> _Kept:
    """Return the value that JSON was made of.

    Raises:
        NotKeptError: It is not such a value.
    """
    try:
        value = _restored(form)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise NotKeptError(str(error)) from error
    if not isinstance(value, expected):
        raise NotKeptError(type(value).__name__)
    return value


def _restored(form: Any) -> Any:  # Any: the value has the type that its name says
    if isinstance(form, list):
        return tuple([_restored(part) for part in form])
    if not isinstance(form, dict):
        return form
    ((name, parts),) = form.items()
    if name in _READ:
        return _READ[name](parts)
    if name == "dict":
        return {_restored(key): _restored(part) for key, part in parts}
    return _made(_classes()[name], parts)


def _made(kind: Any, parts: Any) -> object:  # Any: see _parts()
    """Return the value of one of our classes that has some parts."""
    if issubclass(kind, Enum):
        return kind(parts)
    if issubclass(kind, tuple):
        return kind(*_restored(parts))
    written = {name: _restored(part) for name, part in parts.items()}
    if issubclass(kind, Frozen):
        return kind.model_construct(set(written), **written)
    return kind(**written)
