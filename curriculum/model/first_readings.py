"""First readings: going once through a unit, where that is enough of it.

A unit's first reading is a unit of its own beside it, so that it is planned, recorded and reopened
like any other: `sums/2.skim` is the first reading of `sums/2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from curriculum.model.identifiers import UnitId
from curriculum.model.references import (
    AnyReference,
    Reference,
    SeveralReference,
    Strength,
    TopicReference,
    UnitReference,
)
from curriculum.model.works import Chapter, Unit, Work

FIRST_READING = ".skim"
"""How the id of a first reading ends; no id that is written does."""

FIRST_READING_SHARE = 4
"""A first reading takes one part of so many of the reading, where a unit does not say how long."""


def is_first_reading(name: str) -> bool:
    """Say whether the id or the full name of a unit is that of a first reading.

    >>> is_first_reading("sums/2.skim")
    True
    """
    return name.endswith(FIRST_READING)


def first_reading_id(unit: UnitId) -> UnitId:
    """Return the full name of the first reading of a unit.

    >>> first_reading_id(UnitId("sums/2"))
    'sums/2.skim'
    """
    return UnitId(unit + FIRST_READING)


def first_reading(unit: Unit) -> Unit:
    """Return the first reading of a unit: its pages without exercises, which require nothing."""
    changes: dict[str, Any] = {  # Any: of the types of the fields
        "id": unit.id + FIRST_READING,
        "title": f"{unit.title} (first reading)",
        "exercises": None,
        "requires": (),
        "teaches": (),
        "note": None,
    }
    if isinstance(unit, Chapter):
        changes["paper"] = None
    return unit.model_copy(update=changes)


def works_read_once(works: Mapping[str, Work]) -> frozenset[str]:
    """Return the works of which some unit may be asked for in a first reading."""
    found = {name for name, work in works.items() if any(unit.skim for unit in work.units)}
    topics: set[str] = set()
    for name, work in works.items():
        for reference in _read_once(work):
            found |= {name, *_works_named(reference)}
            topics.update(_topics_named(reference))
    for name, work in works.items() if topics else ():
        if any(not topics.isdisjoint(unit.teaches) for unit in work.units):
            found.add(name)
    return frozenset(found & works.keys())


def _read_once(work: Work) -> Iterator[Reference]:
    """Yield what a work or its units require of which a first reading is enough."""
    for references in (work.requires, *(unit.requires for unit in work.units)):
        for reference in references or ():
            if reference.strength is Strength.SKIM:
                yield reference


def _works_named(reference: Reference) -> Iterator[str]:
    for part in _parts(reference):
        if isinstance(part, UnitReference):
            yield part.ref.partition("/")[0]


def _topics_named(reference: Reference) -> Iterator[str]:
    for part in _parts(reference):
        if isinstance(part, TopicReference):
            yield part.topic


def _parts(reference: Reference) -> Iterator[Reference]:
    """Yield a reference, or the references inside of it."""
    match reference:
        case AnyReference(any=options):
            for option in options:
                yield from _parts(option)
        case SeveralReference(any=several):
            for option in several.of:
                yield from _parts(option)
        case _:
            yield reference
