"""Measure what the project promises about speed and size: `python -m tests.benchmarks`; nothing here is a test."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from statistics import median

from curriculum.availability.busy_time import BusyQuestion, read_busy
from curriculum.calendars.labels import labels_of
from curriculum.calendars.publication import publish
from curriculum.calendars.publication_request import PublicationRequest
from curriculum.graph.goals import GoalRequest
from curriculum.graph.resolution import resolve
from curriculum.model.curriculum import Curriculum
from curriculum.model.efforts import study_units
from curriculum.model.ledger import Ledger
from curriculum.model.library import Library
from curriculum.model.plan import Plan
from curriculum.model.settings import Goal, Settings
from curriculum.model.works import Textbook
from curriculum.schedule.planning import plan_of
from curriculum.syllabus.library import SyllabusText, read_library
from tests.benchmarks.calibration import main as calibration
from tests.benchmarks.churn import main as churn
from tests.benchmarks.forecast import forecast_seconds
from tests.benchmarks.instances import START, demand, every_day, linked, syllabus, terms
from tests.benchmarks.logs import main as logs
from tests.benchmarks.papers import main as papers
from tests.benchmarks.processes import COMMAND, ROOT, run
from tests.benchmarks.progress import every_day as every_day_commands
from tests.benchmarks.progress import plan_after_done


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the median time of some work, after one run that is not counted."""
    taken = []
    for _ in range(times + 1):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return median(taken[1:])


def report(what: str, measured: float, bound: float, unit: str = "s") -> None:
    """Print one figure beside its bound."""
    print(f"{what:<58} {measured:>9.3f} {unit:<4} at most {bound:g}", flush=True)


def planner() -> None:
    """Time the planner alone, and how its time grows."""
    taken = {}
    for units, days, hours, bound in (
        (1_000, 730, 4, 0.04),
        (15_000, 3650, 9, 0.75),
        (30_000, 3650, 14, 1.5),
    ):
        rows, conditions, free = demand(units, 3 * units, days), terms(hours), every_day(hours)
        taken[units] = seconds(partial(plan_of, rows, conditions, free))
        report(f"plan {units:,} units with {3 * units:,} edges", taken[units], bound)
    report("twice the work takes", taken[30_000] / taken[15_000], 2.3, "x")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report("peak memory after planning 30,000 units", peak, 300, "MB")


def reading() -> None:
    """Time the reading of 300 syllabi with 5,100 units."""
    texts = [
        SyllabusText(f"syllabi/textbooks/book-{number}.yaml", syllabus(17, number))
        for number in range(300)
    ]
    report(
        "read and validate 300 syllabi with 5,100 units",
        seconds(lambda: read_library(texts), 3),
        1.5,
    )


def resolving() -> None:
    """Time the resolution of goals in a large library."""
    texts = [SyllabusText(f"book-{number}.yaml", linked(number)) for number in range(2_500)]
    library = read_library(texts).library
    goals = tuple(Goal(work=name) for name in library.works)
    report(
        "resolve 30,000 units with 90,000 edges",
        seconds(lambda: resolve(library, GoalRequest(goals), zone=UTC), 3),
        1.5,
    )


def busy() -> None:
    """Time the reading of a busy calendar with 100,000 events, and of a thousand rules without end."""
    once = "".join(_event(number, f"202701{4 + number % 10:02d}", "") for number in range(100_000))
    weekly = "".join(_event(number, "20200106", "RRULE:FREQ=WEEKLY\r\n") for number in range(1_000))
    for what, events, bound in (
        ("100,000 events", once, 4),
        ("1,000 weekly rules over ten years", weekly, 4),
    ):
        data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()
        question = BusyQuestion(UTC, START, date(2037, 1, 1))
        work = partial(read_busy, "b.ics", data, question)
        report(f"read a busy calendar with {what}", seconds(work, 1), bound)


def _event(number: int, day: str, rule: str) -> str:
    times = f"DTSTART:{day}T100000Z\r\nDURATION:PT1H\r\n"
    return f"BEGIN:VEVENT\r\nUID:{number}\r\nSUMMARY:Something\r\n{times}{rule}END:VEVENT\r\n"


def writing() -> None:
    """Time the writing and re-reading of 5,000 events."""
    rows = demand(4_600, 9_000, 3650)
    plan = plan_of(rows, terms(3), every_day(3))
    plan = replace(plan, sessions=plan.sessions[:5_000])
    curriculum, library = _surroundings(plan)
    now, settings = datetime(2027, 1, 4, tzinfo=UTC), terms(3).settings
    labels = labels_of(library, library.works)
    request = PublicationRequest(plan, curriculum, labels, settings, UTC, over=0)
    work = partial(publish, request, Ledger("plan"), now)
    report(f"write and re-read {len(plan.sessions):,} events", seconds(work, 3), 3)


def _surroundings(plan: Plan) -> tuple[Curriculum, Library]:
    units = tuple(placement.unit for placement in plan.units)
    works: dict[str, list[dict[str, str]]] = {}
    for unit in units:
        work, _, name = unit.partition("/")
        works.setdefault(work, []).append({"id": name, "title": f"Chapter {name} of the book"})
    made = {
        name: Textbook.model_validate(
            {"kind": "textbook", "title": f"The book called {name}", "chapters": chapters}
        )
        for name, chapters in sorted(works.items())
    }
    efforts = {placement.unit: placement.effort for placement in plan.units}
    library = Library(made, {})
    details = study_units(library, Settings().speed)
    return Curriculum(units, {}, {}, efforts, details=details), library


def commands() -> None:
    """Time whole processes: the example's plan, and help beside an empty program that imports click."""
    with tempfile.TemporaryDirectory() as folder:
        plan = [
            *COMMAND,
            "--workspace",
            str(ROOT),
            "--today",
            START.isoformat(),
            "plan",
            "--output",
            folder,
        ]
        report("curriculum plan on the example, whole process", seconds(lambda: run(plan)), 0.7)
    click = seconds(lambda: run([sys.executable, "-c", "import click"]), 15)
    shown = seconds(lambda: run([*COMMAND, "--help"]), 15)
    report("curriculum --help beside 'import click'", shown / click, 1.6, "x")


if __name__ == "__main__":
    planner()
    reading()
    resolving()
    busy()
    writing()
    commands()
    every_day_commands(seconds, report)
    plan_after_done(seconds, report)
    report("forecast of 1,000 units in 2,000 draws, with its imports", forecast_seconds(), 1)
    churn()
    calibration(report)
    papers(report)
    logs(report)
