"""Papers that came in, and what a person thinks of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from curriculum.model.checks import Before, whole_check
from curriculum.model.fields import Address, Frozen, Line, as_list
from curriculum.model.identifiers import WorkName
from curriculum.model.quantities import Day, UnreadableError
from curriculum.model.works import BuildsOn, Year


class SkimMark(StrEnum):
    """What a person decided about a paper that came in."""

    PASS = "pass"
    WATCH = "watch"
    READ = "read"
    REPRODUCE = "reproduce"


NEED_A_DOUBT = frozenset({SkimMark.READ, SkimMark.REPRODUCE})
"""The marks of papers that are worth hours: each of them names its weakest point."""


class Skim(Frozen):
    """A paper that came in, as its entry in `skim/` says.

    Attributes:
        id: What it is called by.
        also: Its other ids.
        title: Its title; an id alone has none.
        authors: Names as they are spoken.
        year: The year of publication.
        url: Where it is, if its id does not say.
        came: The day on which it came in.
        from_: What it came from: the name of a file.
        mark: What was decided; None while it is unread.
        on: The day of that.
        claim: What it claims.
        doubt: What its weakest point is.
        uses: What it uses, to see what becomes more common.
        builds_on: The works whose ideas it takes over.
        work: The work that was drafted of it.
    """

    id: Line
    also: Annotated[tuple[Line, ...], Before(as_list)] = ()
    title: Line | None = None
    authors: Annotated[tuple[Line, ...], Before(as_list)] = ()
    year: Year | None = None
    url: Address | None = None
    came: Day
    from_: Line | None = None
    mark: SkimMark | None = None
    on: Day | None = None
    claim: Line | None = None
    doubt: Line | None = None
    uses: Annotated[tuple[Line, ...], Before(as_list)] = ()
    builds_on: tuple[BuildsOn, ...] = ()
    work: WorkName | None = None

    @whole_check
    def _names_its_weakest_point(self) -> Skim:
        if self.mark in NEED_A_DOUBT and self.doubt is None:
            message = f"a paper to {self.mark} needs a doubt"
            raise UnreadableError("missing-key", message, "add 'doubt:', its weakest point")
        return self

    @property
    def name(self) -> str:
        """What it is called on the screen: its title, or its id."""
        return self.title or self.id
