"""Ready-made roads: goals in an order that makes sense, each with its reason."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from curriculum.model.checks import Before, Limited, whole_check
from curriculum.model.fields import Frozen, Line, as_list
from curriculum.model.identifiers import Topic, UnitName
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.quantities import UnreadableError
from curriculum.model.references import Reference
from curriculum.model.settings import Goal

_Names = Annotated[tuple[UnitName, ...], Limited(min_length=1), Before(as_list)]
_Lines: TypeAlias = Annotated[tuple[Line, ...], Before(as_list)]


class RoadGoal(Frozen):
    """What a road leads to next, and why: a work, some of its units, or a topic."""

    work: Annotated[str, Limited(min_length=1)] | None = None
    topic: Topic | None = None
    units: _Names | None = None
    why: Line

    @whole_check
    def _names_one_thing(self) -> RoadGoal:
        if (self.work is None) == (self.topic is None):
            message = "a goal names either a work or a topic"
            raise UnreadableError(
                "bad-value", message, "write it like '{work: ppo-2017, why: ...}'"
            )
        if self.topic is not None and self.units is not None:
            message = "a goal that names a topic has no units"
            raise UnreadableError("bad-value", message, "remove 'units'")
        return self

    @property
    def goal(self) -> Goal:
        """The goal as settings have it."""
        return Goal(work=self.work, topic=self.topic, units=self.units, why=self.why)


class Road(Frozen):
    """Goals in the order in which to reach them, and for whom they are.

    `known` is what a road takes for granted; it may be anything that `known` of the settings takes.
    """

    title: Line
    about: Line
    known: tuple[Reference, ...] = ()
    goals: Annotated[tuple[RoadGoal, ...], Limited(min_length=1)]
    source: _Lines = ()
    note: _Lines = ()


@dataclass(frozen=True, slots=True)
class RoadOutline:
    """A road, and how much there is to study on it.

    Attributes:
        name: What commands call it.
        road: Its goals.
        is_own: Whether the workspace has it; otherwise it is built in.
        units: How many units lead to its goals.
        minutes: Their effort.
    """

    name: str
    road: Road
    is_own: bool
    units: int
    minutes: int
