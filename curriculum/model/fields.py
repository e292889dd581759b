"""What all values from files have in common, and the types of their texts."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

ADDRESS = r"^https?://\S+$"

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10_000)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS)]


class Frozen(BaseModel):
    """A value from a file: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
