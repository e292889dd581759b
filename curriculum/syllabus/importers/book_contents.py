"""What a book's file says of the book: its title, and where each of its headings is."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from curriculum.model.late_dataclasses import dataclass

MOST_HEADINGS = 20_000
"""The most headings that are read; a book with a thousand sections has a twentieth of that."""

LONGEST_HEADING = 300


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of an outline or of a table of contents.

    Attributes:
        title: What it says, numbers included.
        depth: How deep it is nested, from 0.
        page: The printed page on which it begins; None when that is not known.
        is_front: Whether its page belongs to the front matter, which has roman numbers.
    """

    title: str
    depth: int
    page: int | None
    is_front: bool = False


@dataclass(frozen=True, slots=True)
class BookContents:
    """What the file of a book or a paper says of it.

    Attributes:
        title: Its title; empty when the file does not say.
        is_title_guessed: Whether that is only the first line of it.
        authors: Who wrote it.
        year: When the file says it was made.
        isbn: An ISBN that it prints.
        arxiv: The arXiv identifier that it prints.
        headings: Its headings, in order.
        last_page: The number of its last page.
        pages: How many pages it has.
        pagination: What its pages count, where that is not the printed page.
        guessed: What of the headings was guessed: `pages`, `chapters`.
        origin: Where the headings are from, in words.
    """

    title: str = ""
    is_title_guessed: bool = False
    authors: tuple[str, ...] = ()
    year: int | None = None
    isbn: str | None = None
    arxiv: str | None = None
    headings: tuple[Heading, ...] = ()
    last_page: int = 1
    pages: int = 1
    pagination: str | None = None
    guessed: tuple[str, ...] = ()
    origin: str = "its outline"

    def to_json(self) -> dict[str, Any]:  # Any: a tree of JSON values
        """Return the contents as JSON values."""
        return asdict(self)

    @classmethod
    def of(cls, tree: dict[str, Any]) -> BookContents:  # Any: what `to_json` returned
        """Return the contents that `to_json` made a tree of."""
        headings = tuple(Heading(**heading) for heading in tree["headings"])
        lists = {"authors": tuple(tree["authors"]), "guessed": tuple(tree["guessed"])}
        return cls(**{**tree, **lists, "headings": headings})


class UnreadableBookError(ValueError):
    """A file of which nothing can be read; its text says why, to be said after `it`."""


def has_check_digit(isbn: str) -> bool:
    """Whether the last digit of an ISBN without hyphens is the one that the others ask for.

    >>> has_check_digit("9780262039246"), has_check_digit("9780262039247")
    (True, False)
    """
    if re.fullmatch(r"\d{13}", isbn):
        weighed = sum(int(digit) * (3 if odd % 2 else 1) for odd, digit in enumerate(isbn))
        return weighed % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", isbn):
        values = [10 if digit == "X" else int(digit) for digit in isbn]
        return sum((10 - place) * value for place, value in enumerate(values)) % 11 == 0
    return False
