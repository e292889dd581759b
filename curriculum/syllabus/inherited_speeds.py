"""Give each chapter the reading speed that its part or its work says."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.quantities import quoted
from curriculum.model.suggestions import suggestion
from curriculum.model.works import Chapter, Paper, Textbook, Thesis, Work
from curriculum.syllabus.located_problems import Flaw


def with_inherited_speeds(work: Work) -> Work:
    """Return a work in which every unit has its speed: its own, or that of its part or the work.

    Where none is given it stays without one, and is read at the speed of the settings.
    """
    if isinstance(work, Paper):
        if work.speed is None:
            return work
        steps = [
            step if step.speed is not None else step.model_copy(update={"speed": work.speed})
            for step in work.steps
        ]
        return work.model_copy(update={"steps": tuple(steps)})
    if work.speed is None and not work.parts:
        return work
    chapters = tuple(_with_speed(chapter, work) for chapter in work.chapters)
    return work.model_copy(update={"chapters": chapters})


def _with_speed(chapter: Chapter, work: Textbook | Thesis) -> Chapter:
    if chapter.speed is not None:
        return chapter
    part = work.parts.get(chapter.part or "")
    speed = work.speed if part is None or part.speed is None else part.speed
    return chapter if speed is None else chapter.model_copy(update={"speed": speed})


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
