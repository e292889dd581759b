"""Read a table of contents and page numbers as they are printed on pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from curriculum.model.late_patterns import late_pattern
from curriculum.syllabus.importers.book_contents import LONGEST_HEADING, Heading

_TITLE = late_pattern(r"(?:table of |brief |detailed )?contents(?: in (?:brief|detail))?", re.I)
_LINE = late_pattern(r"(?P<title>\S.{0,250}?)[\s.·•…_]*[\s.·•…_](?P<page>\d{1,4})")
_SECTION = late_pattern(r"(?:§\s*)?(?:\d{1,3}|[A-Z])\.\d")
_CHAPTER = late_pattern(r"(?:(?:chapter|appendix)\s+)?(?:\d{1,3}|[A-Z])[.:]?\s+\D", re.IGNORECASE)
_PART = late_pattern(
    r"(?:part\s+(?:[IVX]{1,5}|\d{1,2}|one|two|three|four|five|six)|[IVX]{1,5})(?:[.: ]|$)", re.I
)
_LEAST_LINES = 3
_MOST_PAGES = 30
_NUMBER_AT_END = late_pattern(r"(?:^|\s)(\d{1,4})$")
_NUMBER_AT_START = late_pattern(r"^(\d{1,4})(?:\s|$)")
_LEAST_VOTES = 3


def printed_headings(texts: Sequence[str]) -> tuple[Heading, ...]:
    """Return the headings of a printed table of contents; none where none is found.

    Args:
        texts: The texts of the first pages, in order.
    """
    found: list[Heading] = []
    started = False
    for text in texts[:_MOST_PAGES]:
        lines = [" ".join(line.split()) for line in text.splitlines()]
        here = list(filter(None, map(_heading, lines)))
        begins = any(_TITLE.fullmatch(line.strip(" .:")) for line in lines[:6])
        if not started and not begins:
            continue
        if started and len(here) < _LEAST_LINES:
            break
        started = True
        found += here
    return _rising(found) if len(found) >= _LEAST_LINES else ()


def _heading(line: str) -> Heading | None:
    """Return the heading that a line of a table of contents is; sections are one deeper."""
    found = _LINE.fullmatch(line)
    if found is None or not re.search(r"[^\W\d_]", found["title"]):
        return None
    title = found["title"].strip(" .·•…_")[:LONGEST_HEADING]
    return Heading(title, _depth(title), int(found["page"]))


def _depth(title: str) -> int:
    if _SECTION.match(title):
        return 2
    if _PART.match(title) and not _CHAPTER.match(title):
        return 0
    return 1


def _rising(headings: list[Heading]) -> tuple[Heading, ...]:
    """Return the headings whose pages do not fall back: others are lines of another kind."""
    kept: list[Heading] = []
    for heading in headings:
        if not kept or (heading.page or 0) >= (kept[-1].page or 0):
            kept.append(heading)
    return tuple(kept) if len(kept) >= _LEAST_LINES else ()


def printed_offset(texts: Mapping[int, str]) -> int | None:
    """Return how many pages come before page 1; None where the pages do not tell.

    Args:
        texts: The texts of some pages, by their numbers in the file from 0.
    """
    votes: Counter[int] = Counter()
    for number, text in texts.items():
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        for line in {*lines[:1], *lines[-1:]}:
            for pattern in (_NUMBER_AT_END, _NUMBER_AT_START):
                found = pattern.search(line)
                if found is not None:
                    votes[number + 1 - int(found[1])] += 1
                    break
    ranked = votes.most_common(1)
    if not ranked or ranked[0][1] < _LEAST_VOTES or ranked[0][0] < 0:
        return None
    return ranked[0][0]
