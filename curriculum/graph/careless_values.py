"""Values of a syllabus that are valid one by one and cannot all be right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from curriculum.model.formatting import hours_text
from curriculum.model.library import Library
from curriculum.model.problems import Problem, Severity
from curriculum.model.quantities import minutes
from curriculum.model.sources import Source
from curriculum.model.works import Paper, Textbook, Unit, Work

_LONG_UNIT = timedelta(hours=20)
"""Units seldom take longer; works often do."""


def careless_values(library: Library) -> Iterator[Problem]:
    """Yield the warnings about pages, efforts and ISBNs of the workspace's own works."""
    for name in sorted(library.own & library.works.keys()):
        work = library.works[name]
        source = library.sources[name]
        if isinstance(work, Textbook) and work.isbn is not None:
            yield from _isbn_problems(work.isbn, source)
        yield from _overlaps(work, source)
        yield from _efforts_in_all(work, source)


def _isbn_problems(isbn: str, source: Source) -> Iterator[Problem]:
    digits = re.sub(r"[\s-]", "", isbn).upper()
    place = source.place(("isbn",))
    if not re.fullmatch(r"\d{9}[\dX]|\d{13}", digits):
        message = f"the ISBN '{isbn}' has neither 10 nor 13 digits"
        yield Problem(place, "bad-value", message, "correct it", Severity.WARNING)
    elif not has_right_check_digit(digits):
        message = f"the ISBN '{isbn}' has a wrong check digit"
        yield Problem(place, "bad-value", message, "correct it", Severity.WARNING)


def has_right_check_digit(digits: str) -> bool:
    """Whether the last digit of an ISBN of 10 or 13 digits is what the others make it.

    >>> has_right_check_digit("9780262039246"), has_right_check_digit("9780262039247")
    (True, False)
    >>> has_right_check_digit("080442957X")
    True
    """
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 10:
        return (
            sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11
            == 0
        )
    return sum(value * (3 if place % 2 else 1) for place, value in enumerate(values)) % 10 == 0


def _overlaps(work: Work, source: Source) -> Iterator[Problem]:
    """Yield a warning for each unit whose pages begin before those of the unit before it end.

    Chapters may share the page on which one ends and the next begins. The steps of a paper may read
    the same pages again.
    """
    if isinstance(work, Paper):
        return
    before: Unit | None = None
    for position, unit in enumerate(work.units):
        if unit.pages is None:
            continue
        if before is not None and _overlap(before, unit):
            here = f"the pages {unit.pages} of '{unit.id}'"
            message = f"{here} overlap with {before.pages} of '{before.id}'"
            place = source.place(("chapters", position, "pages"))
            yield Problem(place, "bad-pages", message, "correct one of them", Severity.WARNING)
        before = unit


def _efforts_in_all(work: Work, source: Source) -> Iterator[Problem]:
    """Yield a warning where the effort of a work looks like that of all its units together."""
    if work.effort is None or work.effort <= _LONG_UNIT:
        return
    count = sum(unit.effort == work.effort for unit in work.units)
    if count < 2:
        return
    hours = hours_text(minutes(work.effort))
    message = f"the effort is {hours} for each of {count} units, not for all of them together"
    hint = "write what one of them takes"
    yield Problem(source.place(("effort",)), "bad-value", message, hint, Severity.WARNING)


def _overlap(before: Unit, unit: Unit) -> bool:
    assert before.pages is not None
    assert unit.pages is not None
    return before.pages.first <= unit.pages.first < before.pages.last
