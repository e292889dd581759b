"""Short readable names for works and units, safe to put into a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from curriculum.model.first_readings import first_reading_id
from curriculum.model.formatting import shortened
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.late_patterns import late_pattern
from curriculum.model.library import Library

MAX_TITLE = 120
"""The most characters of a title that are shown."""

_BREAKS = late_pattern(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_FORBIDDEN = late_pattern(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_URI = "!#$%&'()*+,/:;=?@[]~"
"""Characters that may stand in an address as they are (RFC 3986 §2)."""


def clean(text: str) -> str:
    r"""Return a text as one line without the characters that RFC 5545 §3.1 forbids.

    A line break becomes a space.

    >>> clean("Deep\r\nLearning\x00")
    'Deep Learning'
    """
    one_line = _BREAKS.sub(" ", text)
    return _FORBIDDEN.sub("", one_line).strip()


def short_title(title: str) -> str:
    """Return a title as it is shown: on one line, at most `MAX_TITLE` characters."""
    return shortened(clean(title), MAX_TITLE)


def listed(names: Iterable[str], most: int, separator: str = "; ") -> str:
    """Return the names as one text, no more than `most` of them, and how many are left out.

    >>> listed(["a", "b", "c", "d"], 2)
    'a; b and 2 more'
    """
    every = list(names)
    first = separator.join(every[:most])
    if len(every) <= most:
        return first
    return f"{first} and {len(every) - most} more"


@dataclass(frozen=True, slots=True)
class Labels:
    """What works and units are called, and where works are found.

    Attributes:
        works: The title of each work.
        units: A unit as it is listed in its work: `13 Policy Gradient Methods`, `Read and
            annotate`.
        short: The least that names a unit beside its label: `13`, or `it`.
        urls: Work to its address, for works that have one.
    """

    works: Mapping[str, str]
    units: Mapping[UnitId, str]
    short: Mapping[UnitId, str]
    urls: Mapping[str, str]

    def full(self, unit: UnitId) -> str:
        """Return a unit with the work it belongs to."""
        return f"{self.works[work_of(unit)]} - {self.units[unit]}"

    def beside(self, unit: UnitId, works: frozenset[str]) -> str:
        """Return a unit as it is named where some works were mentioned.

        Its id if it has no title.
        """
        if unit not in self.units:
            return unit
        if work_of(unit) in works:
            return self.units[unit]
        return self.full(unit)

    def first_url(self, works: Iterable[str]) -> str | None:
        """Return the address of the first work that has one."""
        for work in works:
            if work in self.urls:
                return self.urls[work]
        return None


def labels_of(library: Library, works: Iterable[str]) -> Labels:
    """Return what some works of the library and all their units are called.

    Works that the library does not hold are left out.
    """
    titles: dict[str, str] = {}
    units: dict[UnitId, str] = {}
    short: dict[UnitId, str] = {}
    urls: dict[str, str] = {}
    for name in sorted(library.works.keys() & set(works)):
        work = library.works[name]
        titles[name] = short_title(work.title) or name
        if work.url:
            urls[name] = quote(work.url, safe=_URI)
        for unit in work.units:
            key = UnitId(f"{name}/{unit.id}")
            first = first_reading_id(key)
            title = short_title(unit.title) or unit.id
            if unit.id[0].isdigit() or len(unit.id) <= 2:
                units[key] = f"{unit.id} {title}"
                short[key] = unit.id
            else:
                units[key] = title
                short[key] = "it"
            units[first] = f"{units[key]} (first reading)"
            short[first] = "the first reading"
    return Labels(titles, units, short, urls)
