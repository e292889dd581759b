"""What all values from files have in common, and the types of their texts."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints

ADDRESS = r"^https?://\S+$"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS)]


class Frozen(BaseModel):
    """A value from a file: frozen, and strict about unknown keys.

    How a class is checked is worked out when it first checks something: most commands read values
    that were checked before. For the same reason a default is made with `model_construct`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def as_list(value: Any) -> Any:  # Any: pydantic passes on whatever the file holds
    """Return a text that stands for a list of one as that list, and anything else as it is."""
    if isinstance(value, str):
        return [value]
    return value
