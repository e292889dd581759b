"""What a bibliography says of a work, and what of it could not be read."""

from __future__ import annotations

from curriculum.model.curriculum import WorkKind
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.problems import Problem


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """A work as a bibliography describes it; texts are plain, without LaTeX or HTML.

    Attributes:
        key: The citation key, or the id of a CSL item; empty when there is none.
        kind: What it seems to be; whatever is no book and no thesis is a paper.
        title: Its title, never empty.
        authors: Names as they are spoken, as `Jan van der Berg Jr.`; editors where there is no
            author.
        surnames: What each author is sorted by, as `van der Berg`.
        year: The year of publication.
        arxiv: The arXiv identifier without its version, as `1707.06347`.
        doi: The DOI in small letters, as `10.1000/182`.
        isbn: The ISBN, as it is written.
        url: An address that begins with `http`.
        venue: The journal, the conference or the book that it is in.
        publisher: Who published it; the school of a thesis.
        edition: The edition, as it is written.
        degree: What a thesis was written for, as `PhD`.
        pages: The pages in its venue, or how many it has, as they are written.
        abstract: What it says of itself.
        line: The line of the file on which the entry begins; 0 when it is not known.
    """

    key: str
    kind: WorkKind
    title: str
    authors: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    year: int | None = None
    arxiv: str | None = None
    doi: str | None = None
    isbn: str | None = None
    url: str | None = None
    venue: str | None = None
    publisher: str | None = None
    edition: str | None = None
    degree: str | None = None
    pages: str | None = None
    abstract: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class BibliographyRead:
    """What a bibliography holds.

    Attributes:
        entries: The works, in the order of the file.
        problems: All that was lost, each a warning with its place, sorted by place.
    """

    entries: tuple[BibliographyEntry, ...]
    problems: tuple[Problem, ...] = ()
