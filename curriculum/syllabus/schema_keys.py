"""Which keys are valid at a path of a file, by the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, get_args

from curriculum.model.fields import Frozen, field_types
from curriculum.model.sources import PathStep

Model: TypeAlias = type[Frozen]


def valid_keys(model: Model, path: Sequence[PathStep]) -> tuple[str, ...]:
    """Return the keys of the mapping at a path, in the order in which the model declares them."""
    models = [model]
    for step in path:
        # An index leads from a list to its entries, which an annotation names as it names the list.
        if isinstance(step, str):
            below = list(_models_below(models, step))
            # A name that the person chose, as of a habit, leads to what the mapping holds.
            if below or any(step in _annotations(one) for one in models):
                models = below
    keys: dict[str, None] = {}
    for candidate in models:
        keys.update(dict.fromkeys(_annotations(candidate)))
    return tuple(keys)


def _models_below(models: Sequence[Model], key: str) -> Iterator[Model]:
    for model in models:
        yield from _models_in(_annotations(model).get(key))


def _annotations(model: Model) -> dict[str, Any]:  # Any: an annotation is whatever typing makes it
    """Return the annotations of a model by the key that is written in the file."""
    types = field_types(model)
    return {field.key: types[name] for name, field in model.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[Model]:  # Any: see _annotations()
    """Yield the models that an annotation names, within unions and collections too."""
    if isinstance(annotation, type) and issubclass(annotation, Frozen):
        yield annotation
        return
    for part in get_args(annotation):
        yield from _models_in(part)
