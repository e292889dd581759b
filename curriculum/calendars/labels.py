"""Short readable names for works and units, safe to put into a calendar; when they are studied is not known here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.library import Library

LONGEST_TITLE = 120
"""The most characters of a title that are shown."""

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    r"""Return a text as one line without the characters that RFC 5545 §3.1 forbids; a line break becomes a space.

    >>> clean("Deep\r\nLearning\x00")
    'Deep Learning'
    """
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", text)).strip()


def shortened(text: str, length: int) -> str:
    """Return at most `length` characters of a text, ending in an ellipsis when it is longer, between whole letters."""
    if len(text) <= length:
        return text
    end = length - 1
    while end > 1 and _continues(text, end):
        end -= 1
    return text[:end].rstrip() + "…"


def _continues(text: str, position: int) -> bool:
    """Tell whether the character there belongs to the letter before it: an accent, a variation, a joined emoji."""
    return (
        unicodedata.category(text[position])[0] == "M"
        or "\u200d" in text[position - 1 : position + 1]
    )


def listed(names: Iterable[str], most: int, separator: str = "; ") -> str:
    """Return the names as one text, no more than `most` of them, and how many are left out.

    >>> listed(["a", "b", "c", "d"], 2)
    'a; b and 2 more'
    """
    every = list(names)
    shown = separator.join(every[:most])
    return shown if len(every) <= most else f"{shown} and {len(every) - most} more"


@dataclass(frozen=True, slots=True)
class Titles:
    """What works and units are called.

    Attributes:
        works: The title of each work.
        labels: A unit as it is listed in its work: `13 Policy Gradient Methods`, `Read and annotate`.
        short: The least that names a unit beside its label: `13`, or `it`.
    """

    works: Mapping[str, str]
    labels: Mapping[UnitId, str]
    short: Mapping[UnitId, str]

    def full(self, unit: UnitId) -> str:
        """Return a unit with the work it belongs to."""
        return f"{self.works[work_of(unit)]} - {self.labels[unit]}"

    def beside(self, unit: UnitId, works: frozenset[str]) -> str:
        """Return a unit as it is named where some works are already being talked about; its id when it has no title."""
        if unit not in self.labels:
            return unit
        return self.labels[unit] if work_of(unit) in works else self.full(unit)


def titles_of(library: Library, works: Iterable[str]) -> Titles:
    """Return what some works of the library and all their units are called; works it does not hold are left out."""
    titles, labels, short = {}, {}, {}
    for name in sorted(library.works.keys() & set(works)):
        work = library.works[name]
        titles[name] = shortened(clean(work.title), LONGEST_TITLE) or name
        for unit in work.units:
            key, title = (
                UnitId(f"{name}/{unit.id}"),
                shortened(clean(unit.title), LONGEST_TITLE) or unit.id,
            )
            numbered = unit.id[0].isdigit() or len(unit.id) <= 2
            labels[key] = f"{unit.id} {title}" if numbered else title
            short[key] = unit.id if numbered else "it"
    return Titles(titles, labels, short)
