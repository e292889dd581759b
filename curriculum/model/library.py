"""The syllabi at hand as one value."""

from __future__ import annotations

from collections.abc import Mapping

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
        """Return a unit by its full name.

        Raises:
            KeyError: No work defines it.
        """
        name = unit.partition("/")[2]
        for candidate in self.works[work_of(unit)].units:
            if candidate.id == name:
                return candidate
        raise KeyError(unit)
