"""Everything that is known of one work, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from curriculum.model.identifiers import UnitId
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.results import Result
from curriculum.model.works import Work


class IdeaOpened(NamedTuple):
    """An idea of a work that a later one builds on."""

    work: str
    idea: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A work and what is around it.

    Attributes:
        name: What the work is called.
        work: What its syllabus says.
        file: The syllabus, as problems call it.
        is_own: Whether the workspace defines it; otherwise it is built in.
        efforts: The minutes of every unit.
        spent: The minutes that went into it.
        assumed: How many of these nobody said.
        required_by: The works of which some unit requires one of its units, by name.
        opened: The ideas of it that other works build on.
        results: Its published results, by id; none for what is not a paper.
        roads: The roads that have it as a goal.
    """

    name: str
    work: Work
    file: str
    is_own: bool
    efforts: Mapping[UnitId, int]
    spent: int
    assumed: int
    required_by: tuple[str, ...]
    opened: tuple[IdeaOpened, ...]
    results: Mapping[str, Result]
    roads: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """The effort of the whole work."""
        return sum(self.efforts.values())
