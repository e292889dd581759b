"""Papers as a feed, a bibliography or a list names them, before they are known to be new."""

from __future__ import annotations

from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem


@dataclass(frozen=True, slots=True)
class IncomingPaper:
    """A paper that came in; texts are plain, without LaTeX or HTML.

    Attributes:
        ids: Its ids in their one form, see `model.paper_ids`.
        title: Its title; None for an id alone.
        authors: Names as they are spoken.
        year: The year of publication.
        url: Where it is.
        abstract: What it says of itself.
    """

    ids: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    url: str | None = None
    abstract: str | None = None


@dataclass(frozen=True, slots=True)
class IncomingRead:
    """What a file of papers holds.

    Attributes:
        papers: The papers, in the order of the file.
        problems: All that was lost, each with its place, sorted by place.
    """

    papers: tuple[IncomingPaper, ...]
    problems: tuple[Problem, ...] = ()
