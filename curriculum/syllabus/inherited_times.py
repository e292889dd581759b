"""Give each chapter the effort or the reading speed that its part or its work says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from curriculum.model.quantities import quoted
from curriculum.model.suggestions import suggestion
from curriculum.model.works import Paper, PartDefaults, Unit, Work
from curriculum.syllabus.located_problems import Flaw


def with_inherited_times(work: Work) -> Work:
    """Return a work in which every unit has its effort or speed: its own, its part's or its work's.

    The nearest of them counts: a speed of a chapter goes before an effort of its part. Where none
    is given a unit stays without one, and is read at the speed of the settings.
    """
    if isinstance(work, Paper):
        if not _times(work):
            return work
        steps = tuple(_with_times(step, work) for step in work.steps)
        return work.model_copy(update={"steps": steps})
    if not _times(work) and not work.parts:
        return work
    chapters = tuple(
        _with_times(chapter, work.parts.get(chapter.part or ""), work) for chapter in work.chapters
    )
    return work.model_copy(update={"chapters": chapters})


_Part = TypeVar("_Part", bound=Unit)


def _with_times(unit: _Part, *beyond: PartDefaults | Work | None) -> _Part:
    """Return a unit with what the nearest of its part and its work says; as it is, with its own."""
    if _times(unit):
        return unit
    found = next((times for one in beyond if one is not None and (times := _times(one))), None)
    return unit if found is None else unit.model_copy(update=found)


def _times(one: Unit | PartDefaults | Work) -> dict[str, Any]:
    """Return the effort and the speed that are given, by key."""
    given = {"effort": one.effort, "speed": one.speed}
    return {key: value for key, value in given.items() if value is not None}


def part_flaws(work: Work) -> Iterator[Flaw]:
    """Yield a flaw for every part that no chapter is in."""
    if isinstance(work, Paper):
        return
    known = {chapter.part for chapter in work.chapters if chapter.part is not None}
    for name in work.parts:
        if name not in known:
            hint = suggestion(name, known, "write the 'part' of one of the chapters")
            message = f"no chapter has the part {quoted(name)}"
            yield Flaw(("parts", name), "bad-value", message, hint, of_key=True)
