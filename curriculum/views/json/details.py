"""A work, or one of its units, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.model.identifiers import UnitId, unit_id, work_of
from curriculum.model.json_value import Json
from curriculum.model.library import Library
from curriculum.model.quantities import minutes
from curriculum.model.references import (
    AnyReference,
    Reference,
    SeveralReference,
    TopicReference,
    UnitReference,
)
from curriculum.model.works import Paper, Unit, Work


def work_json(
    name: str,
    work: Work,
    efforts: Mapping[UnitId, int],
) -> Json:
    """Return a work with all its units; efforts in minutes."""
    units: list[Json] = []
    for unit in work.units:
        full_name = unit_id(name, unit.id)
        units.append(_unit(full_name, unit, efforts[full_name]))
    results = 0
    if isinstance(work, Paper):
        results = len(work.results)
    return {
        "work": name,
        "kind": work.kind,
        "title": work.title,
        "authors": list(work.authors),
        "year": work.year,
        "url": work.url,
        "requires": [reference_json(reference) for reference in work.requires],
        "units": units,
        "results": results,
    }


def unit_json(
    unit: UnitId,
    library: Library,
    effort: int,
    dependants: Iterable[UnitId],
) -> Json:
    """Return a unit, what its syllabus says it requires, and the units of the goals that wait."""
    entry = library.unit(unit)
    work = work_of(unit)
    return {
        **_unit(unit, entry, effort),
        "work": work,
        "work_requires": [reference_json(one) for one in library.works[work].requires],
        "required_by": list(dependants),
        "note": entry.note,
    }


def _unit(name: UnitId, unit: Unit, effort: int) -> Json:
    pages = None
    if unit.pages is not None:
        pages = str(unit.pages)
    # Without `requires`, a unit requires the one before it; an empty list frees it.
    requires = None
    if unit.requires is not None:
        requires = [reference_json(reference) for reference in unit.requires]
    return {
        "unit": name,
        "title": unit.title,
        "pages": pages,
        "effort": effort,
        "skim": None if unit.skim is None else minutes(unit.skim),
        "requires": requires,
        "teaches": list(unit.teaches),
    }


def reference_json(reference: Reference) -> Json:
    """Return a reference with its strength and its reason."""
    rest: Json = {"strength": reference.strength, "why": reference.why}
    match reference:
        case TopicReference():
            return {"topic": reference.topic, **rest}
        case AnyReference():
            return {"any": [reference_json(one) for one in reference.any], **rest}
        case SeveralReference():
            parts = [reference_json(one) for one in reference.any.of]
            return {"any": {"of": parts, "at_least": reference.any.at_least}, **rest}
        case UnitReference():
            return {"ref": reference.ref, **rest}
