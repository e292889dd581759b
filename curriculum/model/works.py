"""Textbooks, theses and papers as their syllabi declare them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from curriculum.model.checks import Before, Described, Limited
from curriculum.model.fields import EMPTY, Address, Frozen, Line, as_list
from curriculum.model.identifiers import Topic, Track, UnitId, UnitName, WorkName, unit_id
from curriculum.model.quantities import Duration, PageRange, Speed, WholeDays
from curriculum.model.references import Reference, WorkPart
from curriculum.model.results import Result

Year = Annotated[int, Limited(ge=1400, le=2200)]


class Role(StrEnum):
    """What a chapter is for in a thesis."""

    INTRODUCTION = "introduction"
    BACKGROUND = "background"
    CONTRIBUTION = "contribution"
    PAPER = "paper"
    CONCLUSION = "conclusion"
    OUTLOOK = "outlook"


_ROLES = {"intro": "introduction"}
"""Words that are written for a role."""


def _role(value: Any) -> Any:  # Any: whatever the file holds
    """Return the role that a shorter word stands for; anything else as it is."""
    return _ROLES.get(value, value) if isinstance(value, str) else value


class Unit(Frozen):
    """The smallest piece with an effort and prerequisites.

    A `requires` of None means the unit before it. `skim` is the time of a first reading.
    """

    id: UnitName
    title: Line
    pages: PageRange | None = None
    effort: Duration | None = None
    exercises: Duration | None = None
    skim: Duration | None = None
    speed: Speed | None = None
    requires: tuple[Reference, ...] | None = None
    teaches: tuple[Topic, ...] = ()
    note: Line | None = None


class Chapter(Unit):
    """A chapter of a textbook or a thesis."""

    part: Line | None = None
    role: Annotated[Role, Before(_role), Described({"enum": [*Role, *_ROLES]})] | None = None
    paper: WorkName | None = None


class Step(Unit):
    """A step of a paper: read, derive, implement, train, compare."""


class PartDefaults(Frozen):
    """What holds for all chapters of a part that do not say otherwise.

    The effort is that of each of them.
    """

    effort: Duration | None = None
    speed: Speed | None = None


_Chapters = Annotated[tuple[Chapter, ...], Limited(min_length=1)]
_Steps = Annotated[tuple[Step, ...], Limited(min_length=1)]
_LineOrLines: TypeAlias = Line | tuple[Line, ...]


class Code(Frozen):
    """A public repository that belongs to a work."""

    url: Address
    official: bool = False
    note: Line | None = None


_Names = Annotated[tuple[WorkName, ...], Before(as_list)]


class BuildsOn(Frozen):
    """An earlier work, or a unit of it, and the idea that is taken over from it.

    It says where an idea comes from. It never blocks, and works may build on each other.
    """

    ref: WorkPart
    idea: Line
    why: Line | None = None


class WorkFields(Frozen):
    """What every work may say about itself.

    The effort is that of each unit which says neither an effort nor a speed of its own.
    """

    title: Line
    authors: tuple[Line, ...] = ()
    year: Year | None = None
    url: Address | None = None
    doi: Line | None = None
    license: Line | None = None
    free: bool | None = None
    source: _LineOrLines | None = None
    note: _LineOrLines | None = None
    requires: tuple[Reference, ...] = ()
    builds_on: tuple[BuildsOn, ...] = ()
    formerly: _Names = ()
    gap: WholeDays | None = None
    effort: Duration | None = None
    speed: Speed | None = None
    track: ClassVar[Track] = "textbooks"


class Textbook(WorkFields):
    """A textbook and its chapters."""

    kind: Literal["textbook"]
    edition: Line | int | None = None
    publisher: Line | None = None
    isbn: Line | None = None
    pagination: Line | None = None
    parts: Mapping[Line, PartDefaults] = EMPTY
    chapters: _Chapters

    @property
    def units(self) -> tuple[Unit, ...]:
        """The chapters, in file order."""
        return self.chapters


class Thesis(WorkFields):
    """A thesis and its chapters, whose roles decide the order of reading."""

    kind: Literal["thesis"]
    institution: Line | None = None
    degree: Line | None = None
    advisor: _LineOrLines | None = None
    report: Line | None = None
    pagination: Line | None = None
    parts: Mapping[Line, PartDefaults] = EMPTY
    chapters: _Chapters

    @property
    def units(self) -> tuple[Unit, ...]:
        """The chapters, in file order."""
        return self.chapters


class Paper(WorkFields):
    """A paper, the steps that work through it, and the results it publishes."""

    kind: Literal["paper"]
    venue: Line | None = None
    arxiv: Line | None = None
    pagination: Line | None = None
    code: tuple[Code, ...] = ()
    steps: _Steps
    results: tuple[Result, ...] = ()
    track: ClassVar[Track] = "papers"

    @property
    def units(self) -> tuple[Unit, ...]:
        """The steps, in file order."""
        return self.steps


Work: TypeAlias = Textbook | Thesis | Paper


def unit_ids(name: str, work: Work) -> tuple[UnitId, ...]:
    """Return the full names of a work's units, in file order."""
    return tuple(unit_id(name, unit.id) for unit in work.units)
