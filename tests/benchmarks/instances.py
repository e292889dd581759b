"""Large made-up instances for the benchmark: curricula, syllabi and plans of a given size, always the same ones."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, timedelta

from curriculum.model.identifiers import UnitId
from curriculum.model.plan import FreeDay, release_minute
from curriculum.model.settings import Settings
from curriculum.model.study_hours import week
from curriculum.schedule.demand import NEVER, Demand, inherited
from curriculum.schedule.plan_request import PlanRequest, plan_request

START = date(2027, 1, 4)
UNITS_OF_A_WORK = 12


def demand(units: int, edges: int, days: int) -> Demand:
    """Return units with random prerequisites among the 200 before them, one in twenty with a deadline."""
    rng = random.Random(units)
    before = _prerequisites(rng, units, edges)
    after: list[list[int]] = [[] for _ in range(units)]
    for unit, others in enumerate(before):
        for other in others:
            after[other].append(unit)
    works = tuple(unit // UNITS_OF_A_WORK for unit in range(units))
    start = release_minute(START, UTC)
    dues = [
        start + rng.randrange(days // 2, days) * 1440 if rng.random() < 0.05 else NEVER
        for _ in range(units)
    ]
    return Demand(
        units=tuple(UnitId(f"work-{work}/{unit}") for unit, work in enumerate(works)),
        efforts=tuple(rng.randrange(20, 200) for _ in range(units)),
        tracks=tuple(work % 2 for work in works),
        works=works,
        before=before,
        after=tuple(map(tuple, after)),
        releases=(0,) * units,
        dues=inherited(dues, before),
        reading=(None,) * units,
    )


def _prerequisites(rng: random.Random, units: int, edges: int) -> tuple[tuple[int, ...], ...]:
    before: list[set[int]] = [set() for _ in range(units)]
    for _ in range(edges):
        unit = rng.randrange(1, units)
        before[unit].add(rng.randrange(max(0, unit - 200), unit))
    return tuple(tuple(sorted(others)) for others in before)


def terms(hours: int) -> PlanRequest:
    """Return the terms of a plan with some hours of study a day."""
    settings = Settings().model_copy(
        update={"availability": week({"daily": f"09:00-{9 + hours}:00"})}
    )
    return plan_request(settings, release_minute(START, UTC), UTC)


def every_day(hours: int) -> Callable[[date, date], Sequence[FreeDay]]:
    """Return free time from nine o'clock on, some hours a day."""

    def free(first: date, last: date) -> list[FreeDay]:
        nine = release_minute(first, UTC) + 9 * 60
        return [
            FreeDay(
                first + timedelta(days=number),
                ((nine + number * 1440, nine + number * 1440 + hours * 60),),
            )
            for number in range((last - first).days + 1)
        ]

    return free


def syllabus(chapters: int, number: int) -> str:
    """Return the text of a textbook's syllabus."""
    lines = [
        f"  - {{id: {chapter}, title: Chapter {chapter} of the book, pages: [{20 * chapter}, {20 * chapter + 19}], "
        f"exercises: 1h30m, requires: [{chapter - 1}], teaches: [topic-{number}-{chapter}]}}"
        for chapter in range(2, chapters + 1)
    ]
    first = "  - {id: 1, title: The first chapter, pages: [1, 39]}"
    return "\n".join(
        [
            "kind: textbook",
            f"title: Book {number}",
            "authors: [A. Author]",
            "chapters:",
            first,
            *lines,
            "",
        ]
    )


def linked(number: int) -> str:
    """Return the text of a textbook of twelve chapters that require chapters of the twenty books before it."""
    rng = random.Random(number)
    lines = []
    for chapter in range(UNITS_OF_A_WORK):
        requires = [str(rng.randrange(chapter))] if chapter else []
        if number:
            others = (rng.randrange(max(0, number - 20), number) for _ in range(2))
            requires += [f"book-{other}/{rng.randrange(UNITS_OF_A_WORK)}" for other in others]
        lines.append(
            f"  - {{id: {chapter}, title: T, effort: 1h, requires: [{', '.join(dict.fromkeys(requires))}]}}"
        )
    return "\n".join(["kind: textbook", f"title: Book {number}", "chapters:", *lines, ""])
