"""Which keys are valid at a path of a file, by the models; what is wrong with a file is not known here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, get_args

from pydantic import BaseModel

from curriculum.model.sources import PathStep

Model = type[BaseModel]


def valid_keys(model: Model, path: Sequence[PathStep]) -> tuple[str, ...]:
    """Return the keys of the mapping at a path, in the order in which the model declares them."""
    models = [model]
    for step in path:
        if isinstance(step, str):
            models = [found for candidate in models for found in _below(candidate, step)]
    keys = [key for candidate in models for key in _fields(candidate)]
    return tuple(dict.fromkeys(keys))


def _fields(model: Model) -> dict[str, Any]:  # Any: an annotation is whatever typing makes of it
    """Return the annotations of a model by the key that stands in the file."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _below(model: Model, key: str) -> Iterator[Model]:
    yield from _models_in(_fields(model).get(key))


def _models_in(annotation: Any) -> Iterator[Model]:  # Any: see _fields()
    """Yield the models that an annotation names, within unions and collections too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for part in get_args(annotation):
        yield from _models_in(part)
