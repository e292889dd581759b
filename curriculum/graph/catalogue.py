"""The units of a library, numbered, so that graphs over them are cheap arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from curriculum.graph.reading_order import reading_order
from curriculum.model.identifiers import UnitId, unit_id
from curriculum.model.library import Library
from curriculum.model.sources import Path
from curriculum.model.works import Paper, Unit

UnitNumbers = tuple[int, ...]


@dataclass(frozen=True)
class Catalogue:
    """The units of a library, numbered by the name of their work and their place in its file.

    So the numbers do not depend on the order of files, and ties that go to the smaller number go to
    a name.

    Attributes:
        library: The works.
        units: Number to full name.
        works: Number to the name of the work.
        entries: Number to the unit itself.
        names: Work to its unit names, each with its number.
        spans: Work to the numbers of its units, in file order.
        readings: Work to the numbers of its units, in reading order.
        teachers: Topic to the numbers of the units that teach it, ascending.
    """

    library: Library
    units: tuple[UnitId, ...]
    works: tuple[str, ...]
    entries: tuple[Unit, ...]
    names: Mapping[str, Mapping[str, int]]
    spans: Mapping[str, range]
    readings: Mapping[str, UnitNumbers]
    teachers: Mapping[str, UnitNumbers]

    @cached_property
    def turns(self) -> UnitNumbers:
        """Number to the unit's turn in the reading order of its work."""
        turns = [0] * len(self.units)
        for reading in self.readings.values():
            for turn, number in enumerate(reading):
                turns[number] = turn
        return tuple(turns)

    @cached_property
    def are_papers(self) -> frozenset[str]:
        """The names of the works that are papers."""
        return frozenset(
            name for name, work in self.library.works.items() if isinstance(work, Paper)
        )

    def path(self, number: int) -> Path:
        """Return the path of a unit in the file of its work."""
        name = self.works[number]
        key = "steps" if name in self.are_papers else "chapters"
        return (key, number - self.spans[name].start)


def catalogue_of(library: Library) -> Catalogue:
    """Return the units of a library, numbered."""
    units: list[UnitId] = []
    works: list[str] = []
    entries: list[Unit] = []
    names: dict[str, dict[str, int]] = {}
    spans, readings, teachers = {}, {}, dict[str, list[int]]()
    for name in sorted(library.works):
        work, start = library.works[name], len(units)
        spans[name] = range(start, start + len(work.units))
        readings[name] = tuple(start + position for position in reading_order(work))
        names[name] = {unit.id: start + position for position, unit in enumerate(work.units)}
        for number, unit in enumerate(work.units, start):
            units.append(unit_id(name, unit.id))
            works.append(name)
            entries.append(unit)
            for topic in sorted(set(unit.teaches)):
                teachers.setdefault(topic, []).append(number)
    taught = {topic: tuple(numbers) for topic, numbers in teachers.items()}
    return Catalogue(
        library,
        tuple(units),
        tuple(works),
        tuple(entries),
        names,
        spans,
        readings,
        taught,
    )
