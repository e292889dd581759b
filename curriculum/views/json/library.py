"""Works and units as JSON."""

from __future__ import annotations

from collections.abc import Mapping

from curriculum.model.curriculum import Choice, Curriculum
from curriculum.model.identifiers import UnitId
from curriculum.model.json_value import Json
from curriculum.model.works import Paper, Work


def library_json(
    works: Mapping[str, Work],
    minutes: Mapping[str, int],
    own: frozenset[str],
    on_cpu: Mapping[str, int],
) -> list[Json]:
    """Return the works as JSON; efforts in minutes, and the results that a laptop can try."""
    rows: list[Json] = []
    for name, work in works.items():
        results = 0
        if isinstance(work, Paper):
            results = len(work.results)
        rows.append(
            {
                "work": name,
                "kind": work.kind,
                "title": work.title,
                "authors": list(work.authors),
                "year": work.year,
                "units": len(work.units),
                "minutes": minutes[name],
                "results": results,
                "cpu_results": on_cpu.get(name, 0),
                "built_in": name not in own,
            }
        )
    return rows


def path_json(curriculum: Curriculum) -> Json:
    """Return the units that lead to the goals as JSON; efforts in minutes."""
    return {
        "units": [_path_unit(unit, curriculum) for unit in curriculum.units],
        "choices": [_choice(choice) for choice in curriculum.choices],
        "minutes": sum(curriculum.efforts.values()),
    }


def _path_unit(unit: UnitId, curriculum: Curriculum) -> Json:
    return {
        "unit": unit,
        "effort": curriculum.efforts[unit],
        "requires": list(curriculum.requires.get(unit, ())),
    }


def _choice(choice: Choice) -> Json:
    return {
        "wanted": choice.wanted,
        "by": choice.by,
        "chosen": list(choice.chosen),
        "added": choice.added,
        "others": [{"chosen": name, "added": minutes} for name, minutes in choice.others],
        "exact": choice.exact,
    }
