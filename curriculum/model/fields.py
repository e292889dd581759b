"""What all values from files have in common, and the types of their texts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Final,
    Self,
    dataclass_transform,
    get_type_hints,
)

from curriculum import model
from curriculum.model.checks import Limited, TypeSchema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler as Handler
    from pydantic import TypeAdapter

ADDRESS = r"^https?://\S+$"

Line = Annotated[str, Limited(strip_whitespace=True, min_length=1, max_length=10_000)]
Address = Annotated[str, Limited(pattern=ADDRESS)]

EMPTY: Mapping[Any, Any] = {}  # Any: of the keys and values of the field
"""The default of a mapping: of the class that a mapping of a file has."""

NO_DEFAULT: Final = object()
"""The default of a field that must be given."""


class Field:
    """A field of a value from a file.

    Attributes:
        name: The attribute.
        key: The key in the file: `from`, a word of Python, is the attribute `from_`.
        default: What it is when the file does not say; `NO_DEFAULT` where the file must.
    """

    __slots__ = ("default", "key", "name")

    def __init__(self, name: str, default: Any) -> None:  # Any: of the field's type
        """Take the name and the default."""
        self.name = name
        self.key = name.removesuffix("_")
        self.default = default

    @property
    def has_default(self) -> bool:
        """Whether the file need not say it."""
        return self.default is not NO_DEFAULT


_WRITTEN = "__pydantic_fields_set__"


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Frozen:
    """A value from a file: frozen, and strict about unknown keys.

    It has the methods of a pydantic model. But pydantic is imported, and works out how a class is
    checked, when the first value of it is: most commands read values that were checked before. For
    the same reason a default is made with `model_construct`.

    Methods marked with `whole_check` and `whole_check_before` check a value as a whole.

    Attributes:
        model_fields: The fields by name, those of the classes above first.
        model_config: What pydantic asks a class when it describes it.
    """

    __slots__ = (
        "__dict__",
        "__pydantic_extra__",
        _WRITTEN,
        "__pydantic_private__",
    )

    model_config: ClassVar[Mapping[str, str]] = MappingProxyType({"extra": "forbid"})
    model_fields: ClassVar[Mapping[str, Field]] = MappingProxyType({})
    _defaults: ClassVar[Mapping[str, object]] = MappingProxyType({})

    def __init_subclass__(cls) -> None:
        """Find the fields among the annotations, which are not evaluated."""
        fields = dict(cls.model_fields)
        for name, annotation in cls.__annotations__.items():
            if not str(annotation).startswith("ClassVar"):
                fields[name] = Field(name, cls.__dict__.get(name, NO_DEFAULT))
        cls.model_fields = MappingProxyType(fields)
        cls._defaults = {name: field.default for name, field in fields.items()}

    def __init__(self, **values: Any) -> None:  # Any: of the types of the fields
        """Check the values of the fields.

        Raises:
            ValueError: One of them cannot be.
        """
        written = {name.removesuffix("_"): value for name, value in values.items()}
        self._checker().validator.validate_python(written, self_instance=self)

    @classmethod
    def model_construct(cls, written: set[str] | None = None, **values: Any) -> Self:  # Any: sound
        """Return a value whose fields are sound, without checking them.

        Args:
            written: The names of the fields that the file gave; by default those of the values.
            values: The fields by name.
        """
        fields = {**cls._defaults, **values}
        if len(fields) > len(cls._defaults) or NO_DEFAULT in fields.values():
            raise TypeError(f"these are not the fields of {cls.__name__}")
        return cls._with(fields, set(values) if written is None else written)

    @classmethod
    def _with(cls, fields: dict[str, object], written: set[str]) -> Self:
        made = cls.__new__(cls)
        put = object.__setattr__
        put(made, "__dict__", fields)
        put(made, _WRITTEN, written)
        put(made, "__pydantic_extra__", None)
        put(made, "__pydantic_private__", None)
        return made

    @classmethod
    def model_validate(cls, value: object) -> Self:
        """Return the value that what a file holds makes.

        Raises:
            ValueError: It makes none. (A pydantic `ValidationError`, which is one, knows why.)
        """
        made: Self = cls._checker().validate_python(value)
        return made

    @classmethod
    def model_validate_json(cls, text: str) -> Self:
        """Return the value that a text of JSON makes.

        Raises:
            ValueError: As for `model_validate`.
        """
        made: Self = cls._checker().validate_json(text)
        return made

    @property
    def model_fields_set(self) -> set[str]:
        """The names of the fields that the file gave."""
        written: set[str] = getattr(self, _WRITTEN)
        return written

    def model_copy(self, *, update: Mapping[str, object]) -> Self:
        """Return the value with other fields, which are not checked."""
        return self._with({**self.__dict__, **update}, {*self.model_fields_set, *update})

    def model_dump(self, **how: Any) -> dict[str, Any]:  # Any: see pydantic
        """Return the fields by name, as pydantic does."""
        found: dict[str, Any] = self._checker().dump_python(self, **how)
        return found

    def model_dump_json(self, **how: Any) -> str:  # Any: see pydantic
        """Return the fields as JSON, as pydantic does."""
        return self._checker().dump_json(self, **how).decode()

    @classmethod
    def _checker(cls) -> TypeAdapter[Any]:  # Any: mypy takes the hash of values for that of a class
        kind: Any = cls
        return model.checking.checker(kind)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Handler) -> TypeSchema:
        """Return how pydantic checks the fields, and then the whole."""
        return model.checking.class_schema(cls, handler)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse to change a field."""
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> None:
        """Refuse to remove a field."""
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        """Say whether the fields are equal."""
        if type(other) is not type(self):
            return NotImplemented
        return self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Return the hash of the fields."""
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        """Return the fields by name."""
        fields = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({fields})"


def field_types(kind: type[Frozen]) -> Mapping[str, Any]:  # Any: an annotation may be anything
    """Return the types of the fields of a class, without what is said of them beside their names.

    What is said of the parts of a type, as of the entries of a list, is left out too.
    """
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.model_fields}


def as_list(value: Any) -> Any:  # Any: pydantic passes on whatever the file holds
    """Return a text that stands for a list of one as that list, and anything else as it is."""
    if isinstance(value, str):
        return [value]
    return value
