"""The names of works, units, topics and results, and what their parts mean; whether a thing exists is unknown here."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NewType, TypeAlias

from pydantic import BeforeValidator, StringConstraints

UnitId = NewType("UnitId", str)
"""`work/unit`, as in `sutton-barto-2018/13`."""

Track: TypeAlias = Literal["textbooks", "papers"]
TRACKS: tuple[Track, ...] = ("textbooks", "papers")

NAME = r"[a-z0-9][a-z0-9.-]*"
RESULT_NAME = r"^[a-z0-9][a-z0-9._-]*$"


def _no_alias(value: Any) -> Any:  # Any: pydantic hands over whatever the file holds
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


WorkName = Annotated[str, StringConstraints(pattern=rf"^{NAME}$", max_length=100)]
UnitName = Annotated[
    str,
    BeforeValidator(_no_alias),
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100),
]
Topic = Annotated[str, StringConstraints(pattern=rf"^{NAME}$", max_length=100)]


def unit_id(work: str, unit: str) -> UnitId:
    """Return the full name of a unit of a work."""
    return UnitId(f"{work}/{unit}")


def work_of(unit: UnitId) -> str:
    """Return the work a unit belongs to."""
    return unit.partition("/")[0]
