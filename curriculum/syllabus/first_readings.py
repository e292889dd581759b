"""What is wrong with the first readings in a syllabus."""

from __future__ import annotations

from collections.abc import Iterator

from curriculum.model.first_readings import FIRST_READING, is_first_reading
from curriculum.model.quantities import quoted
from curriculum.model.works import Paper, Work
from curriculum.syllabus.located_problems import Flaw


def first_reading_flaws(work: Work) -> Iterator[Flaw]:
    """Yield a flaw for every id like that of a first reading, and for those that take too long."""
    key = "steps" if isinstance(work, Paper) else "chapters"
    for number, unit in enumerate(work.units):
        if is_first_reading(unit.id):
            message = (
                f"an id that ends in '{FIRST_READING}', as {quoted(unit.id)}, is a first reading"
            )
            yield Flaw((key, number, "id"), "bad-value", message, "give it another id")
        if unit.skim is not None and unit.effort is not None and unit.skim > unit.effort:
            message = f"the first reading of {quoted(unit.id)} takes longer than the whole of it"
            hint = "make 'skim' shorter, or 'effort' longer"
            yield Flaw((key, number, "skim"), "bad-value", message, hint)
