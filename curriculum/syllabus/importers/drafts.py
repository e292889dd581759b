"""A syllabus in the making: what is known of a work, and what of it is guessed."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from curriculum.model.bibliography import BibliographyEntry
from curriculum.model.curriculum import WorkKind
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.syllabus.importers.work_names import house_name

_FIRST_YEAR, _LAST_YEAR = 1400, 2200
_PAGES_AN_HOUR = 6
_NUMBER_OF_PAGES = late_pattern(r"(\d{1,5})\s*(?:pp?\.?|pages)?")
_SPAN_OF_PAGES = late_pattern(r"(\d{1,6})\s*[-–—]+\s*(\d{1,6})")
_MOST_PAGES = 5000
_FIRST_YEAR_OF_ARXIV = 91


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """A chapter or a step.

    Attributes:
        id: Its id, unique in the work.
        title: Its title.
        pages: Its first and its last page.
        effort: How long it takes, as `3h`; None where its pages say so.
        part: The part of the book that it is in.
        role: What it is for in a thesis.
        requires: The ids of the units before it; None means the one before.
        note: What else is known of it.
        guessed: Which of these were guessed, in words, as `last page`.
    """

    id: str
    title: str
    pages: tuple[int, int] | None = None
    effort: str | None = None
    part: str | None = None
    role: str | None = None
    requires: tuple[str, ...] | None = None
    note: str | None = None
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A syllabus in the making.

    Attributes:
        entry: What the work is called and who wrote it.
        units: Its chapters or steps.
        origin: What it was made from, to be said in its first lines.
        pagination: What its pages count, where that is not the printed page.
        guessed: The keys of the work that were guessed, as `year`.
        remarks: Sentences for the person who completes it.
    """

    entry: BibliographyEntry
    units: tuple[DraftUnit, ...]
    origin: str
    pagination: str | None = None
    guessed: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()

    @property
    def kind(self) -> WorkKind:
        """The kind of work."""
        return self.entry.kind

    @property
    def house_name(self) -> str:
        """What the library would call it."""
        entry = self.entry
        return house_name(entry.kind, entry.title, entry.surnames, entry.year)

    @property
    def guesses(self) -> int:
        """How many lines hold a guess."""
        return len(self.guessed) + sum(bool(unit.guessed) for unit in self.units)


def draft_of_entry(entry: BibliographyEntry, origin: str) -> Draft:
    """Return the draft of a work of which nothing is known but what a bibliography says."""
    sane = _without_wrong_year(entry)
    if entry.kind == "paper":
        return Draft(sane, steps(_pages_of_paper(entry.pages)), origin)
    if entry.kind == "thesis":
        return Draft(sane, _thesis_chapters(), origin, remarks=(_NO_CHAPTERS,))
    return Draft(sane, (_whole_book(entry.pages),), origin, remarks=(_NO_CHAPTERS,))


_NO_CHAPTERS = "Write the real chapters with their pages; 'new textbook --pdf FILE' finds them."


def _without_wrong_year(entry: BibliographyEntry) -> BibliographyEntry:
    if entry.year is None or _FIRST_YEAR <= entry.year <= _LAST_YEAR:
        return entry
    return replace(entry, year=None)


def steps(pages: int | None) -> tuple[DraftUnit, ...]:
    """Return the steps that work through a paper: reading takes longer the more pages it has."""
    hours = 3 if pages is None else max(1, math.ceil(pages / _PAGES_AN_HOUR))
    effort = ("effort",)
    return (
        DraftUnit("read", "Read and annotate", effort=f"{hours}h", guessed=effort),
        DraftUnit("implement", "Implement it", effort="8h", guessed=effort),
        DraftUnit("train", "Run the experiments", effort="4h", guessed=effort),
        DraftUnit("compare", "Compare with the published numbers", effort="2h", guessed=effort),
    )


def year_of_arxiv(identifier: str | None) -> int | None:
    """Return the year in which arXiv gave an identifier.

    >>> year_of_arxiv("1707.06347"), year_of_arxiv("hep-th/9901001")
    (2017, 1999)
    """
    found = re.match(r"(?:[a-z-]+/)?(\d\d)", identifier or "")
    if found is None:
        return None
    year = int(found[1])
    return 1900 + year if year >= _FIRST_YEAR_OF_ARXIV else 2000 + year


def _whole_book(pages: str | None) -> DraftUnit:
    """Return a book as one chapter, of as many pages as are known or usual."""
    found = _NUMBER_OF_PAGES.fullmatch((pages or "").strip())
    count = int(found[1]) if found is not None else 0
    if 1 <= count <= _MOST_PAGES:
        return DraftUnit("1", "The whole book", pages=(1, count), guessed=("chapters",))
    return DraftUnit("1", "The whole book", effort="40h", guessed=("chapters", "effort"))


def _thesis_chapters() -> tuple[DraftUnit, ...]:
    guessed = ("chapter",)
    return (
        DraftUnit("1", "Introduction", effort="1h", role="introduction", guessed=guessed),
        DraftUnit("2", "Background", effort="3h", role="background", guessed=guessed),
        DraftUnit("3", "Contribution", effort="6h", role="contribution", guessed=guessed),
        DraftUnit("4", "Conclusion", effort="1h", role="conclusion", guessed=guessed),
    )


def _pages_of_paper(written: str | None) -> int | None:
    """Return how many pages a span of them has, as `1-12`."""
    found = _SPAN_OF_PAGES.fullmatch((written or "").strip())
    if found is None:
        return None
    first, last = int(found[1]), int(found[2])
    count = last - first + 1
    return count if 1 <= count <= _MOST_PAGES else None
