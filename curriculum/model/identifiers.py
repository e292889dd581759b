"""The names of works, units, topics and results, and what their parts mean."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NewType, TypeAlias

from curriculum.model.checks import Before, Limited

UnitId = NewType("UnitId", str)
"""`work/unit`, as in `sutton-barto-2018/13`."""

Track: TypeAlias = Literal["textbooks", "papers"]
TRACKS: tuple[Track, ...] = ("textbooks", "papers")

NAME = r"[a-z0-9][a-z0-9.-]*"
UNIT_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
RESULT_NAME = r"^[a-z0-9][a-z0-9._-]*$"
RIVAL_NAME = rf"^({NAME}#)?{RESULT_NAME.removeprefix('^')}"
"""A result of the same paper, or of another one, as `ddpg-2016#ddpg-hopper`."""
_LONGEST_NAME = 100


def _number_as_text(value: Any) -> Any:  # Any: pydantic passes on whatever the file holds
    """Return the text of an id given as a number; a bool is an int, but not an id."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value


_NameText = Limited(pattern=rf"^{NAME}$", max_length=_LONGEST_NAME)
_UnitText = Limited(pattern=rf"^{UNIT_NAME}$", max_length=_LONGEST_NAME)

WorkName = Annotated[str, _NameText]
Topic = Annotated[str, _NameText]
UnitName = Annotated[str, _UnitText, Before(_number_as_text)]


def unit_id(work: str, unit: str) -> UnitId:
    """Return the full name of a unit of a work."""
    return UnitId(f"{work}/{unit}")


def work_of(unit: UnitId) -> str:
    """Return the work a unit belongs to."""
    return unit.partition("/")[0]
