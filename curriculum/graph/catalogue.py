"""The units of a library, numbered, so that graphs over them are cheap arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from curriculum.graph.reading_order import reading_order
from curriculum.model.identifiers import UnitId, unit_id
from curriculum.model.late_dataclasses import dataclass
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
        first_readings: Number of a unit to that of its first reading, for units of which one may be
            asked for; they come after the units of their work, and are in neither of the others.
        teachers: Topic to the numbers of the units that teach it, ascending.
    """

    library: Library
    units: tuple[UnitId, ...]
    works: tuple[str, ...]
    entries: tuple[Unit, ...]
    names: Mapping[str, Mapping[str, int]]
    spans: Mapping[str, range]
    readings: Mapping[str, UnitNumbers]
    first_readings: Mapping[int, int]
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
        works = self.library.works
        return frozenset(name for name in works if isinstance(works[name], Paper))

    def path(self, number: int) -> Path:
        """Return the path of a unit in the file of its work."""
        name = self.works[number]
        key = "chapters"
        if name in self.are_papers:
            key = "steps"
        return (key, number - self.spans[name].start)


def catalogue_of(library: Library, read_once: Collection[str] = ()) -> Catalogue:
    """Return the units of a library, numbered.

    Args:
        library: The works.
        read_once: Works of which first readings were recorded, besides those that ask for some.
    """
    units: list[UnitId] = []
    works: list[str] = []
    entries: list[Unit] = []
    names: dict[str, Mapping[str, int]] = {}
    spans: dict[str, range] = {}
    readings: dict[str, UnitNumbers] = {}
    first_readings: dict[int, int] = {}
    read_once = library.first_readings(read_once)
    for name in sorted(library.works):
        work = library.works[name]
        start = len(units)
        for unit in work.units:
            units.append(unit_id(name, unit.id))
            works.append(name)
            entries.append(unit)
        spans[name] = range(start, len(units))
        names[name] = {unit.id: number for number, unit in enumerate(work.units, start)}
        readings[name] = tuple([start + position for position in reading_order(work)])
        for number, first in enumerate(read_once.get(name, ()), start):
            first_readings[number] = len(units)
            units.append(unit_id(name, first.id))
            works.append(name)
            entries.append(first)
    return Catalogue(
        library=library,
        units=tuple(units),
        works=tuple(works),
        entries=tuple(entries),
        names=names,
        spans=spans,
        readings=readings,
        first_readings=first_readings,
        teachers=_teachers(entries),
    )


def _teachers(entries: Sequence[Unit]) -> dict[str, UnitNumbers]:
    teachers: dict[str, list[int]] = {}
    for number, unit in enumerate(entries):
        for topic in dict.fromkeys(unit.teaches):
            teachers.setdefault(topic, []).append(number)
    return {topic: tuple(numbers) for topic, numbers in teachers.items()}
