"""The syllabi at hand as one value."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from curriculum.model.first_readings import FIRST_READING, first_reading, works_read_once
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.late_dataclasses import dataclass
from curriculum.model.sources import Source
from curriculum.model.works import Unit, Work


@dataclass(frozen=True, slots=True)
class Library:
    """All works by name, with the source each was read from.

    Attributes:
        works: Work name to work; sorted by name.
        sources: Work name to the file it came from, for the places of problems.
        own: Names of the works the workspace itself defines; the others are built in.
        unread: Names of works whose file has a problem; a reference to one is not reported as
            broken.
    """

    works: Mapping[str, Work]
    sources: Mapping[str, Source]
    own: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    def unit(self, unit: UnitId) -> Unit:
        """Return a unit, or the first reading of one, by its full name.

        Raises:
            KeyError: No work defines it.
        """
        name = unit.partition("/")[2]
        units = self.works[work_of(unit)].units
        for candidate in units:
            if candidate.id == name:
                return candidate
        for candidate in units:
            if candidate.id + FIRST_READING == name:
                return first_reading(candidate)
        raise KeyError(unit)

    def first_readings(self, also: Collection[str] = ()) -> Mapping[str, tuple[Unit, ...]]:
        """Return the first readings of all units of the works of which some may be asked for.

        Args:
            also: More works of which they are returned; what is no work is passed over.
        """
        names = works_read_once(self.works).union(self.works.keys() & also)
        return {
            name: tuple(first_reading(unit) for unit in self.works[name].units)
            for name in sorted(names)
        }
