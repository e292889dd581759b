"""Works and units as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.model.curriculum import Curriculum
from curriculum.model.identifiers import UnitId, work_of
from curriculum.model.json_value import Json
from curriculum.model.library import Library
from curriculum.model.works import Paper, Work


def library_json(
    works: Mapping[str, Work], minutes: Mapping[str, int], own: frozenset[str]
) -> list[Json]:
    """Return the works as JSON; efforts in minutes."""
    return [
        {
            "work": name,
            "kind": work.kind,
            "title": work.title,
            "authors": list(work.authors),
            "year": work.year,
            "units": len(work.units),
            "minutes": minutes[name],
            "results": len(work.results) if isinstance(work, Paper) else 0,
            "built_in": name not in own,
        }
        for name, work in works.items()
    ]


def path_json(curriculum: Curriculum) -> Json:
    """Return the units that lead to the goals as JSON; efforts in minutes."""
    return {
        "units": [
            {
                "unit": unit,
                "effort": curriculum.efforts[unit],
                "requires": list(curriculum.requires.get(unit, ())),
            }
            for unit in curriculum.units
        ],
        "choices": [
            {
                "wanted": choice.wanted,
                "by": choice.by,
                "chosen": list(choice.chosen),
                "added": choice.added,
                "others": [{"chosen": name, "added": minutes} for name, minutes in choice.others],
                "exact": choice.exact,
            }
            for choice in curriculum.choices
        ],
        "minutes": sum(curriculum.efforts.values()),
    }


def next_json(units: Iterable[UnitId], curriculum: Curriculum, library: Library) -> list[Json]:
    """Return the units that can be studied now as JSON."""
    return [
        {
            "unit": unit,
            "title": library.unit(unit).title,
            "track": library.works[work_of(unit)].track,
            "effort": curriculum.efforts[unit],
        }
        for unit in units
    ]
